package proof

import (
	"ris/app/council"
	"ris/auth/policy"
)

// Audiences are what the rules compute for every object of a world.
type Audiences struct {
	Meetings, Items, Papers, Files, Versions []council.Audience
}

// Audiences asks the rules.
func (w *World) Audiences() (a Audiences) {
	terms, guests, conflicts := w.CouncilTerms(), w.CouncilGuests(), w.Conflicts()
	var items []council.AgendaItem
	for i := range w.Items {
		items = append(items, w.AgendaItem(i))
	}
	facts := func(i int) policy.ItemFacts {
		return policy.ItemFacts{Item: items[i], Meeting: w.CouncilMeeting(w.Items[i].Meeting), Terms: terms, Conflicts: conflicts, Guests: guests}
	}
	for m := range w.Meetings {
		var own []council.AgendaItem
		for i, it := range w.Items {
			if it.Meeting == m {
				own = append(own, items[i])
			}
		}
		a.Meetings = append(a.Meetings, policy.ForMeeting(w.CouncilMeeting(m), own, terms, guests...))
	}
	for i := range w.Items {
		a.Items = append(a.Items, policy.ForAgendaItem(facts(i)))
	}
	for p := range w.Papers {
		var on []policy.ItemFacts
		for _, i := range w.Papers[p].Items {
			on = append(on, facts(i))
		}
		a.Papers = append(a.Papers, policy.ForPaper(w.CouncilPaper(p), on))
	}
	for f := range w.Files {
		a.Files = append(a.Files, policy.ForFile(w.CouncilFile(f), a.Papers[w.Files[f].Paper]))
	}
	for v := range w.Versions {
		f := w.Versions[v].File
		a.Versions = append(a.Versions, policy.ForFileVersion(w.FileVersion(v), w.CouncilFile(f), a.Files[f]))
	}
	return a
}
