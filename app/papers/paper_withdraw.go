package papers

import (
	"context"
	"strings"

	"ris/app/audience"
	"ris/app/audit"
	"ris/app/council"
	"ris/auth/policy"
)

// Withdraw takes a published paper back from its readers at once; no publication brings it back before Restore has. A paper that
// was never published is deleted with its files: nobody but clerks has seen it.
// deleted tells which of the two happened. Withdrawing twice is no error.
func (s *Service) Withdraw(ctx context.Context, v policy.Viewer, id council.ID, expected int64, reason string) (deleted bool, err error) {
	err = s.Store.InTx(ctx, func(ctx context.Context) error {
		p, err := s.paper(ctx, v, id, expected)
		if err != nil {
			return err
		}
		details := []string{"reason", strings.TrimSpace(reason)}
		entry := audit.Entry(v, s.Clock(), audit.PaperWithdraw, "paper", p.Body, id, details...)
		switch {
		case p.State == council.Withdrawn:
			return nil
		case p.State == council.Draft && p.PublishedAt.IsZero():
			files, err := s.Store.Files(ctx, system, council.FileFilter{Paper: id})
			if err != nil {
				return err
			}
			if err := s.forget(ctx, files); err != nil {
				return err
			}
			deleted = true
			if err := s.Store.DeletePaper(ctx, id); err != nil {
				return err
			}
			return s.Store.Audit(ctx, entry)
		}
		p.State = council.Withdrawn
		if err := s.Store.SavePaper(ctx, &p); err != nil {
			return err
		}
		if err := s.Store.Audit(ctx, entry); err != nil {
			return err
		}
		return s.Settler.Paper(ctx, id, audience.Closed)
	})
	return deleted, err
}
