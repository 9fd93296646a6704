package server_test

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/gofiber/fiber/v2"

	"ris/app/council"
	"ris/app/server"
	"ris/app/server/httpkit"
	"ris/app/store"
	"ris/auth/policy"
	"ris/auth/sso"
	"ris/auth/sso/ssotest"
)

// house is the surface on a real port, with a real database and (where asked) the real provider behind it.
type house struct {
	t      *testing.T
	origin string
	store  *store.Store
	clock  *clock
	idp    *ssotest.Provider
	log    *lockedBuffer
	member council.Person
	clerk  council.Person
	seat   council.Membership
	grant  council.Grant
}

type clock struct {
	mu    sync.Mutex
	ahead time.Duration
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return council.SystemClock().Add(c.ahead)
}

func (c *clock) add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ahead += d
}

type lockedBuffer struct {
	mu sync.Mutex
	b  strings.Builder
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

var built = fstest.MapFS{
	"reader.html":         {Data: []byte("<!doctype html><title>reader</title>")},
	"clerk.html":          {Data: []byte("<!doctype html><title>clerk</title>")},
	"assets/app-ABCD1.js": {Data: []byte(strings.Repeat("export const a = 1;\n", 200))},
	"assets/.gitkeep":     {Data: []byte("")},
}

// newHouse builds it; change may adjust the parts before they are put together.
func newHouse(t *testing.T, withProvider bool, change func(*server.Deps)) *house {
	t.Helper()
	ctx := t.Context()
	h := &house{t: t, clock: &clock{}, log: &lockedBuffer{}}
	s, err := store.Open(ctx, store.Config{DSN: "sqlite:" + filepath.Join(t.TempDir(), "ris.db"), Clock: h.clock.now})
	must(t, err)
	t.Cleanup(func() { must(t, s.Close()) })
	must(t, s.Migrate(ctx))
	h.store = s
	h.people(ctx)

	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	h.origin = "http://" + l.Addr().String()
	d := server.Deps{Origins: []string{h.origin}, Store: s, Clock: h.clock.now, Log: slog.New(slog.NewTextHandler(h.log, nil)), Dist: built, Secret: "s",
		API: func(app *fiber.App, person fiber.Handler) error {
			app.Use("/api/v1", person)
			app.Get("/api/v1/me", func(c *fiber.Ctx) error {
				v := httpkit.Viewer(c)
				return c.JSON(fiber.Map{"name": v.Name(), "account": v.Account(), "clerk": policy.IsAnyClerk(v), "labels": v.Labels()})
			})
			app.Get("/api/v1/panic", func(*fiber.Ctx) error { panic("a secret of the council") })
			app.Get("/api/v1/broken", func(*fiber.Ctx) error { return errors.New("a secret of the council") })
			app.Post("/api/v1/echo", func(c *fiber.Ctx) error { return c.Send(c.Body()) })
			return nil
		}}
	if withProvider {
		h.idp = ssotest.Start(t, t.TempDir(), h.origin+"/auth/callback", ssotest.User{Email: "mitglied1@demo.example", Name: "Erika Beispiel"},
			ssotest.User{Email: "SITZUNGSDIENST@demo.example", Name: "Max Muster"}, ssotest.User{Email: "fremd@demo.example", Name: "Fremd"})
		client, err := sso.New(sso.Config{Issuer: ssotest.Issuer, DiscoveryURL: h.idp.URL, AuthorizeURL: "/idp/auth", ClientID: h.idp.ClientID, ClientSecret: h.idp.ClientSecret})
		must(t, err)
		d.Provider, d.ProviderURL = client, h.idp.URL
	}
	if change != nil {
		change(&d)
	}
	app, err := server.New(d)
	must(t, err)
	done := make(chan error, 1)
	go func() { done <- app.Listener(l) }()
	t.Cleanup(func() { must(t, app.ShutdownWithTimeout(5*time.Second)); must(t, <-done) })
	return h
}

// people are a member with a seat and a clerk, as the office prepares them.
func (h *house) people(ctx context.Context) {
	body := &council.Body{Name: "Stadt Lindenbrück"}
	must(h.t, h.store.SaveBody(ctx, body))
	start := time.Now().UTC().AddDate(-1, 0, 0).Truncate(24 * time.Hour)
	term := &council.LegislativeTerm{Body: body.ID, Name: "2025", Start: start}
	must(h.t, h.store.SaveTerm(ctx, term))
	org := &council.Organization{Body: body.ID, Name: "Rat", Type: council.Committee, Start: start}
	must(h.t, h.store.SaveOrganization(ctx, org))
	h.member = council.Person{Body: body.ID, Name: "Erika Beispiel", Account: "mitglied1@demo.example"}
	must(h.t, h.store.SavePerson(ctx, &h.member))
	h.seat = council.Membership{Body: body.ID, Person: h.member.ID, Organization: org.ID, Start: start}
	must(h.t, h.store.SaveMembership(ctx, &h.seat))
	h.clerk = council.Person{Body: body.ID, Name: "Max Muster", Account: "sitzungsdienst@demo.example"}
	must(h.t, h.store.SavePerson(ctx, &h.clerk))
	h.grant = council.Grant{Body: body.ID, Person: h.clerk.ID, Role: council.Clerk, Start: start}
	must(h.t, h.store.SaveGrant(ctx, &h.grant))
}

// browser keeps cookies and follows redirects as a browser without script does.
type browser struct {
	*house
	client *http.Client
}

func (h *house) browser() *browser {
	jar, _ := cookiejar.New(nil)
	return &browser{h, &http.Client{Jar: jar, Timeout: 20 * time.Second}}
}

// answer is a response with its body read.
type answer struct {
	*http.Response
	body string
}

func (b *browser) do(method, path string, form url.Values, header ...string) answer {
	b.t.Helper()
	var body io.Reader
	if form != nil {
		body = strings.NewReader(form.Encode())
	}
	if !strings.HasPrefix(path, "http") {
		path = b.origin + path
	}
	req, err := http.NewRequestWithContext(b.t.Context(), method, path, body)
	must(b.t, err)
	if form != nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		req.Header.Set("Origin", b.origin)
		req.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	req.Header.Set("Accept", "text/html")
	for i := 0; i+1 < len(header); i += 2 {
		if header[i] == "Host" {
			req.Host = header[i+1]
		}
		req.Header.Set(header[i], header[i+1])
	}
	res, err := b.client.Do(req)
	must(b.t, err)
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	must(b.t, err)
	return answer{res, string(raw)}
}

func (b *browser) get(path string, header ...string) answer {
	b.t.Helper()
	return b.do("GET", path, nil, header...)
}

// stay stops following redirects.
func (b *browser) stay() *browser {
	c := *b.client
	c.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &browser{b.house, &c}
}

// signIn fills the provider's form, which a visit of path leads to.
func (b *browser) signIn(path, email string) answer {
	b.t.Helper()
	page := b.get(path)
	_, action, found := strings.Cut(page.body, `action="`)
	action, _, _ = strings.Cut(action, `"`)
	if !found || !strings.HasPrefix(action, "/idp/") || page.Request.URL.Host != strings.TrimPrefix(b.origin, "http://") {
		b.t.Fatalf("%s does not lead to the sign-in form on our origin: %s %d\n%s", path, page.Request.URL, page.StatusCode, page.body)
	}
	return b.do("POST", strings.ReplaceAll(action, "&amp;", "&"), url.Values{"login": {email}, "password": {"demo"}})
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil && !errors.Is(err, fs.ErrClosed) {
		t.Fatal(err)
	}
}
