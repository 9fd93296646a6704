package provisioning_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"ris/app/council"
	"ris/app/provisioning"
	"ris/auth/policy"
	"ris/auth/session"
)

// The desk makes a person with seat and role in one act, changes it, ends it with a day or at once, and takes each back.
func TestTheDesk(t *testing.T) {
	o := open(t)
	o.take(system, town)
	clerk := o.who("dienst@stadt.example")
	body := clerk.Bodies()[0]
	all, err := o.Persons(ctx, clerk, body)
	must(t, err)
	if len(all) != 3 || all[0].FamilyName != "Dienst" || all[2].FamilyName != "Muster" || len(all[2].Seats) != 2 || all[2].Seats[0].OnBehalfOf.Name != "Grüne Liste" {
		t.Fatalf("persons %+v", all)
	}
	rat := all[2].Seats[0].Committee
	card, done, err := o.AddPerson(ctx, clerk, provisioning.Wish{Body: body, GivenName: text("Nora"), FamilyName: text(" Neu "), Account: text("Nora@Stadt.example"),
		Seats: []provisioning.SeatWish{{Organization: rat.ID, VotingRight: true}}, Grants: []provisioning.GrantWish{{Role: council.Mayor}}})
	must(t, err)
	if card.Name != "Nora Neu" || card.Account != "nora@stadt.example" || len(card.Seats) != 1 || card.Seats[0].Start.Format(time.DateOnly) != "2026-11-22" || done.Added != 3 {
		t.Fatalf("added %+v %+v", card, done)
	}
	nora := o.who("nora@stadt.example")
	if !strings.Contains(fmt.Sprint(nora.Labels()), "org:"+string(rat.ID)) {
		t.Errorf("the new member holds %v", nora.Labels())
	}
	m := session.NewManager(o.store, clock)
	for _, c := range []struct {
		name string
		id   council.ID
		w    provisioning.Wish
		want string
	}{
		{"no name", "", provisioning.Wish{Body: body}, "import.error.no_name"},
		{"an address that is taken", "", provisioning.Wish{Body: body, FamilyName: text("X"), Account: text("ERIKA@stadt.example")}, "import.error.account_taken"},
		{"no address", "", provisioning.Wish{Body: body, FamilyName: text("X"), Account: text("erika")}, "import.error.account"},
		{"end before start", card.ID, provisioning.Wish{Seats: []provisioning.SeatWish{{ID: card.Seats[0].ID, Start: clock(), End: clock().AddDate(0, 0, -2)}}}, "import.error.period"},
		{"somebody else's seat", card.ID, provisioning.Wish{Seats: []provisioning.SeatWish{{ID: all[2].Seats[0].ID}}}, "error.not_found"},
		{"an unknown committee", card.ID, provisioning.Wish{Seats: []provisioning.SeatWish{{Organization: council.NewID(clock())}}}, "error.not_found"},
		{"the own role", clerk.Person(), provisioning.Wish{Grants: []provisioning.GrantWish{{Role: council.IT}}}, "import.error.own_rights"},
		{"another Body", "", provisioning.Wish{Body: council.NewID(clock()), FamilyName: text("X")}, "error.not_found"},
	} {
		if _, _, err := o.ChangePerson(ctx, clerk, c.id, 0, c.w); key(err) != c.want {
			t.Errorf("%s: %v, want %s", c.name, err, c.want)
		}
	}
	if _, _, err := o.ChangePerson(ctx, clerk, card.ID, card.Revision+1, provisioning.Wish{}); council.KindOf(err) != council.Stale {
		t.Errorf("another revision: %v", err)
	}
	for name, v := range map[string]policy.Viewer{"member": nora, "public": policy.Anonymous()} {
		_, _, err := o.ChangePerson(ctx, v, card.ID, 0, provisioning.Wish{Title: text("Dr.")})
		_, list := o.Persons(ctx, v, body)
		if council.KindOf(err) != council.NotFound || council.KindOf(list) != council.NotFound {
			t.Errorf("%s: %v %v", name, err, list)
		}
	}

	token, _, err := m.Start(ctx, session.Session{Person: card.ID, Issuer: "i", Subject: "s"}, session.MemberLimits)
	must(t, err)
	before := o.export(clerk)
	card, done, err = o.EndPerson(ctx, clerk, card.ID, card.Revision, clock().AddDate(0, 0, 8))
	must(t, err)
	if nora = o.who("nora@stadt.example"); !nora.SignedIn() || card.Seats[0].End.Format(time.DateOnly) != "2026-11-30" {
		t.Errorf("ended before the day: %+v", card)
	}
	if _, err := m.Find(ctx, token); err != nil {
		t.Errorf("signed out before the day: %v", err)
	}
	_, err = o.Undo(ctx, clerk, done.ID)
	must(t, err)
	_, done, err = o.EndPerson(ctx, clerk, card.ID, 0, time.Time{})
	must(t, err)
	if nora = o.who("nora@stadt.example"); nora.SignedIn() || len(nora.Labels()) != 0 {
		t.Errorf("after the end she holds %v", nora.Labels())
	}
	if _, err := m.Find(ctx, token); err == nil {
		t.Error("her session goes on")
	}
	_, err = o.Undo(ctx, clerk, done.ID)
	must(t, err)
	if o.export(clerk) != before || !o.who("nora@stadt.example").SignedIn() {
		t.Error("taking the end back did not give what was")
	}
	if acts, err := o.Acts(ctx, clerk, body); err != nil || len(acts) != 4 || acts[0].UndoneAt.IsZero() || acts[0].MayUndo || acts[0].By != "Karla Dienst" || !acts[2].MayUndo {
		t.Errorf("acts %+v %v", acts, err)
	}
}
