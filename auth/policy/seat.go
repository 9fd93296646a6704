package policy

import "ris/app/council"

// seats:
//
//	Ein Mitglied liest, was seine Gremien lesen, vom ersten bis zum letzten Tag seines Sitzes, beide eingeschlossen.
//	Nichtöffentliches liest es aus den Wahlperioden, die begonnen haben und in die sein jetziger Sitz hineinreicht; aus älteren nur,
//	wenn die Körperschaft es so eingestellt hat.
func (h *holding) seats() {
	for _, m := range h.f.Memberships {
		if m.Person != h.f.Person.ID {
			continue
		}
		if !inForce(m.Start, m.End, h.today) {
			h.former(m)
			continue
		}
		h.bodies[m.Body] = true
		for _, t := range h.begun(m.Body) {
			if overlaps(m.Start, m.End, t.Start, t.End) || h.f.settings(m.Body).NewcomersReadOlder {
				h.hold(LabelOrganization(m.Organization, t.ID), Ground{Kind: BySeat, Object: m.Organization, Until: m.End})
			}
		}
	}
}

// former:
//
//	Wer ausgeschieden ist, liest nichts Nichtöffentliches mehr. Hat die Körperschaft eine Frist eingestellt, liest ein Mitglied, dessen
//	Sitz am letzten Tag der Wahlperiode noch bestand, diese eine Wahlperiode so viele Tage weiter. Wer vorher ausscheidet, hat keine Frist.
func (h *holding) former(m council.Membership) {
	days := min(h.f.settings(m.Body).FormerDays, council.MostFormerDays)
	if days <= 0 {
		return
	}
	for _, t := range h.f.Terms {
		if t.Body != m.Body || t.End.IsZero() || !inForce(m.Start, m.End, day(t.End)) {
			continue
		}
		if last := day(t.End).AddDate(0, 0, days); day(t.End).Before(h.today) && !h.today.After(last) {
			h.bodies[m.Body] = true
			h.hold(LabelOrganization(m.Organization, t.ID), Ground{Kind: ByFormerSeat, Object: m.Organization, Until: last})
		}
	}
}

// begun are the terms of the Body that have begun.
func (h *holding) begun(body council.ID) (out []council.LegislativeTerm) {
	for _, t := range h.f.Terms {
		if t.Body == body && !day(t.Start).After(h.today) {
			out = append(out, t)
		}
	}
	return out
}
