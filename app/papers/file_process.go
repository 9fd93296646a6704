package papers

import (
	"context"

	"ris/app/council"
	"ris/app/jobs"
	"ris/documents"
)

// ProcessJob is the function of process_file: check, prepare, text, state, then the index. Repeat-safe: a version that has been
// worked is left alone. The pipeline runs outside of any transaction.
func (s *Service) ProcessJob(ctx context.Context, j jobs.ProcessFile) error {
	v, err := s.Store.FileVersion(ctx, system, j.Version)
	if gone(err) {
		return nil
	}
	if err != nil {
		return err
	}
	if v.Processing != council.Received && v.Processing != council.Checking {
		return nil
	}
	f, err := s.Store.File(ctx, system, v.File)
	if err != nil {
		return err
	}
	if v.Processing == council.Received {
		if err := s.change(ctx, v.ID, func(v *council.FileVersion) { v.Processing = council.Checking }); err != nil {
			return err
		}
	}
	r, err := s.Pipeline.Process(ctx, documents.Input{SHA256: v.SHA256, Name: f.FileName})
	if err != nil {
		return err
	}
	return s.Store.InTx(ctx, func(ctx context.Context) error {
		var worked council.FileVersion
		err := s.change(ctx, v.ID, func(v *council.FileVersion) {
			defer func() { worked = *v }()
			if r.Refused != "" {
				v.Processing, v.Problem = council.Refused, Problem(r.Refused, r.Details...)
				return
			}
			public, size := v.Prepared.Public, v.Prepared.PublicSize
			v.Processing, v.Problem, v.Prepared = council.Readable, "", r.Prepared
			v.Prepared.Public, v.Prepared.PublicSize = public, size
			v.PageSizes, v.Letters, v.OCRPages = r.PageSizes, r.Letters, r.OCRPages
		})
		if err != nil || r.Refused != "" {
			return err
		}
		if err := s.Store.SaveText(ctx, v.ID, r.Text); err != nil {
			return err
		}
		for _, job := range followUps(worked) {
			if err := s.Store.Enqueue(ctx, job); err != nil {
				return err
			}
		}
		return nil
	})
}

// ProcessFailed is called when the job was tried for the last time: the clerk sees the problem and can start it again.
func (s *Service) ProcessFailed(ctx context.Context, j jobs.ProcessFile, _ error) error {
	err := s.change(ctx, j.Version, func(v *council.FileVersion) {
		if !v.Processing.Ready() {
			v.Processing, v.Problem = council.Refused, "file.problem.failed"
		}
	})
	if gone(err) {
		return nil
	}
	return err
}

// change loads the version anew and saves it in one transaction.
func (s *Service) change(ctx context.Context, version council.ID, edit func(*council.FileVersion)) error {
	return s.Store.InTx(ctx, func(ctx context.Context) error {
		v, err := s.Store.FileVersion(ctx, system, version)
		if err != nil {
			return err
		}
		edit(&v)
		return s.Store.SaveFileVersion(ctx, &v)
	})
}

func gone(err error) bool { return err != nil && council.KindOf(err) == council.NotFound }
