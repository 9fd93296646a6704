package papers

import (
	"context"
	"strings"

	"ris/app/audience"
	"ris/app/audit"
	"ris/app/council"
	"ris/app/jobs"
	"ris/auth/policy"
)

// WithdrawFile takes a published file back from its readers at once; no publication brings it back before RestoreFile has. A file
// that was never published is deleted: nobody but clerks has seen it. deleted tells which of the two happened.
func (s *Service) WithdrawFile(ctx context.Context, v policy.Viewer, id council.ID, expected int64, reason string) (deleted bool, err error) {
	err = s.Store.InTx(ctx, func(ctx context.Context) error {
		f, err := s.file(ctx, v, id, expected)
		if err != nil {
			return err
		}
		now, details := s.Clock(), []string{"paper", string(f.Paper), "reason", strings.TrimSpace(reason)}
		switch {
		case f.State == council.Withdrawn:
			return nil
		case f.State == council.Draft && f.Current == "":
			if err := s.forget(ctx, []council.File{f}); err != nil {
				return err
			}
			deleted = true
			if err := s.Store.DeleteFile(ctx, id); err != nil {
				return err
			}
			return s.Store.Audit(ctx, audit.Entry(v, now, audit.FileDelete, "file", f.Body, id, details...))
		}
		f.State = council.Withdrawn
		if err := s.Store.SaveFile(ctx, &f); err != nil {
			return err
		}
		if err := s.Store.Audit(ctx, audit.Entry(v, now, audit.FileWithdraw, "file", f.Body, id, details...)); err != nil {
			return err
		}
		return s.Settler.Paper(ctx, f.Paper, audience.Closed)
	})
	return deleted, err
}

// forget takes files that are about to be deleted out of the index.
func (s *Service) forget(ctx context.Context, files []council.File) error {
	for _, f := range files {
		if err := s.Store.Enqueue(ctx, jobs.IndexFile{File: f.ID}); err != nil {
			return err
		}
	}
	return nil
}
