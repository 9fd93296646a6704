package papers

import (
	"context"

	"ris/app/audience"
	"ris/app/audit"
	"ris/app/council"
	"ris/auth/policy"
)

// RestoreFile takes a withdrawal back: the file is a draft again, which only clerks see, until the next publication. When another
// file has become the main one meanwhile, it comes back as an annex. A file that is not withdrawn stays as it is.
func (s *Service) RestoreFile(ctx context.Context, v policy.Viewer, id council.ID, expected int64) (council.File, error) {
	var f council.File
	err := s.Store.InTx(ctx, func(ctx context.Context) (err error) {
		if f, err = s.file(ctx, v, id, expected); err != nil || f.State != council.Withdrawn {
			return err
		}
		f.State = council.Draft
		others, err := s.Store.Files(ctx, system, council.FileFilter{Paper: f.Paper})
		if err != nil {
			return err
		}
		for _, o := range others {
			if o.ID != id && o.Role == council.MainFile && o.State != council.Withdrawn {
				f.Role = council.AuxiliaryFile // OParl 1.1, Paper: one mainFile
			}
		}
		if err := s.Store.SaveFile(ctx, &f); err != nil {
			return err
		}
		if err := s.Store.Audit(ctx, audit.Entry(v, s.Clock(), audit.FileRestore, "file", f.Body, id, "paper", string(f.Paper))); err != nil {
			return err
		}
		return s.Settler.Paper(ctx, f.Paper, audience.Closed)
	})
	return f, err
}
