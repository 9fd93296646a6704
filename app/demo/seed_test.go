package demo

import (
	"testing"
	"time"
)

// Whatever day the demo is first started: past meetings lie before it, coming ones after it, none on a weekend or at Christmas.
func TestMeetingDays(t *testing.T) {
	town, err := LoadTown()
	if err != nil {
		t.Fatal(err)
	}
	for first := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC); first.Year() < 2028; first = first.AddDate(0, 0, 1) {
		for _, m := range town.Meetings {
			d := meetingDay(first, m.Day)
			switch {
			case m.Day == 0 && !d.Equal(first), m.Day < 0 && !d.Before(first), m.Day > 0 && !d.After(first):
				t.Fatalf("start %s: meeting %s (%+d) lies on %s", first.Format(time.DateOnly), m.Key, m.Day, d.Format(time.DateOnly))
			case m.Day != 0 && (d.Weekday() == time.Saturday || d.Weekday() == time.Sunday):
				t.Fatalf("start %s: meeting %s lies on a weekend", first.Format(time.DateOnly), m.Key)
			}
		}
	}
}

// The data holds together: every key that is used exists, and the town has what the README promises.
func TestTownHoldsTogether(t *testing.T) {
	town, err := LoadTown()
	if err != nil {
		t.Fatal(err)
	}
	orgs, places, persons, papers := map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, o := range town.Organizations {
		orgs[o.Key] = true
	}
	for _, l := range town.Locations {
		places[l.Key] = true
	}
	for _, p := range town.Persons {
		persons[p.Key] = true
	}
	for _, p := range town.Papers {
		papers[p.Key] = true
	}
	used := map[string]bool{}
	for _, m := range town.Meetings {
		for _, o := range m.Organizations {
			if !orgs[o] {
				t.Errorf("%s: no organization %q", m.Key, o)
			}
		}
		if !places[m.Location] {
			t.Errorf("%s: no location %q", m.Key, m.Location)
		}
		for _, it := range m.Items {
			for _, p := range it.Papers {
				if used[p] = true; !papers[p] {
					t.Errorf("%s: no paper %q", m.Key, p)
				}
			}
		}
	}
	for p := range papers {
		if !used[p] {
			t.Errorf("paper %q is on no agenda", p)
		}
	}
	for _, s := range town.Substitutions {
		if !persons[s.Absent] || !persons[s.Substitute] || !orgs[s.Organization] {
			t.Errorf("substitution %+v", s)
		}
	}
	if len(town.Persons) != 24 || len(town.Meetings) != 13 || len(town.Accounts()) != 6 || len(town.Bodies) != 2 {
		t.Errorf("%d persons, %d meetings, %d accounts, %d bodies", len(town.Persons), len(town.Meetings), len(town.Accounts()), len(town.Bodies))
	}
}
