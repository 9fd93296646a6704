package provisioning

import (
	"context"
	"time"

	"ris/app/council"
	"ris/auth/policy"
)

// state is the master data as it will be: as it is, with the changes of a plan on top. One row changes at most once: later changes of
// the same row join the first.
type state struct {
	now     func() time.Time
	records map[council.ID]record
	order   []council.ID       // of bodies, organizations, persons as they were met
	bodies  []council.ID       // of order, the bodies: every line of a file asks
	done    map[council.ID]int // index in changes
	changes []change

	byAccount map[string]council.ID
	byName    map[string][]council.ID     // body, given and family name
	seats     map[council.ID][]council.ID // of a person
	grants    map[council.ID][]council.ID // of a person
	named     map[string]council.ID       // kind, body, folded name
}

// load reads everything of the bodies. Persons of other bodies who sit in one come along.
func (s *Service) load(ctx context.Context, bodies []council.Body) (*state, error) {
	st := &state{now: s.Clock, records: map[council.ID]record{}, done: map[council.ID]int{}, byAccount: map[string]council.ID{}, byName: map[string][]council.ID{},
		seats: map[council.ID][]council.ID{}, grants: map[council.ID][]council.ID{}, named: map[string]council.ID{}}
	for _, b := range bodies {
		st.put(of(b))
	}
	for _, b := range bodies {
		if err := s.loadBody(ctx, st, b.ID); err != nil {
			return nil, err
		}
	}
	return st, nil
}

func (s *Service) loadBody(ctx context.Context, st *state, body council.ID) error {
	terms, err := s.Store.Terms(ctx, body)
	if err != nil {
		return err
	}
	for _, t := range terms {
		st.put(of(t))
	}
	organizations, err := s.Store.Organizations(ctx, body)
	if err != nil {
		return err
	}
	for _, o := range organizations {
		st.put(of(o))
	}
	persons, err := s.Store.Persons(ctx, body)
	if err != nil {
		return err
	}
	for _, p := range persons {
		st.put(of(p))
	}
	seats, err := s.Store.Memberships(ctx, council.MembershipFilter{Body: body})
	if err != nil {
		return err
	}
	grants, err := s.Store.GrantsIn(ctx, body)
	if err != nil {
		return err
	}
	for _, m := range seats {
		if err := s.guest(ctx, st, m.Person); err != nil {
			return err
		}
		st.put(of(m))
	}
	for _, g := range grants {
		if err := s.guest(ctx, st, g.Person); err != nil {
			return err
		}
		st.put(of(g))
	}
	return nil
}

func (s *Service) guest(ctx context.Context, st *state, person council.ID) error {
	if _, known := st.records[person]; known {
		return nil
	}
	p, err := s.Store.Person(ctx, person)
	if err == nil {
		st.put(of(p))
	}
	return err
}

// put takes a row in as it is, and into the tables by which lines find it.
func (st *state) put(r record) {
	id := r.stamp().ID
	if _, known := st.records[id]; !known {
		st.order = append(st.order, id)
		if r.Body != nil {
			st.bodies = append(st.bodies, id)
		}
	}
	st.records[id] = r
	switch {
	case r.Body != nil:
		for _, name := range []string{r.Body.Name, r.Body.ShortName, r.Body.AGS} {
			st.name(KindBody, "", name, id)
		}
	case r.Term != nil:
		st.name(KindTerm, r.Term.Body, r.Term.Name, id)
	case r.Organization != nil:
		st.name(KindOrganization, r.Organization.Body, r.Organization.ShortName, id)
		st.name(KindOrganization, r.Organization.Body, r.Organization.Name, id)
	case r.Person != nil:
		if r.Person.Account != "" {
			st.byAccount[fold(r.Person.Account)] = id
		}
		key := nameKey(*r.Person)
		if !has(st.byName[key], id) {
			st.byName[key] = append(st.byName[key], id)
		}
	case r.Membership != nil:
		if p := r.Membership.Person; !has(st.seats[p], id) {
			st.seats[p] = append(st.seats[p], id)
		}
	case r.Grant != nil:
		if p := r.Grant.Person; !has(st.grants[p], id) {
			st.grants[p] = append(st.grants[p], id)
		}
	}
}

// name: the full name wins over the short name of another.
func (st *state) name(k Kind, body council.ID, name string, id council.ID) {
	if name != "" {
		st.named[string(k)+" "+string(body)+" "+fold(name)] = id
	}
}

func (st *state) find(k Kind, body council.ID, name string) (record, bool) {
	r, ok := st.records[st.named[string(k)+" "+string(body)+" "+fold(name)]]
	return r, ok
}

func nameKey(p council.Person) string {
	return string(p.Body) + " " + fold(p.GivenName) + " " + fold(p.FamilyName)
}

func has(ids []council.ID, id council.ID) bool {
	for _, x := range ids {
		if x == id {
			return true
		}
	}
	return false
}

// set plans the row as it shall be; line is where that stands. A row that stays as it is, is no change. It returns the row's id.
func (st *state) set(after record, line int) council.ID {
	stamp := after.stamp()
	if stamp.ID == "" {
		stamp.ID = council.NewID(st.now())
	}
	before, known := st.records[stamp.ID]
	if i, planned := st.done[stamp.ID]; planned {
		st.changes[i].After = after
	} else if !known {
		st.done[stamp.ID] = len(st.changes)
		st.changes = append(st.changes, change{After: after, line: line})
	} else if !same(before, after) {
		st.done[stamp.ID] = len(st.changes)
		b := before.clone()
		st.changes = append(st.changes, change{Before: &b, After: after, line: line})
	}
	st.put(after)
	if _, changes := st.done[stamp.ID]; changes {
		st.confirm(after, line)
	}
	return stamp.ID
}

// confirm: who gives a person a seat or a role by hand knows it.
func (st *state) confirm(r record, line int) {
	if r.Membership == nil && (r.Grant == nil || r.Grant.Source != "") {
		return
	}
	p := st.records[r.person()].Person
	if p == nil || !p.Unconfirmed {
		return
	}
	known := *p
	known.Unconfirmed = false
	st.set(of(known), line)
}

// planned are the changes that differ in the end.
func (st *state) planned() []change {
	out := make([]change, 0, len(st.changes))
	for _, c := range st.changes {
		if c.Before == nil || !same(*c.Before, c.After) {
			out = append(out, c)
		}
	}
	return out
}

// same compares all but the stamps.
func same(a, b record) bool {
	x, y := a.clone(), b.clone()
	*x.stamp(), *y.stamp() = council.Stamp{}, council.Stamp{}
	switch {
	case x.Body != nil:
		return *x.Body == *y.Body
	case x.Term != nil:
		return *x.Term == *y.Term
	case x.Organization != nil:
		return *x.Organization == *y.Organization
	case x.Person != nil:
		return *x.Person == *y.Person
	case x.Membership != nil:
		return *x.Membership == *y.Membership
	default:
		return *x.Grant == *y.Grant
	}
}

// label gives names to ids.
func (st *state) label(id council.ID) string {
	r, ok := st.records[id]
	if !ok {
		return ""
	}
	return r.label(func(council.ID) string { return "" })
}

// scope are the bodies whose master data the viewer keeps; all for system work.
func (s *Service) scope(ctx context.Context, v policy.Viewer) ([]council.Body, error) {
	all, err := s.Store.Bodies(ctx, v)
	if err != nil {
		return nil, err
	}
	out := all[:0]
	for _, b := range all {
		if policy.MayProvision(v, b.ID) {
			out = append(out, b)
		}
	}
	return out, nil
}
