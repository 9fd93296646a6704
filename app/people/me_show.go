package people

import (
	"context"
	"slices"
	"time"

	"ris/app/council"
	"ris/auth/policy"
)

// Me is the signed-in person with what is in force today. Roles are those of any Body.
type Me struct {
	ID          council.ID
	Name        string
	Account     string
	Roles       []council.Role
	Bodies      []Body
	Memberships []Membership
	LastVisit   time.Time // end of the visit before this one; zero = none
}

// Body is one in which the person works or sits.
type Body struct {
	council.Body
	Roles []council.Role
}

// Membership is a seat with its organization.
type Membership struct {
	council.Membership
	Organization council.Organization
}

// Show answers who is asking. Unauthenticated for the public.
func (s *Service) Show(ctx context.Context, v policy.Viewer) (Me, error) {
	if !v.SignedIn() {
		return Me{}, council.E(council.Unauthenticated, "error.unauthenticated")
	}
	now := s.Clock()
	me := Me{ID: v.Person(), Name: v.Name(), Account: v.Account()}
	grants, err := s.Store.Grants(ctx, v.Person())
	if err != nil {
		return me, err
	}
	roles := map[council.ID][]council.Role{}
	for _, g := range grants {
		if !inForce(g.Start, g.End, now) {
			continue
		}
		if !slices.Contains(roles[g.Body], g.Role) {
			roles[g.Body] = append(roles[g.Body], g.Role)
		}
		if !slices.Contains(me.Roles, g.Role) {
			me.Roles = append(me.Roles, g.Role)
		}
	}
	bodies, err := s.Store.Bodies(ctx, v)
	if err != nil {
		return me, err
	}
	for _, b := range bodies {
		if slices.Contains(v.Bodies(), b.ID) {
			me.Bodies = append(me.Bodies, Body{Body: b, Roles: roles[b.ID]})
		}
	}
	seats, err := s.Store.Memberships(ctx, council.MembershipFilter{Person: v.Person()})
	if err != nil {
		return me, err
	}
	for _, m := range seats {
		if !inForce(m.Start, m.End, now) {
			continue
		}
		o, err := s.Store.Organization(ctx, m.Organization)
		if err != nil {
			return me, err
		}
		me.Memberships = append(me.Memberships, Membership{m, o})
	}
	visit, err := s.Store.Visit(ctx, v.Person())
	if err != nil && council.KindOf(err) != council.NotFound {
		return me, err
	}
	me.LastVisit = visit.Previous
	return me, nil
}

// inForce: start and end are days, both inclusive; a zero end is open. What it decides here is shown, never allowed.
func inForce(start, end, now time.Time) bool {
	today := now.Truncate(24 * time.Hour)
	return !start.After(now) && (end.IsZero() || !end.Before(today))
}
