package access

import (
	"context"
	"slices"
	"time"

	"ris/app/council"
	"ris/auth/policy"
)

// who is everybody who has, or may be thought to have, anything to do with an object. The facts are those of all of them: the rules
// pick each person's own.
type who struct {
	now     time.Time
	persons []council.Person
	facts   policy.Facts
	names   map[council.ID]string // of organizations, meetings, items, bodies
}

func (s *Service) who(ctx context.Context, o object) (*who, error) {
	w := &who{now: s.now(), names: map[council.ID]string{}}
	f := &w.facts
	var err error
	load := func(step func() error) {
		if err == nil {
			err = step()
		}
	}
	load(func() (err error) {
		f.Memberships, err = s.Store.Memberships(ctx, council.MembershipFilter{Body: o.body})
		return err
	})
	load(func() (err error) { f.Grants, err = s.Store.GrantsIn(ctx, o.body); return err })
	load(func() (err error) {
		f.Deputies, err = s.Store.Deputies(ctx, council.DeputyFilter{Body: o.body})
		return err
	})
	load(func() (err error) { f.Terms, err = s.Store.Terms(ctx, o.body); return err })
	load(func() (err error) { f.Organizations, err = s.Store.Organizations(ctx, o.body); return err })
	load(func() error {
		settings, err := s.Store.AccessSettings(ctx, o.body)
		f.Settings = []council.AccessSettings{settings}
		return err
	})
	for _, m := range o.meetings {
		w.names[m.ID] = m.Name
		load(func() error {
			subs, err := s.Store.Substitutions(ctx, council.SubstitutionFilter{Meeting: m.ID})
			f.Substitutions = append(f.Substitutions, subs...)
			return err
		})
	}
	for _, it := range o.items {
		w.names[it.ID] = it.Name
		load(func() error {
			guests, err := s.Store.Guests(ctx, council.GuestFilter{AgendaItem: it.ID})
			f.Guests = append(f.Guests, guests...)
			return err
		})
		load(func() error {
			conflicts, err := s.Store.Conflicts(ctx, it.ID)
			f.Conflicts = append(f.Conflicts, conflicts...)
			return err
		})
	}
	f.GroupSeats = f.Memberships
	for _, org := range f.Organizations {
		w.names[org.ID] = org.Name
	}
	load(func() error { return s.everybody(ctx, o.body, w) })
	return w, err
}

// everybody are the persons at home in the Body and those of others whom a fact names.
func (s *Service) everybody(ctx context.Context, body council.ID, w *who) (err error) {
	if w.persons, err = s.Store.Persons(ctx, body); err != nil {
		return err
	}
	var named []council.ID
	for _, m := range w.facts.Memberships {
		named = append(named, m.Person)
	}
	for _, g := range w.facts.Grants {
		named = append(named, g.Person)
	}
	for _, d := range w.facts.Deputies {
		named = append(named, d.Person)
	}
	for _, x := range w.facts.Substitutions {
		named = append(named, x.Substitute)
	}
	for _, g := range w.facts.Guests {
		named = append(named, g.Person)
	}
	for _, id := range named {
		if slices.ContainsFunc(w.persons, func(p council.Person) bool { return p.ID == id }) {
			continue
		}
		p, err := s.Store.Person(ctx, id)
		if err != nil {
			return err
		}
		w.persons = append(w.persons, p)
	}
	return nil
}

// reason is the sentence of a ground.
func (w *who) reason(g policy.Ground) Reason {
	return Reason{Key: "access.ground." + string(g.Kind), Args: []string{"name", w.names[g.Object]}, Until: g.Until, Moment: g.Kind == policy.ByInvitation}
}
