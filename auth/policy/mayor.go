package policy

import "ris/app/council"

// mayor:
//
//	Der Bürgermeister liest durch seine Sitze; das Amt allein gibt kein Leserecht. Hat die Körperschaft es so eingestellt, liest er aus der
//	Amtszeit wie ein Mitglied jedes Ausschusses; nie die Sitzungen der Fraktionen und keine Entwürfe.
func (h *holding) mayor(g council.Grant) {
	if !h.f.settings(g.Body).MayorReads {
		return
	}
	for _, o := range h.f.Organizations {
		if o.Body != g.Body || o.Type != council.Committee {
			continue
		}
		for _, t := range h.begun(g.Body) {
			if overlaps(g.Start, g.End, t.Start, t.End) {
				h.hold(LabelOrganization(o.ID, t.ID), Ground{Kind: ByMayor, Object: o.ID, Until: g.End})
			}
		}
	}
}
