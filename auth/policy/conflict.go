package policy

import (
	"time"

	"ris/app/council"
)

// ConflictCounts:
//
//	Befangenheit wirkt, wie die Körperschaft es am Tag der Eintragung eingestellt hatte: nur als Vermerk; oder sie verbirgt die
//	nichtöffentlichen Vorlagen des Punktes sofort; oder von der Erklärung an, auf die Sekunde.
//	Eine widerrufene Befangenheit verbirgt nichts mehr. Ohne Angabe verbirgt sie sofort.
func ConflictCounts(c council.ConflictOfInterest, now time.Time) bool {
	if !c.Revoked.IsZero() {
		return false
	}
	switch c.Mode {
	case council.ConflictMarks:
		return false
	case council.ConflictDeclared:
		return !c.Declared.IsZero() && !now.Before(c.Declared)
	}
	return true
}

func (h *holding) conflicts() {
	for _, c := range h.f.Conflicts {
		if c.Person == h.f.Person.ID && ConflictCounts(c, h.now) {
			h.hold(LabelConflict(c.AgendaItem), Ground{Kind: ByConflict, Object: c.AgendaItem})
		}
	}
}

// withheld is the label of an item in which somebody has, or may yet declare, a conflict of interest.
func withheld(item council.ID, conflicts []council.ConflictOfInterest) []council.Label {
	for _, c := range conflicts {
		if c.AgendaItem == item && c.Revoked.IsZero() && c.Mode != council.ConflictMarks {
			return []council.Label{LabelConflict(item)}
		}
	}
	return nil
}
