package packets

import (
	"context"
	"time"

	"ris/app/council"
	"ris/auth/policy"
)

// Withdrawal is when something was taken back, and why (what the clerk typed, or empty).
type Withdrawal struct {
	At     time.Time
	Reason string
}

// withdrawal reads it from the log of acts, for the clerk of the Body alone; nil for everybody else, and for what is not withdrawn.
func (s *Service) withdrawal(ctx context.Context, v policy.Viewer, state council.State, body, object council.ID, act string) (*Withdrawal, error) {
	if state != council.Withdrawn || !policy.IsClerk(v, body) {
		return nil, nil
	}
	log, err := s.Store.AuditEntries(ctx, v, council.AuditFilter{Body: body, Object: object, Act: act, Limit: 1})
	if err != nil || len(log) == 0 {
		return nil, err
	}
	return &Withdrawal{At: log[0].At, Reason: log[0].Details["reason"]}, nil
}
