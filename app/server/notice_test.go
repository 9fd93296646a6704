package server_test

import (
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/coreos/go-oidc/v3/oidc/oidctest"

	"ris/app/audit"
	"ris/app/council"
	"ris/auth/policy"
)

const logoutEvent = "http://schemas.openid.net/event/backchannel-logout"

func TestASignOutAtTheProviderEndsTheSession(t *testing.T) {
	t.Parallel()
	h, rat, verwaltung := newTwoHouse(t, nil)
	verwaltung.Claims = func(c map[string]any) { c["groups"] = []string{"RIS"} }
	notify := func(token string) answer {
		return h.browser().do("POST", "/auth/backchannel-logout", url.Values{"logout_token": {token}}, "Origin", "", "Sec-Fetch-Site", "")
	}
	in := func(sid string) *browser {
		rat.Claims = func(c map[string]any) { c["sid"] = sid }
		b := h.browser()
		if page := b.get("/auth/login?provider=rat"); page.StatusCode != 200 {
			t.Fatalf("sign-in: %d %s", page.StatusCode, page.body)
		}
		return b
	}
	is := func(what string, b *browser, want int) {
		t.Helper()
		if me := b.get("/api/v1/me"); me.StatusCode != want {
			t.Errorf("%s: %d, want %d", what, me.StatusCode, want)
		}
	}
	// ended are the lines of the log about sessions that were ended from elsewhere, each as "by issuer reason".
	ended := func() (lines []string) {
		t.Helper()
		entries, err := h.store.AuditEntries(t.Context(), policy.System("test"), council.AuditFilter{Object: h.member.ID, Act: audit.SessionRevoke})
		must(t, err)
		for _, e := range entries {
			lines = append(lines, e.Details["by"]+" "+e.Details["issuer"]+" "+e.Details["reason"])
		}
		return lines
	}
	written := func(what string, want int) {
		t.Helper()
		got := ended()
		for _, line := range got {
			if line != "provider "+rat.URL+" provider" {
				t.Errorf("%s: line %q", what, line)
			}
		}
		if len(got) != want {
			t.Errorf("%s: %d lines in the log, want %d", what, len(got), want)
		}
	}
	first, second := in("s1"), in("s2")
	written("signed in", 0)
	begun := time.Now()
	if a := notify(rat.Token(rat.LogoutClaims("j1", "s1", ""))); a.StatusCode != 200 || a.Header.Get("Cache-Control") != "no-store" {
		t.Fatalf("%d %v %s", a.StatusCode, a.Header, a.body)
	}
	is("the session that was named", first, 401)
	effect := time.Since(begun)
	if effect > 2*time.Second {
		t.Errorf("took %v", effect)
	}
	t.Logf("from the provider's message to the refused request: %v", effect)
	is("another session of the same person", second, 200)
	written("one session named", 1)
	if again := first.get("/app/"); !strings.Contains(again.body, "Womit möchten Sie") {
		t.Errorf("its page leads to the sign-in: %s", again.body)
	}
	if a := notify(rat.Token(rat.LogoutClaims("j1", "s2", ""))); a.StatusCode != 400 {
		t.Errorf("the same jti again: %d", a.StatusCode)
	}
	is("after the replay", second, 200)
	written("after the replay", 1)
	// sub of one provider says nothing about the other's; an unknown session is no error.
	if a := notify(verwaltung.Token(verwaltung.LogoutClaims("j2", "", rat.Subject))); a.StatusCode != 200 {
		t.Errorf("nobody to end: %d", a.StatusCode)
	}
	is("after the other provider's message", second, 200)
	third := in("s3")
	if a := notify(rat.Token(rat.LogoutClaims("j3", "", rat.Subject))); a.StatusCode != 200 {
		t.Errorf("by sub: %d", a.StatusCode)
	}
	is("all of sub, second", second, 401)
	is("all of sub, third", third, 401)
	written("all of sub: two more", 3)
	// A message that names a session and somebody else's sub ends nothing.
	fourth := in("s4")
	if a := notify(rat.Token(rat.LogoutClaims("j4", "s4", "somebody else"))); a.StatusCode != 400 {
		t.Errorf("sid and sub of two people: %d", a.StatusCode)
	}
	is("after the contradiction", fourth, 200)
	written("after the contradiction", 3)
	// What was ended by oneself is another act.
	fourth.stay().do("POST", "/auth/logout", url.Values{})
	written("after an ordinary sign-out", 3)
}

func TestForgedSignOutMessagesEndNothing(t *testing.T) {
	t.Parallel()
	h, rat, verwaltung := newTwoHouse(t, nil)
	verwaltung.Rotate(t, "k1") // a key of its own under the same name
	b := h.browser()
	if page := b.get("/auth/login?provider=rat"); page.StatusCode != 200 {
		t.Fatalf("sign-in: %d", page.StatusCode)
	}
	stranger, err := rsa.GenerateKey(rand.Reader, 2048)
	must(t, err)
	n := 0
	good := func() map[string]any {
		n++
		return rat.LogoutClaims("jti-"+strings.Repeat("x", n), "sid-"+rat.Subject, rat.Subject)
	}
	changed := func(change func(map[string]any)) string {
		c := good()
		change(c)
		return rat.Token(c)
	}
	set := func(k string, v any) string { return changed(func(c map[string]any) { c[k] = v }) }
	without := func(k string) string { return changed(func(c map[string]any) { delete(c, k) }) }
	now := time.Now()
	part := base64.RawURLEncoding.EncodeToString
	cut := func(token string) []string { return strings.Split(token, ".") }
	for name, token := range map[string]string{
		"no event":                    without("events"),
		"another event":               set("events", map[string]any{"https://evil.example": map[string]any{}}),
		"event is a text":             set("events", map[string]any{logoutEvent: "x"}),
		"event is null":               set("events", map[string]any{logoutEvent: nil}),
		"a nonce":                     set("nonce", "n"),
		"an empty nonce":              set("nonce", ""),
		"no jti":                      without("jti"),
		"an endless jti":              set("jti", strings.Repeat("j", 300)),
		"no exp":                      without("exp"),
		"expired":                     set("exp", now.Add(-time.Minute).Unix()),
		"no iat":                      without("iat"),
		"iat an hour ahead":           set("iat", now.Add(time.Hour).Unix()),
		"iat an hour ago":             changed(func(c map[string]any) { c["iat"] = now.Add(-time.Hour).Unix() }),
		"nbf ahead":                   set("nbf", now.Add(time.Hour).Unix()),
		"another audience":            set("aud", "other"),
		"no audience":                 without("aud"),
		"two audiences, no azp":       set("aud", []string{"ris", "other"}),
		"azp of another client":       set("azp", "other"),
		"another issuer":              set("iss", "https://evil.example"),
		"issuer with a slash":         set("iss", rat.URL+"/"),
		"no issuer":                   without("iss"),
		"the other provider's issuer": set("iss", verwaltung.URL),
		"neither sid nor sub":         changed(func(c map[string]any) { delete(c, "sid"); delete(c, "sub") }),
		"an ID token": changed(func(c map[string]any) {
			delete(c, "events")
			delete(c, "jti")
			c["nonce"] = "n"
			c["email"] = "a@b.example"
		}),
		"of 100 kB":              set("x", strings.Repeat("x", 100<<10)),
		"another key":            oidctest.SignIDToken(stranger, "k1", "RS256", `{"iss":"`+rat.URL+`"}`),
		"unknown kid":            oidctest.SignIDToken(stranger, "k9", "RS256", `{"iss":"`+rat.URL+`"}`),
		"algorithm none":         part([]byte(`{"alg":"none"}`)) + "." + cut(changed(func(map[string]any) {}))[1] + ".",
		"typ of an access token": part([]byte(`{"alg":"RS256","kid":"k1","typ":"at+jwt"}`)) + "." + cut(changed(func(map[string]any) {}))[1] + ".AAAA",
		"no signature":           strings.Join(cut(changed(func(map[string]any) {}))[:2], "."),
		"changed payload":        cut(without("sid"))[0] + "." + cut(changed(func(map[string]any) {}))[1] + "." + cut(without("sid"))[2],
		"no token":               "x",
		"empty":                  "",
	} {
		a := h.browser().do("POST", "/auth/backchannel-logout", url.Values{"logout_token": {token}}, "Origin", "", "Sec-Fetch-Site", "")
		if a.StatusCode != 400 || a.Header.Get("Cache-Control") != "no-store" || !strings.Contains(a.body, "invalid_request") {
			t.Errorf("%s: %d %s", name, a.StatusCode, a.body)
		}
		if me := b.get("/api/v1/me"); me.StatusCode != 200 {
			t.Fatalf("%s ended the session", name)
		}
	}
	token := rat.Token(good())
	for name, a := range map[string]answer{
		"twice in one form":   h.browser().do("POST", "/auth/backchannel-logout", url.Values{"logout_token": {token, token}}, "Origin", "", "Sec-Fetch-Site", ""),
		"as JSON":             h.browser().do("POST", "/auth/backchannel-logout", url.Values{"logout_token": {token}}, "Origin", "", "Sec-Fetch-Site", "", "Content-Type", "application/json"),
		"by GET":              h.browser().get("/auth/backchannel-logout?logout_token=" + token),
		"from a foreign page": h.browser().do("POST", "/auth/backchannel-logout", url.Values{"logout_token": {token}}, "Origin", "https://evil.example", "Sec-Fetch-Site", "cross-site"),
	} {
		if a.StatusCode < 400 || b.get("/api/v1/me").StatusCode != 200 {
			t.Errorf("%s: %d", name, a.StatusCode)
		}
	}
	rat.Before = status("/keys", 503)
	rat.Rotate(t, "k2")
	if a := h.browser().do("POST", "/auth/backchannel-logout", url.Values{"logout_token": {rat.Token(good())}}, "Origin", "", "Sec-Fetch-Site", ""); a.StatusCode != 503 {
		t.Errorf("keys cannot be had: %d, want 503 so that the provider tries again", a.StatusCode)
	}
	rat.Before = nil
	if a := h.browser().do("POST", "/auth/backchannel-logout", url.Values{"logout_token": {rat.Token(good())}}, "Origin", "", "Sec-Fetch-Site", ""); a.StatusCode != 200 || b.get("/api/v1/me").StatusCode != 401 {
		t.Errorf("the good message with the rotated key must pass, else this test proves nothing: %d", a.StatusCode)
	}
	if strings.Contains(h.log.String(), "eyJ") {
		t.Error("a token stands in the log")
	}
}

func TestSigningOutGoesOnToTheProvider(t *testing.T) {
	t.Parallel()
	h, rat, _ := newTwoHouse(t, nil)
	b := h.browser()
	b.get("/auth/login?provider=rat")
	out := b.stay().do("POST", "/auth/logout", url.Values{})
	if out.StatusCode != 303 || out.Header.Get("Location") != "/auth/signed-out" {
		t.Fatalf("%d %v", out.StatusCode, out.Header)
	}
	if me := b.get("/api/v1/me"); me.StatusCode != 401 {
		t.Error("ours must end first")
	}
	page := b.get("/auth/signed-out")
	_, away, _ := strings.Cut(page.Header.Get("Refresh"), "url=")
	u := mustURL(t, away)
	q := u.Query()
	if page.StatusCode != 200 || !strings.HasPrefix(away, rat.URL+"/end?") || q.Get("client_id") != "ris" || q.Get("post_logout_redirect_uri") != h.origin+"/auth/signed-out" ||
		len(strings.Split(q.Get("id_token_hint"), ".")) != 3 {
		t.Errorf("%d %s", page.StatusCode, away)
	}
	if again := b.get("/auth/signed-out"); again.Header.Get("Refresh") != "" || !strings.Contains(again.body, "Sie sind abgemeldet") {
		t.Errorf("coming back: %v %s", again.Header, again.body)
	}
	// Nobody is sent to the provider by a foreign link, and a provider that is down does not keep anybody signed in.
	c := h.browser()
	c.get("/auth/login?provider=rat")
	if page := c.get("/auth/signed-out"); page.Header.Get("Refresh") != "" {
		t.Error("a plain visit signs out at the provider")
	}
	rat.Close()
	if out := c.stay().do("POST", "/auth/logout", url.Values{}); out.StatusCode != 303 || c.get("/api/v1/me").StatusCode != 401 {
		t.Errorf("provider down: %d", out.StatusCode)
	}
}

func TestStepUpAsksTheProviderAnew(t *testing.T) {
	t.Parallel()
	h, rat, _ := newTwoHouse(t, nil)
	b := h.browser()
	b.get("/auth/login?provider=rat")
	if got := rat.Asked[0].Get("max_age"); got != "43200" {
		t.Errorf("max_age of a sign-in: %q", got)
	}
	old := sessionOf(b.client.Jar.Cookies(mustURL(t, h.origin)))
	page := b.get("/auth/login?step=1&return=/app/papers/7")
	if page.Request.URL.Path != "/app/papers/7" || len(rat.Asked) != 2 {
		t.Fatalf("the own provider is asked without a choice: %s %d", page.Request.URL, len(rat.Asked))
	}
	if now := sessionOf(b.client.Jar.Cookies(mustURL(t, h.origin))); now == old || now == "" {
		t.Error("a step-up must give a new token")
	}
	for name, c := range map[string]func(map[string]any){
		"no auth_time":   func(c map[string]any) { delete(c, "auth_time") },
		"an old one":     func(c map[string]any) { c["auth_time"] = time.Now().Add(-13 * time.Hour).Unix() },
		"an ancient one": func(c map[string]any) { c["auth_time"] = 1 },
	} {
		rat.Claims = c
		if page := b.get("/auth/login?step=1&return=/app/papers/7"); page.StatusCode != 400 || !strings.Contains(page.body, "nicht bestätigt") {
			t.Errorf("%s: %d %.500s", name, page.StatusCode, page.body)
		}
		// An ordinary sign-in goes on, but its proof does not count for non-public papers.
		d := h.browser()
		if page := d.get("/auth/login?provider=rat&return=/app/"); page.StatusCode != 200 {
			t.Errorf("%s, ordinary: %d", name, page.StatusCode)
		}
	}
	rat.Before = status("/token", 500)
	if page := b.get("/auth/login?step=1&return=/app/papers/7"); page.StatusCode != 503 || !strings.Contains(page.body, "Mit Passkey bestätigen") || !strings.Contains(page.body, "/app/bestaetigen?return=%2Fapp%2Fpapers%2F7") {
		t.Errorf("provider down: %d %.900s", page.StatusCode, page.body)
	}
}
