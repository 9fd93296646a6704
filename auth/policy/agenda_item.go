package policy

import "ris/app/council"

// ItemFacts is what the rule must know of an agenda item and its meeting.
type ItemFacts struct {
	Item      council.AgendaItem
	Meeting   council.Meeting
	Terms     []council.LegislativeTerm // of the Body
	Conflicts []council.ConflictOfInterest
	Guests    []council.Guest
}

// ForAgendaItem:
//
//	Einen Punkt im Entwurf oder einen, der von der Tagesordnung genommen ist, sieht nur der Sitzungsdienst; ebenso jeden Punkt einer
//	Sitzung, die nicht veröffentlicht ist.
//	Einen veröffentlichten Punkt sehen die Gremien der Sitzung, ihre Vertretungen und die Gäste dieses Punktes; einen öffentlichen alle.
//	Wer befangen ist, sieht, dass es den Punkt gibt (und muss deshalb den Raum verlassen), aber nicht dessen nichtöffentliche Vorlagen.
func ForAgendaItem(f ItemFacts) council.Audience {
	a := council.Audience{Allowed: []council.Label{LabelClerk(f.Item.Body)}}
	if f.Meeting.State != council.Published || f.Item.State != council.Published {
		return a.Normal()
	}
	a.Allowed = append(a.Allowed, inside(f.Meeting, f.Terms)...)
	a.Allowed = append(a.Allowed, invited(f.Item.ID, f.Guests)...)
	if f.Item.Public {
		a.Allowed = append(a.Allowed, LabelPublic)
	}
	return a.Normal()
}
