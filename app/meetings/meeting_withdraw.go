package meetings

import (
	"context"
	"strings"

	"ris/app/audience"
	"ris/app/audit"
	"ris/app/council"
	"ris/auth/policy"
)

// Withdraw takes a published meeting back from its readers at once, with everything that only stands on its agenda; it comes
// back by Restore and a publication. A publication that still waits is called off. Withdrawing twice is no error.
func (s *Service) Withdraw(ctx context.Context, v policy.Viewer, id council.ID, expected int64, reason string) (council.Meeting, error) {
	var m council.Meeting
	err := s.Store.InTx(ctx, func(ctx context.Context) (err error) {
		if m, err = s.meeting(ctx, v, id, expected); err != nil {
			return err
		}
		if m.State == council.Withdrawn && m.PublishRequested.IsZero() {
			return nil
		}
		if m.State == council.Draft && m.PublishedAt.IsZero() && m.PublishRequested.IsZero() {
			return council.E(council.Conflict, "meeting.error.withdraw_draft")
		}
		if !m.PublishedAt.IsZero() {
			m.State = council.Withdrawn
		}
		m.PublishRequested, m.PublishRequestedBy = zeroTime, ""
		if err := s.Store.SaveMeeting(ctx, &m); err != nil {
			return err
		}
		if err := s.Store.Audit(ctx, audit.Entry(v, s.Clock(), audit.MeetingWithdraw, "meeting", m.Body, id, "reason", strings.TrimSpace(reason))); err != nil {
			return err
		}
		if err := s.Settler.Meeting(ctx, id, audience.Closed); err != nil {
			return err
		}
		m, err = s.Store.Meeting(ctx, v, id)
		return err
	})
	return m, err
}
