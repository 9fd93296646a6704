package meetings

import (
	"context"

	"ris/app/audit"
	"ris/app/council"
	"ris/auth/policy"
)

// Delete takes away a meeting that nobody but clerks has seen. Its papers stay, without an agenda item. A meeting that was
// published can only be withdrawn or cancelled (Conflict says so).
func (s *Service) Delete(ctx context.Context, v policy.Viewer, id council.ID, expected int64) error {
	return s.Store.InTx(ctx, func(ctx context.Context) error {
		m, err := s.meeting(ctx, v, id, expected)
		if err != nil {
			return err
		}
		if m.State != council.Draft || !m.PublishedAt.IsZero() || !m.PublishRequested.IsZero() {
			return council.E(council.Conflict, "meeting.error.delete_published")
		}
		on, err := s.Store.Consultations(ctx, council.ConsultationFilter{Meeting: id})
		if err != nil {
			return err
		}
		for _, c := range on {
			if err := s.Store.DeleteConsultation(ctx, c.ID); err != nil {
				return err
			}
		}
		items, err := s.Store.AgendaItems(ctx, system, id)
		if err != nil {
			return err
		}
		for _, it := range items {
			if err := s.Store.DeleteAgendaItem(ctx, it.ID); err != nil {
				return err
			}
		}
		if err := s.Store.DeleteMeeting(ctx, id); err != nil {
			return err
		}
		return s.Store.Audit(ctx, audit.Entry(v, s.Clock(), audit.MeetingDelete, "meeting", m.Body, id))
	})
}
