// Package ssotest starts the real provider ris-idp for tests: built from auth/idp, a process of its own on loopback.
//
// What does not belong here: forged tokens (those stand with the tests of auth/sso). Start reading at Start.
package ssotest

import (
	"bufio"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
)

// Issuer is the fixed name of the test provider; it can be reached under Provider.URL only.
const Issuer = "http://ris-test.invalid/idp"

// Provider is a running ris-idp with one client.
type Provider struct {
	URL          string // http://127.0.0.1:PORT/idp, for DiscoveryURL and for the product's proxy
	ClientID     string
	ClientSecret string
	stop         func()
}

// User is a person who can sign in with the password "demo".
type User struct {
	Email         string `json:"email"`
	Name          string `json:"name"`
	Password      string `json:"password"`
	EmailVerified *bool  `json:"emailVerified,omitempty"`
}

// Start runs ris-idp until the test ends. redirect is the absolute address of the callback; folder keeps configuration and
// keys (use the same one again for a restart).
func Start(t testing.TB, folder, redirect string, users ...User) *Provider {
	t.Helper()
	for i := range users {
		users[i].Password = "demo"
	}
	p := &Provider{ClientID: "ris", ClientSecret: "test-secret"}
	config, err := json.Marshal(map[string]any{"issuer": Issuer, "start": "/auth/login", "users": users, "clients": []map[string]any{
		{"id": p.ClientID, "secret": p.ClientSecret, "name": "RIS", "redirectURIs": []string{redirect}}}})
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(folder, "idp.json")
	if err := os.WriteFile(file, config, 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(binary(t), "--config", file, "--listen", "127.0.0.1:0", "--stop-on-eof")
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	p.stop = sync.OnceFunc(func() { _ = in.Close(); _ = cmd.Wait() })
	t.Cleanup(p.stop)
	line, err := bufio.NewReader(out).ReadString('\n')
	addr, ok := strings.CutPrefix(strings.TrimSpace(line), "listen ")
	if !ok {
		t.Fatalf("ris-idp said %q, %v", line, err)
	}
	p.URL = "http://" + addr + "/idp"
	return p
}

// Stop ends the provider before the test does.
func (p *Provider) Stop() { p.stop() }

// SignIn goes the way of a browser without script from the authorization address to the callback, whose address it returns.
// Paths are asked of p; client must keep cookies.
func (p *Provider) SignIn(client *http.Client, authorize, email, password string) (*url.URL, error) {
	noFollow := *client
	origin := strings.TrimSuffix(p.URL, "/idp")
	noFollow.CheckRedirect = func(r *http.Request, _ []*http.Request) error {
		if "http://"+r.URL.Host != origin {
			return http.ErrUseLastResponse
		}
		return nil
	}
	u, err := url.Parse(authorize)
	if err != nil {
		return nil, err
	}
	res, err := noFollow.Get(origin + u.RequestURI())
	if err != nil {
		return nil, err
	}
	page, err := read(res)
	if err != nil {
		return nil, err
	}
	_, action, found := strings.Cut(page, `action="`)
	action, _, _ = strings.Cut(action, `"`)
	if !found {
		return nil, fmt.Errorf("no sign-in form: %s %s", res.Status, page)
	}
	res, err = noFollow.PostForm(origin+strings.ReplaceAll(action, "&amp;", "&"), url.Values{"login": {email}, "password": {password}})
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	if res.StatusCode/100 != 3 {
		return nil, fmt.Errorf("sign-in answers %s", res.Status)
	}
	return res.Location()
}

var build = sync.OnceValues(func() (string, error) {
	if bin := os.Getenv("RIS_IDP_BIN"); bin != "" {
		return bin, nil
	}
	_, here, _, _ := runtime.Caller(0)
	source := filepath.Join(filepath.Dir(here), "..", "..", "idp")
	cache, err := os.UserCacheDir()
	if err != nil {
		cache = os.TempDir()
	}
	folder := filepath.Join(cache, "ris-test")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return "", err
	}
	lock, err := os.Create(filepath.Join(folder, "lock")) // packages are tested in parallel processes
	if err != nil {
		return "", err
	}
	defer lock.Close()
	if err := syscall.Flock(int(lock.Fd()), syscall.LOCK_EX); err != nil {
		return "", err
	}
	bin := filepath.Join(folder, "ris-idp") // Go leaves an up-to-date binary as it is
	out, err := exec.Command("go", "build", "-C", source, "-o", bin, ".").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("build of ris-idp: %v\n%s", err, out)
	}
	return bin, nil
})

func binary(t testing.TB) string {
	t.Helper()
	bin, err := build()
	if err != nil {
		t.Fatal(err)
	}
	return bin
}
