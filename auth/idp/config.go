package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/dexidp/dex/storage"
	"golang.org/x/crypto/bcrypt"
)

// Config is the configuration file (JSON, unknown fields are refused).
type Config struct {
	// Issuer is the fixed name of this provider, a URL whose path is /idp. It need not be reachable under that host.
	Issuer string `json:"issuer"`
	// Keys is the file of the signing keys; relative to the configuration file; default "keys.json".
	Keys string `json:"keys,omitempty"`
	// Start is where a person begins the sign-in anew after an error page: a path of the product or a URL.
	Start string `json:"start,omitempty"`
	// Hint is shown below the sign-in form: in a demonstration, with which accounts one can sign in. Plain text.
	Hint string `json:"hint,omitempty"`
	// Title is the name of the sign-in page. Empty: "Vorführ-Anmeldung", with a word of warning that it is one.
	Title   string   `json:"title,omitempty"`
	Clients []Client `json:"clients"`
	Users   []User   `json:"users,omitempty"`
	// Sessions remember a sign-in for some hours (single sign-on), offer sign-out, and tell clients of it. Left out: each sign-in asks
	// for the password.
	Sessions *Sessions `json:"sessions,omitempty"`
	// LDAP lets in the persons of an LDAP directory or of Active Directory, in place of Users.
	LDAP *LDAP `json:"ldap,omitempty"`

	folder string
}

// Client is a program that may ask who somebody is. RedirectURIs are matched exactly.
type Client struct {
	ID           string   `json:"id"`
	Secret       string   `json:"secret"`
	Name         string   `json:"name"`
	RedirectURIs []string `json:"redirectURIs"`
	// PostLogoutRedirectURIs are where a browser may go after a sign-out (RP-Initiated Logout 1.0); BackchannelLogoutURI is told of it.
	PostLogoutRedirectURIs []string `json:"postLogoutRedirectURIs,omitempty"`
	BackchannelLogoutURI   string   `json:"backchannelLogoutURI,omitempty"`
}

// Sessions are the time-outs of a sign-in that is remembered.
type Sessions struct {
	Hours       int `json:"hours"`       // at most; 1 to 720
	IdleMinutes int `json:"idleMinutes"` // without use; 1 to 60 times Hours
}

// User is a person who can sign in, by Hash (bcrypt, cost 10 to 16) or by Password (plain, for demonstrations only).
// ID makes the stable "sub"; when empty it is derived from the e-mail address.
type User struct {
	ID       string   `json:"id,omitempty"`
	Email    string   `json:"email"`
	Name     string   `json:"name"`
	Password string   `json:"password,omitempty"`
	Hash     string   `json:"hash,omitempty"`
	Groups   []string `json:"groups,omitempty"`
	// EmailVerified is true when left out: who keeps this file vouches for its addresses.
	EmailVerified *bool `json:"emailVerified,omitempty"`
}

// readConfig reads and checks the file.
func readConfig(path string) (Config, error) {
	var c Config
	f, err := os.Open(path)
	if err != nil {
		return c, err
	}
	defer f.Close()
	d := json.NewDecoder(f)
	d.DisallowUnknownFields()
	if err := d.Decode(&c); err != nil {
		return c, fmt.Errorf("%s: %w", path, err)
	}
	c.folder = filepath.Dir(path)
	if c.Keys == "" {
		c.Keys = "keys.json"
	}
	if !filepath.IsAbs(c.Keys) {
		c.Keys = filepath.Join(c.folder, c.Keys)
	}
	return c, c.check()
}

func (c Config) check() error {
	u, err := url.Parse(c.Issuer)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") || u.Path != issuerPath || u.RawQuery != "" || u.Fragment != "" {
		return fmt.Errorf("issuer %q: want a URL with the path %s", c.Issuer, issuerPath)
	}
	if len(c.Clients) == 0 {
		return errors.New("clients: at least one is needed")
	}
	if s := c.Sessions; s != nil && (s.Hours < 1 || s.Hours > 720 || s.IdleMinutes < 1 || s.IdleMinutes > 60*s.Hours) {
		return errors.New("sessions: want hours from 1 to 720, and idleMinutes from 1 to as long")
	}
	if c.LDAP != nil {
		if len(c.Users) > 0 {
			return errors.New("give users or ldap, not both")
		}
		if err := c.LDAP.check(); err != nil {
			return fmt.Errorf("ldap: %w", err)
		}
	}
	for _, k := range c.Clients {
		if k.ID == "" || k.Secret == "" || len(k.RedirectURIs) == 0 {
			return fmt.Errorf("client %q: id, secret and redirectURIs are needed", k.ID)
		}
		for _, uri := range k.RedirectURIs {
			if r, err := url.Parse(uri); err != nil || r.Host == "" || r.Fragment != "" {
				return fmt.Errorf("client %q: redirect URI %q is not an absolute URL", k.ID, uri)
			}
		}
	}
	seen := map[string]bool{}
	for _, p := range c.Users {
		email := strings.ToLower(p.Email)
		switch {
		case !strings.Contains(email, "@"):
			return fmt.Errorf("user %q: email is needed", p.Email)
		case seen[email]:
			return fmt.Errorf("user %q stands there twice", p.Email)
		case (p.Password == "") == (p.Hash == ""):
			return fmt.Errorf("user %q: give either password or hash", p.Email)
		}
		seen[email] = true
	}
	return nil
}

// passwords are the users as Dex keeps them; plain passwords are hashed here, equal ones once (bcrypt is slow on purpose).
func (c Config) passwords() ([]storage.Password, error) {
	hashes := map[string][]byte{}
	var out []storage.Password
	for _, u := range c.Users {
		hash := []byte(u.Hash)
		if u.Hash == "" {
			if hashes[u.Password] == nil {
				h, err := bcrypt.GenerateFromPassword([]byte(u.Password), bcrypt.DefaultCost)
				if err != nil {
					return nil, fmt.Errorf("user %q: %w", u.Email, err)
				}
				hashes[u.Password] = h
			}
			hash = hashes[u.Password]
		}
		id := u.ID
		if id == "" {
			sum := sha256.Sum256([]byte("ris-idp user " + strings.ToLower(u.Email)))
			id = hex.EncodeToString(sum[:16])
		}
		name := u.Name
		if name == "" {
			name = u.Email
		}
		out = append(out, storage.Password{
			Email: u.Email, Hash: hash, Username: name, Name: name, PreferredUsername: u.Email,
			EmailVerified: u.EmailVerified, UserID: id, Groups: u.Groups,
		})
	}
	return out, nil
}

func (c Config) clients() []storage.Client {
	var out []storage.Client
	for _, k := range c.Clients {
		out = append(out, storage.Client{ID: k.ID, Secret: k.Secret, Name: k.Name, RedirectURIs: k.RedirectURIs,
			PostLogoutRedirectURIs: k.PostLogoutRedirectURIs, BackchannelLogoutURI: k.BackchannelLogoutURI})
	}
	return out
}

// formTargets are the origins to which a posted sign-in form may lead: browsers check the redirects after a form, too.
func (c Config) formTargets() string {
	out, seen := "'self'", map[string]bool{}
	for _, k := range c.Clients {
		for _, uri := range append(k.RedirectURIs, k.PostLogoutRedirectURIs...) {
			if u, err := url.Parse(uri); err == nil && !seen[u.Scheme+u.Host] {
				seen[u.Scheme+u.Host] = true
				out += " " + u.Scheme + "://" + u.Host
			}
		}
	}
	return out
}
