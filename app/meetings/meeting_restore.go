package meetings

import (
	"context"

	"ris/app/audience"
	"ris/app/audit"
	"ris/app/council"
	"ris/auth/policy"
)

// Restore takes a withdrawal back: the meeting is a draft again, which only clerks see, until it is published. What was withdrawn
// by itself on its agenda stays withdrawn. A meeting that is not withdrawn stays as it is.
func (s *Service) Restore(ctx context.Context, v policy.Viewer, id council.ID, expected int64) (council.Meeting, error) {
	var m council.Meeting
	err := s.Store.InTx(ctx, func(ctx context.Context) (err error) {
		if m, err = s.meeting(ctx, v, id, expected); err != nil || m.State != council.Withdrawn {
			return err
		}
		m.State = council.Draft
		if err := s.Store.SaveMeeting(ctx, &m); err != nil {
			return err
		}
		if err := s.Store.Audit(ctx, audit.Entry(v, s.Clock(), audit.MeetingRestore, "meeting", m.Body, id)); err != nil {
			return err
		}
		return s.Settler.Meeting(ctx, id, audience.Closed)
	})
	return m, err
}
