package ssotest

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
)

// Account is a person of the script.
type Account struct {
	Email    string   `json:"email"`
	Name     string   `json:"name"`
	Password string   `json:"password"`
	Groups   []string `json:"groups"`
}

// Real is an independent provider with an address of its own, sessions, sign-out and sign-out messages. Its client is "ris".
type Real struct {
	Name   string
	Issuer string
	Secret string
	Scopes []string
	Stop   func()
}

// Addresses are ours, as the provider's client must be registered.
type Addresses struct{ Callback, SignedOut, Notice string }

// StartDex runs ris-idp as a town would: under an issuer that is its address, with sign-ins that are remembered.
func StartDex(t testing.TB, a Addresses, accounts ...Account) *Real {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr := l.Addr().String()
	_ = l.Close()
	r := &Real{Name: "ris-idp (Dex)", Issuer: "http://" + addr + "/idp", Secret: "script-secret", Scopes: []string{"openid", "email", "profile", "groups"}}
	config, err := json.Marshal(map[string]any{"issuer": r.Issuer, "title": "Anmeldung", "users": accounts, "sessions": map[string]int{"hours": 8, "idleMinutes": 60},
		"clients": []map[string]any{{"id": "ris", "secret": r.Secret, "name": "RIS", "redirectURIs": []string{a.Callback},
			"postLogoutRedirectURIs": []string{a.SignedOut}, "backchannelLogoutURI": a.Notice}}})
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "idp.json")
	if err := os.WriteFile(file, config, 0o600); err != nil {
		t.Fatal(err)
	}
	r.Stop = run(t, exec.Command(binary(t), "--config", file, "--listen", addr, "--stop-on-eof"))
	return r
}

// StartPanva runs oidc-provider of panva (Node); the test is skipped where it is not installed.
func StartPanva(t testing.TB, a Addresses, accounts ...Account) *Real {
	t.Helper()
	_, here, _, _ := runtime.Caller(0)
	folder := filepath.Join(filepath.Dir(here), "..", "panva")
	if _, err := os.Stat(filepath.Join(folder, "node_modules", "oidc-provider")); err != nil {
		t.Skip("oidc-provider is not installed (npm ci in auth/sso/panva); the second provider is NOT tested")
	}
	config, err := json.Marshal(map[string]any{"redirect": a.Callback, "loggedOut": a.SignedOut, "notice": a.Notice, "users": accounts})
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("node", "provider.mjs", string(config))
	cmd.Dir = folder
	r := &Real{Name: "oidc-provider (panva)", Secret: "script-secret", Scopes: []string{"openid", "email", "profile", "groups"}}
	var line string
	r.Stop, line = runAndHear(t, cmd)
	r.Issuer = line
	return r
}

func run(t testing.TB, cmd *exec.Cmd) func() {
	stop, _ := runAndHear(t, cmd)
	return stop
}

// runAndHear starts a provider and gives what follows "listen" on its first line; it ends with the test, or when stop is called.
func runAndHear(t testing.TB, cmd *exec.Cmd) (stop func(), listens string) {
	t.Helper()
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	stop = sync.OnceFunc(func() { _ = in.Close(); _ = cmd.Wait() })
	t.Cleanup(stop)
	lines := bufio.NewReader(out)
	line, err := lines.ReadString('\n')
	listens, ok := strings.CutPrefix(strings.TrimSpace(line), "listen ")
	if !ok {
		t.Fatal(fmt.Errorf("the provider said %q, %v", line, err))
	}
	go func() { _, _ = io.Copy(io.Discard, lines) }()
	return stop, listens
}
