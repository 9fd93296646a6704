package sso

import (
	"errors"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"testing"

	"ris/auth/sso/ssotest"
)

const callback = "http://127.0.0.1:8080/auth/callback"

func real(t *testing.T, p *ssotest.Provider) *Client {
	t.Helper()
	c, err := New(Config{Issuer: ssotest.Issuer, DiscoveryURL: p.URL, AuthorizeURL: "/idp/auth", ClientID: p.ClientID,
		ClientSecret: p.ClientSecret})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func browser() *http.Client {
	jar, _ := cookiejar.New(nil)
	return &http.Client{Jar: jar}
}

func TestRoundTripWithTheRealProvider(t *testing.T) {
	folder, no := t.TempDir(), false
	users := []ssotest.User{{Email: "mitglied1@demo.example", Name: "Erika Beispiel"}, {Email: "neu@demo.example", Name: "Neu", EmailVerified: &no}}
	p := ssotest.Start(t, folder, callback, users...)
	c := real(t, p)
	way := func(c *Client, p *ssotest.Provider, email string) (Login, *url.URL) {
		t.Helper()
		address, login, err := c.Begin(t.Context(), callback, Ask{})
		if err != nil {
			t.Fatal(err)
		}
		if address[:len("/idp/auth?")] != "/idp/auth?" {
			t.Fatalf("the browser must stay on our origin: %s", address)
		}
		back, err := p.SignIn(browser(), address, email, "demo")
		if err != nil {
			t.Fatal(err)
		}
		return login, back
	}

	login, back := way(c, p, "mitglied1@demo.example")
	first, err := c.Finish(t.Context(), login, back.Query())
	if err != nil {
		t.Fatal(err)
	}
	if first.Issuer != ssotest.Issuer || first.Subject == "" || first.Email != "mitglied1@demo.example" || !first.EmailVerified || first.Name != "Erika Beispiel" {
		t.Fatalf("identity: %+v", first)
	}
	var refused *Refused
	if _, err := c.Finish(t.Context(), login, back.Query()); !errors.As(err, &refused) {
		t.Errorf("a code used twice: %v", err)
	}

	login, back = way(c, p, "neu@demo.example")
	other, err := c.Finish(t.Context(), login, back.Query())
	if err != nil || other.EmailVerified || other.Subject == first.Subject {
		t.Errorf("unverified address: %+v %v", other, err)
	}

	login, back = way(c, p, "mitglied1@demo.example")
	wrong := login
	wrong.State = "x"
	if _, err := c.Finish(t.Context(), wrong, back.Query()); !errors.As(err, &refused) {
		t.Errorf("foreign state: %v", err)
	}
	wrong = login
	wrong.Verifier += "x"
	if _, err := c.Finish(t.Context(), wrong, back.Query()); !errors.As(err, &refused) {
		t.Errorf("foreign verifier: %v", err)
	}
	login, back = way(c, p, "mitglied1@demo.example")
	login.Nonce = "x"
	if _, err := c.Finish(t.Context(), login, back.Query()); !errors.As(err, &refused) {
		t.Errorf("foreign nonce: %v", err)
	}

	// A restart on another port: the same client object cannot know, a new one finds the same person.
	p.Stop()
	p = ssotest.Start(t, folder, callback, users...)
	c = real(t, p)
	login, back = way(c, p, "mitglied1@demo.example")
	again, err := c.Finish(t.Context(), login, back.Query())
	if err != nil || again.Subject != first.Subject || again.Issuer != first.Issuer {
		t.Errorf("after a restart: %+v, %v; before: %+v", again, err, first)
	}
}

func TestTheProviderMayComeUpLater(t *testing.T) {
	p := ssotest.Start(t, t.TempDir(), callback, ssotest.User{Email: "a@demo.example"})
	up := p.URL
	p.Stop()
	clock := &ticking{}
	c, err := New(Config{Issuer: ssotest.Issuer, DiscoveryURL: up, ClientID: "ris", Clock: clock.now})
	if err != nil {
		t.Fatalf("the product must start while the provider is down: %v", err)
	}
	if _, _, err := c.Begin(t.Context(), callback, Ask{}); !errors.Is(err, ErrUnavailable) {
		t.Fatalf("provider down: %v", err)
	}
	p = ssotest.Start(t, t.TempDir(), callback, ssotest.User{Email: "a@demo.example"})
	c.config.DiscoveryURL = p.URL // the test cannot have the old port again
	clock.add(2 * retryPause)
	if err := c.Ready(t.Context()); err != nil {
		t.Fatalf("provider up: %v", err)
	}
}

func TestAnotherIssuerAtTheAddressIsRefused(t *testing.T) {
	p := ssotest.Start(t, t.TempDir(), callback, ssotest.User{Email: "a@demo.example"})
	c, _ := New(Config{Issuer: ssotest.Issuer + "/", DiscoveryURL: p.URL, ClientID: "ris"})
	if err := c.Ready(t.Context()); err == nil {
		t.Fatal("a provider with another name was taken")
	}
}

func TestNewRefusesWhatCannotWork(t *testing.T) {
	for _, c := range []Config{{}, {Issuer: "x", ClientID: "a"}, {Issuer: ssotest.Issuer}} {
		if _, err := New(c); err == nil {
			t.Errorf("%+v was taken", c)
		}
	}
}
