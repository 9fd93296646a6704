package policy

import (
	"testing"
	"time"

	"ris/app/council"
)

func TestHoldsUntilAsksTheRules(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	day := func(m time.Month, d int) time.Time { return time.Date(2026, m, d, 0, 0, 0, 0, time.UTC) }
	local := func(m time.Month, d, hour, min int) time.Time { return time.Date(2026, m, d, hour, min, 0, 0, zone) }
	now := local(3, 25, 10, 0) // the clocks go forward on the 29th
	p := council.Person{Stamp: council.Stamp{ID: "p"}}
	terms := []council.LegislativeTerm{{Stamp: council.Stamp{ID: "t"}, Body: "b", Start: day(1, 1)}}
	seat := func(org council.ID, end time.Time) council.Membership {
		return council.Membership{Body: "b", Person: "p", Organization: org, Start: day(1, 1), End: end}
	}
	guest := func(end time.Time) council.Guest {
		return council.Guest{Body: "b", Person: "p", AgendaItem: "i", Meeting: "m", Start: now.Add(-time.Hour), End: end}
	}
	limit := now.AddDate(0, 0, 7)
	for name, c := range map[string]struct {
		f    Facts
		want time.Time
	}{
		"nothing ends":                {Facts{Memberships: []council.Membership{seat("o", time.Time{})}}, limit},
		"nothing is held":             {Facts{}, limit},
		"a seat ends with its day":    {Facts{Memberships: []council.Membership{seat("o", day(3, 27))}}, local(3, 28, 0, 0)},
		"the first end counts":        {Facts{Memberships: []council.Membership{seat("o", day(3, 30)), seat("q", day(3, 27))}}, local(3, 28, 0, 0)},
		"a seat that ends today":      {Facts{Memberships: []council.Membership{seat("o", day(3, 25))}}, local(3, 26, 0, 0)},
		"a seat that has ended":       {Facts{Memberships: []council.Membership{seat("o", day(3, 24))}}, limit},
		"over the change of the hour": {Facts{Memberships: []council.Membership{seat("o", day(3, 29))}}, local(3, 30, 0, 0)},
		"an end after the limit":      {Facts{Memberships: []council.Membership{seat("o", day(5, 1))}}, limit},
		"a guest, to the second":      {Facts{Guests: []council.Guest{guest(local(3, 26, 18, 30))}}, local(3, 26, 18, 30)},
		"a guest today":               {Facts{Guests: []council.Guest{guest(local(3, 25, 10, 1))}}, local(3, 25, 10, 1)},
		"two ways to the same right":  {Facts{Memberships: []council.Membership{seat("o", day(3, 27)), seat("o", time.Time{})}}, limit},
		"the clerk's office": {Facts{Grants: []council.Grant{{Body: "b", Person: "p", Role: council.Clerk, Start: day(1, 1), End: day(3, 26)}}},
			local(3, 27, 0, 0)},
	} {
		c.f.Person, c.f.Terms = p, terms
		if got := HoldsUntil(c.f, now, limit); !got.Equal(c.want) {
			t.Errorf("%s: %s, want %s", name, got.In(zone), c.want)
		}
	}
	locked := Facts{Person: p, Terms: terms, Memberships: []council.Membership{seat("o", time.Time{})}}
	locked.Person.Locked = local(3, 26, 12, 0)
	if got := HoldsUntil(locked, now, limit); !got.Equal(locked.Person.Locked) {
		t.Errorf("an account that will be closed: %s", got)
	}
}

func TestWhoTakesAlongAndLooksAfter(t *testing.T) {
	now := time.Date(2026, 3, 25, 10, 0, 0, 0, time.UTC)
	person := func(id council.ID, f Facts) Facts {
		f.Person = council.Person{Stamp: council.Stamp{ID: id}, Body: "home"}
		return f
	}
	grant := func(id, body council.ID, role council.Role) Facts {
		return person(id, Facts{Grants: []council.Grant{{Body: body, Person: id, Role: role, Start: now.AddDate(-1, 0, 0)}}})
	}
	seat := func(id, body council.ID, end time.Time) Facts {
		return person(id, Facts{Memberships: []council.Membership{{Body: body, Person: id, Organization: "o", Start: now.AddDate(-1, 0, 0), End: end}},
			Terms: []council.LegislativeTerm{{Stamp: council.Stamp{ID: "t"}, Body: body, Start: now.AddDate(-2, 0, 0)}}})
	}
	for name, c := range map[string]struct {
		f    Facts
		want bool
	}{
		"member": {seat("m", "b", time.Time{}), true}, "clerk": {grant("c", "b", council.Clerk), true}, "IT": {grant("i", "b", council.IT), false},
		"nobody": {person("n", Facts{}), false}, "left": {seat("l", "b", now.AddDate(0, 0, -1)), false},
	} {
		if got := MayTakeAlong(ForPerson(c.f, now)); got != c.want {
			t.Errorf("%s takes along: %v", name, got)
		}
	}
	for name, c := range map[string]struct {
		viewer, of Facts
		want       bool
	}{
		"oneself":                      {seat("m", "b", time.Time{}), seat("m", "b", time.Time{}), true},
		"another member":               {seat("x", "b", time.Time{}), seat("m", "b", time.Time{}), false},
		"the clerk of the seat":        {grant("c", "b", council.Clerk), seat("m", "b", time.Time{}), true},
		"the IT of the seat":           {grant("i", "b", council.IT), seat("m", "b", time.Time{}), true},
		"the mayor":                    {grant("y", "b", council.Mayor), seat("m", "b", time.Time{}), false},
		"another Body's clerk":         {grant("c", "else", council.Clerk), seat("m", "b", time.Time{}), false},
		"the clerk of the home":        {grant("c", "home", council.Clerk), seat("m", "b", now.AddDate(0, 0, -9)), true},
		"the clerk of a former seat":   {grant("c", "b", council.Clerk), seat("m", "b", now.AddDate(0, 0, -9)), false},
		"a former clerk":               {person("c", Facts{Grants: []council.Grant{{Body: "b", Person: "c", Role: council.Clerk, Start: now.AddDate(-1, 0, 0), End: now.AddDate(0, 0, -1)}}}), seat("m", "b", time.Time{}), false},
		"the clerk where one is mayor": {grant("c", "b", council.Clerk), grant("y", "b", council.Mayor), true},
	} {
		if got := MayManageDevicesOf(ForPerson(c.viewer, now), c.of, now); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
	if MayManageDevicesOf(Anonymous(), seat("m", "b", time.Time{}), now) || MayManageDevicesOf(Viewer{}, person("", Facts{}), now) || MaySeeDevicesOf(System("x"), "b") {
		t.Error("nobody looks after devices without being somebody")
	}
}
