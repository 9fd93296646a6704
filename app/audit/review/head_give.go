package review

import (
	"context"
	"strconv"

	"ris/app/audit"
	"ris/app/audit/journal"
	"ris/app/council"
	"ris/auth/policy"
)

// Head signs the present head of the log, to be printed and kept outside. It is an act of the log itself. Errors: not found for whom
// the log is no affair.
func (s *Service) Head(ctx context.Context, v policy.Viewer) (journal.Checkpoint, error) {
	if !policy.SeesLogHead(v) {
		return journal.Checkpoint{}, council.ErrNotFound()
	}
	c, err := s.Journal.Checkpoint(ctx)
	if err != nil {
		return c, err
	}
	return c, s.Store.Audit(ctx, audit.Entry(v, c.At, audit.Checkpoint, "log", "", "", "size", strconv.FormatInt(c.Size, 10)))
}
