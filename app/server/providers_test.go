package server_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"ris/app/directory"
	"ris/app/server"
	"ris/app/server/signin"
	"ris/auth/sso"
	"ris/auth/sso/ssotest"
)

// newTwoHouse has two providers side by side: "rat" for the member and "verwaltung" for the clerk, whose groups give offices.
func newTwoHouse(t *testing.T, change func(*server.Deps)) (h *house, rat, verwaltung *ssotest.Forge) {
	t.Helper()
	rat, verwaltung = ssotest.NewForge(t, "mitglied1@demo.example"), ssotest.NewForge(t, "sitzungsdienst@demo.example")
	rat.NamesIt, rat.EndsAt = true, "/end"
	h = newHouse(t, false, func(d *server.Deps) {
		clients, err := sso.NewAll(
			sso.Config{Name: "rat", Issuer: rat.URL, ClientID: "ris", ClientSecret: "s", Clock: d.Clock, HTTP: &http.Client{Timeout: 2 * time.Second}},
			sso.Config{Name: "verwaltung", Issuer: verwaltung.URL, ClientID: "ris", ClientSecret: "s", Clock: d.Clock, GroupsClaim: "groups"})
		must(t, err)
		d.Providers = []signin.Choice{{Provider: clients[0], Titles: map[string]string{"de": "Mandatsträger", "en": "Council members"}}, {Provider: clients[1]}}
		d.StepUp = 12 * time.Hour
		d.Directory = &directory.Service{Store: d.Store.(directory.Store), Clock: d.Clock, Rules: []directory.Rules{{Name: "rat", Issuer: rat.URL},
			{Name: "verwaltung", Issuer: verwaltung.URL, GroupsClaim: "groups", OnlyGroups: true, Rules: []directory.Rule{{Group: "RIS", Kind: directory.Mayor}}}}}
		if change != nil {
			change(d)
		}
	})
	return h, rat, verwaltung
}

func TestSeveralProvidersSideBySide(t *testing.T) {
	t.Parallel()
	h, rat, verwaltung := newTwoHouse(t, nil)
	b := h.browser()
	page := b.get("/app/papers/1")
	if page.StatusCode != 200 || !strings.Contains(page.body, "Womit möchten Sie sich anmelden?") || !strings.Contains(page.body, "Mandatsträger") ||
		!strings.Contains(page.body, "provider=verwaltung") || !strings.Contains(page.body, url.QueryEscape("/app/papers/1")) || strings.Contains(page.body, "<script") {
		t.Fatalf("choice page: %d %s", page.StatusCode, page.body)
	}
	if en := b.get("/auth/login", "Accept-Language", "en"); !strings.Contains(en.body, "Council members") {
		t.Error("English titles are not used")
	}
	if page := b.get("/auth/login?provider=nobody"); page.StatusCode != 200 || !strings.Contains(page.body, "Womit") {
		t.Errorf("an unknown provider: %d", page.StatusCode)
	}
	back := b.get("/auth/login?provider=rat&return=/app/papers/1")
	if back.StatusCode != 200 || back.Request.URL.Path != "/app/papers/1" {
		t.Fatalf("member: %d %s %s", back.StatusCode, back.Request.URL, back.body)
	}
	if got := rat.Asked[0].Get("redirect_uri"); got != h.origin+"/auth/callback/rat" {
		t.Errorf("each provider has a callback of its own: %s", got)
	}
	verwaltung.Claims = func(c map[string]any) { c["groups"] = []string{"RIS"} }
	k := h.browser()
	if page := k.get("/auth/login?provider=verwaltung&return=/console/"); page.StatusCode != 200 || page.Request.URL.Path != "/console/" {
		t.Fatalf("clerk: %d %s", page.StatusCode, page.body)
	}
	grants, err := h.store.Grants(t.Context(), h.clerk.ID)
	must(t, err)
	if len(grants) != 2 {
		t.Errorf("the group gives the office of mayor: %+v", grants)
	}
	// Without the group nobody comes in, and the page says what to do.
	verwaltung.Claims = nil
	if page := h.browser().get("/auth/login?provider=verwaltung"); page.StatusCode != 403 || !strings.Contains(page.body, "nicht freigegeben") || !strings.Contains(page.body, "sitzungsdienst@demo.example") {
		t.Errorf("in no group: %d %s", page.StatusCode, page.body)
	}
	// The same subject at the other provider is another identity: (issuer, subject).
	verwaltung.Subject, verwaltung.Email = rat.Subject, "fremd@demo.example"
	verwaltung.Claims = func(c map[string]any) { c["groups"] = []string{"RIS"} }
	if page := h.browser().get("/auth/login?provider=verwaltung"); page.StatusCode != 403 || !strings.Contains(page.body, "noch nicht eingerichtet") {
		t.Errorf("a foreign issuer's subject was taken for ours: %d", page.StatusCode)
	}
}

// mixUp: what one provider says, or somebody makes it say, never counts as the other's.
func TestAnswersOfOneProviderAreNotTheOthers(t *testing.T) {
	t.Parallel()
	h, rat, verwaltung := newTwoHouse(t, nil)
	verwaltung.Claims = func(c map[string]any) { c["groups"] = []string{"RIS"} }
	start := func(b *browser, name string) url.Values {
		res := b.stay().get("/auth/login?provider=" + name)
		u, err := url.Parse(res.Header.Get("Location"))
		must(t, err)
		return u.Query()
	}
	code := func(f *ssotest.Forge, q url.Values) url.Values { // an honest answer of f to q
		res, err := (&http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}).Get(f.URL + "/auth?" + q.Encode())
		must(t, err)
		_ = res.Body.Close()
		u, err := res.Location()
		must(t, err)
		return u.Query()
	}
	for name, path := range map[string]func(b *browser) string{
		"answer of rat at verwaltung's callback": func(b *browser) string { return "/auth/callback/verwaltung?" + code(rat, start(b, "rat")).Encode() },
		"answer at the callback without a name":  func(b *browser) string { return "/auth/callback?" + code(rat, start(b, "rat")).Encode() },
		"answer at an unknown callback":          func(b *browser) string { return "/auth/callback/other?" + code(rat, start(b, "rat")).Encode() },
		"code of rat for a sign-in at verwaltung": func(b *browser) string {
			q := start(b, "verwaltung")
			return "/auth/callback/verwaltung?" + code(rat, q).Encode()
		},
		"iss of the other": func(b *browser) string {
			a := code(rat, start(b, "rat"))
			a.Set("iss", verwaltung.URL)
			return "/auth/callback/rat?" + a.Encode()
		},
		"no iss of a provider that always sends it": func(b *browser) string {
			a := code(rat, start(b, "rat"))
			a.Del("iss")
			return "/auth/callback/rat?" + a.Encode()
		},
		"two states": func(b *browser) string {
			a := code(rat, start(b, "rat"))
			return "/auth/callback/rat?" + a.Encode() + "&state=x"
		},
		"cookie of another browser": func(b *browser) string {
			return "/auth/callback/rat?" + code(rat, start(h.browser(), "rat")).Encode()
		},
		"a code that was used": func(b *browser) string {
			a := code(rat, start(b, "rat"))
			b.get("/auth/callback/rat?" + a.Encode())
			b.client.Jar.SetCookies(mustURL(t, h.origin), []*http.Cookie{{Name: "ris", Value: "", MaxAge: -1}})
			q := start(b, "rat")
			a.Set("state", q.Get("state"))
			return "/auth/callback/rat?" + a.Encode()
		},
	} {
		b := h.browser()
		address := path(b)
		page := b.get(address)
		if page.StatusCode != 400 || !strings.Contains(page.body, "Neu anmelden") {
			t.Errorf("%s: %d %s", name, page.StatusCode, page.body)
		}
		if me := b.get("/api/v1/me"); me.StatusCode != 401 {
			t.Errorf("%s: signed in", name)
		}
	}
	// A kept cookie does not make an answer count twice: the sign-in itself is used up.
	b := h.browser()
	a := code(rat, start(b, "rat"))
	kept := b.client.Jar.Cookies(mustURL(t, h.origin))
	if page := b.get("/auth/callback/rat?" + a.Encode()); page.StatusCode != 200 {
		t.Fatalf("the honest answer: %d %s", page.StatusCode, page.body)
	}
	thief := h.browser()
	thief.client.Jar.SetCookies(mustURL(t, h.origin), kept)
	if page := thief.get("/auth/callback/rat?" + a.Encode()); page.StatusCode != 400 {
		t.Errorf("replayed with a stolen cookie: %d", page.StatusCode)
	}
}

// Each trouble of the provider has its own answer in German, and signs nobody in.
func TestTroublesOfTheProvider(t *testing.T) {
	t.Parallel()
	big := strings.Repeat("a", 10<<20)
	answer := func(path, body string) func(http.ResponseWriter, string) bool {
		return func(w http.ResponseWriter, p string) bool {
			if p != path {
				return false
			}
			w.Header().Set("Content-Type", "application/json")
			_, _ = w.Write([]byte(body))
			return true
		}
	}
	set := func(key string, value any) func(*ssotest.Forge) {
		return func(f *ssotest.Forge) { f.Claims = func(c map[string]any) { c[key] = value } }
	}
	deep := any("x")
	for range 40 {
		deep = []any{deep}
	}
	many := make([]string, 1001)
	for i := range many {
		many[i] = "g"
	}
	troubles := map[string]struct {
		trouble func(*ssotest.Forge)
		status  int
		says    string
	}{
		"discovery of 10 MB":   {func(f *ssotest.Forge) { f.Before = answer("/.well-known/openid-configuration", `{"issuer":"`+big+`"}`) }, 503, "antwortet nicht"},
		"discovery is no JSON": {func(f *ssotest.Forge) { f.Before = answer("/.well-known/openid-configuration", "<html>") }, 503, "antwortet nicht"},
		"another issuer": {func(f *ssotest.Forge) {
			f.Before = answer("/.well-known/openid-configuration", `{"issuer":"https://evil.example"}`)
		}, 503, "antwortet nicht"},
		"token of 10 MB":         {func(f *ssotest.Forge) { f.Before = answer("/token", `{"access_token":"`+big+`"}`) }, 503, "antwortet nicht"},
		"keys of 10 MB":          {func(f *ssotest.Forge) { f.Before = answer("/keys", `{"keys":[{"kid":"`+big+`"}]}`) }, 503, "antwortet nicht"},
		"token endpoint is slow": {func(f *ssotest.Forge) { f.Before = slow("/token") }, 503, "antwortet nicht"},
		"discovery is slow":      {func(f *ssotest.Forge) { f.Before = slow("/.well-known/openid-configuration") }, 503, "antwortet nicht"},
		"provider says 500":      {func(f *ssotest.Forge) { f.Before = status("/token", 500) }, 503, "antwortet nicht"},
		"keys cannot be had":     {func(f *ssotest.Forge) { f.Before = status("/keys", 503) }, 503, "antwortet nicht"},
		"provider says try later": {func(f *ssotest.Forge) {
			f.Answer = func(q url.Values) { q.Del("code"); q.Set("error", "temporarily_unavailable") }
		}, 503, "antwortet nicht"},
		"the person breaks off": {func(f *ssotest.Forge) {
			f.Answer = func(q url.Values) { q.Del("code"); q.Set("error", "access_denied") }
		}, 400, "abgebrochen"},
		"its clock is ahead":    {func(f *ssotest.Forge) { f.Claims = shifted(time.Hour) }, 400, "Uhren stimmen nicht"},
		"its clock is behind":   {func(f *ssotest.Forge) { f.Claims = shifted(-time.Hour) }, 400, "Uhren stimmen nicht"},
		"its keys were rotated": {func(f *ssotest.Forge) { f.Rotate(t, "k2") }, 200, "reader"},
		"a token of 100 kB":     {set("x", strings.Repeat("x", 100<<10)), 400, "nicht brauchbar"},
		"a nested token":        {set("x", deep), 400, "nicht brauchbar"},
		"an endless name":       {set("name", strings.Repeat("x", 2000)), 400, "nicht brauchbar"},
		"1001 groups":           {set("groups", many), 400, "sehr vielen Gruppen"},
		"Entra's pointer": {func(f *ssotest.Forge) {
			f.Claims = func(c map[string]any) {
				c["_claim_names"] = map[string]any{"groups": "src1"}
				c["_claim_sources"] = map[string]any{"src1": map[string]any{"endpoint": "https://graph.example/x"}}
			}
		}, 400, "sehr vielen Gruppen"},
		"groups are an object":   {set("groups", map[string]any{"a": 1}), 400, "nicht brauchbar"},
		"a group is an object":   {set("groups", []any{map[string]any{"id": "RIS"}}), 400, "nicht brauchbar"},
		"a group's name is long": {set("groups", []string{strings.Repeat("g", 600)}), 400, "nicht brauchbar"},
	}
	forges, names := map[string]*ssotest.Forge{}, map[string]string{}
	var configs []sso.Config
	for name := range troubles {
		f := ssotest.NewForge(t, "mitglied1@demo.example")
		forges[name], names[name] = f, fmt.Sprintf("p%d", len(configs))
		configs = append(configs, sso.Config{Name: names[name], Issuer: f.URL, ClientID: "ris", ClientSecret: "s", GroupsClaim: "groups", HTTP: &http.Client{Timeout: 700 * time.Millisecond}})
	}
	h := newHouse(t, false, func(d *server.Deps) {
		clients, err := sso.NewAll(configs...)
		must(t, err)
		for _, c := range clients {
			d.Providers = append(d.Providers, signin.Choice{Provider: c})
		}
	})
	for name, c := range troubles {
		t.Run(name, func(t *testing.T) {
			c.trouble(forges[name])
			b := h.browser()
			page := b.get("/auth/login?provider=" + names[name])
			if page.StatusCode != c.status || !strings.Contains(page.body, c.says) {
				t.Errorf("%d, want %d and %q\n%.600s", page.StatusCode, c.status, c.says, page.body)
			}
			if me := b.get("/api/v1/me"); (me.StatusCode == 200) != (c.status == 200) {
				t.Errorf("signed in: %d", me.StatusCode)
			}
		})
	}
	if strings.Contains(h.log.String(), "eyJ") {
		t.Error("a token stands in the log")
	}
}

func slow(path string) func(http.ResponseWriter, string) bool {
	return func(_ http.ResponseWriter, p string) bool {
		if p == path {
			time.Sleep(time.Second)
		}
		return false
	}
}

func status(path string, code int) func(http.ResponseWriter, string) bool {
	return func(w http.ResponseWriter, p string) bool {
		if p == path {
			w.WriteHeader(code)
		}
		return p == path
	}
}

func shifted(d time.Duration) func(map[string]any) {
	return func(c map[string]any) {
		for _, k := range []string{"iat", "exp", "auth_time"} {
			if v, ok := c[k].(int64); ok {
				c[k] = v + int64(d/time.Second)
			}
		}
	}
}
