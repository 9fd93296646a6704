package sso

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coreos/go-oidc/v3/oidc/oidctest"
)

// ticking is a clock that tests move.
type ticking struct {
	mu    sync.Mutex
	ahead time.Duration
}

func (c *ticking) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return time.Now().UTC().Add(c.ahead)
}

func (c *ticking) add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ahead += d
}

// hostile is a provider whose token endpoint hands out whatever the test says.
type hostile struct {
	*httptest.Server
	key   *rsa.PrivateKey
	token string
	info  string // answer of userinfo
}

func newHostile(t *testing.T) *hostile {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	inner := &oidctest.Server{PublicKeys: []oidctest.PublicKey{{PublicKey: key.Public(), KeyID: "k", Algorithm: "RS256"}}}
	h := &hostile{key: key}
	h.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == "/token":
			w.Header().Set("Content-Type", "application/json")
			_ = json.NewEncoder(w).Encode(map[string]any{"access_token": "at", "token_type": "Bearer", "id_token": h.token})
		case r.URL.Path == "/userinfo":
			w.Header().Set("Content-Type", "application/json")
			_, _ = w.Write([]byte(h.info))
		case strings.HasSuffix(r.URL.Path, "/openid-configuration"): // oidctest's own names no userinfo endpoint
			w.Header().Set("Content-Type", "application/json")
			_ = json.NewEncoder(w).Encode(map[string]any{"issuer": h.URL, "authorization_endpoint": h.URL + "/auth",
				"token_endpoint": h.URL + "/token", "jwks_uri": h.URL + "/keys", "userinfo_endpoint": h.URL + "/userinfo",
				"id_token_signing_alg_values_supported": []string{"RS256", "none", "HS256"}})
		default:
			inner.ServeHTTP(w, r)
		}
	}))
	inner.SetIssuer(h.URL)
	t.Cleanup(h.Close)
	return h
}

// finish runs a whole sign-in in which the token holds good claims changed by change, signed as sign says.
func (h *hostile) finish(t *testing.T, change func(map[string]any), sign func(claims string) string) (Identity, error) {
	t.Helper()
	c, err := New(Config{Issuer: h.URL, ClientID: "ris", ClientSecret: "s"})
	if err != nil {
		t.Fatal(err)
	}
	_, login, err := c.Begin(t.Context(), callback, Ask{})
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	body := map[string]any{"iss": h.URL, "sub": "s-1", "aud": "ris", "exp": now.Add(time.Minute).Unix(), "iat": now.Unix(),
		"nonce": login.Nonce, "email": "a@b.example", "email_verified": true}
	change(body)
	raw, _ := json.Marshal(body)
	if sign == nil {
		sign = func(claims string) string { return oidctest.SignIDToken(h.key, "k", "RS256", claims) }
	}
	h.token = sign(string(raw))
	return c.Finish(t.Context(), login, url.Values{"state": {login.State}, "code": {"c"}})
}

func TestForgedTokensAreRefused(t *testing.T) {
	h := newHostile(t)
	if id, err := h.finish(t, func(map[string]any) {}, nil); err != nil || id.Subject != "s-1" || !id.EmailVerified {
		t.Fatalf("the good token must pass, else this test proves nothing: %+v %v", id, err)
	}
	now := time.Now()
	set := func(k string, v any) func(map[string]any) { return func(m map[string]any) { m[k] = v } }
	for name, change := range map[string]func(map[string]any){
		"no nonce":              func(m map[string]any) { delete(m, "nonce") },
		"empty nonce":           set("nonce", ""),
		"another nonce":         set("nonce", "other"),
		"empty sub":             set("sub", ""),
		"no sub":                func(m map[string]any) { delete(m, "sub") },
		"endless sub":           set("sub", strings.Repeat("x", 256)),
		"another audience":      set("aud", "other"),
		"no audience":           func(m map[string]any) { delete(m, "aud") },
		"two audiences, no azp": set("aud", []string{"ris", "other"}),
		"azp of another client": func(m map[string]any) { m["aud"] = []string{"ris", "other"}; m["azp"] = "other" },
		"azp wrong, aud single": set("azp", "other"),
		"another issuer":        set("iss", "https://evil.example"),
		"issuer with a slash":   func(m map[string]any) { m["iss"] = m["iss"].(string) + "/" },
		"expired":               set("exp", now.Add(-time.Minute).Unix()),
		"no exp":                func(m map[string]any) { delete(m, "exp") },
		"iat an hour ahead":     set("iat", now.Add(time.Hour).Unix()),
		"iat yesterday":         set("iat", now.Add(-24*time.Hour).Unix()),
		"no iat":                func(m map[string]any) { delete(m, "iat") },
		"auth_time ahead":       set("auth_time", now.Add(time.Hour).Unix()),
		"auth_time negative":    set("auth_time", -5),
		"nbf ahead":             set("nbf", now.Add(time.Hour).Unix()),
		"wrong at_hash":         set("at_hash", "AAAAAAAAAAAAAAAAAAAAAA"),
		"a logout token": func(m map[string]any) {
			m["events"] = map[string]any{"http://schemas.openid.net/event/backchannel-logout": map[string]any{}}
		},
		"a logout token, no nonce": func(m map[string]any) {
			delete(m, "nonce")
			m["events"] = map[string]any{"http://schemas.openid.net/event/backchannel-logout": map[string]any{}}
		},
	} {
		if id, err := h.finish(t, change, nil); !refusal(err) || id.Subject != "" {
			t.Errorf("%s: %+v, %v", name, id, err)
		}
	}
	stranger, _ := rsa.GenerateKey(rand.Reader, 2048)
	b64 := base64.RawURLEncoding.EncodeToString
	for name, sign := range map[string]func(string) string{
		"another key":           func(c string) string { return oidctest.SignIDToken(stranger, "k", "RS256", c) },
		"unknown kid":           func(c string) string { return oidctest.SignIDToken(stranger, "z", "RS256", c) },
		"algorithm none":        func(c string) string { return b64([]byte(`{"alg":"none"}`)) + "." + b64([]byte(c)) + "." },
		"none with a signature": func(c string) string { return b64([]byte(`{"alg":"none","kid":"k"}`)) + "." + b64([]byte(c)) + ".AAAA" },
		"unadvertised PS256":    func(c string) string { return oidctest.SignIDToken(h.key, "k", "PS256", c) },
		"empty":                 func(string) string { return "" },
		"no token":              func(string) string { return "a.b" },
		"changed payload": func(c string) string {
			p := strings.Split(oidctest.SignIDToken(h.key, "k", "RS256", c), ".")
			return p[0] + "." + b64([]byte(strings.Replace(c, "s-1", "s-2", 1))) + "." + p[2]
		},
		"HS256 with the public key": func(c string) string {
			head := b64([]byte(`{"alg":"HS256","kid":"k"}`)) + "." + b64([]byte(c))
			sum := sha256.Sum256(append(h.key.N.Bytes(), head...))
			return head + "." + b64(sum[:])
		},
	} {
		if id, err := h.finish(t, func(map[string]any) {}, sign); !refusal(err) || id.Subject != "" {
			t.Errorf("%s: %+v, %v", name, id, err)
		}
	}
}

func TestAnswersOfTheCallbackAreChecked(t *testing.T) {
	h := newHostile(t)
	c, _ := New(Config{Issuer: h.URL, ClientID: "ris"})
	_, login, err := c.Begin(t.Context(), callback, Ask{})
	if err != nil {
		t.Fatal(err)
	}
	good := url.Values{"state": {login.State}, "code": {"c"}}
	for name, change := range map[string]func(url.Values){
		"no state":            func(q url.Values) { q.Del("state") },
		"another state":       func(q url.Values) { q.Set("state", "x") },
		"another issuer":      func(q url.Values) { q.Set("iss", "https://evil.example") },
		"error of provider":   func(q url.Values) { q.Set("error", "access_denied") },
		"error next to code":  func(q url.Values) { q.Set("error", "invalid_request") },
		"no code":             func(q url.Values) { q.Del("code") },
		"empty login, no nil": func(q url.Values) { q.Set("state", "") },
	} {
		q := maps.Clone(good)
		change(q)
		if _, err := c.Finish(t.Context(), login, q); !refusal(err) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := c.Finish(t.Context(), Login{}, url.Values{"state": {""}, "code": {"c"}}); !refusal(err) {
		t.Errorf("a sign-in that was never begun: %v", err)
	}
}

func TestAVerifiedAddressMayComeFromUserInfo(t *testing.T) {
	h := newHostile(t)
	none := func(m map[string]any) { delete(m, "email"); delete(m, "email_verified") }
	h.info = `{"sub":"s-2","email":"x@b.example","email_verified":true}`
	if _, err := h.finish(t, none, nil); !refusal(err) {
		t.Errorf("userinfo of somebody else: %v", err)
	}
	h.info = `{"sub":"s-1","email":"x@b.example","email_verified":"true","name":"X"}`
	id, err := h.finish(t, none, nil)
	if err != nil || id.Email != "x@b.example" || !id.EmailVerified || id.Name != "X" {
		t.Errorf("%+v %v", id, err)
	}
}

func refusal(err error) bool {
	var r *Refused
	return errors.As(err, &r)
}
