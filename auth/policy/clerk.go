package policy

import (
	"slices"

	"ris/app/council"
)

// offices:
//
//	Der Sitzungsdienst liest alles in seiner Körperschaft, auch Entwürfe und Zurückgezogenes, vom ersten bis zum letzten Tag der Aufgabe;
//	in anderen Körperschaften nichts. Aufgaben häufen sich: jede gibt nur ihr eigenes Recht.
//	Wer die IT betreut, liest keine Unterlagen.
//	Was Gruppen eines Verzeichnisses oder der Anmeldung geben, zählt erst, wenn der Sitzungsdienst die Person kennt.
func (h *holding) offices() {
	for _, g := range h.f.Grants {
		if g.Person != h.f.Person.ID || !inForce(g.Start, g.End, h.today) {
			continue
		}
		if g.Source != "" && h.f.Person.Unconfirmed {
			continue
		}
		h.bodies[g.Body] = true
		switch g.Role {
		case council.Clerk:
			h.hold(LabelClerk(g.Body), Ground{Kind: ByClerk, Object: g.Body, Until: g.End})
			h.v.clerk = append(h.v.clerk, g.Body)
		case council.IT:
			h.v.it = append(h.v.it, g.Body)
		case council.Mayor:
			h.v.mayor = append(h.v.mayor, g.Body)
			h.mayor(g)
		case council.GroupOffice:
			h.groupOffice(g)
		}
	}
}

// IsClerk: only the clerk of the Body (and named system work) may prepare, publish, replace and withdraw.
func IsClerk(v Viewer, body council.ID) bool {
	return v.Unfiltered() || slices.Contains(v.clerk, body)
}

// IsAnyClerk reports whether the viewer is clerk of at least one Body (may open the console).
func IsAnyClerk(v Viewer) bool { return len(v.clerk) > 0 }

// ClerkBodies are the bodies in which the viewer is clerk.
func ClerkBodies(v Viewer) []council.ID { return v.clerk }
