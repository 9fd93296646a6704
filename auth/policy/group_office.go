package policy

import "ris/app/council"

// groupOffice:
//
//	Die Geschäftsstelle einer Fraktion liest die Sitzungen ihrer Fraktion. Hat die Körperschaft es so eingestellt, liest sie auch, was die
//	Gremien lesen, in denen die Fraktion heute einen Sitz hat; und nur aus Wahlperioden, in denen es Aufgabe und Sitz schon gab.
func (h *holding) groupOffice(g council.Grant) {
	if g.Organization == "" {
		return
	}
	for _, t := range h.begun(g.Body) {
		if !overlaps(g.Start, g.End, t.Start, t.End) {
			continue
		}
		h.hold(LabelOrganization(g.Organization, t.ID), Ground{Kind: ByGroupOffice, Object: g.Organization, Until: g.End})
		if !h.f.settings(g.Body).GroupOfficesRead {
			continue
		}
		for _, m := range h.f.GroupSeats {
			if m.OnBehalfOf == g.Organization && m.Body == g.Body && inForce(m.Start, m.End, h.today) && overlaps(m.Start, m.End, t.Start, t.End) {
				h.hold(LabelOrganization(m.Organization, t.ID), Ground{Kind: ByGroupOffice, Object: m.Organization, Until: g.End})
			}
		}
	}
}
