package policy

import (
	"slices"

	"ris/app/council"
)

// ForPaper:
//
//	Eine Vorlage im Entwurf, eine zurückgezogene und eine ohne Tagesordnungspunkt liest nur der Sitzungsdienst.
//	Eine veröffentlichte Vorlage liest, wer einen der Punkte sieht, auf denen sie steht. Ist einer davon öffentlich, lesen sie alle.
//	Solange sie nicht öffentlich ist, liest sie niemand, dessen Befangenheit bei einem ihrer Punkte gerade gilt, auch nicht im Sitzungsdienst.
func ForPaper(p council.Paper, on []ItemFacts) council.Audience {
	a := council.Audience{Allowed: []council.Label{LabelClerk(p.Body)}}
	if p.State != council.Published {
		return a.Normal()
	}
	for _, f := range on {
		a.Allowed = append(a.Allowed, ForAgendaItem(f).Allowed...)
	}
	if !slices.Contains(a.Allowed, LabelPublic) {
		for _, f := range on {
			a.Withheld = append(a.Withheld, withheld(f.Item.ID, f.Conflicts)...)
		}
	}
	return a.Normal()
}
