package store

import (
	"context"

	"ris/app/council"
	"ris/auth/policy"
)

// Facts gives everything that policy.ForPerson needs to know of the person, in nine queries; what only the mayor or the office of a
// Fraktion needs is asked for them alone. council.NotFound: nobody has that id.
func (s *Store) Facts(ctx context.Context, person council.ID) (policy.Facts, error) {
	var f policy.Facts
	var err error
	if f.Person, err = s.Person(ctx, person); err != nil {
		return policy.Facts{}, err
	}
	if f.Memberships, err = s.Memberships(ctx, council.MembershipFilter{Person: person}); err != nil {
		return policy.Facts{}, err
	}
	if f.Grants, err = s.Grants(ctx, person); err != nil {
		return policy.Facts{}, err
	}
	if f.Substitutions, err = s.Substitutions(ctx, council.SubstitutionFilter{Substitute: person}); err != nil {
		return policy.Facts{}, err
	}
	if f.Deputies, err = s.Deputies(ctx, council.DeputyFilter{Person: person}); err != nil {
		return policy.Facts{}, err
	}
	if f.Guests, err = s.Guests(ctx, council.GuestFilter{Person: person}); err != nil {
		return policy.Facts{}, err
	}
	if f.Conflicts, err = s.ConflictsOf(ctx, person); err != nil {
		return policy.Facts{}, err
	}
	bodies := make([]council.ID, 0, len(f.Memberships)+len(f.Grants)+len(f.Deputies))
	for _, m := range f.Memberships {
		bodies = append(bodies, m.Body)
	}
	for _, d := range f.Deputies {
		bodies = append(bodies, d.Body)
	}
	var mayorOf, groups []council.ID
	for _, g := range f.Grants {
		switch g.Role {
		case council.Mayor:
			mayorOf, bodies = append(mayorOf, g.Body), append(bodies, g.Body)
		case council.GroupOffice:
			groups, bodies = append(groups, g.Organization), append(bodies, g.Body)
		}
	}
	if f.Terms, err = list(among(s.read(ctx), "body", bodies).Order("starts_at, id"), toLegislativeTerm); err != nil {
		return policy.Facts{}, err
	}
	if f.Settings, err = s.accessSettings(ctx, bodies); err != nil {
		return policy.Facts{}, err
	}
	if len(mayorOf) > 0 {
		if f.Organizations, err = list(among(s.read(ctx), "body", mayorOf).Order("id"), toOrganization); err != nil {
			return policy.Facts{}, err
		}
	}
	if len(groups) > 0 {
		if f.GroupSeats, err = list(among(s.read(ctx), "on_behalf_of", groups).Order("id"), toMembership); err != nil {
			return policy.Facts{}, err
		}
	}
	return f, nil
}
