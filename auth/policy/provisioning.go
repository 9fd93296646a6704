package policy

import (
	"slices"
	"time"

	"ris/app/council"
)

// Personen und Zugänge, as the office would say it:
//
//   - Personen, Sitze und Aufgaben einer Körperschaft pflegt ihr Sitzungsdienst. Die IT pflegt sie nicht: sie könnte sich sonst selbst zum
//     Sitzungsdienst machen.
//   - Welche Gruppe des Verzeichnisses welche Aufgabe gibt, legt aus demselben Grund der Sitzungsdienst fest.
//   - Das Verzeichnis anschließen (Zugang für SCIM) und Geräte einrichten dürfen Sitzungsdienst und IT der Körperschaft.
//   - Was eine Anmeldung ergäbe, probiert die IT; von einer Person erfährt sie dabei nur, wenn sie auch deren Geräte betreut. Alle anderen
//     Adressen sind für sie solche, die niemand hat.
//   - Wer gesperrt ist, hat keine Rechte, auch wenn ein Sitz noch läuft (ForPerson). Das Verzeichnis öffnet nur, was es selbst gesperrt hat.
//   - Wen das Verzeichnis angelegt hat, dem geben seine Gruppen nichts, bis der Sitzungsdienst ihn mit einem Sitz oder einer Aufgabe versehen
//     oder ihn bestätigt hat (offices).
//   - Mit der Adresse meldet sich jemand zum ersten Mal an: Das Verzeichnis ändert sie nur bei denen, die es selbst angelegt hat und die der
//     Sitzungsdienst für nichts eingetragen hat. Bei allen anderen entscheidet der Sitzungsdienst.

// MayProvision: the clerk of the Body keeps its persons, seats and roles.
func MayProvision(v Viewer, body council.ID) bool { return IsClerk(v, body) }

// MayConnect: the clerk and the IT of the Body connect the directory and set up devices.
func MayConnect(v Viewer, body council.ID) bool {
	return IsClerk(v, body) || slices.Contains(v.it, body)
}

// MayTryAccountOf: whom the IT is shown when it tries out an address; of are the facts of its person, now is the town's time.
func MayTryAccountOf(v Viewer, of Facts, now time.Time) bool {
	return IsIT(v) && MayManageDevicesOf(v, of, now)
}

// OnlyFromDirectory reports whether the directory made the person and the office has put nothing on them: neither confirmed them nor named
// them as member, substitute, deputy or guest, nor given an office, now, before or later.
func OnlyFromDirectory(f Facts) bool {
	return f.Person.Unconfirmed && len(f.Memberships) == 0 && len(f.Substitutions) == 0 && len(f.Deputies) == 0 && len(f.Guests) == 0 && len(f.Conflicts) == 0 &&
		!slices.ContainsFunc(f.Grants, func(g council.Grant) bool { return g.Source == "" })
}

// ConnectBodies are the bodies for which the viewer may do that, sorted.
func ConnectBodies(v Viewer) []council.ID {
	all := append(slices.Clone(v.clerk), v.it...)
	slices.Sort(all)
	return slices.Compact(all)
}
