package provisioning

import (
	"context"

	"ris/app/council"
	"ris/auth/policy"
)

// Card is a person with everything that is kept of them in the bodies of the viewer: seats and roles, past ones too.
type Card struct {
	council.Person
	Home     bool         // at home in a Body that the viewer keeps: account and name can be changed
	SignedIn bool         // an identity of the provider is bound to the person
	Wanted   *AccountWant // another address, by the directory, that waits for the clerk; only in lists
	Seats    []Seat
	Grants   []Office

	LockOrigin council.LockOrigin // whose lock it is, now or later
}

// Office is a role of the administration; Group is the Fraktion in whose office it is, zero for all other roles.
type Office struct {
	council.Grant
	Group council.Organization
}

// Seat is a seat with its names.
type Seat struct {
	council.Membership
	Committee  council.Organization
	OnBehalfOf council.Organization // zero = nobody's
}

// Persons lists those at home in the Body, and those of other bodies who sit or work in it, by name. Not found for who does not
// keep it.
func (s *Service) Persons(ctx context.Context, v policy.Viewer, body council.ID) ([]Card, error) {
	if !policy.MayProvision(v, body) {
		return nil, council.ErrNotFound()
	}
	b, err := s.Store.Body(ctx, v, body)
	if err != nil {
		return nil, err
	}
	st, err := s.load(ctx, []council.Body{b})
	if err != nil {
		return nil, err
	}
	signed, asked := map[council.ID]bool{}, map[council.ID]bool{}
	for _, p := range st.persons() { // some are at home in another Body that the viewer keeps, too
		if asked[p.Body] || !policy.MayProvision(v, p.Body) {
			continue
		}
		asked[p.Body] = true
		known, err := s.Store.PersonsWithIdentity(ctx, p.Body)
		if err != nil {
			return nil, err
		}
		for _, id := range known {
			signed[id] = true
		}
	}
	names, err := s.Store.ScimUsers(ctx, body)
	if err != nil {
		return nil, err
	}
	waiting := map[council.ID]council.ScimUser{}
	for _, u := range names {
		waiting[u.Person] = u
	}
	out := []Card{}
	for _, p := range st.persons() {
		c := st.card(v, p)
		c.SignedIn = signed[p.ID]
		if c.Home {
			c.Wanted = wanted(waiting[p.ID], p)
		}
		out = append(out, c)
	}
	return out, nil
}

// card puts together what the state knows of a person; of somebody at home elsewhere, the account is not the viewer's business.
func (st *state) card(v policy.Viewer, p council.Person) Card {
	c := Card{Person: p, Home: policy.MayProvision(v, p.Body), LockOrigin: p.ClosedBy(st.now())}
	if !c.Home {
		c.Account = ""
	}
	for _, id := range st.seats[p.ID] {
		m := *st.records[id].Membership
		seat := Seat{Membership: m}
		if o := st.records[m.Organization].Organization; o != nil {
			seat.Committee = *o
		}
		if o := st.records[m.OnBehalfOf].Organization; o != nil {
			seat.OnBehalfOf = *o
		}
		c.Seats = append(c.Seats, seat)
	}
	for _, id := range st.grants[p.ID] {
		g := *st.records[id].Grant
		office := Office{Grant: g}
		if o := st.records[g.Organization].Organization; o != nil {
			office.Group = *o
		}
		c.Grants = append(c.Grants, office)
	}
	return c
}

// reach loads a person whom the viewer may keep, with the state of the bodies that matter: not found else.
func (s *Service) reach(ctx context.Context, v policy.Viewer, id council.ID, revision int64) (*state, council.Person, error) {
	p, err := s.Store.Person(ctx, id)
	if err != nil {
		return nil, p, err
	}
	bodies, err := s.scope(ctx, v)
	if err != nil {
		return nil, p, err
	}
	st, err := s.load(ctx, bodies)
	if err != nil {
		return nil, p, err
	}
	if _, known := st.records[id]; !known {
		return nil, p, council.ErrNotFound()
	}
	if revision != 0 && revision != p.Revision {
		return nil, p, council.E(council.Stale, "error.stale")
	}
	return st, p, nil
}

// Knows reports whether the viewer keeps the person or a seat of theirs.
func (s *Service) Knows(ctx context.Context, v policy.Viewer, id council.ID) bool {
	_, _, err := s.reach(ctx, v, id, 0)
	return err == nil
}
