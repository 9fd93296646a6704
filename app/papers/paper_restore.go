package papers

import (
	"context"

	"ris/app/audience"
	"ris/app/audit"
	"ris/app/council"
	"ris/auth/policy"
)

// Restore takes a withdrawal back: the paper is a draft again, which only clerks see; the next publication of a meeting on whose
// agenda it stands opens it. A paper that is not withdrawn stays as it is.
func (s *Service) Restore(ctx context.Context, v policy.Viewer, id council.ID, expected int64) (council.Paper, error) {
	var p council.Paper
	err := s.Store.InTx(ctx, func(ctx context.Context) (err error) {
		if p, err = s.paper(ctx, v, id, expected); err != nil || p.State != council.Withdrawn {
			return err
		}
		p.State = council.Draft
		if err := s.Store.SavePaper(ctx, &p); err != nil {
			return err
		}
		if err := s.Store.Audit(ctx, audit.Entry(v, s.Clock(), audit.PaperRestore, "paper", p.Body, id)); err != nil {
			return err
		}
		return s.Settler.Paper(ctx, id, audience.Closed)
	})
	return p, err
}
