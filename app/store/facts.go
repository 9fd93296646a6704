package store

import (
	"context"

	"ris/app/council"
	"ris/auth/policy"
)

// Facts gives everything that policy.ForPerson needs to know of the person, in five queries. council.NotFound: nobody has that id.
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
	bodies := make([]council.ID, 0, len(f.Memberships))
	for _, m := range f.Memberships {
		bodies = append(bodies, m.Body)
	}
	f.Terms, err = list(among(s.read(ctx), "body", bodies).Order("starts_at, id"), toLegislativeTerm)
	if err != nil {
		return policy.Facts{}, err
	}
	return f, nil
}
