package directory

import (
	"slices"
	"strings"

	"ris/app/council"
)

// Kind is a kind of account.
type Kind string

// The kinds. The first three are offices of a Body; the others give no right of their own.
const (
	Clerk  Kind = "clerk"
	Mayor  Kind = "mayor"
	IT     Kind = "it"
	Member Kind = "member"
	Guest  Kind = "guest"
)

// Rule gives the members of a group a kind of account in the bodies named (by name, short name or id); none = in all.
type Rule struct {
	Group  string
	Kind   Kind
	Bodies []string
}

// Rules are those of one provider. OnlyGroups lets in only who is in at least one of their groups. GroupsClaim is where the provider
// lists them; empty = groups count for nothing.
type Rules struct {
	Name        string // of the provider; empty for an only one
	Title       string // for people
	Issuer      string
	GroupsClaim string
	OnlyGroups  bool
	Rules       []Rule
}

// Given is a kind of account with the group that gave it. Body is empty for member and guest.
type Given struct {
	Kind  Kind
	Body  council.Body
	Group string
}

// Result is what groups give. Unknown are the bodies named in rules that fit, of which there is none: a mistake in the configuration.
type Result struct {
	Let     bool
	Given   []Given
	Unknown []string
}

// roles are the offices among the kinds.
var roles = map[Kind]council.Role{Clerk: council.Clerk, Mayor: council.Mayor, IT: council.IT}

// Apply says what the groups give under the rules. Groups are compared letter by letter: two groups of a directory may differ in
// nothing but case. It reads and writes nothing.
func Apply(r Rules, bodies []council.Body, groups []string) Result {
	out := Result{Let: !r.OnlyGroups}
	for _, rule := range r.Rules {
		if r.GroupsClaim == "" || !slices.Contains(groups, rule.Group) {
			continue
		}
		out.Let = true
		if _, office := roles[rule.Kind]; !office {
			out.add(Given{Kind: rule.Kind, Group: rule.Group})
			continue
		}
		for _, b := range bodies {
			if len(rule.Bodies) == 0 || slices.ContainsFunc(rule.Bodies, func(name string) bool { return names(b, name) }) {
				out.add(Given{Kind: rule.Kind, Body: b, Group: rule.Group})
			}
		}
		for _, name := range rule.Bodies {
			if !slices.ContainsFunc(bodies, func(b council.Body) bool { return names(b, name) }) && !slices.Contains(out.Unknown, name) {
				out.Unknown = append(out.Unknown, name)
			}
		}
	}
	return out
}

// add keeps one line for each kind and Body: the first group that gives it.
func (r *Result) add(g Given) {
	if !slices.ContainsFunc(r.Given, func(x Given) bool { return x.Kind == g.Kind && x.Body.ID == g.Body.ID }) {
		r.Given = append(r.Given, g)
	}
}

func names(b council.Body, name string) bool {
	return name != "" && (string(b.ID) == name || strings.EqualFold(b.Name, name) || strings.EqualFold(b.ShortName, name))
}
