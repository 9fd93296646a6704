package server_test

import (
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"ris/app/directory"
	"ris/app/server"
	"ris/app/server/signin"
	"ris/auth/session"
	"ris/auth/sso"
	"ris/auth/sso/ssotest"
)

// scriptAccounts are the persons of the script: a member, and somebody whom the office has not prepared.
var scriptAccounts = []ssotest.Account{
	{Email: "mitglied1@demo.example", Name: "Erika Beispiel", Password: "demo", Groups: []string{"RIS-Rat"}},
	{Email: "fremd@demo.example", Name: "Fremd", Password: "demo", Groups: []string{"RIS-Rat"}},
}

// The same script against providers of different authors: what one tolerates another finds.
func TestScriptWithDex(t *testing.T) { t.Parallel(); script(t, ssotest.StartDex) }

func TestScriptWithPanva(t *testing.T) { t.Parallel(); script(t, ssotest.StartPanva) }

// TestScriptWithKeycloak is started by make test-keycloak, which downloads it.
func TestScriptWithKeycloak(t *testing.T) {
	t.Parallel()
	if os.Getenv("RIS_TEST_KEYCLOAK") == "" {
		t.Skip("make test-keycloak starts a real Keycloak")
	}
	script(t, ssotest.StartKeycloak)
}

type starter func(t testing.TB, a ssotest.Addresses, accounts ...ssotest.Account) *ssotest.Real

func script(t *testing.T, start starter) {
	var real *ssotest.Real
	h := newHouse(t, false, func(d *server.Deps) {
		o := d.Origins[0]
		real = start(t, ssotest.Addresses{Callback: o + "/auth/callback", SignedOut: o + "/auth/signed-out", Notice: o + "/auth/backchannel-logout"}, scriptAccounts...)
		client, err := sso.New(sso.Config{Issuer: real.Issuer, ClientID: "ris", ClientSecret: real.Secret, Scopes: real.Scopes, GroupsClaim: "groups"})
		must(t, err)
		d.Providers, d.StepUp = []signin.Choice{{Provider: client}}, 3*time.Second
		d.Directory = &directory.Service{Store: d.Store.(directory.Store), Clock: d.Clock, Rules: []directory.Rules{{Issuer: real.Issuer, GroupsClaim: "groups", OnlyGroups: true,
			Rules: []directory.Rule{{Group: "RIS-Rat", Kind: directory.Member}}}}}
	})
	n := 0
	step := func(what string, ok bool, more ...any) {
		t.Helper()
		if n++; !ok {
			t.Errorf("%s, step %d, %s: %v", real.Name, n, what, more)
		}
	}
	me := func(b *browser) int { return b.get("/api/v1/me").StatusCode }

	b := h.browser()
	gate := b.stay().get("/app/papers/1")
	step("a page of the app leads to the sign-in", gate.StatusCode == 302 && strings.HasPrefix(gate.Header.Get("Location"), "/auth/login?return="), gate.StatusCode)
	asked := b.stay().get("/auth/login?return=/app/papers/1")
	u := mustURL(t, asked.Header.Get("Location"))
	q := u.Query()
	step("the sign-in leads to the provider", strings.HasPrefix(u.String(), strings.TrimSuffix(real.Issuer, "/idp")), u)
	step("code flow with PKCE S256", q.Get("response_type") == "code" && q.Get("code_challenge_method") == "S256" && len(q.Get("code_challenge")) == 43, q)
	step("state and nonce have 256 random bits", len(q.Get("state")) == 43 && len(q.Get("nonce")) == 43 && q.Get("state") != q.Get("nonce"), q)
	step("max_age is asked", q.Get("max_age") == "3", q)
	step("nothing secret goes through the browser", !strings.Contains(u.String(), real.Secret) && q.Get("code_verifier") == "")
	form := b.get("/auth/login?return=/app/papers/1")
	step("the provider shows a form", strings.Contains(form.body, "<form"), form.StatusCode, form.body)
	wrong := b.fill(form, "mitglied1@demo.example", "falsch")
	step("a wrong password is not taken", wrong.Request.URL.Host != strings.TrimPrefix(h.origin, "http://") && me(b) == 401, wrong.Request.URL)
	in := b.fill(wrong, "mitglied1@demo.example", "demo")
	step("the right one comes back to the page", in.StatusCode == 200 && in.Request.URL.Path == "/app/papers/1", in.StatusCode, in.Request.URL, in.body)
	step("signed in", me(b) == 200)
	token := sessionOf(b.client.Jar.Cookies(mustURL(t, h.origin)))
	s, err := h.store.Session(t.Context(), session.Hash(token))
	must(t, err)
	step("the identity is (issuer, sub)", s.Issuer == real.Issuer && s.Subject != "" && s.Person == h.member.ID, s)
	step("auth_time is the provider's and of now", time.Since(s.AuthTime) < time.Minute && time.Since(s.AuthTime) > -time.Minute, s.AuthTime)
	step("the provider's session is known for its sign-out", s.SID != "", s)
	var url1 *url.URL
	second := h.browser()
	second.client.CheckRedirect = func(r *http.Request, _ []*http.Request) error {
		if r.URL.Path == "/auth/callback" {
			url1 = r.URL
			return http.ErrUseLastResponse
		}
		return nil
	}
	second.fill(second.get("/auth/login?return=/app/"), "mitglied1@demo.example", "demo")
	step("a second browser gets a code", url1 != nil && url1.Query().Get("code") != "")
	step("its answer does not count in the first browser", b.get(url1.RequestURI()).StatusCode == 400)
	second.client.CheckRedirect = nil
	step("it counts in its own", second.get(url1.RequestURI()).StatusCode == 200 && me(second) == 200)
	step("and counts once", second.get(url1.RequestURI()).StatusCode == 400)
	other := sessionOf(second.client.Jar.Cookies(mustURL(t, h.origin)))
	s2, err := h.store.Session(t.Context(), session.Hash(other))
	must(t, err)
	step("the same person under another session of the provider", s2.Subject == s.Subject && s2.SID != s.SID, s2.SID, s.SID)

	time.Sleep(4100 * time.Millisecond) // older than max_age: our rule asks for three seconds here
	again := b.get("/auth/login?step=1&return=/app/papers/2")
	step("step-up makes the provider ask anew", strings.Contains(again.body, "password") && again.Request.URL.Host != strings.TrimPrefix(h.origin, "http://"), again.Request.URL)
	up := b.fill(again, "mitglied1@demo.example", "demo")
	step("and comes back to the page", up.Request.URL.Path == "/app/papers/2", up.StatusCode, up.Request.URL, up.body)
	newer := sessionOf(b.client.Jar.Cookies(mustURL(t, h.origin)))
	s3, err := h.store.Session(t.Context(), session.Hash(newer))
	must(t, err)
	step("under a new token", newer != token && newer != "")
	step("with a new auth_time", s3.AuthTime.After(s.AuthTime), s3.AuthTime, s.AuthTime)
	step("the old token is dead", h.browser().get("/api/v1/me", "Cookie", "ris="+token).StatusCode == 401)

	stranger := h.browser()
	unknown := stranger.fill(stranger.get("/auth/login"), "fremd@demo.example", "demo")
	step("somebody not prepared is told and not let in", unknown.StatusCode == 403 && strings.Contains(unknown.body, "noch nicht eingerichtet") && me(stranger) == 401, unknown.StatusCode, unknown.body)

	out := b.stay().do("POST", "/auth/logout", url.Values{})
	step("signing out ends our session first", out.StatusCode == 303 && me(b) == 401, out.StatusCode)
	page := b.get("/auth/signed-out")
	_, away, _ := strings.Cut(page.Header.Get("Refresh"), "url=")
	step("and goes on to the provider", away != "", page.Header)
	end := b.get(away)
	step("which comes back to us", end.StatusCode == 200 && strings.HasSuffix(b.fill(end, "", "").Request.URL.Path, "/auth/signed-out"), end.Request.URL, end.body)
	step("the provider asks for the password again", strings.Contains(b.get("/auth/login").body, "<form"))

	// Signed out at the provider itself, without us: it tells us.
	step("the second browser is still signed in", me(second) == 200)
	leaving := time.Now()
	second.fill(second.get(strings.Split(away, "?")[0]), "", "")
	for me(second) == 200 && time.Since(leaving) < 5*time.Second {
		time.Sleep(20 * time.Millisecond)
	}
	took := time.Since(leaving)
	step("the provider's message ends our session within two seconds", me(second) == 401 && took < 2*time.Second, took)
	t.Logf("%s: %d steps; from the sign-out at the provider to the refused request %v", real.Name, n, took)

	last := h.browser()
	last.fill(last.get("/auth/login"), "mitglied1@demo.example", "demo")
	real.Stop()
	step("who is signed in goes on while the provider is down", me(last) == 200)
	down := h.browser().stay().get("/auth/login") // its addresses are known: the browser itself finds out
	step("a new sign-in does not hang", down.StatusCode == 302 || down.StatusCode == 503, down.StatusCode)
	if n < 30 {
		t.Errorf("only %d steps", n)
	}
}

var (
	formPattern  = regexp.MustCompile(`(?is)<form\b([^>]*)>(.*?)</form>`)
	inputPattern = regexp.MustCompile(`(?is)<(?:input|button)\b([^>]*)>`)
	attrPattern  = regexp.MustCompile(`(?is)\b(action|name|value|type|method)\s*=\s*"([^"]*)"`)
)

// fill sends the first form of a page as a person would: name and password where they are asked for. A page without a form is left as it is.
func (b *browser) fill(page answer, name, password string) answer {
	b.t.Helper()
	m := formPattern.FindStringSubmatch(page.body)
	if m == nil {
		return page
	}
	attrs := func(s string) map[string]string {
		out := map[string]string{}
		for _, a := range attrPattern.FindAllStringSubmatch(s, -1) {
			out[strings.ToLower(a[1])] = strings.ReplaceAll(a[2], "&amp;", "&")
		}
		return out
	}
	target := page.Request.URL
	if action := attrs(m[1])["action"]; action != "" {
		next, err := target.Parse(action)
		must(b.t, err)
		target = next
	}
	values := url.Values{}
	for _, i := range inputPattern.FindAllStringSubmatch(m[2], -1) {
		a := attrs(i[1])
		switch {
		case a["name"] == "":
		case a["type"] == "password":
			values.Set(a["name"], password)
		case a["name"] == "login" || a["name"] == "username":
			values.Set(a["name"], name)
		case a["type"] != "checkbox" && values.Get(a["name"]) == "":
			values.Set(a["name"], a["value"])
		}
	}
	for _, i := range inputPattern.FindAllStringSubmatch(strings.Replace(page.body, m[0], "", 1), -1) { // a button that stands outside of its form
		if a := attrs(i[1]); strings.Contains(i[1], "form=") && a["name"] != "" && a["value"] != "" {
			values.Set(a["name"], a["value"])
			break
		}
	}
	return b.do("POST", target.String(), values, "Origin", target.Scheme+"://"+target.Host)
}
