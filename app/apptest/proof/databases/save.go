package databases

import (
	"context"

	"ris/app/apptest/proof"
	"ris/app/audience"
	"ris/app/council"
	"ris/app/store"
)

// Save stores a world with all its facts and lets app/audience compute who may read what, in one transaction.
func Save(ctx context.Context, s *store.Store, w *proof.World) error {
	return s.InTx(ctx, func(ctx context.Context) error {
		k := &keeper{ctx: ctx, s: s, w: w}
		k.people()
		k.agenda()
		k.papers()
		k.audiences()
		return k.err
	})
}

type keeper struct {
	ctx context.Context
	s   *store.Store
	w   *proof.World
	err error
}

// all saves each of a list until one fails.
func all[T any](k *keeper, list []T, save func(context.Context, *T) error) {
	for i := range list {
		if k.err == nil {
			k.err = save(k.ctx, &list[i])
		}
	}
}

func times[T any](n int, make func(int) T) (out []T) {
	for i := range n {
		out = append(out, make(i))
	}
	return out
}

func (k *keeper) people() {
	all(k, []council.Body{{Stamp: council.Stamp{ID: k.w.ID("body", 0)}, Name: "Stadt"}, {Stamp: council.Stamp{ID: k.w.ID("body", 1)}, Name: "Nachbarin"}}, k.s.SaveBody)
	all(k, k.w.CouncilTerms(), k.s.SaveTerm)
	all(k, k.w.Organizations(), k.s.SaveOrganization)
	all(k, times(2, k.w.AccessSettings), k.s.SaveAccessSettings)
	all(k, times(len(k.w.People), k.w.CouncilPerson), k.s.SavePerson)
	all(k, k.w.Memberships(), k.s.SaveMembership)
	all(k, k.w.Grants(), k.s.SaveGrant)
	all(k, k.w.CouncilDeputies(), k.s.SaveDeputy)
}

func (k *keeper) agenda() {
	all(k, times(len(k.w.Meetings), k.w.CouncilMeeting), k.s.SaveMeeting)
	all(k, times(len(k.w.Items), k.w.AgendaItem), k.s.SaveAgendaItem)
	all(k, k.w.Substitutions(), k.s.SaveSubstitution)
	all(k, k.w.CouncilGuests(), k.s.SaveGuest)
	all(k, k.w.Conflicts(), k.s.SaveConflict)
}

func (k *keeper) papers() {
	all(k, times(len(k.w.Papers), k.w.CouncilPaper), k.s.SavePaper)
	var stops []council.Consultation
	for p, paper := range k.w.Papers {
		for _, i := range paper.Items {
			stops = append(stops, council.Consultation{Body: k.w.ID("body", paper.Body), Paper: k.w.ID("paper", p), AgendaItem: k.w.ID("item", i),
				Meeting: k.w.ID("meeting", k.w.Items[i].Meeting)})
		}
	}
	all(k, stops, k.s.SaveConsultation)
	all(k, times(len(k.w.Files), k.w.CouncilFile), k.s.SaveFile)
	all(k, times(len(k.w.Versions), k.w.FileVersion), k.s.SaveFileVersion)
}

// audiences has every audience computed as an act of the product would.
func (k *keeper) audiences() {
	a := audience.New(k.s)
	for m := range k.w.Meetings {
		if k.err == nil {
			_, k.err = a.Meeting(k.ctx, k.w.ID("meeting", m), audience.Publishing)
		}
	}
	for p, paper := range k.w.Papers {
		if k.err == nil && len(paper.Items) == 0 {
			_, k.err = a.Paper(k.ctx, k.w.ID("paper", p), audience.Publishing)
		}
	}
}
