package policy

// substitutions:
//
//	Wer für eine Sitzung als Vertretung eingetragen ist, liest diese Sitzung wie ein Mitglied, solange die Eintragung besteht, und keine andere.
func (h *holding) substitutions() {
	for _, s := range h.f.Substitutions {
		if s.Substitute == h.f.Person.ID {
			h.bodies[s.Body] = true
			h.hold(LabelMeeting(s.Meeting), Ground{Kind: BySubstitution, Object: s.Meeting})
		}
	}
}

// deputies:
//
//	Ein stellvertretendes Mitglied liest nur im eingetragenen Vertretungsfall. Hat die Körperschaft die ständige Vertretung eingestellt,
//	liest es vom ersten bis zum letzten Tag seiner Bestellung wie ein Mitglied, aber nie aus älteren Wahlperioden.
func (h *holding) deputies() {
	for _, d := range h.f.Deputies {
		if d.Person != h.f.Person.ID || !inForce(d.Start, d.End, h.today) || !h.f.settings(d.Body).DeputiesRead {
			continue
		}
		h.bodies[d.Body] = true
		for _, t := range h.begun(d.Body) {
			if overlaps(d.Start, d.End, t.Start, t.End) {
				h.hold(LabelOrganization(d.Organization, t.ID), Ground{Kind: ByDeputy, Object: d.Organization, Until: d.End})
			}
		}
	}
}
