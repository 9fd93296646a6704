package session

import (
	"context"
	"time"
)

// Fresh reports whether the proof of who is there is young enough for non-public papers (security design: 12 hours, configurable).
// maxAge 0 switches the rule off. A proof of the future, by a clock that was wrong, is none.
func Fresh(s Session, now time.Time, maxAge time.Duration) bool {
	age := now.Sub(s.AuthTime)
	return maxAge <= 0 || age < maxAge && age > -time.Minute
}

// UnknownAuthTime stands in a session whose provider does not say when it saw the password or key: long ago, so that it never counts.
var UnknownAuthTime = time.Unix(0, 0).UTC()

// Confirm notes that the person has just proved again who they are, by the method amr (RFC 8176; "hwk" = a passkey), under a new token.
func (m *Manager) Confirm(ctx context.Context, s Session, amr string) (token string, confirmed Session, err error) {
	s.AuthTime, s.AMR = m.clock(), amr
	return m.Rotate(ctx, s)
}
