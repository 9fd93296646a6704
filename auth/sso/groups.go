package sso

import (
	"bytes"
	"encoding/json"
	"strings"
)

// Limits of what a provider may say of groups. A person of a large town is in some 300; an ID token has some 2 kB.
const (
	MaxGroups     = 1000
	MaxGroupBytes = 512
	MaxToken      = 64 << 10 // bytes of an ID token or logout token
	maxDepth      = 16       // objects and lists in one another
)

// Groups reads the groups out of claims (JSON). path is Config.GroupsClaim. found says whether the claim is there. A single text
// counts as a list of one. Refused: what exceeds the limits, groups that are no texts, and Entra's pointer, which a provider sends
// in place of groups when there are too many (Core 5.6.2, distributed claims): nobody is to lose or gain an office by it.
func Groups(claims []byte, path string) (groups []string, found bool, err error) {
	if err := shallow(claims); err != nil {
		return nil, false, err
	}
	var all map[string]json.RawMessage
	if json.Unmarshal(claims, &all) != nil {
		return nil, false, &Refused{Why: OddClaims, Reason: "claims are no object"}
	}
	if path == "" {
		return nil, false, nil
	}
	first, _, _ := strings.Cut(path, ".")
	var pointers map[string]json.RawMessage
	_ = json.Unmarshal(all["_claim_names"], &pointers)
	if _, away := pointers[first]; away || string(all["hasgroups"]) == "true" || string(all["hasgroups"]) == `"true"` {
		return nil, false, &Refused{Why: TooManyGroups, Reason: "the groups were replaced by a pointer"}
	}
	value, found := all[path] // a claim may have dots in its own name (a URL)
	if !found {
		if value, found = descend(all, path); !found {
			return nil, false, nil
		}
	}
	var one string
	if json.Unmarshal(value, &one) == nil && string(value) != "null" {
		groups = []string{one}
	} else if json.Unmarshal(value, &groups) != nil {
		return nil, true, &Refused{Why: OddClaims, Reason: "groups are no list of texts"}
	}
	if len(groups) > MaxGroups {
		return nil, true, &Refused{Why: TooManyGroups, Reason: "more than 1000 groups"}
	}
	for _, g := range groups {
		if g == "" || len(g) > MaxGroupBytes {
			return nil, true, &Refused{Why: OddClaims, Reason: "a group's name is empty or too long"}
		}
	}
	return groups, true, nil
}

func descend(all map[string]json.RawMessage, path string) (json.RawMessage, bool) {
	first, rest, deeper := strings.Cut(path, ".")
	value, ok := all[first]
	if !ok || !deeper {
		return value, ok
	}
	var inner map[string]json.RawMessage
	if json.Unmarshal(value, &inner) != nil {
		return nil, false
	}
	return descend(inner, rest)
}

// shallow refuses claims that are nested deeper than any honest ones.
func shallow(raw []byte) error {
	d, depth := json.NewDecoder(bytes.NewReader(raw)), 0
	for {
		t, err := d.Token()
		if err != nil {
			return nil // the end; broken claims are found by whoever decodes them
		}
		switch t {
		case json.Delim('{'), json.Delim('['):
			depth++
		case json.Delim('}'), json.Delim(']'):
			depth--
		}
		if depth > maxDepth {
			return &Refused{Why: OddClaims, Reason: "claims are nested too deep"}
		}
	}
}
