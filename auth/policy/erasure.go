package policy

import "time"

// InOffice:
//
//	Wer einen Sitz, eine Aufgabe oder eine Stellvertretung hat oder noch antreten wird, oder als Gast noch eingeladen ist, braucht sein
//	Konto: Seine Daten werden nicht gelöscht. Eine Sperre ändert daran nichts.
func InOffice(f Facts, now time.Time) bool {
	today := day(now)
	lasts := func(end time.Time) bool { return end.IsZero() || !day(end).Before(today) }
	for _, m := range f.Memberships {
		if m.Person == f.Person.ID && lasts(m.End) {
			return true
		}
	}
	for _, g := range f.Grants {
		if g.Person == f.Person.ID && lasts(g.End) {
			return true
		}
	}
	for _, d := range f.Deputies {
		if d.Person == f.Person.ID && lasts(d.End) {
			return true
		}
	}
	for _, g := range f.Guests {
		if g.Person == f.Person.ID && g.Revoked.IsZero() && now.Before(g.End) {
			return true
		}
	}
	return false
}
