package databases

import (
	"context"
	"math/rand/v2"
	"os"
	"testing"
	"time"

	"ris/app/apptest/proof"
	"ris/app/audience"
	"ris/app/council"
	"ris/app/meetings"
	"ris/app/publication"
	"ris/app/store"
	"ris/auth/policy"
	"ris/documents/blob"
)

// desk is a clerk at work in a random world, at a moment that moves on.
type desk struct {
	*testing.T
	s     *store.Store
	w     *proof.World
	r     *rand.Rand
	now   int
	does  *meetings.Service
	acts  map[string]int // done
	where map[council.ID]int
}

// TestAnyOrderOfActs: whatever a clerk does in whatever order, nobody gets in the next request what the sentences deny, everybody what
// they allow, and no act ends in an error of ours.
func TestAnyOrderOfActs(t *testing.T) {
	sequences, length := 5, 14
	if os.Getenv("RIS_DECISIONS") != "" {
		sequences, length = 60, 40
	}
	onBoth(t, func(t *testing.T, s *store.Store) {
		if s.Dialect() == "postgres" && os.Getenv("RIS_DECISIONS") == "" {
			t.Skip("the short form is on SQLite; make test-access has both")
		}
		start, decisions, done := time.Now(), 0, map[string]int{}
		for n := range sequences {
			d := newDesk(t, s, 2_000_000+n)
			for range length {
				d.act()
				d.refresh()
				got, _ := compareAt(t, s, d.w, d.now)
				decisions += got
				if t.Failed() {
					t.Fatalf("world %d, after %v", d.w.Number, d.acts)
				}
			}
			for what, k := range d.acts {
				done[what] += k
			}
		}
		if len(done) < 11 {
			t.Errorf("only these acts were ever done: %v", done)
		}
		t.Logf("%s: %d decisions after %d acts, %.1f s: %v", s.Dialect(), decisions, sequences*length, time.Since(start).Seconds(), done)
	})
}

func newDesk(t *testing.T, s *store.Store, number int) *desk {
	d := &desk{T: t, s: s, w: proof.Draw(number, proof.Size{People: 8, Meetings: 3, Items: 7, Papers: 6}), r: rand.New(rand.NewPCG(uint64(number), 1)), now: 33 * 24 * 60 * 60,
		acts: map[string]int{}, where: map[council.ID]int{}}
	d.w.Files, d.w.Versions = nil, nil // files wait for workers; their rule is the paper's
	if err := Save(ctx, s, d.w); err != nil {
		t.Fatal(err)
	}
	for p := range d.w.People {
		d.where[d.w.ID("person", p)] = p
	}
	for i := range d.w.Items {
		d.where[d.w.ID("item", i)] = i
	}
	blobs, err := blob.NewFile(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	clock := func() time.Time { return proof.At(d.now).UTC() }
	gate := publication.New(publication.Deps{Source: s, Model: s, Blobs: blobs, Clock: clock})
	for b := range d.w.Settings {
		if err := gate.ProjectBody(ctx, d.w.ID("body", b)); err != nil {
			t.Fatal(err)
		}
	}
	d.does = &meetings.Service{Store: s, Settler: &audience.Settler{Keeper: audience.New(s), Public: gate, Outbox: s}, Publisher: gate, Outbox: s, Clock: clock}
	return d
}

// act does one thing that is possible now, as somebody who may do everything, and lets some time go by.
func (d *desk) act() {
	clerk := policy.System("a clerk of the test")
	for range 20 {
		m, i, p := d.r.IntN(len(d.w.Meetings)), d.r.IntN(len(d.w.Items)), d.r.IntN(len(d.w.People))
		meeting, item, person := d.w.ID("meeting", m), d.w.ID("item", i), d.w.ID("person", p)
		names := []string{"publish", "withdraw", "restore", "conflict", "revoke", "declare", "invite", "dismiss", "substitute", "end substitution", "public or not", "end seats", "wait", "take off"}
		name := names[d.r.IntN(len(names))]
		if name == "take off" && d.r.IntN(4) > 0 { // else soon nothing is left to act on
			continue
		}
		if err := d.one(name, clerk, meeting, item, person); err != nil {
			if council.KindOf(err) == council.Internal {
				d.Fatalf("world %d, %s after %v: %v", d.w.Number, name, d.acts, err)
			}
			continue // not possible now
		}
		d.acts[name]++
		return
	}
}

func (d *desk) one(name string, clerk policy.Viewer, meeting, item, person council.ID) error {
	switch name {
	case "publish":
		if _, err := d.does.RequestPublish(ctx, clerk, meeting, 0); err != nil {
			return err
		}
		return d.does.RunPublish(ctx, meeting) // what the job does
	case "withdraw":
		_, err := d.does.Withdraw(ctx, clerk, meeting, 0, "Test")
		return err
	case "restore":
		_, err := d.does.Restore(ctx, clerk, meeting, 0)
		return err
	case "conflict":
		_, err := d.does.RecordConflict(ctx, clerk, item, 0, meetings.NewConflict{Person: person, Declared: d.r.IntN(2) == 0})
		return err
	case "revoke", "declare":
		all, err := d.s.Conflicts(ctx, item)
		for _, c := range all {
			if err == nil && c.Revoked.IsZero() && name == "revoke" {
				return d.does.RevokeConflict(ctx, clerk, item, c.ID, 0)
			}
			if err == nil && c.Revoked.IsZero() && c.Mode == council.ConflictDeclared && c.Declared.IsZero() {
				_, err = d.does.DeclareConflict(ctx, clerk, item, c.ID, 0)
				return err
			}
		}
		return nothing(err)
	case "invite":
		_, err := d.does.InviteGuest(ctx, clerk, item, 0, meetings.NewGuest{Person: person, End: proof.At(d.now + 1 + d.r.IntN(4*60*60))})
		return err
	case "dismiss":
		all, err := d.s.Guests(ctx, council.GuestFilter{AgendaItem: item})
		for _, g := range all {
			if err == nil && g.Revoked.IsZero() {
				return d.does.DismissGuest(ctx, clerk, item, g.ID, 0)
			}
		}
		return nothing(err)
	case "substitute":
		seats, err := d.s.Memberships(ctx, council.MembershipFilter{Body: d.w.ID("body", 0)})
		if err != nil || len(seats) == 0 {
			return nothing(err)
		}
		seat := seats[d.r.IntN(len(seats))]
		_, err = d.does.RecordSubstitution(ctx, clerk, meeting, 0, meetings.NewSubstitution{Organization: seat.Organization, Absent: seat.Person, Substitute: person})
		return err
	case "end substitution":
		all, err := d.s.Substitutions(ctx, council.SubstitutionFilter{Meeting: meeting})
		if err != nil || len(all) == 0 {
			return nothing(err)
		}
		return d.does.EndSubstitution(ctx, clerk, meeting, all[0].ID, 0)
	case "public or not":
		public := d.r.IntN(2) == 0
		_, err := d.does.ChangeItem(ctx, clerk, item, 0, meetings.ChangeAgendaItem{Public: &public})
		return err
	case "take off":
		return d.does.DeleteItem(ctx, clerk, item, 0)
	case "end seats":
		return d.endSeats(person)
	}
	d.now += 1 + d.r.IntN(3*24*60*60)
	return nil
}

// nothing says that the act is not possible now.
func nothing(err error) error {
	if err == nil {
		return council.ErrNotFound()
	}
	return err
}

func (d *desk) endSeats(person council.ID) error {
	seats, err := d.s.Memberships(ctx, council.MembershipFilter{Person: person})
	if err != nil || len(seats) == 0 {
		return nothing(err)
	}
	yesterday := proof.Date(d.now/(24*60*60) - 1)
	for _, seat := range seats {
		if !seat.Start.After(yesterday) && (seat.End.IsZero() || seat.End.After(yesterday)) {
			seat.End = yesterday
			if err := d.s.SaveMembership(ctx, &seat); err != nil {
				return err
			}
		}
	}
	return nil
}

// refresh reads into the world what is stored now: states and recorded facts, never an audience.
func (d *desk) refresh() {
	must := func(err error) {
		if err != nil {
			d.Fatal(err)
		}
	}
	all := policy.System("the test's oracle")
	states := map[council.State]proof.State{council.Draft: proof.Draft, council.Published: proof.Published, council.Withdrawn: proof.Withdrawn, "": proof.Unset}
	seconds := func(t time.Time) int { return int(t.Sub(proof.At(0)).Seconds()) }
	w := d.w
	w.Instead, w.Guests, w.Biased, w.Seats = nil, nil, nil, nil
	for m := range w.Meetings {
		got, err := d.s.Meeting(ctx, all, w.ID("meeting", m))
		must(err)
		w.Meetings[m].State = states[got.State]
		subs, err := d.s.Substitutions(ctx, council.SubstitutionFilter{Meeting: got.ID})
		must(err)
		for _, x := range subs {
			w.Instead = append(w.Instead, proof.Substitution{Meeting: m, Person: d.where[x.Substitute]})
		}
	}
	for i := range w.Items {
		got, err := d.s.AgendaItem(ctx, all, w.ID("item", i))
		if council.KindOf(err) == council.NotFound && err != nil {
			w.Items[i].Gone = true
			continue
		}
		must(err)
		w.Items[i].State, w.Items[i].Public = states[got.State], got.Public
		conflicts, err := d.s.Conflicts(ctx, got.ID)
		must(err)
		for _, c := range conflicts {
			x := proof.Conflict{Item: i, Person: d.where[c.Person], Declared: -1, Revoked: !c.Revoked.IsZero(),
				Mode: map[council.ConflictMode]proof.Mode{council.ConflictHides: proof.Hides, council.ConflictMarks: proof.Marks, council.ConflictDeclared: proof.Declares, "": proof.Unsaid}[c.Mode]}
			if !c.Declared.IsZero() {
				x.Declared = seconds(c.Declared)
			}
			w.Biased = append(w.Biased, x)
		}
		guests, err := d.s.Guests(ctx, council.GuestFilter{AgendaItem: got.ID})
		must(err)
		for _, g := range guests {
			w.Guests = append(w.Guests, proof.Guest{Item: i, Person: d.where[g.Person], From: seconds(g.Start), To: seconds(g.End), Revoked: !g.Revoked.IsZero()})
		}
	}
	for p := range w.Papers {
		got, err := d.s.Paper(ctx, all, w.ID("paper", p))
		must(err)
		w.Papers[p].State, w.Papers[p].Items = states[got.State], nil
		on, err := d.s.Consultations(context.WithoutCancel(ctx), council.ConsultationFilter{Paper: got.ID})
		must(err)
		for _, c := range on {
			if c.AgendaItem != "" {
				w.Papers[p].Items = append(w.Papers[p].Items, d.where[c.AgendaItem])
			}
		}
	}
	d.seats(must)
}

func (d *desk) seats(must func(error)) {
	orgs := map[council.ID]int{}
	for o := range d.w.Orgs {
		orgs[d.w.ID("org", o)] = o
	}
	day := func(t time.Time) int {
		if t.IsZero() {
			return -1
		}
		return int(t.Sub(proof.Date(0)).Hours() / 24)
	}
	for b := range d.w.Settings {
		seats, err := d.s.Memberships(ctx, council.MembershipFilter{Body: d.w.ID("body", b)})
		must(err)
		for _, s := range seats {
			group := -1
			if s.OnBehalfOf != "" {
				group = orgs[s.OnBehalfOf]
			}
			d.w.Seats = append(d.w.Seats, proof.Seat{Person: d.where[s.Person], Org: orgs[s.Organization], Group: group, From: day(s.Start), To: day(s.End)})
		}
	}
}
