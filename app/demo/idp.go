package demo

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"ris/web/locales"
)

// clientID is the product's name at its demo provider.
const clientID = "ris"

// provider is the running second process.
type provider struct {
	URL   string // http://127.0.0.1:port/idp, loopback only
	cmd   *exec.Cmd
	stdin io.WriteCloser
	done  chan error
}

// providerConfig is the part of ris-idp's configuration file that the demo writes.
type providerConfig struct {
	Issuer  string           `json:"issuer"`
	Start   string           `json:"start"`
	Hint    string           `json:"hint"`
	Clients []providerClient `json:"clients"`
	Users   []providerUser   `json:"users"`
}

type providerClient struct {
	ID           string   `json:"id"`
	Secret       string   `json:"secret"`
	Name         string   `json:"name"`
	RedirectURIs []string `json:"redirectURIs"`
}

type providerUser struct {
	Email    string `json:"email"`
	Name     string `json:"name"`
	Password string `json:"password"`
}

// startProvider writes the configuration for the present addresses and starts ris-idp, which takes a free loopback port and prints it.
func startProvider(data string, s *state, t Town, origins []string) (*provider, error) {
	binary, err := findProvider()
	if err != nil {
		return nil, err
	}
	c := providerConfig{Issuer: s.Issuer, Start: "/auth/login"}
	k := providerClient{ID: clientID, Secret: s.ClientSecret, Name: "ris"}
	for _, o := range origins {
		k.RedirectURIs = append(k.RedirectURIs, o+"/auth/callback")
	}
	c.Clients = []providerClient{k}
	var accounts []string
	for _, p := range t.Accounts() {
		accounts = append(accounts, p.Account)
		c.Users = append(c.Users, providerUser{Email: p.Account, Name: p.display(), Password: "demo"})
	}
	c.Hint = locales.T("de", "demo.signin.hint", "accounts", strings.Join(accounts, ", "))
	b, err := json.MarshalIndent(c, "", " ")
	if err != nil {
		return nil, fmt.Errorf("demo: %w", err)
	}
	dir := filepath.Join(data, "idp")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("demo: %w", err)
	}
	file := filepath.Join(dir, "config.json")
	if err := os.WriteFile(file, b, 0o600); err != nil {
		return nil, fmt.Errorf("demo: %w", err)
	}
	p := &provider{done: make(chan error, 1)}
	p.cmd = exec.Command(binary, "--config", file, "--listen", "127.0.0.1:0", "--stop-on-eof")
	p.cmd.Stderr = os.Stderr
	// Own process group: Ctrl-C reaches the demo alone, which then stops the provider in order.
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	// The pipe is never written: when this process dies, however it dies, its end closes and the provider stops.
	if p.stdin, err = p.cmd.StdinPipe(); err != nil {
		return nil, fmt.Errorf("demo: %w", err)
	}
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, fmt.Errorf("demo: %w", err)
	}
	if err := p.cmd.Start(); err != nil {
		return nil, fmt.Errorf("demo: start %s: %w", binary, err)
	}
	lines := bufio.NewReader(out)
	line, err := lines.ReadString('\n')
	var listen string
	if _, scan := fmt.Sscanf(line, "listen %s", &listen); err != nil || scan != nil {
		_ = p.cmd.Process.Kill()
		return nil, fmt.Errorf("demo: ris-idp did not start: %v", p.cmd.Wait())
	}
	p.URL = "http://" + listen + "/idp"
	go func() {
		_, _ = io.Copy(io.Discard, lines)
		p.done <- p.cmd.Wait()
	}()
	return p, nil
}

// stop asks the provider to end and waits for it; after five seconds it is killed.
func (p *provider) stop() {
	_ = p.stdin.Close()
	_ = p.cmd.Process.Signal(syscall.SIGTERM)
	select {
	case <-p.done:
	case <-time.After(5 * time.Second):
		_ = p.cmd.Process.Kill()
		<-p.done
	}
}

// findProvider looks for ris-idp beside this program, then on the PATH.
func findProvider() (string, error) {
	if self, err := os.Executable(); err == nil {
		if beside := filepath.Join(filepath.Dir(self), "ris-idp"); exists(beside) {
			return beside, nil
		}
	}
	if path, err := exec.LookPath("ris-idp"); err == nil {
		return path, nil
	}
	return "", errors.New("demo: ris-idp is neither beside ris nor on the PATH; run make build")
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

func (p TownPerson) display() string {
	name := p.Given + " " + p.Family
	if p.Title != "" {
		name = p.Title + " " + name
	}
	return name
}
