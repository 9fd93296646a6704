package main

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

const testIssuer = "http://ris-demo.invalid/idp"

func testConfig(t *testing.T, folder string) Config {
	t.Helper()
	file := filepath.Join(folder, "idp.json")
	raw := `{"issuer":"` + testIssuer + `","start":"/auth/login",
		"clients":[{"id":"ris","secret":"s3cret","name":"RIS","redirectURIs":["http://127.0.0.1:8080/auth/callback"]}],
		"users":[{"email":"mitglied1@demo.example","name":"Erika Beispiel","password":"demo","groups":["mitglied"]}]}`
	if err := os.WriteFile(file, []byte(raw), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := readConfig(file)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func testProvider(t *testing.T, c Config) *httptest.Server {
	t.Helper()
	h, err := newProvider(t.Context(), c, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s
}

// browser keeps cookies and stops where the way leaves the server that it asked.
func browser(t *testing.T, origin string) *http.Client {
	t.Helper()
	jar, _ := cookiejar.New(nil)
	return &http.Client{Jar: jar, CheckRedirect: func(r *http.Request, _ []*http.Request) error {
		if "http://"+r.URL.Host != origin {
			return http.ErrUseLastResponse
		}
		return nil
	}}
}

const verifier = "a-verifier-of-more-than-forty-three-characters-0123456789"

func authURL(origin string, change func(url.Values)) string {
	sum := sha256.Sum256([]byte(verifier))
	q := url.Values{"client_id": {"ris"}, "response_type": {"code"}, "scope": {"openid email profile groups"}, "state": {"st"},
		"nonce": {"no"}, "redirect_uri": {"http://127.0.0.1:8080/auth/callback"},
		"code_challenge": {base64.RawURLEncoding.EncodeToString(sum[:])}, "code_challenge_method": {"S256"}}
	if change != nil {
		change(q)
	}
	return origin + "/idp/auth?" + q.Encode()
}

// signIn goes the way of a browser without script: page, form, redirect back; it returns the callback's address.
func signIn(t *testing.T, origin, password string) (*http.Response, string) {
	t.Helper()
	return signInAs(t, origin, "mitglied1@demo.example", password)
}

func signInAs(t *testing.T, origin, name, password string) (*http.Response, string) {
	t.Helper()
	b := browser(t, origin)
	res, err := b.Get(authURL(origin, nil))
	if err != nil {
		t.Fatal(err)
	}
	page := read(t, res)
	if res.StatusCode != 200 || !strings.Contains(page, "<h1>") || !strings.Contains(page, `lang="de"`) || strings.Contains(page, "<script") {
		t.Fatalf("sign-in page: %d\n%s", res.StatusCode, page)
	}
	action := between(page, `action="`, `"`)
	if !strings.HasPrefix(action, "/idp/auth/local/login?") && !strings.HasPrefix(action, "/idp/auth/ldap/login?") {
		t.Fatalf("the form must stay on the origin that was asked, action %q", action)
	}
	res, err = b.PostForm(origin+strings.ReplaceAll(action, "&amp;", "&"), url.Values{"login": {name}, "password": {password}})
	if err != nil {
		t.Fatal(err)
	}
	return res, read(t, res)
}

func TestSignInByFormGivesATokenWithTheFixedIssuer(t *testing.T) {
	c := testConfig(t, t.TempDir())
	s := testProvider(t, c)
	res, _ := signIn(t, s.URL, "demo")
	back := res.Header.Get("Location")
	if res.StatusCode != http.StatusSeeOther || !strings.HasPrefix(back, "http://127.0.0.1:8080/auth/callback?") {
		t.Fatalf("want a redirect to the callback, got %d %s", res.StatusCode, back)
	}
	u, _ := url.Parse(back)
	if u.Query().Get("state") != "st" {
		t.Errorf("state is lost: %s", back)
	}
	if status, _ := token(t, s.URL, u.Query().Get("code"), "another-verifier-of-more-than-forty-three-characters"); status == 200 {
		t.Error("a wrong verifier was taken")
	}
	res, _ = signIn(t, s.URL, "demo")
	u, _ = url.Parse(res.Header.Get("Location"))
	status, claims := token(t, s.URL, u.Query().Get("code"), verifier)
	if status != 200 || claims["iss"] != testIssuer || claims["email"] != "mitglied1@demo.example" || claims["email_verified"] != true ||
		claims["name"] != "Erika Beispiel" || claims["nonce"] != "no" || claims["aud"] != "ris" {
		t.Fatalf("token: %d %v", status, claims)
	}
	if again, _ := token(t, s.URL, u.Query().Get("code"), verifier); again == 200 {
		t.Error("a code was taken twice")
	}
}

func TestWrongPasswordIsSaidInGermanAndGivesNoCode(t *testing.T) {
	s := testProvider(t, testConfig(t, t.TempDir()))
	res, page := signIn(t, s.URL, "falsch")
	if res.StatusCode != http.StatusUnauthorized || !strings.Contains(page, "E-Mail-Adresse oder Kennwort stimmen nicht") {
		t.Fatalf("%d %s", res.StatusCode, page)
	}
}

func TestWhatIsNotNeededIsClosed(t *testing.T) {
	s := testProvider(t, testConfig(t, t.TempDir()))
	for _, path := range []string{"/", "/idp", "/idp/", "/idp/device", "/idp/mfa", "/idp/logout", "/idp/callback", "/idp/token/introspect", "/idp/static/README", "/metrics"} {
		if res, err := http.Get(s.URL + path); err != nil || res.StatusCode != 404 {
			t.Errorf("%s: %v %v", path, res.StatusCode, err)
		}
	}
	for name, change := range map[string]func(url.Values){
		"no PKCE":          func(q url.Values) { q.Del("code_challenge"); q.Del("code_challenge_method") },
		"plain PKCE":       func(q url.Values) { q.Set("code_challenge_method", "plain") },
		"foreign redirect": func(q url.Values) { q.Set("redirect_uri", "http://127.0.0.1:8080/auth/callback/x") },
		"unknown client":   func(q url.Values) { q.Set("client_id", "other") },
		"implicit flow":    func(q url.Values) { q.Set("response_type", "id_token") },
	} {
		res, err := browser(t, s.URL).Get(authURL(s.URL, change))
		if err != nil {
			t.Fatal(err)
		}
		page := read(t, res)
		if res.StatusCode == 200 || strings.Contains(res.Header.Get("Location"), "code=") || strings.Contains(page, "<form") {
			t.Errorf("%s went through: %d", name, res.StatusCode)
		}
	}
	res, _ := http.Get(s.URL + "/idp/theme/style.css")
	if res.StatusCode != 200 || !strings.Contains(res.Header.Get("Content-Security-Policy"), "default-src 'none'") {
		t.Errorf("style sheet: %d %v", res.StatusCode, res.Header)
	}
}

func TestKeysAndPersonsSurviveARestart(t *testing.T) {
	folder := t.TempDir()
	var subjects, keys []string
	for range 2 {
		s := testProvider(t, testConfig(t, folder))
		res, err := http.Get(s.URL + "/idp/keys")
		if err != nil {
			t.Fatal(err)
		}
		keys = append(keys, read(t, res))
		res, _ = signIn(t, s.URL, "demo")
		u, _ := url.Parse(res.Header.Get("Location"))
		_, claims := token(t, s.URL, u.Query().Get("code"), verifier)
		subjects = append(subjects, claims["sub"].(string))
	}
	if keys[0] != keys[1] || subjects[0] != subjects[1] || subjects[0] == "" {
		t.Errorf("changed by a restart: keys equal %v, sub %v", keys[0] == keys[1], subjects)
	}
	if info, err := os.Stat(filepath.Join(folder, "keys.json")); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("key file: %v %v", info, err)
	}
}

func TestStopsWhenItsParentIsGone(t *testing.T) {
	c := t.TempDir()
	testConfig(t, c)
	in, parent := io.Pipe()
	out, line := io.Pipe()
	done := make(chan error, 1)
	go func() {
		done <- run([]string{"--config", filepath.Join(c, "idp.json"), "--listen", "127.0.0.1:0", "--stop-on-eof"}, in, line, io.Discard)
	}()
	first, _ := bufio.NewReader(out).ReadString('\n')
	addr := strings.TrimSpace(strings.TrimPrefix(first, "listen "))
	if res, err := http.Get("http://" + addr + "/idp/.well-known/openid-configuration"); err != nil || res.StatusCode != 200 {
		t.Fatalf("%q: %v", first, err)
	}
	parent.Close()
	select {
	case err := <-done:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("still running")
	}
}

func TestBadConfigurationsAreRefused(t *testing.T) {
	ok := testConfig(t, t.TempDir())
	for name, change := range map[string]func(*Config){
		"issuer without path": func(c *Config) { c.Issuer = "http://x.invalid" },
		"no clients":          func(c *Config) { c.Clients = nil },
		"relative redirect": func(c *Config) {
			c.Clients = []Client{{ID: "a", Secret: "b", RedirectURIs: []string{"/auth/callback"}}}
		},
		"doubled user": func(c *Config) { c.Users = append(c.Users, c.Users[0]) },
		"no password":  func(c *Config) { c.Users = []User{{Email: "a@b.c"}} },
	} {
		c := ok
		change(&c)
		if c.check() == nil {
			t.Errorf("%s was taken", name)
		}
	}
	if loopbackOnly("0.0.0.0:1") == nil || loopbackOnly(":1") == nil || loopbackOnly("[::1]:0") != nil {
		t.Error("loopback check is wrong")
	}
}

func token(t *testing.T, origin, code, verifier string) (int, map[string]any) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	form := url.Values{"grant_type": {"authorization_code"}, "code": {code}, "redirect_uri": {"http://127.0.0.1:8080/auth/callback"}, "code_verifier": {verifier}}
	req, _ := http.NewRequestWithContext(ctx, "POST", origin+"/idp/token", strings.NewReader(form.Encode()))
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.SetBasicAuth("ris", "s3cret")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	var body struct {
		IDToken string `json:"id_token"`
	}
	_ = json.Unmarshal([]byte(read(t, res)), &body)
	claims := map[string]any{}
	if parts := strings.Split(body.IDToken, "."); len(parts) == 3 {
		raw, _ := base64.RawURLEncoding.DecodeString(parts[1])
		_ = json.Unmarshal(raw, &claims)
	}
	return res.StatusCode, claims
}

func read(t *testing.T, res *http.Response) string {
	t.Helper()
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func between(s, a, b string) string {
	_, s, _ = strings.Cut(s, a)
	s, _, _ = strings.Cut(s, b)
	return s
}
