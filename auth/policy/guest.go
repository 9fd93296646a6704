package policy

import "ris/app/council"

// guests:
//
//	Ein Gast liest seinen Punkt, dessen Vorlagen und Ort und Zeit der Sitzung, vom eingetragenen Beginn bis zum eingetragenen Ende auf
//	die Sekunde; danach nichts mehr. Wird die Einladung vorher zurückgenommen, endet das Recht sofort.
func (h *holding) guests() {
	for _, g := range h.f.Guests {
		if g.Person == h.f.Person.ID && g.Revoked.IsZero() && !h.now.Before(g.Start) && h.now.Before(g.End) {
			h.bodies[g.Body] = true
			h.hold(LabelGuest(g.AgendaItem), Ground{Kind: ByInvitation, Object: g.AgendaItem, Until: g.End})
		}
	}
}

// invited is the label of an item's guests when it has any; whether somebody holds it now is asked of the clock.
func invited(item council.ID, guests []council.Guest) []council.Label {
	for _, g := range guests {
		if g.AgendaItem == item && g.Revoked.IsZero() {
			return []council.Label{LabelGuest(item)}
		}
	}
	return nil
}
