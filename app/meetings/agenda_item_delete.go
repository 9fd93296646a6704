package meetings

import (
	"context"
	"slices"

	"ris/app/audience"
	"ris/app/audit"
	"ris/app/council"
	"ris/auth/policy"
)

// DeleteItem takes an item off the agenda; its papers stay. An item that nobody but clerks has seen is deleted; a published one
// is kept as withdrawn for the history and leaves the sight of its readers at once. No publication brings it back.
func (s *Service) DeleteItem(ctx context.Context, v policy.Viewer, id council.ID, expected int64) error {
	return s.Store.InTx(ctx, func(ctx context.Context) error {
		it, m, err := s.item(ctx, v, id, expected)
		if err != nil {
			return err
		}
		if err := s.Store.SaveMeeting(ctx, &m); err != nil { // the agenda changed: see AddItem
			return err
		}
		act := audit.AgendaItemDelete
		alive, removed, err := s.agenda(ctx, m.ID)
		if err != nil {
			return err
		}
		alive = slices.DeleteFunc(alive, func(a council.AgendaItem) bool { return a.ID == id })
		if it.State == council.Draft && m.PublishedAt.IsZero() {
			on, err := s.Store.Consultations(ctx, council.ConsultationFilter{AgendaItem: id})
			if err != nil {
				return err
			}
			for _, c := range on {
				if err := s.Store.DeleteConsultation(ctx, c.ID); err != nil {
					return err
				}
			}
			if err := s.Store.DeleteAgendaItem(ctx, id); err != nil {
				return err
			}
			for _, c := range on {
				if err := s.Settler.Paper(ctx, c.Paper, audience.Closed); err != nil {
					return err
				}
			}
		} else {
			act = audit.AgendaItemRemove
			it.State = council.Withdrawn
			if err := s.Store.SaveAgendaItem(ctx, &it); err != nil {
				return err
			}
			removed = append(removed, it)
			if err := s.holdBack(ctx, id); err != nil {
				return err
			}
		}
		if err := s.place(ctx, alive, removed); err != nil {
			return err
		}
		if err := s.Store.Audit(ctx, audit.Entry(v, s.Clock(), act, "agendaItem", m.Body, id, "meeting", string(m.ID))); err != nil {
			return err
		}
		return s.Settler.Meeting(ctx, m.ID, audience.Closed)
	})
}
