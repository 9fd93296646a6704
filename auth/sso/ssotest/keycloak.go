package ssotest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"testing"
	"time"
)

// StartKeycloak runs the Keycloak that lies unpacked in RIS_TEST_KEYCLOAK, in its development mode, with a realm "ris" of its own.
func StartKeycloak(t testing.TB, a Addresses, accounts ...Account) *Real {
	t.Helper()
	home := os.Getenv("RIS_TEST_KEYCLOAK")
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, port, _ := net.SplitHostPort(l.Addr().String())
	_ = l.Close()
	// Its own copy of the settings and data: the unpacked one stays as it was.
	imports := filepath.Join(home, "data", "import")
	if err := os.MkdirAll(imports, 0o755); err != nil {
		t.Fatal(err)
	}
	realm, err := json.Marshal(keycloakRealm(a, accounts))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(imports, "ris-realm.json"), realm, 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(filepath.Join(home, "bin", "kc.sh"), "start-dev", "--import-realm", "--http-host=127.0.0.1", "--http-port="+port)
	cmd.Env = append(os.Environ(), "JAVA_OPTS_APPEND=-Xmx512m")
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	r := &Real{Name: "Keycloak", Issuer: "http://127.0.0.1:" + port + "/realms/ris", Secret: "script-secret", Scopes: []string{"openid", "email", "profile"}}
	r.Stop = sync.OnceFunc(func() { _ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL); _ = cmd.Wait() })
	t.Cleanup(r.Stop)
	for begun := time.Now(); time.Since(begun) < 5*time.Minute; time.Sleep(time.Second) {
		if res, err := http.Get(r.Issuer + "/.well-known/openid-configuration"); err == nil {
			_ = res.Body.Close()
			if res.StatusCode == http.StatusOK {
				return r
			}
		}
	}
	t.Fatal(fmt.Errorf("Keycloak does not answer:\n%s", said.String()))
	return nil
}

func keycloakRealm(a Addresses, accounts []Account) map[string]any {
	var users, groups []map[string]any
	known := map[string]bool{}
	for _, p := range accounts {
		var in []string
		for _, g := range p.Groups {
			in = append(in, "/"+g)
			if !known[g] {
				known[g] = true
				groups = append(groups, map[string]any{"name": g})
			}
		}
		users = append(users, map[string]any{"username": p.Email, "email": p.Email, "emailVerified": true, "enabled": true, "firstName": p.Name, "lastName": p.Name,
			"groups": in, "credentials": []map[string]any{{"type": "password", "value": p.Password}}})
	}
	return map[string]any{"realm": "ris", "enabled": true, "sslRequired": "none", "users": users, "groups": groups,
		"clients": []map[string]any{{"clientId": "ris", "secret": "script-secret", "protocol": "openid-connect", "publicClient": false, "standardFlowEnabled": true,
			"redirectUris": []string{a.Callback}, "attributes": map[string]any{"pkce.code.challenge.method": "S256", "post.logout.redirect.uris": a.SignedOut,
				"backchannel.logout.url": a.Notice, "backchannel.logout.session.required": "true"},
			"protocolMappers": []map[string]any{{"name": "groups", "protocol": "openid-connect", "protocolMapper": "oidc-group-membership-mapper",
				"config": map[string]any{"claim.name": "groups", "full.path": "false", "id.token.claim": "true", "userinfo.token.claim": "true"}}}}}}
}
