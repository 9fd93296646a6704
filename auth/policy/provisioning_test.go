package policy_test

import (
	"testing"
	"time"

	"ris/app/council"
	"ris/auth/policy"
)

func TestWhoKeepsPersonsAndConnectsTheDirectory(t *testing.T) {
	for name, want := range map[string][2]bool{ // keeps persons, connects
		"Sitzungsdienst": {true, true}, "IT-Betreuung": {false, true}, "Systemarbeit": {true, true},
		"Sitzungsdienst des Amts": {}, "Sitzungsdienst bis gestern": {}, "Bürgermeister ohne Sitz": {}, "Mitglied im Bauausschuss": {}, "Öffentlichkeit": {}, "niemand": {},
	} {
		v := people[name]
		if got := [2]bool{policy.MayProvision(v, body), policy.MayConnect(v, body)}; got != want {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
}

// A locked person holds nothing from that second on, whatever seats and roles still run.
func TestWhoIsLockedHoldsNothing(t *testing.T) {
	at := date("2026-03-10").Add(9 * time.Hour)
	f := policy.Facts{Person: council.Person{Stamp: council.Stamp{ID: "m"}, Locked: at}, Terms: terms,
		Memberships: []council.Membership{seat("m", building, "2025-11-01", "")}, Grants: []council.Grant{{Body: body, Person: "m", Role: council.Clerk}}}
	if v := policy.ForPerson(f, at.Add(-time.Second)); !v.SignedIn() || !policy.CanRead(v, paperOn(held, n1)) || !policy.IsClerk(v, body) {
		t.Error("a second before, the lock counts already")
	}
	v := policy.ForPerson(f, at)
	if v.SignedIn() || len(v.Labels()) != 0 || policy.IsAnyClerk(v) || policy.CanRead(v, paperOn(held, ö1)) {
		t.Errorf("a locked person holds %v", v.Labels())
	}
}

// Each lock counts alone, from its first second on; what groups give counts when the clerk knows the person, what hands give counts always.
func TestWhatTheDirectorySetsAndGives(t *testing.T) {
	at := date("2026-03-10").Add(9 * time.Hour)
	f := policy.Facts{Person: council.Person{Stamp: council.Stamp{ID: "m"}, DirectoryLocked: at}, Terms: terms,
		Memberships: []council.Membership{seat("m", building, "2025-11-01", "")}}
	if !policy.ForPerson(f, at.Add(-time.Second)).SignedIn() || policy.ForPerson(f, at).SignedIn() {
		t.Error("the directory's lock does not count from its second on")
	}
	f.Person.Locked = at.Add(time.Hour)
	if policy.ForPerson(f, at).SignedIn() {
		t.Error("a later lock of the office opens the directory's")
	}
	f.Person.Locked = at.Add(-time.Hour)
	if policy.ForPerson(f, at.Add(-time.Minute)).SignedIn() {
		t.Error("a later lock of the directory opens the office's")
	}
	for _, c := range []struct {
		source      string
		unconfirmed bool
		clerk       bool
	}{{"", false, true}, {"", true, true}, {council.FromDirectory, false, true}, {council.FromDirectory, true, false}, {"sign-in https://idp.example", true, false}} {
		f := policy.Facts{Person: council.Person{Stamp: council.Stamp{ID: "m"}, Unconfirmed: c.unconfirmed},
			Grants: []council.Grant{{Body: body, Person: "m", Role: council.Clerk, Source: c.source}}}
		if policy.IsClerk(policy.ForPerson(f, at), body) != c.clerk || policy.OnlyFromDirectory(f) != (c.unconfirmed && c.source != "") {
			t.Errorf("%+v", c)
		}
	}
}
