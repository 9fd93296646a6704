package ssotest

import (
	"crypto/rand"
	"crypto/rsa"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coreos/go-oidc/v3/oidc/oidctest"
)

// Forge is a provider that says whatever a test wants. Left alone it is an honest one that signs Email in without asking; it comes
// back from /auth at once. Change its fields between requests only.
type Forge struct {
	*httptest.Server
	ClientID string
	Email    string
	Subject  string

	Claims  func(map[string]any)                   // changes the honest claims of an ID token
	Sign    func(claims string) string             // in place of an honest signature
	Answer  func(back url.Values)                  // changes what comes back through the browser
	Before  func(http.ResponseWriter, string) bool // sees each request's path first; true = it has answered
	EndsAt  string                                 // path of the end_session_endpoint, or empty
	NamesIt bool                                   // sends iss, and says so (RFC 9207)

	mu    sync.Mutex
	key   *rsa.PrivateKey
	kid   string
	codes map[string]asked
	Asked []url.Values // queries of /auth, in order
}

type asked struct {
	nonce  string
	maxAge string
}

// NewForge starts it on loopback until the test ends.
func NewForge(t testing.TB, email string) *Forge {
	t.Helper()
	f := &Forge{ClientID: "ris", Email: email, Subject: "sub-" + email, codes: map[string]asked{}}
	f.key, f.kid = firstKey(), "k1"
	f.Server = httptest.NewServer(http.HandlerFunc(f.serve))
	t.Cleanup(f.Close)
	return f
}

// firstKey is every forge's first one: a key takes a while to make.
var firstKey = sync.OnceValue(func() *rsa.PrivateKey {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err)
	}
	return key
})

// Rotate replaces the signing key; tokens of the old one no longer verify anew.
func (f *Forge) Rotate(t testing.TB, kid string) {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.key, f.kid = key, kid
}

// Token signs claims with the present key.
func (f *Forge) Token(claims map[string]any) string {
	raw, _ := json.Marshal(claims)
	f.mu.Lock()
	defer f.mu.Unlock()
	return oidctest.SignIDToken(f.key, f.kid, "RS256", string(raw))
}

// LogoutClaims are those of an honest logout token (Back-Channel Logout 1.0, section 2.4); change them as the test wants.
func (f *Forge) LogoutClaims(jti, sid, sub string) map[string]any {
	now := time.Now()
	c := map[string]any{"iss": f.URL, "aud": f.ClientID, "iat": now.Unix(), "exp": now.Add(2 * time.Minute).Unix(), "jti": jti,
		"events": map[string]any{"http://schemas.openid.net/event/backchannel-logout": map[string]any{}}}
	if sid != "" {
		c["sid"] = sid
	}
	if sub != "" {
		c["sub"] = sub
	}
	return c
}

func (f *Forge) serve(w http.ResponseWriter, r *http.Request) {
	if f.Before != nil && f.Before(w, r.URL.Path) {
		return
	}
	w.Header().Set("Content-Type", "application/json")
	switch r.URL.Path {
	case "/.well-known/openid-configuration":
		doc := map[string]any{"issuer": f.URL, "authorization_endpoint": f.URL + "/auth", "token_endpoint": f.URL + "/token", "jwks_uri": f.URL + "/keys",
			"id_token_signing_alg_values_supported": []string{"RS256"}, "authorization_response_iss_parameter_supported": f.NamesIt}
		if f.EndsAt != "" {
			doc["end_session_endpoint"] = f.URL + f.EndsAt
		}
		_ = json.NewEncoder(w).Encode(doc)
	case "/keys":
		f.mu.Lock()
		inner := &oidctest.Server{PublicKeys: []oidctest.PublicKey{{PublicKey: f.key.Public(), KeyID: f.kid, Algorithm: "RS256"}}}
		f.mu.Unlock()
		inner.SetIssuer(f.URL)
		inner.ServeHTTP(w, r)
	case "/auth":
		f.authorize(w, r)
	case "/token":
		f.token(w, r)
	default:
		http.NotFound(w, r)
	}
}

func (f *Forge) authorize(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	code := strings.ToLower(rand.Text())
	f.mu.Lock()
	f.codes[code] = asked{q.Get("nonce"), q.Get("max_age")}
	f.Asked = append(f.Asked, q)
	f.mu.Unlock()
	back := url.Values{"state": {q.Get("state")}, "code": {code}}
	if f.NamesIt {
		back.Set("iss", f.URL)
	}
	if f.Answer != nil {
		f.Answer(back)
	}
	http.Redirect(w, r, q.Get("redirect_uri")+"?"+back.Encode(), http.StatusFound)
}

func (f *Forge) token(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	a, ok := f.codes[r.FormValue("code")]
	delete(f.codes, r.FormValue("code"))
	f.mu.Unlock()
	if !ok {
		w.WriteHeader(http.StatusBadRequest)
		_, _ = w.Write([]byte(`{"error":"invalid_grant"}`))
		return
	}
	now := time.Now()
	claims := map[string]any{"iss": f.URL, "sub": f.Subject, "aud": f.ClientID, "exp": now.Add(time.Minute).Unix(), "iat": now.Unix(), "nonce": a.nonce,
		"email": f.Email, "email_verified": true, "name": "Name", "sid": "sid-" + f.Subject}
	if a.maxAge != "" {
		claims["auth_time"] = now.Unix()
	}
	if f.Claims != nil {
		f.Claims(claims)
	}
	raw, _ := json.Marshal(claims)
	token := ""
	if f.Sign != nil {
		token = f.Sign(string(raw))
	} else {
		token = f.Token(claims)
	}
	_ = json.NewEncoder(w).Encode(map[string]any{"access_token": "at", "token_type": "Bearer", "id_token": token})
}
