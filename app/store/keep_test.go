package store_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"ris/app/council"
	"ris/app/store"
	"ris/auth/policy"
)

// Lists of names stand as a German reader expects, the same on both databases; lists of times by time.
func TestListsAreOrdered(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		w := newTown(t, s)
		for _, name := range []string{"Zeller", "Österle", "Oswald", "von Berg", "Äcker"} {
			must(t, s.SavePerson(ctx, &council.Person{Body: w.body.ID, Name: name, FamilyName: name}))
		}
		all, err := s.Persons(ctx, w.body.ID)
		must(t, err)
		var names []string
		for _, p := range all {
			names = append(names, p.FamilyName)
		}
		if got, want := strings.Join(names, " "), "Äcker Öhler Österle Oswald von Berg Zeller Zorn"; got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
		always := council.Membership{Body: w.body.ID, Person: w.person.ID, Organization: w.org.ID} // since ever
		late := council.Membership{Body: w.body.ID, Person: w.person.ID, Organization: w.org.ID, Start: epoch}
		must(t, s.SaveMembership(ctx, &late))
		must(t, s.SaveMembership(ctx, &always))
		seats, err := s.Memberships(ctx, council.MembershipFilter{Organization: w.org.ID})
		if err != nil || len(seats) != 2 || seats[0].ID != always.ID || !seats[0].Start.IsZero() {
			t.Errorf("%v %+v", err, seats)
		}
		facts, err := s.Facts(ctx, w.person.ID)
		if err != nil || len(facts.Memberships) != 2 || len(facts.Terms) != 1 || facts.Person.Name != w.person.Name {
			t.Errorf("%v %+v", err, facts)
		}
	})
}

// An account and an identity lead to one person, whatever the case of letters.
func TestWhoIsThis(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		w := newTown(t, s)
		found, err := s.PersonByAccount(ctx, "ADA@Demo.example")
		if err != nil || found.ID != w.person.ID {
			t.Errorf("%v %v", err, found)
		}
		for _, none := range []string{"", "nobody@demo.example", "%"} {
			_, err := s.PersonByAccount(ctx, none)
			wantKind(t, "an unknown account", err, council.NotFound)
		}
		// The Kelvin sign and the dotted capital I, which lower() turns into ASCII on some databases, are other addresses.
		must(t, s.SavePerson(ctx, &council.Person{Body: w.body.ID, Name: "Kirsten", Account: "kirsten@demo.example"}))
		for _, other := range []string{"\u212airsten@demo.example", "k\u0130rsten@demo.example"} {
			_, err := s.PersonByAccount(ctx, other)
			wantKind(t, "an address that only looks alike", err, council.NotFound)
		}
		must(t, s.SavePerson(ctx, &council.Person{Body: w.body.ID, Name: "ohne Konto"}))
		many := []string{"", "nobody@demo.example", "ADA@Demo.example", "%"}
		for i := range 1200 { // more than one question to the database
			many = append(many, fmt.Sprintf("nobody%d@demo.example", i))
		}
		last := council.Person{Body: w.body.ID, Name: "Letzte", Account: "Letzte@demo.example"}
		must(t, s.SavePerson(ctx, &last))
		all, err := s.PersonsByAccount(ctx, append(many, "letzte@demo.example"))
		if err != nil || len(all) != 2 || all[0].ID != w.person.ID || all[1].ID != last.ID {
			t.Errorf("%v %+v", err, all)
		}
		must(t, s.SavePerson(ctx, &council.Person{Body: w.body.ID, Name: "auch ohne"}))
		wantKind(t, "a taken account", s.SavePerson(ctx, &council.Person{Body: w.body.ID, Account: "Ada@demo.example"}), council.Conflict)

		_, err = s.IdentityPerson(ctx, "https://idp", "sub")
		wantKind(t, "an unknown identity", err, council.NotFound)
		must(t, s.SaveIdentity(ctx, "https://idp", "sub", w.person.ID))
		must(t, s.SaveIdentity(ctx, "https://idp", "sub", w.person.ID))
		wantKind(t, "an identity of somebody else", s.SaveIdentity(ctx, "https://idp", "sub", w.other.ID), council.Conflict)
		id, err := s.IdentityPerson(ctx, "https://idp", "sub")
		if err != nil || id != w.person.ID {
			t.Errorf("%v %v", err, id)
		}
	})
}

// Page text comes back to a tenth of a point, page by page or all; saving again replaces it.
func TestPageText(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		w := newTown(t, s)
		_, v := w.version(t, s, w.paper(t, s, readers(policy.LabelPublic)))
		page := func(n int, text string) council.PageText {
			p := council.PageText{Page: n, Text: text}
			for i := range []rune(text) {
				p.Boxes = append(p.Boxes, council.Box{X0: float32(10 * i), Y0: 700, X1: float32(10*i + 9), Y1: 712})
			}
			return p
		}
		must(t, s.SaveText(ctx, v.ID, []council.PageText{page(1, "alt"), page(2, "alt")}))
		must(t, s.SaveText(ctx, v.ID, []council.PageText{page(1, "Straße"), page(2, "über\nGröße"), page(3, "")}))
		all, err := s.Text(ctx, policy.Anonymous(), v.ID, 0)
		if err != nil || len(all) != 3 || all[1].Text != "über\nGröße" || len(all[0].Boxes) != 6 || all[0].Boxes[5] != (council.Box{X0: 50, Y0: 700, X1: 59, Y1: 712}) {
			t.Errorf("%v %+v", err, all)
		}
		one, err := s.Text(ctx, policy.Anonymous(), v.ID, 2)
		if err != nil || len(one) != 1 || one[0].Page != 2 {
			t.Errorf("%v %+v", err, one)
		}
		none, err := s.Text(ctx, policy.Anonymous(), v.ID, 9)
		if err != nil || len(none) != 0 {
			t.Errorf("%v %+v", err, none)
		}
	})
}

// Drafts can be deleted with what belongs to them; what was published once, was given to somebody or is marked stays.
func TestDelete(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		w := newTown(t, s)
		m := w.meeting(t, s, council.Audience{}, epoch)
		item := council.AgendaItem{Body: w.body.ID, Meeting: m.ID, State: council.Draft}
		must(t, s.SaveAgendaItem(ctx, &item))
		must(t, s.SaveConflict(ctx, &council.ConflictOfInterest{Body: w.body.ID, AgendaItem: item.ID, Person: w.person.ID}))
		must(t, s.SaveSubstitution(ctx, &council.Substitution{Body: w.body.ID, Meeting: m.ID, Organization: w.org.ID, Absent: w.other.ID, Substitute: w.person.ID}))
		p := w.paper(t, s, council.Audience{})
		f, v := w.version(t, s, p)
		must(t, s.SaveText(ctx, v.ID, []council.PageText{{Page: 1, Text: "x"}}))
		must(t, s.SaveConsultation(ctx, &council.Consultation{Body: w.body.ID, Paper: p.ID, AgendaItem: item.ID}))

		must(t, s.DeleteMeeting(ctx, m.ID))
		_, err := s.AgendaItem(ctx, system, item.ID)
		wantKind(t, "an item of a deleted meeting", err, council.NotFound)
		if _, err := s.Paper(ctx, system, p.ID); err != nil {
			t.Errorf("the paper went with the meeting: %v", err)
		}
		_, err = s.Receipt(ctx, system, w.person.ID, v.ID, epoch, codeA)
		must(t, err)
		wantKind(t, "a paper of which somebody has a copy", s.DeletePaper(ctx, p.ID), council.Conflict)
		if text, err := s.Text(ctx, system, v.ID, 0); err != nil || len(text) != 1 {
			t.Errorf("a refused delete took the text: %v %v", text, err)
		}
		other := w.paper(t, s, council.Audience{})
		f, _ = w.version(t, s, other)
		must(t, s.DeletePaper(ctx, other.ID))
		_, err = s.File(ctx, system, f.ID)
		wantKind(t, "a file of a deleted paper", err, council.NotFound)

		published := w.meeting(t, s, council.Audience{}, epoch)
		published.State = council.Withdrawn
		must(t, s.SaveMeeting(ctx, &published))
		wantKind(t, "a withdrawn meeting", s.DeleteMeeting(ctx, published.ID), council.Conflict)
		for _, id := range []council.ID{council.NewID(epoch), "", "x"} {
			for _, err := range []error{s.DeleteMeeting(ctx, id), s.DeletePaper(ctx, id), s.DeleteFile(ctx, id), s.DeleteConsultation(ctx, id), s.DeleteAgendaItem(ctx, id)} {
				wantKind(t, "deleting nothing", err, council.NotFound)
			}
		}
	})
}

// The database's refusals have kinds, and its words stay in the cause.
func TestErrorsHaveKinds(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		w := newTown(t, s)
		nowhere := council.Paper{Body: council.NewID(epoch)}
		err := s.SavePaper(ctx, &nowhere)
		wantKind(t, "a reference to nothing", err, council.Conflict)
		var known *council.Error
		if !errors.As(err, &known) || known.Key != "error.conflict" || len(known.Args) > 0 || known.Cause == nil || nowhere.Revision != 0 || nowhere.ID != "" {
			t.Errorf("%#v %+v", known, nowhere.Stamp)
		}
		for what, err := range map[string]error{
			"an id that is none":         s.SavePaper(ctx, &council.Paper{Stamp: council.Stamp{ID: "x"}, Body: w.body.ID}),
			"a reference that is none":   s.SaveConsultation(ctx, &council.Consultation{Body: w.body.ID, Meeting: "x"}),
			"an object that is no id":    s.Audit(ctx, council.AuditEntry{Object: "x"}),
			"an entry of a strange Body": s.Audit(ctx, council.AuditEntry{Body: "x"}),
		} {
			wantKind(t, what, err, council.Invalid)
		}
		p := w.paper(t, s, council.Audience{})
		f, _ := w.version(t, s, p)
		twin := council.FileVersion{Body: w.body.ID, File: f.ID, Paper: p.ID, Number: 1}
		wantKind(t, "two versions of one number", s.SaveFileVersion(ctx, &twin), council.Conflict)
		over, cancel := context.WithCancel(ctx)
		cancel()
		if _, err := s.Paper(over, system, p.ID); !errors.Is(err, context.Canceled) {
			t.Errorf("an ended context: %v", err)
		}
		answer := council.Answered{Person: w.person.ID, Key: "k", Status: 204}
		must(t, s.SaveIdempotent(ctx, answer))
		wantKind(t, "a second answer", s.SaveIdempotent(ctx, answer), council.Conflict)
		if a, err := s.Idempotent(ctx, w.other.ID, "k"); a != nil || err != nil {
			t.Errorf("somebody else's key: %v %v", a, err)
		}
		if r, err := s.OpResult(ctx, w.person.ID, "new"); r != nil || err != nil {
			t.Errorf("a new operation: %v %v", r, err)
		}
	})
}

// The log is read latest first.
func TestAuditLatestFirst(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		w := newTown(t, s)
		for i, act := range []string{"a", "b", "c"} {
			must(t, s.Audit(ctx, council.AuditEntry{At: epoch.Add(time.Duration(i) * time.Second), Body: w.body.ID, Act: act}))
		}
		got, err := s.AuditEntries(ctx, system, council.AuditFilter{Body: w.body.ID, Limit: 2})
		acts := []string{}
		for _, e := range got {
			acts = append(acts, e.Act)
		}
		if err != nil || !slices.Equal(acts, []string{"c", "b"}) {
			t.Errorf("%v %v", err, acts)
		}
	})
}

// A DSN of another form and a database that is not there are refused with a kind.
func TestOpenRefuses(t *testing.T) {
	_, err := store.Open(ctx, store.Config{DSN: "mysql://x"})
	wantKind(t, "another database", err, council.Invalid)
	_, err = store.Open(ctx, store.Config{DSN: "postgres://nobody@127.0.0.1:1/x?connect_timeout=1"})
	wantKind(t, "nobody listens", err, council.Unavailable)
	_, err = store.Open(ctx, store.Config{DSN: "sqlite:" + filepath.Join("/proc", "no", "ris.db")})
	wantKind(t, "no such folder", err, council.Unavailable)
}

// Several processes may start at once: the migrations run once.
func TestMigrateAtOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		done := make(chan error)
		for range 3 {
			go func() { done <- s.Migrate(ctx) }()
		}
		for range 3 {
			must(t, <-done)
		}
	})
}
