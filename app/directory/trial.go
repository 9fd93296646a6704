package directory

import (
	"context"
	"encoding/json"

	"ris/app/council"
	"ris/auth/policy"
)

// Reader reads the groups out of claims, with the limits of the sign-in; auth/sso has it. refusal names why a sign-in with them
// would be refused, empty when it would not.
type Reader func(claims []byte, path string) (groups []string, refusal string)

// Trial is what somebody with these claims would get. Nothing of it was written.
type Trial struct {
	Provider Rules
	Refusal  string // why the sign-in would be refused (auth/sso's words), or empty
	Groups   []string
	Result   Result
	// Person is whom the e-mail address or the name asked for finds; nil: nobody was prepared, the sign-in is refused.
	Person *council.Person
	Linked bool    // an identity is bound already: the address counts no more
	Seats  []Seat  // what the council's data give
	Kept   []Given // offices that others gave (by hand, by the directory) and that stay
	Lost   []Given // offices that this provider's groups gave and that would end
}

// Seat is a membership in force with its organization.
type Seat struct {
	Membership   council.Membership
	Organization council.Organization
}

// Try answers "what would X get": claims is the JSON of an ID token, or empty; account is an e-mail address, in place of the one in
// the claims. Only who runs the system may ask; nothing is written.
func (s *Service) Try(ctx context.Context, v policy.Viewer, provider, claims, account string, read Reader) (Trial, error) {
	if !policy.IsIT(v) {
		return Trial{}, council.E(council.Forbidden, "error.forbidden")
	}
	rules, ok := s.rules(provider)
	if !ok {
		return Trial{}, council.E(council.Invalid, "directory.error.provider")
	}
	out := Trial{Provider: rules}
	if claims != "" {
		var said struct {
			Email    string `json:"email"`
			Verified any    `json:"email_verified"`
		}
		if json.Unmarshal([]byte(claims), &said) != nil {
			return out, council.E(council.Invalid, "directory.error.claims")
		}
		if account == "" && (said.Verified == true || said.Verified == "true") {
			account = said.Email
		}
		out.Groups, out.Refusal = read([]byte(claims), rules.GroupsClaim)
	}
	bodies, err := s.Store.Bodies(ctx, system)
	if err != nil {
		return out, err
	}
	out.Result = Apply(rules, bodies, out.Groups)
	if account == "" {
		return out, nil
	}
	return out, s.about(ctx, v, &out, account, bodies)
}

// Providers lists the rules, for who runs the system.
func (s *Service) Providers(v policy.Viewer) ([]Rules, error) {
	if !policy.IsIT(v) {
		return nil, council.E(council.Forbidden, "error.forbidden")
	}
	return s.Rules, nil
}

// about adds whom the address finds. Whoever has nothing to do with a Body of the viewer is, for the viewer, an address that nobody has.
func (s *Service) about(ctx context.Context, v policy.Viewer, out *Trial, account string, bodies []council.Body) error {
	person, err := s.Store.PersonByAccount(ctx, account)
	if err != nil {
		if council.KindOf(err) == council.NotFound {
			return nil
		}
		return err
	}
	today := day(s.Clock().In(s.zone()))
	grants, err := s.Store.Grants(ctx, person.ID)
	if err != nil {
		return err
	}
	seats, err := s.Store.Memberships(ctx, council.MembershipFilter{Person: person.ID})
	if err != nil {
		return err
	}
	if !policy.MayTryAccountOf(v, policy.Facts{Person: person, Grants: grants, Memberships: seats}, s.Clock().In(s.zone())) {
		return nil
	}
	out.Person = &person
	if out.Linked, err = s.Store.HasIdentity(ctx, person.ID); err != nil {
		return err
	}
	for _, g := range grants {
		if !inForce(g, today) {
			continue
		}
		line := Given{Kind: Kind(g.Role), Group: g.Source, Body: council.Body{Stamp: council.Stamp{ID: g.Body}}}
		for _, b := range bodies {
			if b.ID == g.Body {
				line.Body = b
			}
		}
		switch {
		case g.Source != out.Provider.source():
			out.Kept = append(out.Kept, line)
		case !wanted(out.Result, g):
			out.Lost = append(out.Lost, line)
		}
	}
	for _, m := range seats {
		if !inForce(council.Grant{Start: m.Start, End: m.End}, today) {
			continue
		}
		o, err := s.Store.Organization(ctx, m.Organization)
		if err != nil {
			return err
		}
		out.Seats = append(out.Seats, Seat{m, o})
	}
	return nil
}
