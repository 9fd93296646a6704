package server_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"ris/app/council"
	"ris/app/passkeys"
	"ris/app/server"
	"ris/auth/policy"
)

// newKeyHouse is a house that browsers reach as localhost, where passkeys are possible, and that asks for a proof of the last 12 hours.
func newKeyHouse(t *testing.T) *house {
	t.Helper()
	var h *house
	h = newHouse(t, true, func(d *server.Deps) {
		d.StepUp = 12 * time.Hour
		d.Passkeys = &passkeys.Service{Store: d.Store.(passkeys.Store), Clock: d.Clock}
		d.Origins = append(d.Origins, strings.Replace(d.Origins[0], "127.0.0.1", "localhost", 1))
	})
	return h
}

// send posts JSON and reads the answer into out.
func (b *browser) send(method, path string, in, out any) (int, string) {
	b.t.Helper()
	raw, err := json.Marshal(in)
	must(b.t, err)
	req, err := http.NewRequestWithContext(b.t.Context(), method, b.origin+path, bytes.NewReader(raw))
	must(b.t, err)
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Origin", b.origin)
	res, err := b.client.Do(req)
	must(b.t, err)
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	must(b.t, err)
	if out != nil && res.StatusCode < 300 {
		must(b.t, json.Unmarshal(body, out))
	}
	return res.StatusCode, string(body)
}

// at gives the same house by its name localhost.
func (b *browser) at(origin string) *browser {
	h := *b.house
	h.origin = origin
	return &browser{&h, b.client}
}

type begun struct {
	Options json.RawMessage `json:"options"`
	Ticket  string          `json:"ticket"`
}

type keyList struct {
	Data []struct {
		ID   string `json:"id"`
		Name string `json:"name"`
		Here bool   `json:"here"`
	} `json:"data"`
	Possible bool `json:"possible"`
	Stale    bool `json:"stale"`
}

// signedIn is a member's browser on localhost. The provider knows the first address only, so the session's cookie is carried over.
func signedIn(t *testing.T, h *house, email string) *browser {
	t.Helper()
	b := h.browser()
	b.signIn("/app/", email)
	name := strings.Replace(h.origin, "127.0.0.1", "localhost", 1)
	from, _ := url.Parse(h.origin)
	to, _ := url.Parse(name)
	b.client.Jar.SetCookies(to, b.client.Jar.Cookies(from))
	return b.at(name)
}

func register(t *testing.T, b *browser, a *authenticator) {
	t.Helper()
	var g begun
	if status, body := b.send("POST", "/auth/passkeys/begin", struct{}{}, &g); status != 200 {
		t.Fatalf("begin: %d %s", status, body)
	}
	if status, body := b.send("POST", "/auth/passkeys", map[string]any{"ticket": g.Ticket, "credential": a.create(g.Options), "name": " Mein  iPad "}, nil); status != 201 {
		t.Fatalf("add: %d %s", status, body)
	}
}

func TestAPasskeyConfirmsWhileTheProviderIsDown(t *testing.T) {
	t.Parallel()
	h := newKeyHouse(t)
	b := signedIn(t, h, "mitglied1@demo.example")
	a := newAuthenticator(t, b.origin, "localhost")
	register(t, b, a)
	var list keyList
	b.send("GET", "/auth/passkeys", nil, &list)
	if len(list.Data) != 1 || list.Data[0].Name != "Mein iPad" || !list.Data[0].Here || list.Stale || !list.Possible {
		t.Fatalf("list: %+v", list)
	}

	h.idp.Stop()
	for hours := 0; hours < 12; hours += 6 { // used now and then, so that the idle limit does not end it
		h.clock.add(6*time.Hour + time.Second)
		b.send("GET", "/auth/passkeys", nil, &list)
	}
	if !list.Stale {
		t.Fatal("after twelve hours the proof is old")
	}
	if status, body := b.send("POST", "/auth/passkeys/begin", struct{}{}, nil); status != 403 || !strings.Contains(body, "urn:ris:error.step_up") {
		t.Errorf("an old session gives itself a key: %d %s", status, body)
	}
	if page := b.get("/auth/login?step=1&return=/app/papers/1"); page.StatusCode != 302 && page.StatusCode != 503 && page.StatusCode != 200 {
		t.Errorf("step-up at a provider that is down: %d %s", page.StatusCode, page.body)
	}
	before := b.client.Jar.Cookies(mustURL(t, b.origin))
	var g begun
	if status, body := b.send("POST", "/auth/confirm/begin", struct{}{}, &g); status != 200 {
		t.Fatalf("begin: %d %s", status, body)
	}
	a.count++
	answer := map[string]any{"ticket": g.Ticket, "credential": a.get(g.Options)}
	if status, body := b.send("POST", "/auth/confirm", answer, nil); status != 204 {
		t.Fatalf("confirm: %d %s", status, body)
	}
	if b.send("GET", "/auth/passkeys", nil, &list); list.Stale {
		t.Error("still old after the confirmation")
	}
	after := b.client.Jar.Cookies(mustURL(t, b.origin))
	if sessionOf(before) == sessionOf(after) || sessionOf(after) == "" {
		t.Error("a confirmation must give a new token")
	}
	if status, body := b.send("POST", "/auth/confirm", answer, nil); status != 422 {
		t.Errorf("the same answer twice: %d %s", status, body)
	}
	entries, err := h.store.AuditEntries(t.Context(), policy.System("test"), council.AuditFilter{})
	must(t, err)
	found := false
	for _, e := range entries {
		found = found || e.Act == "session.confirm" && e.Actor == h.member.ID && e.Details["by"] == "passkey"
	}
	if !found {
		t.Error("no line in the log")
	}
}

func TestForgedAnswersOfPasskeysAreRefused(t *testing.T) {
	t.Parallel()
	h := newKeyHouse(t)
	b := signedIn(t, h, "mitglied1@demo.example")
	a := newAuthenticator(t, b.origin, "localhost")
	register(t, b, a)
	clerk := signedIn(t, h, "sitzungsdienst@demo.example")
	foreign := newAuthenticator(t, b.origin, "localhost")
	register(t, clerk, foreign)

	confirm := func(b *browser, a *authenticator, change func(ticket *string, credential map[string]any)) (int, string) {
		var g begun
		if status, body := b.send("POST", "/auth/confirm/begin", struct{}{}, &g); status != 200 {
			t.Fatalf("begin: %d %s", status, body)
		}
		credential := a.get(g.Options)
		if change != nil {
			change(&g.Ticket, credential)
		}
		return b.send("POST", "/auth/confirm", map[string]any{"ticket": g.Ticket, "credential": credential}, nil)
	}
	a.count++
	if status, body := confirm(b, a, nil); status != 204 {
		t.Fatalf("the good answer must pass: %d %s", status, body)
	}
	response := func(c map[string]any) map[string]any { return c["response"].(map[string]any) }
	var other begun
	b.send("POST", "/auth/confirm/begin", struct{}{}, &other)
	var adding begun
	b.send("POST", "/auth/passkeys/begin", struct{}{}, &adding)
	for name, try := range map[string]func() (int, string){
		"the counter stands still": func() (int, string) {
			x := *a
			x.count = 1
			return confirm(b, &x, nil)
		},
		"somebody else's key": func() (int, string) { return confirm(b, foreign, nil) },
		"an unknown key":      func() (int, string) { return confirm(b, newAuthenticator(t, b.origin, "localhost"), nil) },
		"another origin": func() (int, string) {
			x := *a
			x.count, x.origin = a.count+1, "https://evil.example"
			return confirm(b, &x, nil)
		},
		"another host": func() (int, string) {
			x := *a
			x.count, x.rp = a.count+1, "evil.example"
			return confirm(b, &x, nil)
		},
		"nobody looked at the device": func() (int, string) {
			x := *a
			x.count, x.flags = a.count+1, 0x01
			return confirm(b, &x, nil)
		},
		"a broken signature": func() (int, string) {
			a.count++
			return confirm(b, a, func(_ *string, c map[string]any) { response(c)["signature"] = b64([]byte("no signature")) })
		},
		"another challenge": func() (int, string) {
			a.count++
			return confirm(b, a, func(ticket *string, _ map[string]any) { *ticket = other.Ticket })
		},
		"the ticket of a registration": func() (int, string) {
			a.count++
			return confirm(b, a, func(ticket *string, _ map[string]any) { *ticket = adding.Ticket })
		},
		"an invented ticket": func() (int, string) {
			a.count++
			return confirm(b, a, func(ticket *string, _ map[string]any) { *ticket = "AAAA" })
		},
		"an answer of create": func() (int, string) {
			a.count++
			return confirm(b, a, func(_ *string, c map[string]any) { c["response"] = response(a.create(other.Options)) })
		},
		"an answer of 1 MB": func() (int, string) {
			a.count++
			return confirm(b, a, func(_ *string, c map[string]any) { response(c)["userHandle"] = strings.Repeat("A", 1<<20) })
		},
		"a ticket of somebody else": func() (int, string) {
			var g begun
			clerk.send("POST", "/auth/confirm/begin", struct{}{}, &g)
			foreign.count++
			return b.send("POST", "/auth/confirm", map[string]any{"ticket": g.Ticket, "credential": foreign.get(g.Options)}, nil)
		},
		"no JSON": func() (int, string) { return b.send("POST", "/auth/confirm", "text", nil) },
		"the same key for somebody else": func() (int, string) {
			var g begun
			clerk.send("POST", "/auth/passkeys/begin", struct{}{}, &g)
			return clerk.send("POST", "/auth/passkeys", map[string]any{"ticket": g.Ticket, "credential": a.create(g.Options)}, nil)
		},
		"registered without the device asking": func() (int, string) {
			var g begun
			b.send("POST", "/auth/passkeys/begin", struct{}{}, &g)
			x := newAuthenticator(t, b.origin, "localhost")
			x.flags = 0x01
			return b.send("POST", "/auth/passkeys", map[string]any{"ticket": g.Ticket, "credential": x.create(g.Options)}, nil)
		},
	} {
		if status, body := try(); status != 422 && status != 409 && status != 400 {
			t.Errorf("%s: %d %s", name, status, body)
		}
	}
	// Too late, and after the key is gone.
	var g begun
	b.send("POST", "/auth/confirm/begin", struct{}{}, &g)
	h.clock.add(5 * time.Minute)
	a.count += 5
	if status, _ := b.send("POST", "/auth/confirm", map[string]any{"ticket": g.Ticket, "credential": a.get(g.Options)}, nil); status != 422 {
		t.Errorf("after five minutes: %d", status)
	}
	var list keyList
	b.send("GET", "/auth/passkeys", nil, &list)
	if status, _ := clerk.send("DELETE", "/auth/passkeys/"+list.Data[0].ID, nil, nil); status != 404 {
		t.Errorf("somebody else's key deleted: %d", status)
	}
	if status, _ := b.send("DELETE", "/auth/passkeys/"+list.Data[0].ID, nil, nil); status != 204 {
		t.Errorf("own key: %d", status)
	}
	if status, body := b.send("POST", "/auth/confirm/begin", struct{}{}, nil); status != 404 {
		t.Errorf("without a key: %d %s", status, body)
	}
	b.client.Jar.SetCookies(mustURL(t, h.origin), b.client.Jar.Cookies(mustURL(t, b.origin)))
	if status, body := b.at(h.origin).send("POST", "/auth/passkeys/begin", struct{}{}, nil); status != 409 || !strings.Contains(body, "Passkeys") {
		t.Errorf("an address of numbers: %d %s", status, body)
	}
	if status, _ := h.browser().send("GET", "/auth/passkeys", nil, nil); status != 401 {
		t.Errorf("without a session: %d", status)
	}
}

func sessionOf(cookies []*http.Cookie) string {
	for _, c := range cookies {
		if c.Name == "ris" {
			return c.Value
		}
	}
	return ""
}

func mustURL(t *testing.T, s string) *url.URL {
	t.Helper()
	u, err := url.Parse(s)
	must(t, err)
	return u
}
