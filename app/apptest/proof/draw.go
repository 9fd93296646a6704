package proof

import "math/rand/v2"

// Size says how many of each thing a random world has.
type Size struct{ People, Meetings, Items, Papers int }

// Small is for millions of decisions in memory, Large for few queries with many objects each.
var (
	Small = Size{People: 7, Meetings: 4, Items: 7, Papers: 6}
	Large = Size{People: 24, Meetings: 14, Items: 50, Papers: 60}
)

const lastDay = 44 // worlds span 45 days

// Draw makes the world of that number; the same number gives the same world.
func Draw(number int, size Size) *World {
	r := &dice{rand.New(rand.NewPCG(uint64(number), 2026))}
	w := &World{Number: number,
		Terms: []Term{{0, 0, 14}, {0, 15, 29}, {0, 30, 44}, {1, 0, -1}},
		Orgs:  []Org{{0, false}, {0, false}, {0, true}, {1, false}, {1, true}}}
	if r.one(4) { // a gap between two terms
		w.Terms[1].From = 18
	}
	for b := range w.Settings {
		w.Settings[b] = Settings{Deputies: r.one(2), Newcomers: r.one(3), Mayor: r.one(2), Groups: r.one(2), FormerDays: r.pick(0, 0, 3, 12)}
	}
	for range size.People {
		locked := -1
		if r.one(9) {
			locked = r.second()
		}
		w.People = append(w.People, Person{locked})
	}
	for p := range w.People {
		w.biography(r, p)
	}
	for range size.Meetings {
		m := Meeting{Body: r.pick(0, 0, 0, 1), Day: r.IntN(lastDay+4) - 1, Hour: 8 + r.IntN(12), State: r.state()}
		for o, org := range w.Orgs {
			if org.Body == m.Body && r.one(2) {
				m.Orgs = append(m.Orgs, o)
			}
		}
		w.Meetings = append(w.Meetings, m)
	}
	for range size.Items {
		w.Items = append(w.Items, Item{Meeting: r.IntN(size.Meetings), Public: r.one(3), State: r.state()})
	}
	w.relations(r)
	for range size.Papers {
		w.paper(r)
	}
	return w
}

// biography gives a person seats, offices and appointments.
func (w *World) biography(r *dice, p int) {
	for range r.IntN(3) {
		from, to := r.span()
		w.Seats = append(w.Seats, Seat{Person: p, Org: r.IntN(len(w.Orgs)), Group: r.pick(-1, 2, 4), From: from, To: to})
	}
	if r.one(3) {
		from, to := r.span()
		w.Deputies = append(w.Deputies, Deputy{Person: p, Org: r.IntN(len(w.Orgs)), From: from, To: to})
	}
	if r.one(3) {
		from, to := r.span()
		o := Office{Person: p, Body: r.pick(0, 0, 1), Group: -1, Role: Role(r.IntN(4)), From: from, To: to}
		if o.Role == GroupOffice {
			o.Group = 2 + 2*o.Body
		}
		w.Offices = append(w.Offices, o)
	}
}

// relations are what is recorded for single meetings and items.
func (w *World) relations(r *dice) {
	for m := range w.Meetings {
		if r.one(3) {
			w.Instead = append(w.Instead, Substitution{m, r.IntN(len(w.People)), r.IntN(len(w.People)), w.anyOrg(m)})
		}
	}
	for i := range w.Items {
		if r.one(3) {
			from := r.second()
			w.Guests = append(w.Guests, Guest{Item: i, Person: r.IntN(len(w.People)), From: from, To: from + 1 + r.IntN(20*day), Revoked: r.one(5)})
		}
		for range r.IntN(3) {
			c := Conflict{Item: i, Person: w.somebody(r), Declared: -1, Mode: Mode(r.IntN(4)), Revoked: r.one(4)}
			if r.one(2) {
				c.Declared = r.second()
			}
			w.Biased = append(w.Biased, c)
		}
	}
}

// somebody is anybody, and more often than not somebody with a seat.
func (w *World) somebody(r *dice) int {
	if len(w.Seats) > 0 && !r.one(3) {
		return w.Seats[r.IntN(len(w.Seats))].Person
	}
	return r.IntN(len(w.People))
}

// anyOrg is an organization of the meeting's Body.
func (w *World) anyOrg(m int) int { return 3 * w.Meetings[m].Body }

// paper adds one with a file and up to two versions. It stands on items of its own Body.
func (w *World) paper(r *dice) {
	p := Paper{Body: r.pick(0, 0, 0, 1), State: r.state()}
	for i, it := range w.Items {
		if w.Meetings[it.Meeting].Body == p.Body && r.one(5) && len(p.Items) < 3 {
			p.Items = append(p.Items, i)
		}
	}
	w.Papers = append(w.Papers, p)
	f := File{Paper: len(w.Papers) - 1, Current: -1, State: r.state()}
	for range 1 + r.IntN(2) {
		w.Versions = append(w.Versions, Version{File: len(w.Files), State: r.state()})
		if r.one(2) || f.Current < 0 {
			f.Current = len(w.Versions) - 1
		}
	}
	w.Files = append(w.Files, f)
}

// Moments are n seconds at which the world is looked at: mostly the last second of a right or the first without it.
func (w *World) Moments(n int) []int {
	r := &dice{rand.New(rand.NewPCG(uint64(w.Number), 7))}
	var edges []int
	days := func(from, to int) {
		edges = append(edges, from*day)
		if to >= 0 {
			edges = append(edges, (to+1)*day)
		}
	}
	for _, s := range w.Seats {
		days(s.From, s.To)
	}
	for _, o := range w.Offices {
		days(o.From, o.To)
	}
	for _, d := range w.Deputies {
		days(d.From, d.To)
	}
	for _, t := range w.Terms {
		days(t.From, t.To)
		if t.To >= 0 {
			edges = append(edges, (t.To+w.Settings[t.Body].FormerDays+1)*day)
		}
	}
	for _, g := range w.Guests {
		edges = append(edges, g.From, g.To)
	}
	for _, c := range w.Biased {
		if c.Declared >= 0 {
			edges = append(edges, c.Declared)
		}
	}
	for _, p := range w.People {
		if p.Locked >= 0 {
			edges = append(edges, p.Locked)
		}
	}
	var out []int
	for range n {
		at := edges[r.IntN(len(edges))] - r.IntN(2) // the first second, or the one before
		if r.one(4) {
			at = r.second()
		}
		out = append(out, max(at, 0))
	}
	return out
}

type dice struct{ *rand.Rand }

func (r *dice) one(of int) bool      { return r.IntN(of) == 0 }
func (r *dice) pick(from ...int) int { return from[r.IntN(len(from))] }
func (r *dice) second() int          { return r.IntN((lastDay + 1) * day) }
func (r *dice) state() State {
	return State(r.pick(int(Draft), int(Published), int(Published), int(Published), int(Published), int(Withdrawn), int(Unset)))
}
func (r *dice) span() (from, to int) {
	from = r.IntN(lastDay + 1)
	if to = -1; !r.one(2) {
		to = from + r.IntN(25)
	}
	if r.one(6) { // exactly to the end of a term
		to = r.pick(14, 29)
		from = r.IntN(to + 1)
	}
	return from, to
}
