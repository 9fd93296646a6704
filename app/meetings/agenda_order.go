package meetings

import (
	"context"

	"ris/app/audience"
	"ris/app/audit"
	"ris/app/council"
	"ris/auth/policy"
)

// Order puts the agenda in the order of ids, which must name every item exactly once (Conflict otherwise: the clerk's page is
// older than the agenda). expected is the meeting's revision.
func (s *Service) Order(ctx context.Context, v policy.Viewer, meeting council.ID, expected int64, ids []council.ID) (council.Meeting, error) {
	var m council.Meeting
	err := s.Store.InTx(ctx, func(ctx context.Context) (err error) {
		if m, err = s.meeting(ctx, v, meeting, expected); err != nil {
			return err
		}
		alive, removed, err := s.agenda(ctx, meeting)
		if err != nil {
			return err
		}
		byID := map[council.ID]council.AgendaItem{}
		for _, it := range alive {
			byID[it.ID] = it
		}
		ordered := make([]council.AgendaItem, 0, len(alive))
		for _, id := range ids {
			it, ok := byID[id]
			if !ok {
				return council.E(council.Conflict, "agenda.error.order")
			}
			delete(byID, id)
			ordered = append(ordered, it)
		}
		if len(byID) > 0 {
			return council.E(council.Conflict, "agenda.error.order")
		}
		if err := s.Store.SaveMeeting(ctx, &m); err != nil { // the agenda changed: see AddItem
			return err
		}
		if err := s.place(ctx, ordered, removed); err != nil {
			return err
		}
		if err := s.Store.Audit(ctx, audit.Entry(v, s.Clock(), audit.AgendaOrderChange, "meeting", m.Body, meeting)); err != nil {
			return err
		}
		if err := s.Settler.Meeting(ctx, meeting, audience.Closed); err != nil {
			return err
		}
		m, err = s.Store.Meeting(ctx, v, meeting)
		return err
	})
	return m, err
}
