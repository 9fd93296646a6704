package matrix

import "ris/app/apptest/proof"

// Moment is the second at which the table is asked.
const Moment = noon

// seated is the person behind all of the table, who holds the Fraktion's seat.
const seated = 60

// World is the table's town; set = every setting is allowed. Meeting, item, paper and file n are in state n; its file has two versions,
// 2n (replaced) and 2n+1. Person n is People[n]; the first one is not signed in and the last person holds the Fraktion's seat. Meeting 6 and
// item 6 are the other ones.
func World(set bool) *proof.World {
	w := &proof.World{Number: 0x7ab1e, Terms: []proof.Term{{Body: 0, From: 0, To: termBegan - 1}, {Body: 0, From: termBegan, To: -1}, {Body: 1, From: 0, To: -1}},
		Orgs: []proof.Org{{Body: 0}, {Body: 0}, {Body: 0, Group: true}, {Body: 0, Group: true}, {Body: 1}, {Body: 1, Group: true}}}
	if set {
		w.Number++
		for b := range w.Settings {
			w.Settings[b] = proof.Settings{Deputies: true, Newcomers: true, Mayor: true, Groups: true, FormerDays: 90}
		}
	}
	all := []proof.State{proof.Draft, proof.Published, proof.Published, proof.Withdrawn, proof.Published, proof.Published}
	for n, state := range all {
		m := proof.Meeting{Day: today - 2, Hour: 17, Orgs: []int{committee}, State: state}
		if n == 4 {
			m.Day = termBegan - 5
		}
		w.Meetings = append(w.Meetings, m)
		w.Items = append(w.Items, proof.Item{Meeting: n, Public: n == 1, State: state})
		if n == 5 { // the paper came late
			state = proof.Draft
		}
		w.Papers = append(w.Papers, proof.Paper{State: state, Items: []int{n}})
		w.Files = append(w.Files, proof.File{Paper: n, Current: 2*n + 1, State: state})
		w.Versions = append(w.Versions, proof.Version{File: n, State: state}, proof.Version{File: n, State: state})
	}
	w.Meetings = append(w.Meetings, proof.Meeting{Day: today - 2, Hour: 17, Orgs: []int{other}, State: proof.Published})
	w.Items = append(w.Items, proof.Item{Meeting: 6, State: proof.Published})
	for range seated + 1 {
		w.People = append(w.People, proof.Person{Locked: -1})
	}
	for n, p := range People {
		p.make(w, n)
	}
	w.Seats = append(w.Seats, proof.Seat{Person: seated, Org: committee, Group: group, From: termBegan, To: -1})
	return w
}

type step = func(w *proof.World, person int)

func both(a, b step) step { return func(w *proof.World, p int) { a(w, p); b(w, p) } }

func seat(org, from, to int) step {
	return func(w *proof.World, p int) {
		w.Seats = append(w.Seats, proof.Seat{Person: p, Org: org, Group: -1, From: from, To: to})
	}
}

func deputy(org, from, to int) step {
	return func(w *proof.World, p int) {
		w.Deputies = append(w.Deputies, proof.Deputy{Person: p, Org: org, From: from, To: to})
	}
}

func office(role proof.Role, body, group, from, to int) step {
	return func(w *proof.World, p int) {
		w.Offices = append(w.Offices, proof.Office{Person: p, Body: body, Group: group, Role: role, From: from, To: to})
	}
}

func locked(second int) step {
	return func(w *proof.World, p int) { w.People[p].Locked = second }
}

// biased in each of the table's items.
func biased(w *proof.World, p int) {
	for n := range States {
		w.Biased = append(w.Biased, proof.Conflict{Item: n, Person: p, Declared: -1})
	}
}

// instead is recorded for each of the table's meetings.
func instead(w *proof.World, p int) {
	for n := range States {
		w.Instead = append(w.Instead, proof.Substitution{Meeting: n, Person: p, Absent: seated, Org: committee})
	}
}

func insteadElsewhere(w *proof.World, p int) {
	w.Instead = append(w.Instead, proof.Substitution{Meeting: 6, Person: p, Absent: seated, Org: other})
}

func absent(w *proof.World, p int) {
	for n := range States {
		w.Instead = append(w.Instead, proof.Substitution{Meeting: n, Person: seated, Absent: p, Org: committee})
	}
}

func guest(from, to int, revoked bool) step {
	return func(w *proof.World, p int) {
		for n := range States {
			w.Guests = append(w.Guests, proof.Guest{Item: n, Person: p, From: from, To: to, Revoked: revoked})
		}
	}
}

func guestElsewhere(w *proof.World, p int) {
	w.Guests = append(w.Guests, proof.Guest{Item: 6, Person: p, From: noon - 1, To: noon + 1})
}
