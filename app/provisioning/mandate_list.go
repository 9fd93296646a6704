package provisioning

import (
	"cmp"
	"context"
	"slices"
	"time"

	"ris/app/council"
	"ris/auth/policy"
)

// The window of Endings, in days, and how many persons it names at the most.
const (
	EndingsBack  = 90
	EndingsAhead = 180
	mostEndings  = 500
)

// Ending is a person for whom something ends in the Body, or has ended lately.
type Ending struct {
	Person council.Person // the account only for who is at home there
	Days   []EndingDay    // by day
}

// EndingDay is the last day (midnight UTC) of seats, roles, appointments or the access, and what follows from it.
type EndingDay struct {
	Last time.Time
	Ends []EndingPart
	// Loses are the committees and groups of whose non-public papers the person reads nothing any more from the next day on; Clerk says
	// that this holds for what the clerk of the Body reads.
	Loses []council.Organization
	Clerk bool
	// Grace are those of which the Body's setting lets the person read on until a day.
	Grace []EndingGrace
	// Out: no right is left. Every session ends, and no device gets a new lease.
	Out bool
}

// EndingPart is one thing that ends: a seat, a deputy's appointment (both with the organization), a role (with its name), or the access.
type EndingPart struct {
	Kind         string // "seat", "deputy", "role", "access"
	Role         string
	Organization council.Organization
}

// EndingGrace is a time after the end, under a setting of the Body.
type EndingGrace struct {
	Organization council.Organization
	Until        time.Time // last day
}

// Endings lists whose seats, roles and appointments in the Body end in the coming months, or ended in the last ones, with what they lose on
// which day; it asks the policy itself for the day and the day after. more: there are further ones. Not found for who does not keep the Body.
func (s *Service) Endings(ctx context.Context, v policy.Viewer, body council.ID) (out []Ending, more bool, err error) {
	if !policy.MayProvision(v, body) {
		return nil, false, council.ErrNotFound()
	}
	b, err := s.Store.Body(ctx, v, body)
	if err != nil {
		return nil, false, err
	}
	st, err := s.load(ctx, []council.Body{b})
	if err != nil {
		return nil, false, err
	}
	deputies, err := s.Store.Deputies(ctx, council.DeputyFilter{Body: body})
	if err != nil {
		return nil, false, err
	}
	e := endings{Service: s, st: st, body: body, days: map[council.ID]map[time.Time][]EndingPart{}}
	e.gather(deputies)
	ids := e.sorted()
	if len(ids) > mostEndings {
		ids, more = ids[:mostEndings], true
	}
	for _, id := range ids {
		one, err := e.person(ctx, v, id)
		if err != nil {
			return nil, false, err
		}
		out = append(out, one)
	}
	return out, more, nil
}

// endings gathers what ends, by person and last day.
type endings struct {
	*Service
	st   *state
	body council.ID
	days map[council.ID]map[time.Time][]EndingPart
}

func (e *endings) gather(deputies []council.Deputy) {
	for _, id := range e.st.order {
		if p := e.st.records[id].Person; p != nil {
			if at := p.Closes(); !at.IsZero() && p.Body == e.body {
				last := e.dayOf(at.Add(-time.Second))
				if yesterday := e.today().AddDate(0, 0, -1); p.Closed(e.Clock()) && last.After(yesterday) {
					last = yesterday // closed at once: this day is none any more, as with the seats that end with it
				}
				e.put(id, last, EndingPart{Kind: "access"})
			}
			for _, seat := range e.st.seats[id] {
				m := *e.st.records[seat].Membership
				e.end(id, m.Start, m.End, EndingPart{Kind: "seat", Role: m.Role, Organization: e.organization(m.Organization)})
			}
			for _, grant := range e.st.grants[id] {
				g := *e.st.records[grant].Grant
				e.end(id, g.Start, g.End, EndingPart{Kind: "role", Role: string(g.Role), Organization: e.organization(g.Organization)})
			}
		}
	}
	for _, d := range deputies {
		e.end(d.Person, d.Start, d.End, EndingPart{Kind: "deputy", Organization: e.organization(d.Organization)})
	}
}

// end takes in what has a last day and ran at all.
func (e *endings) end(person council.ID, start, end time.Time, what EndingPart) {
	if !end.IsZero() && !midnight(end).Before(midnight(start)) {
		e.put(person, midnight(end), what)
	}
}

func (e *endings) put(person council.ID, last time.Time, what EndingPart) {
	today := e.today()
	if last.Before(today.AddDate(0, 0, -EndingsBack)) || last.After(today.AddDate(0, 0, EndingsAhead)) {
		return
	}
	if e.days[person] == nil {
		e.days[person] = map[time.Time][]EndingPart{}
	}
	e.days[person][last] = append(e.days[person][last], what)
}

func (e *endings) organization(id council.ID) council.Organization {
	if o := e.st.records[id].Organization; o != nil {
		return *o
	}
	return council.Organization{}
}

// dayOf is the day in the town in which the moment lies.
func (e *endings) dayOf(at time.Time) time.Time {
	if e.Zone != nil {
		at = at.In(e.Zone)
	}
	return midnight(at)
}

// sorted are the persons: what is to come first, the nearest day first; then what is over, the latest first.
func (e *endings) sorted() []council.ID {
	today := e.today()
	near := func(id council.ID) (late bool, distance time.Duration) {
		distance = 1 << 62
		late = true
		for day := range e.days[id] {
			past := day.Before(today)
			if gap := day.Sub(today).Abs(); late && !past || late == past && gap < distance {
				late, distance = past, gap
			}
		}
		return late, distance
	}
	var out []council.ID
	for id := range e.days {
		out = append(out, id)
	}
	slices.SortFunc(out, func(a, b council.ID) int {
		lateA, farA := near(a)
		lateB, farB := near(b)
		if lateA != lateB {
			if lateB {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(farA, farB), byName(e.known(a), e.known(b)))
	})
	return out
}

func (e *endings) known(id council.ID) council.Person {
	if p := e.st.records[id].Person; p != nil {
		return *p
	}
	return council.Person{Stamp: council.Stamp{ID: id}}
}

func (e *endings) person(ctx context.Context, v policy.Viewer, id council.ID) (Ending, error) {
	f, err := e.Store.Facts(ctx, id)
	if err != nil {
		return Ending{}, err
	}
	out := Ending{Person: f.Person}
	if !policy.MayProvision(v, f.Person.Body) {
		out.Person.Account = ""
	}
	for last, parts := range e.days[id] {
		out.Days = append(out.Days, e.day(f, last, parts))
	}
	slices.SortFunc(out.Days, func(a, b EndingDay) int { return a.Last.Compare(b.Last) })
	return out, nil
}

// day compares what the person holds in the last second of the day and in the first of the next.
func (e *endings) day(f policy.Facts, last time.Time, parts []EndingPart) EndingDay {
	next := e.endOf(last)
	if e.Zone != nil {
		next = next.In(e.Zone)
	}
	before, after := policy.ForPerson(f, next.Add(-time.Second)), policy.ForPerson(f, next)
	out := EndingDay{Last: last, Ends: parts, Out: !after.SignedIn() || len(after.Bodies()) == 0}
	out.Clerk = policy.IsClerk(before, e.body) && !policy.IsClerk(after, e.body)
	for _, id := range e.st.order {
		o := e.st.records[id].Organization
		if o == nil {
			continue
		}
		labels := e.labels(f, o.ID)
		had, has := policy.Why(before, council.Audience{Allowed: labels}), policy.Why(after, council.Audience{Allowed: labels})
		switch {
		case had.Reads && !has.Reads:
			out.Loses = append(out.Loses, *o)
		case had.Reads && len(has.By) > 0 && !slices.ContainsFunc(has.By, func(g policy.Ground) bool { return g.Kind != policy.ByFormerSeat }):
			out.Grace = append(out.Grace, EndingGrace{Organization: *o, Until: has.By[0].Until})
		}
	}
	return out
}

// labels are those of the organization in every term of the Body.
func (e *endings) labels(f policy.Facts, organization council.ID) (out []council.Label) {
	for _, t := range f.Terms {
		if t.Body == e.body {
			out = append(out, policy.LabelOrganization(organization, t.ID))
		}
	}
	return out
}
