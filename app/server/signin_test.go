package server_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"ris/app/council"
	"ris/app/server"
	"ris/auth/policy"
	"ris/auth/session"
)

func TestSignInReadSignOut(t *testing.T) {
	h := newHouse(t, true, nil)
	b := h.browser()
	page := b.signIn("/app/sitzungen/1?seite=2", "mitglied1@demo.example")
	if page.StatusCode != 200 || page.Request.URL.RequestURI() != "/app/sitzungen/1?seite=2" || !strings.Contains(page.body, "reader") {
		t.Fatalf("after the sign-in: %d %s\n%s", page.StatusCode, page.Request.URL, page.body)
	}
	me := b.get("/api/v1/me")
	if me.StatusCode != 200 || !strings.Contains(me.body, "Erika Beispiel") || !strings.Contains(me.body, "org:") || me.Header.Get("Cache-Control") != "private, no-store" {
		t.Fatalf("me: %d %s %v", me.StatusCode, me.body, me.Header)
	}
	origin, _ := url.Parse(h.origin)
	cookies := b.client.Jar.Cookies(origin)
	if len(cookies) != 1 || cookies[0].Name != "ris" || len(cookies[0].Value) != 43 {
		t.Fatalf("one session cookie must be left: %v", cookies)
	}
	if strings.Contains(h.log.String(), "code=") || strings.Contains(h.log.String(), "seite=2") || strings.Contains(h.log.String(), cookies[0].Value) {
		t.Errorf("the log holds queries or tokens:\n%s", h.log.String())
	}

	// A second device is another session of the same person; the first one's sign-out leaves it alone.
	second := h.browser()
	second.signIn("/app/", "mitglied1@demo.example")
	out := b.stay().do("POST", "/auth/logout", url.Values{})
	if out.StatusCode != 303 || out.Header.Get("Location") != "/" || out.Header.Get("Clear-Site-Data") != `"storage"` {
		t.Fatalf("sign-out: %d %v", out.StatusCode, out.Header)
	}
	if again := b.get("/api/v1/me", "Cookie", "ris="+cookies[0].Value); again.StatusCode != 401 {
		t.Errorf("the old token still works: %d", again.StatusCode)
	}
	if me := second.get("/api/v1/me"); me.StatusCode != 200 {
		t.Errorf("the second device was signed out: %d", me.StatusCode)
	}
	var acts []string
	entries, err := h.store.AuditEntries(t.Context(), policy.System("test"), council.AuditFilter{Object: h.member.ID})
	must(t, err)
	for _, e := range entries {
		acts = append([]string{e.Act}, acts...)
	}
	if got := strings.Join(acts, " "); got != "identity.link session.start session.start session.end" {
		t.Errorf("log of acts: %s", got)
	}
}

func TestTheAccountIsFoundOnceAndWithoutLetterCase(t *testing.T) {
	h := newHouse(t, true, nil)
	if page := h.browser().signIn("/console/", "sitzungsdienst@demo.example"); page.StatusCode != 200 || !strings.Contains(page.body, "clerk") {
		t.Fatalf("clerk: %d %s", page.StatusCode, page.body)
	}
	// The address now belongs to another person; the identity stays with the first.
	clerk := h.clerk
	clerk.Account = "weg@demo.example"
	must(t, h.store.SavePerson(t.Context(), &clerk))
	heir := council.Person{Body: clerk.Body, Name: "Nachfolge", Account: "sitzungsdienst@demo.example"}
	must(t, h.store.SavePerson(t.Context(), &heir))
	b := h.browser()
	b.signIn("/console/", "sitzungsdienst@demo.example")
	if me := b.get("/api/v1/me"); !strings.Contains(me.body, "Max Muster") {
		t.Errorf("(issuer, sub) must win over the address: %s", me.body)
	}
	// A person who has an identity is not found by account again, whoever holds the address now.
	must(t, h.store.SaveIdentity(t.Context(), "https://elsewhere", "s", h.member.ID))
	if page := h.browser().signIn("/app/", "mitglied1@demo.example"); page.StatusCode != 403 {
		t.Errorf("a second identity was linked by address: %d", page.StatusCode)
	}
}

func TestSomebodyWithoutAPersonIsToldAndNotLetIn(t *testing.T) {
	h := newHouse(t, true, nil)
	b := h.browser()
	page := b.signIn("/app/", "fremd@demo.example")
	if page.StatusCode != 403 || !strings.Contains(page.body, "noch nicht eingerichtet") || !strings.Contains(page.body, "fremd@demo.example") {
		t.Fatalf("%d %s", page.StatusCode, page.body)
	}
	if me := b.get("/api/v1/me"); me.StatusCode != 401 {
		t.Errorf("signed in all the same: %d", me.StatusCode)
	}
	if _, err := h.store.PersonByAccount(t.Context(), "fremd@demo.example"); council.KindOf(err) != council.NotFound {
		t.Errorf("a person was made: %v", err)
	}
}

func TestRightsEndInTheNextRequest(t *testing.T) {
	h := newHouse(t, true, nil)
	b := h.browser()
	b.signIn("/app/", "mitglied1@demo.example")
	h.seat.End = time.Now().UTC().AddDate(0, 0, -1).Truncate(24 * time.Hour)
	must(t, h.store.SaveMembership(t.Context(), &h.seat))
	if me := b.get("/api/v1/me"); me.StatusCode != 200 || strings.Contains(me.body, "org:") {
		t.Errorf("the seat has ended: %s", me.body)
	}

	k := h.browser()
	k.signIn("/console/", "sitzungsdienst@demo.example")
	h.clock.add(61 * time.Minute)
	if me := k.get("/api/v1/me"); me.StatusCode != 401 {
		t.Errorf("a clerk's session must end after an hour without use: %d", me.StatusCode)
	}
	if me := b.get("/api/v1/me"); me.StatusCode != 200 {
		t.Errorf("a member's must not: %d", me.StatusCode)
	}
	// Who becomes a clerk is held to the clerk's limits with the session that runs.
	must(t, h.store.SaveGrant(t.Context(), &council.Grant{Body: h.grant.Body, Person: h.member.ID, Role: council.Clerk, Start: h.grant.Start}))
	h.clock.add(61 * time.Minute)
	if me := b.get("/api/v1/me"); me.StatusCode != 401 {
		t.Errorf("the new clerk's session: %d", me.StatusCode)
	}
}

func TestCallbacksThatDoNotBelongHere(t *testing.T) {
	h := newHouse(t, true, nil)
	b := h.browser()
	for name, path := range map[string]string{
		"out of the blue": "/auth/callback?code=x&state=y", "empty": "/auth/callback", "broken query": "/auth/callback?state=%zz",
		"provider's error without a sign-in": "/auth/callback?error=access_denied&state=x",
	} {
		page := b.get(path)
		if page.StatusCode != 400 || !strings.Contains(page.body, "Neu anmelden") || !strings.Contains(page.body, `lang="de"`) {
			t.Errorf("%s: %d %s", name, page.StatusCode, page.body)
		}
	}
	// Login CSRF: an answer that was made for another browser.
	victim, attacker := h.browser(), h.browser()
	start := attacker.stay().get("/auth/login")
	location, err := h.idp.SignIn(h.browser().client, start.Header.Get("Location"), "sitzungsdienst@demo.example", "demo")
	must(t, err)
	victim.get("/auth/login") // has a sign-in of its own under way
	if page := victim.get(location.RequestURI()); page.StatusCode != 400 {
		t.Errorf("a foreign answer was taken: %d", page.StatusCode)
	}
	if me := victim.get("/api/v1/me"); me.StatusCode != 401 {
		t.Error("the victim is signed in as the attacker")
	}
	// In the right browser it works, once.
	if page := attacker.get(location.RequestURI()); page.StatusCode != 200 {
		t.Errorf("the own answer: %d %s", page.StatusCode, page.body)
	}
	if page := attacker.get(location.RequestURI()); page.StatusCode != 400 {
		t.Errorf("the same answer twice: %d", page.StatusCode)
	}
	// Too late.
	slow := h.browser()
	start = slow.stay().get("/auth/login")
	location, err = h.idp.SignIn(h.browser().client, start.Header.Get("Location"), "mitglied1@demo.example", "demo")
	must(t, err)
	h.clock.add(session.LoginLife)
	if page := slow.get(location.RequestURI()); page.StatusCode != 400 || !strings.Contains(page.body, "abgelaufen") {
		t.Errorf("after ten minutes: %d %s", page.StatusCode, page.body)
	}
}

func TestTwoTabsSignInSideBySide(t *testing.T) {
	h := newHouse(t, true, nil)
	b := h.browser()
	var backs []*url.URL
	for _, ret := range []string{"/app/eins", "/app/zwei"} {
		start := b.stay().get("/auth/login?return=" + url.QueryEscape(ret))
		back, err := h.idp.SignIn(h.browser().client, start.Header.Get("Location"), "mitglied1@demo.example", "demo")
		must(t, err)
		backs = append(backs, back)
	}
	if page := b.get(backs[1].RequestURI()); page.Request.URL.Path != "/app/zwei" {
		t.Errorf("second tab: %s", page.Request.URL)
	}
	if page := b.get(backs[0].RequestURI()); page.Request.URL.Path != "/app/eins" {
		t.Errorf("first tab: %s", page.Request.URL)
	}
	for range 3 * session.MaxLogins { // abandoned sign-ins must not pile up
		b.stay().get("/auth/login")
	}
	origin, _ := url.Parse(h.origin)
	if n := len(b.client.Jar.Cookies(origin)); n > session.MaxLogins+1 {
		t.Errorf("%d cookies", n)
	}
}

func TestTheReturnAddressStaysHere(t *testing.T) {
	h := newHouse(t, true, nil)
	for _, ret := range []string{"https://evil.example/", "//evil.example", `/\evil.example`} {
		b := h.browser()
		if page := b.signIn("/auth/login?return="+url.QueryEscape(ret), "mitglied1@demo.example"); page.Request.URL.Host != strings.TrimPrefix(h.origin, "http://") || page.Request.URL.Path != "/app/" {
			t.Errorf("return %q led to %s", ret, page.Request.URL)
		}
	}
}

func TestAnotherHostBeginsOnOurs(t *testing.T) {
	h := newHouse(t, true, nil)
	start := h.browser().stay().get("/auth/login?return=/app/x", "Host", "ris.invalid")
	if got := start.Header.Get("Location"); start.StatusCode != 302 || got != h.origin+"/auth/login?at=1&return=%2Fapp%2Fx" {
		t.Errorf("%d %s", start.StatusCode, got)
	}
	if again := h.browser().stay().get("/auth/login?at=1", "Host", "ris.invalid"); !strings.HasPrefix(again.Header.Get("Location"), "/idp/auth?") {
		t.Errorf("a loop: %s", again.Header.Get("Location"))
	}
}

func TestTheProviderMayBeDown(t *testing.T) {
	h := newHouse(t, true, nil)
	b := h.browser()
	b.signIn("/app/", "mitglied1@demo.example")
	h.idp.Stop()
	if me := b.get("/api/v1/me"); me.StatusCode != 200 {
		t.Errorf("who is signed in goes on: %d", me.StatusCode)
	}
	if page := h.browser().get("/auth/login"); page.StatusCode != 503 || !strings.Contains(page.body, "Anmeldedienst") {
		t.Errorf("%d %s", page.StatusCode, page.body)
	}
	none := newHouse(t, false, func(d *server.Deps) { d.Provider = nil })
	if page := none.browser().get("/auth/login"); page.StatusCode != 503 || !strings.Contains(page.body, "nicht eingerichtet") {
		t.Errorf("no provider: %d %s", page.StatusCode, page.body)
	}
}

func TestCookiesOnHTTPS(t *testing.T) {
	both := newHouse(t, true, func(d *server.Deps) { d.Origins = append(d.Origins, "https://ris.example") })
	if a := both.browser().get("/healthz", "Host", "ris.example"); a.Header.Get("Strict-Transport-Security") != "" {
		t.Error("HSTS would cut off the http address of the same host")
	}
	h := newHouse(t, true, func(d *server.Deps) { d.Origins = []string{"https://ris.example"} })
	start := h.browser().stay().get("/auth/login", "Host", "ris.example")
	cookie := start.Header.Get("Set-Cookie")
	for _, part := range []string{"__Host-ris-login-", "; secure", "; HttpOnly", "; SameSite=Lax", "path=/"} {
		if !strings.Contains(strings.ToLower(cookie), strings.ToLower(part)) {
			t.Errorf("%q lacks %s", cookie, part)
		}
	}
	if !strings.Contains(start.Header.Get("Location"), url.QueryEscape("https://ris.example/auth/callback")) || start.Header.Get("Strict-Transport-Security") == "" {
		t.Errorf("%v", start.Header)
	}
}
