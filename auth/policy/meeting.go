package policy

import "ris/app/council"

// ForMeeting:
//
//	Eine Sitzung im Entwurf und eine zurückgezogene Sitzung sieht nur der Sitzungsdienst der Körperschaft.
//	Eine veröffentlichte Sitzung sehen ihre Gremien, ihre eingetragenen Vertretungen, die Gäste ihrer veröffentlichten Punkte und der
//	Sitzungsdienst. Sobald ein veröffentlichter Punkt öffentlich ist, sehen alle, dass und wann sie stattfindet.
//
// guests are those of its agenda items, revoked ones too.
func ForMeeting(m council.Meeting, items []council.AgendaItem, terms []council.LegislativeTerm, guests ...council.Guest) council.Audience {
	a := council.Audience{Allowed: []council.Label{LabelClerk(m.Body)}}
	if m.State != council.Published {
		return a.Normal()
	}
	a.Allowed = append(a.Allowed, inside(m, terms)...)
	for _, it := range items {
		if it.State != council.Published {
			continue
		}
		if it.Public {
			a.Allowed = append(a.Allowed, LabelPublic)
		}
		a.Allowed = append(a.Allowed, invited(it.ID, guests)...)
	}
	return a.Normal()
}
