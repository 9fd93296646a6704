package policy

import (
	"testing"
	"time"

	"ris/app/council"
)

// The edges that random worlds meet too seldom: the very second, the day after, the invitation that was taken back.
func TestEdgesOfTheSentences(t *testing.T) {
	now := time.Date(2026, 3, 25, 10, 0, 0, 0, time.UTC)
	p := council.Person{Stamp: council.Stamp{ID: "p"}, Body: "b"}
	terms := []council.LegislativeTerm{{Stamp: council.Stamp{ID: "t"}, Body: "b", Start: now.AddDate(-2, 0, 0)}}
	guest := func(from, to, revoked time.Time) Facts {
		return Facts{Guests: []council.Guest{{Body: "b", Person: "p", AgendaItem: "i", Start: from, End: to, Revoked: revoked}}}
	}
	office := func(seatEnds time.Time) Facts {
		return Facts{
			Grants:     []council.Grant{{Body: "b", Person: "p", Role: council.GroupOffice, Organization: "g", Start: now.AddDate(-1, 0, 0)}},
			Settings:   []council.AccessSettings{{Stamp: council.Stamp{ID: "b"}, GroupOfficesRead: true}},
			GroupSeats: []council.Membership{{Body: "b", Person: "q", Organization: "o", OnBehalfOf: "g", Start: now.AddDate(-1, 0, 0), End: seatEnds}},
		}
	}
	second, hour := time.Second, time.Hour
	item, committee := LabelGuest("i"), LabelOrganization("o", "t")
	for name, c := range map[string]struct {
		f     Facts
		label council.Label
		want  bool
	}{
		"a guest":                            {guest(now.Add(-hour), now.Add(hour), time.Time{}), item, true},
		"a guest in the first second":        {guest(now, now.Add(hour), time.Time{}), item, true},
		"a guest a second early":             {guest(now.Add(second), now.Add(hour), time.Time{}), item, false},
		"a guest in the last second":         {guest(now.Add(-hour), now.Add(second), time.Time{}), item, true},
		"a guest whose time is over":         {guest(now.Add(-hour), now, time.Time{}), item, false},
		"a guest who was dismissed":          {guest(now.Add(-hour), now.Add(hour), now.Add(-second)), item, false},
		"an office, its group has a seat":    {office(time.Time{}), committee, true},
		"an office, the seat ends today":     {office(now), committee, true},
		"an office, the seat has just ended": {office(now.AddDate(0, 0, -1)), committee, false},
	} {
		c.f.Person, c.f.Terms = p, terms
		if got := CanRead(ForPerson(c.f, now), council.Audience{Allowed: []council.Label{c.label}}); got != c.want {
			t.Errorf("%s: reads %v, want %v", name, got, c.want)
		}
	}
	for name, c := range map[string]struct {
		declared, revoked time.Time
		want              bool
	}{
		"in the second of the declaration": {now, time.Time{}, true},
		"a second before it":               {now.Add(second), time.Time{}, false},
		"never declared":                   {time.Time{}, time.Time{}, false},
		"declared and revoked":             {now.Add(-hour), now.Add(-second), false},
	} {
		conflict := council.ConflictOfInterest{Person: "p", AgendaItem: "i", Mode: council.ConflictDeclared, Declared: c.declared, Revoked: c.revoked}
		if got := ConflictCounts(conflict, now); got != c.want {
			t.Errorf("%s: hides %v, want %v", name, got, c.want)
		}
	}
}
