package sso

import (
	"fmt"
	"regexp"
)

var namePattern = regexp.MustCompile(`^[a-z0-9-]{0,30}$`)

func goodName(s string) bool { return namePattern.MatchString(s) }

// NewAll makes the clients of an installation, in the order of their choice page. Names and issuers must differ: (issuer, subject)
// names a person, so two providers may never share an issuer.
func NewAll(configs ...Config) ([]*Client, error) {
	var out []*Client
	names, issuers := map[string]bool{}, map[string]bool{}
	for _, config := range configs {
		c, err := New(config)
		if err != nil {
			return nil, err
		}
		switch {
		case names[config.Name]:
			return nil, fmt.Errorf("sso: two providers have the name %q", config.Name)
		case issuers[config.Issuer]:
			return nil, fmt.Errorf("sso: two providers have the issuer %s", config.Issuer)
		case config.Name == "" && len(configs) > 1:
			return nil, fmt.Errorf("sso: several providers, and %s has no name", config.Issuer)
		}
		names[config.Name], issuers[config.Issuer] = true, true
		out = append(out, c)
	}
	return out, nil
}
