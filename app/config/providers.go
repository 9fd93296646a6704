package config

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Provider is an OpenID provider of the installation, as RIS_OIDC_FILE describes it (JSON, unknown fields are refused).
type Provider struct {
	// Name stands in addresses: lower-case letters, digits and "-", at most 30. Its callback is PUBLIC_URL/auth/callback/NAME.
	Name string `json:"name"`
	// Title is what people read when they choose, by language ("de", "en").
	Title    map[string]string `json:"title"`
	Issuer   string            `json:"issuer"`
	ClientID string            `json:"clientId"`
	// ClientSecret, or the file that holds it (relative to RIS_OIDC_FILE).
	ClientSecret     string `json:"clientSecret,omitempty"`
	ClientSecretFile string `json:"clientSecretFile,omitempty"`
	// ReachedAt is where this server reaches the provider when that is not the issuer's own address.
	ReachedAt string   `json:"reachedAt,omitempty"`
	Scopes    []string `json:"scopes,omitempty"` // default: openid email profile
	// GroupsClaim is the claim that lists groups, with dots for what lies deeper ("realm_access.roles").
	GroupsClaim string `json:"groupsClaim,omitempty"`
	// OnlyGroups lets in only people in at least one group of Groups.
	OnlyGroups bool `json:"onlyGroups,omitempty"`
	// Groups says which kind of account a group gives. Seats come from the council's data, never from here.
	Groups []GroupRule `json:"groups,omitempty"`
	// AsksEachTime: the provider asks for password or key at every sign-in and does not say when (auth_time).
	AsksEachTime bool `json:"asksEachTime,omitempty"`
	// AuthorizeURL is set by the demo only.
	AuthorizeURL string `json:"-"`
}

// GroupRule gives the members of a group a kind of account: "clerk", "mayor" and "it" are offices of Bodies (by name, short name or id;
// none = all); "member" and "guest" give no right, they only let in where OnlyGroups is set.
type GroupRule struct {
	Group  string   `json:"group"`
	Kind   string   `json:"kind"`
	Bodies []string `json:"bodies,omitempty"`
}

// Kinds are the kinds of account that a group can give.
var Kinds = []string{"member", "clerk", "mayor", "it", "guest"}

// Providers are those of RIS_OIDC_FILE, or the one of RIS_OIDC_ISSUER, or none. The error names the file and what to do.
func (c Config) Providers() ([]Provider, error) {
	if c.ProvidersFile == "" {
		if c.Issuer == "" {
			return nil, nil
		}
		p := Provider{Issuer: c.Issuer, ClientID: c.ClientID, ClientSecret: c.ClientSecret}
		if c.IssuerReachedAt != "" { // the demo's provider asks each time, and the browser reaches it on our own origin
			p.ReachedAt, p.AuthorizeURL, p.AsksEachTime = c.IssuerReachedAt, "/idp/auth", true
		}
		return []Provider{p}, nil
	}
	if c.Issuer != "" {
		return nil, errors.New("RIS_OIDC_FILE and RIS_OIDC_ISSUER: set one of them; the file can describe all providers")
	}
	raw, err := os.ReadFile(c.ProvidersFile)
	if err != nil {
		return nil, fmt.Errorf("RIS_OIDC_FILE: %w", err)
	}
	var file struct {
		Providers []Provider `json:"providers"`
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(&file); err != nil {
		return nil, fmt.Errorf("RIS_OIDC_FILE %s: %w", c.ProvidersFile, err)
	}
	if len(file.Providers) == 0 {
		return nil, fmt.Errorf("RIS_OIDC_FILE %s: it describes no provider", c.ProvidersFile)
	}
	for i := range file.Providers {
		p := &file.Providers[i]
		if err := p.complete(filepath.Dir(c.ProvidersFile)); err != nil {
			return nil, fmt.Errorf("RIS_OIDC_FILE %s: provider %q: %w", c.ProvidersFile, p.Name, err)
		}
	}
	return file.Providers, nil
}

func (p *Provider) complete(folder string) error {
	if p.ClientSecretFile != "" {
		if p.ClientSecret != "" {
			return errors.New("give clientSecret or clientSecretFile, not both")
		}
		path := p.ClientSecretFile
		if !filepath.IsAbs(path) {
			path = filepath.Join(folder, path)
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			return fmt.Errorf("clientSecretFile: %w", err)
		}
		p.ClientSecret = strings.TrimSpace(string(raw))
	}
	switch {
	case p.Name == "":
		return errors.New("name is missing")
	case p.Issuer == "" || p.ClientID == "" || p.ClientSecret == "":
		return errors.New("issuer, clientId and clientSecret (or clientSecretFile) are needed")
	case len(p.Groups) > 0 && p.GroupsClaim == "":
		return errors.New(`groups are given, but not the claim that lists them: set groupsClaim, e.g. "groups"`)
	case p.OnlyGroups && len(p.Groups) == 0:
		return errors.New("onlyGroups without groups lets nobody in")
	}
	for _, g := range p.Groups {
		if g.Group == "" || !slices.Contains(Kinds, g.Kind) {
			return fmt.Errorf("group %q: kind %q is none of %s", g.Group, g.Kind, strings.Join(Kinds, ", "))
		}
	}
	return nil
}
