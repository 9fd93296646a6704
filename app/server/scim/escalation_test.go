package scim_test

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

// office is a clerk of the Body, and a Fraktion and a committee.
type office struct {
	clerk  policy.Viewer
	rat    council.Organization
	person council.Person
}

func (s *service) office() office {
	s.Helper()
	p := council.Person{Body: s.body.ID, Name: "Klara Amt", FamilyName: "Amt", Account: "amt@stadt.example"}
	must(s.T, s.store.SavePerson(ctx, &p))
	must(s.T, s.store.SaveGrant(ctx, &council.Grant{Body: s.body.ID, Person: p.ID, Role: council.Clerk}))
	o := office{rat: council.Organization{Body: s.body.ID, Name: "Rat", Type: council.Committee}, person: p}
	must(s.T, s.store.SaveOrganization(ctx, &o.rat))
	o.clerk = s.viewer(p.ID)
	return o
}

func (s *service) viewer(id council.ID) policy.Viewer {
	s.Helper()
	f, err := s.store.Facts(ctx, id)
	must(s.T, err)
	return policy.ForPerson(f, time.Now())
}

// prepared is a member whom the clerk has entered with an address, and who has never signed in.
func (s *service) prepared(o office, account string) council.ID {
	s.Helper()
	name := "Muster"
	card, _, err := s.accounts.AddPerson(ctx, o.clerk, provisioning.Wish{Body: s.body.ID, FamilyName: &name, Account: &account,
		Seats: []provisioning.SeatWish{{Organization: o.rat.ID, VotingRight: true}}})
	must(s.T, err)
	return card.ID
}

func (s *service) card(o office, id council.ID) provisioning.Card {
	s.Helper()
	all, err := s.accounts.Persons(ctx, o.clerk, s.body.ID)
	must(s.T, err)
	for _, c := range all {
		if c.ID == id {
			return c
		}
	}
	s.Fatalf("%s is not listed", id)
	return provisioning.Card{}
}

func (s *service) lines(act string) (n int) {
	s.Helper()
	all, err := s.store.AuditEntries(ctx, system, council.AuditFilter{Body: s.body.ID})
	must(s.T, err)
	for _, l := range all {
		if l.Act == act {
			n++
		}
	}
	return n
}

const on, off = `{"op":"replace","path":"active","value":true}`, `{"op":"replace","path":"active","value":false}`

// What the office has locked, at the desk or by a table, now or for later, no request of the directory opens: with PATCH, with PUT, by deleting
// and making the account anew, by locking and opening it.
func TestTheDirectoryOpensOnlyItsOwnLock(t *testing.T) {
	s := open(t)
	o := s.office()
	desk := func(id council.ID) {
		_, _, err := s.accounts.EndPerson(ctx, o.clerk, id, 0, time.Time{})
		must(t, err)
	}
	table := func(id council.ID) {
		f := provisioning.File{Name: "x.csv", Body: s.body.ID, Data: []byte("E-Mail;Zugang\n" + s.card(o, id).Account + ";gesperrt\n")}
		p, err := s.accounts.PreviewImport(ctx, o.clerk, f)
		must(t, err)
		_, err = s.accounts.ApplyImport(ctx, o.clerk, f, p.Digest)
		must(t, err)
	}
	for i, c := range []struct {
		name string
		lock func(council.ID)
		by   council.LockOrigin
	}{{"desk", desk, council.LockedByClerk}, {"table", table, council.LockedByImport}} {
		account := fmt.Sprintf("m%d@stadt.example", i)
		id := s.prepared(o, account)
		c.lock(id)
		path := "/Users/" + string(id)
		put := func(more string) string {
			return fmt.Sprintf(`{"userName":%q,"name":{"familyName":"Muster"},"emails":[{"value":%q}]%s}`, account, account, more)
		}
		for _, try := range [][2]string{{"PATCH", patchOf(on)}, {"PATCH", patchOf(`{"op":"Add","value":{"Active":"True","displayName":"X"}}`)}, {"PUT", put(`,"active":true`)},
			{"PATCH", patchOf(off + "," + on)}} {
			a := s.want(400, "mutability", s.ask(try[0], path, try[1]))
			if !strings.Contains(a.text, "Sitzungsdienst") {
				t.Errorf("%s: the directory is not told who can open it: %s", c.name, a.text)
			}
		}
		for _, try := range [][2]string{{"PUT", put(`,"displayName":"Max Muster"`)}, {"PATCH", patchOf(`{"op":"replace","path":"name.givenName","value":"Max"}`)}, {"PATCH", patchOf(off)}} {
			if a := s.want(200, "", s.ask(try[0], path, try[1])); a.body["active"] != false {
				t.Errorf("%s: %s %s opened it", c.name, try[0], try[1])
			}
			if asked := strings.Contains(try[1], "active"); s.card(o, id).DirectoryLocked.IsZero() == asked { // its own lock stands exactly when it asked for it
				t.Errorf("%s: %s %s: the directory's own lock stands %v", c.name, try[0], try[1], !asked)
			}
		}
		s.want(204, "", s.ask("DELETE", path, ""))
		if a := s.want(201, "", s.ask("POST", "/Users", put(`,"active":true`))); a.body["active"] != false || a.body["id"] != string(id) {
			t.Errorf("%s: made anew: %s", c.name, a.text)
		}
		if s.viewer(id).SignedIn() || s.card(o, id).LockOrigin != c.by {
			t.Errorf("%s: open, or locked by %q", c.name, s.card(o, id).LockOrigin)
		}
		yes := true
		_, _, err := s.accounts.ChangePerson(ctx, o.clerk, id, 0, provisioning.Wish{Open: &yes})
		must(t, err)
		if !s.viewer(id).SignedIn() {
			t.Errorf("%s: the office cannot open its lock", c.name)
		}
	}
	// An end that the office has set for later stays, whatever the directory does until then.
	id := s.prepared(o, "later@stadt.example")
	_, _, err := s.accounts.EndPerson(ctx, o.clerk, id, 0, time.Now().AddDate(0, 0, 3))
	must(t, err)
	end := s.card(o, id).Closes()
	for _, op := range []string{on, off, on} {
		s.want(200, "", s.ask("PATCH", "/Users/"+string(id), patchOf(op)))
	}
	if got := s.card(o, id); end.IsZero() || !got.Closes().Equal(end) || !s.viewer(id).SignedIn() || got.LockOrigin != council.LockedByClerk {
		t.Errorf("the planned end: %v, was %v", got.Closes(), end)
	}
	// Its own lock the directory opens, and so does the office.
	own := s.prepared(o, "own@stadt.example")
	for range 2 {
		s.want(200, "", s.ask("PATCH", "/Users/"+string(own), patchOf(off)))
		if s.viewer(own).SignedIn() || s.card(o, own).LockOrigin != council.LockedByDirectory {
			t.Error("not locked by the directory")
		}
		if a := s.want(200, "", s.ask("PATCH", "/Users/"+string(own), patchOf(on))); a.body["active"] != true || !s.viewer(own).SignedIn() {
			t.Error("the directory cannot open its own lock")
		}
	}
	s.want(200, "", s.ask("PATCH", "/Users/"+string(own), patchOf(off)))
	desk(own) // the office's lock joins the directory's
	s.want(400, "mutability", s.ask("PATCH", "/Users/"+string(own), patchOf(on)))
}

// The address by which the first sign-in finds a prepared person stays the clerk's: another one waits, and nobody signs in by it.
func TestAPreparedAddressWaitsForTheClerk(t *testing.T) {
	s := open(t)
	o := s.office()
	id := s.prepared(o, "erika@stadt.example")
	path := "/Users/" + string(id)
	held := func(step string) {
		t.Helper()
		if _, err := s.store.PersonByAccount(ctx, "evil@stadt.example"); council.KindOf(err) != council.NotFound {
			t.Fatalf("%s: the directory's address finds the member (%v)", step, err)
		}
		if a := s.want(200, "", s.ask("GET", path, "")); !strings.Contains(a.text, "erika@stadt.example") || strings.Contains(a.text, "evil@") {
			t.Errorf("%s: the answer says what does not hold: %s", step, a.text)
		}
	}
	wanted := func() string {
		if w := s.card(o, id).Wanted; w != nil {
			return w.Account
		}
		return ""
	}
	evil := `{"op":"replace","path":"emails[type eq \"work\"].value","value":"evil@stadt.example"}`
	for _, try := range [][2]string{{"PATCH", patchOf(evil)}, {"PATCH", patchOf(`{"op":"replace","path":"emails","value":[{"value":"EVIL@stadt.example"}]}`)},
		{"PUT", `{"userName":"erika","emails":[{"value":"evil@stadt.example","primary":true}]}`}, {"PUT", `{"userName":"evil@stadt.example"}`}} {
		s.want(200, "", s.ask(try[0], path, try[1]))
		if wanted() != "evil@stadt.example" {
			t.Errorf("%s %s: %q waits", try[0], try[1], wanted())
		}
		if a := s.ask("PUT", path, `{"userName":"erika","emails":[{"value":"erika@stadt.example"}]}`); a.status != 200 || wanted() != "" {
			t.Errorf("the directory cannot take its wish back: %s", a.text)
		}
		held(try[1])
	}
	s.want(200, "", s.ask("PUT", path, `{"userName":"erika"}`)) // no address takes none away
	held("no address")
	if n := s.lines("person.account_want"); n != 4 {
		t.Errorf("%d lines of the log say that an address waits", n)
	}

	s.want(200, "", s.ask("PATCH", path, patchOf(evil)))
	s.want(200, "", s.ask("PATCH", path, patchOf(`{"op":"replace","path":"name.givenName","value":"Erna"}`)))
	if wanted() != "evil@stadt.example" {
		t.Error("another change made the wish forgotten")
	}
	for name, x := range map[string]struct {
		v       policy.Viewer
		account string
		want    council.Kind
	}{"member": {s.viewer(id), "evil@stadt.example", council.NotFound}, "public": {policy.Anonymous(), "evil@stadt.example", council.NotFound},
		"another than was shown": {o.clerk, "other@stadt.example", council.Conflict}, "none": {o.clerk, "", council.Conflict}} {
		if _, _, err := s.accounts.DecideAccount(ctx, x.v, id, x.account, true); council.KindOf(err) != x.want {
			t.Errorf("%s: %v", name, err)
		}
	}
	held("nobody decided")
	_, _, err := s.accounts.DecideAccount(ctx, o.clerk, id, "evil@stadt.example", false)
	must(t, err)
	for range 2 {
		for _, op := range []string{evil, `{"op":"replace","path":"name.givenName","value":"Erika"}`} {
			s.want(200, "", s.ask("PATCH", path, patchOf(op)))
			if wanted() != "" {
				t.Errorf("what was refused waits again after %s", op)
			}
		}
	}
	held("refused")
	s.want(200, "", s.ask("PATCH", path, patchOf(`{"op":"replace","path":"emails","value":[{"value":"e.muster@stadt.example"}]}`)))
	token, _, err := s.sessions.Start(ctx, session.Session{Person: id, Issuer: "i", Subject: "s"}, session.MemberLimits)
	must(t, err)
	_, done, err := s.accounts.DecideAccount(ctx, o.clerk, id, "e.muster@stadt.example", true)
	must(t, err)
	if p, err := s.store.PersonByAccount(ctx, "e.muster@stadt.example"); err != nil || p.ID != id || wanted() != "" {
		t.Errorf("taken, and not there: %v", err)
	}
	if _, err := s.sessions.Find(ctx, token); err == nil {
		t.Error("sessions under the former address go on")
	}
	if s.lines("person.account_take") != 1 || s.lines("person.account_refuse") != 1 {
		t.Error("the decisions do not stand in the log")
	}
	_, err = s.accounts.Undo(ctx, o.clerk, done.ID)
	must(t, err)
	if s.card(o, id).Account != "erika@stadt.example" {
		t.Error("not undone")
	}
	// A clerk does not decide on the own account.
	s.want(200, "", s.ask("PUT", "/Users/"+string(o.person.ID), `{"userName":"amt","emails":[{"value":"neu@stadt.example"}]}`))
	if _, _, err := s.accounts.DecideAccount(ctx, o.clerk, o.person.ID, "neu@stadt.example", true); council.KindOf(err) != council.Conflict {
		t.Errorf("the own account: %v", err)
	}
}

// Whom the directory made holds nothing, in whatever group, until the clerk knows the person; from then on the address is the clerk's, too.
func TestWhomTheDirectoryMadeHoldsNothing(t *testing.T) {
	s := open(t)
	o := s.office()
	id := council.ID(s.add("neu", "neu@stadt.example"))
	it := s.prepared(o, "it@stadt.example")
	must(t, s.store.SaveGrant(ctx, &council.Grant{Body: s.body.ID, Person: it, Role: council.IT}))
	g := s.want(201, "", s.ask("POST", "/Groups", fmt.Sprintf(`{"displayName":"Dienst","members":[{"value":%q},{"value":%q}]}`, id, it)))
	_, err := s.accounts.ChooseKind(ctx, o.clerk, council.ID(g.body["id"].(string)), council.Clerk)
	must(t, err)
	if v := s.viewer(id); policy.IsAnyClerk(v) || policy.IsIT(v) || len(v.Bodies()) > 0 || len(v.Labels()) != 2 {
		t.Errorf("made by the directory, and holds %v", v.Labels())
	}
	if policy.IsAnyClerk(s.viewer(it)) {
		t.Error("who looks after the IT became clerk by a group")
	}
	if !s.card(o, id).Unconfirmed {
		t.Error("the clerk is not told that nobody has confirmed the person")
	}
	s.want(200, "", s.ask("PATCH", "/Users/"+string(id), patchOf(`{"op":"replace","path":"emails","value":[{"value":"neu2@stadt.example"}]}`)))
	if s.card(o, id).Account != "neu2@stadt.example" {
		t.Error("the directory cannot mend the address of whom it made")
	}
	_, done, err := s.accounts.ChangePerson(ctx, o.clerk, id, 0, provisioning.Wish{Seats: []provisioning.SeatWish{{Organization: o.rat.ID}}})
	must(t, err)
	if c := s.card(o, id); c.Unconfirmed || !policy.IsClerk(s.viewer(id), s.body.ID) {
		t.Error("a seat does not confirm the person")
	}
	s.want(200, "", s.ask("PATCH", "/Users/"+string(id), patchOf(`{"op":"replace","path":"emails","value":[{"value":"evil@stadt.example"}]}`)))
	if s.card(o, id).Account != "neu2@stadt.example" {
		t.Error("the directory redirects whom the clerk has given a seat")
	}
	_, err = s.accounts.Undo(ctx, o.clerk, done.ID)
	if key := council.KindOf(err); key != council.Conflict { // the directory's wish has made a new revision: nothing is taken back blindly
		t.Errorf("undone over a change of the directory: %v", err)
	}
	// Facts of the council that are no seat hold the address as well.
	guest := council.ID(s.add("gast", "gast@stadt.example"))
	must(t, s.store.SaveDeputy(ctx, &council.Deputy{Body: s.body.ID, Organization: o.rat.ID, Person: guest, Start: time.Now()}))
	s.want(200, "", s.ask("PATCH", "/Users/"+string(guest), patchOf(`{"op":"replace","path":"emails","value":[{"value":"evil@stadt.example"}]}`)))
	if c := s.card(o, guest); c.Account != "gast@stadt.example" || c.Wanted == nil {
		t.Errorf("a deputy's address was redirected: %+v", c)
	}
}
