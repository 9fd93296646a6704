package session

import (
	"encoding/base64"
	"strings"
	"testing"
	"time"
)

func TestASignInUnderWayIsSealed(t *testing.T) {
	now := time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)
	s, err := NewSealer("secret", at(&now))
	if err != nil {
		t.Fatal(err)
	}
	login := Login{State: "state-1", Nonce: "nonce-1", Verifier: "verifier-1", Redirect: "https://a/auth/callback", Return: "/app/x"}
	value, err := s.Seal(login)
	if err != nil {
		t.Fatal(err)
	}
	raw, _ := base64.RawURLEncoding.DecodeString(value)
	if strings.Contains(string(raw), "verifier-1") {
		t.Error("the verifier can be read")
	}
	twin, _ := NewSealer("secret", at(&now)) // another node, or the same after a restart
	got, err := twin.Open("state-1", value)
	if err != nil || got.Verifier != "verifier-1" || got.Nonce != "nonce-1" || got.Return != "/app/x" || got.Redirect != login.Redirect {
		t.Fatalf("%+v %v", got, err)
	}
	stranger, _ := NewSealer("another", at(&now))
	random, _ := NewSealer("", at(&now))
	if _, err := stranger.Open("state-1", value); err == nil {
		t.Error("opened with another secret")
	}
	if _, err := random.Open("state-1", value); err == nil {
		t.Error("opened without a secret")
	}
	for name, c := range map[string][2]string{
		"another state": {"state-2", value}, "no state": {"", value}, "no value": {"state-1", ""}, "short": {"state-1", "AAAA"},
		"changed": {"state-1", value[:len(value)-2] + "AA"}, "no base64": {"state-1", "ä"},
	} {
		if _, err := s.Open(c[0], c[1]); err == nil {
			t.Errorf("%s was opened", name)
		}
	}
	now = now.Add(LoginLife - time.Second)
	if _, err := s.Open("state-1", value); err != nil {
		t.Error("gone before its time")
	}
	now = now.Add(time.Second)
	if _, err := s.Open("state-1", value); err == nil {
		t.Error("still there after ten minutes")
	}
}

func TestCookieNames(t *testing.T) {
	if CookieName(true) != "__Host-ris" || CookieName(false) != "ris" {
		t.Error("session cookie")
	}
	a, b := LoginCookieName("a", true), LoginCookieName("b", false)
	if !strings.HasPrefix(a, "__Host-ris-login-") || !IsLoginCookie(a) || !IsLoginCookie(b) || LoginCookieName("a", false) == b || IsLoginCookie("ris") || IsLoginCookie("__Host-ris") {
		t.Error(a, b)
	}
}

func TestReturnStaysOnThisSite(t *testing.T) {
	for ret, want := range map[string]string{
		"/app/sitzungen/1?seite=2#x": "/app/sitzungen/1?seite=2#x", "/console/": "/console/", "/": "/", "": "/app/",
		"https://evil.example/": "/app/", "//evil.example": "/app/", `/\evil.example`: "/app/", `\\evil.example`: "/app/",
		"/a\r\nSet-Cookie: x": "/app/", "/\t/evil.example": "/app/", "javascript:alert(1)": "/app/", "app/": "/app/",
		"/auth/login?return=/": "/app/", "/auth/logout": "/app/", "/idp/auth": "/app/", "/" + strings.Repeat("x", 1000): "/app/",
		"/app/?u=//evil": "/app/?u=//evil", "/app/..//evil.example": "/app/", "/.//evil.example": "/app/", "/app/%2e%2e//evil.example": "/app/",
		"/app/%2e%2e/%2fevil.example": "/app/", "/app//evil.example": "/app/", "/app/../console/": "/app/", "/app/%zz": "/app/",
		"/app/papers/1#page=2": "/app/papers/1#page=2", "/suche?q=%2F%2F..": "/suche?q=%2F%2F..",
	} {
		if got := LocalPath(ret); got != want {
			t.Errorf("return %q leads to %q, want %q", ret, got, want)
		}
	}
}
