package papers

import (
	"context"
	"errors"

	"ris/app/council"
	"ris/app/jobs"
	"ris/documents"
)

// ProcessJob is the function of process_file: virus scan, conversion, then check, prepare, text and state, then the jobs that follow.
// Repeat-safe: a version that has been worked is left alone. Nothing of it runs inside of a transaction but the writing of results.
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
	t := s.track(ctx, v.ID)
	t.plan(s.steps(v)...)
	err = s.process(ctx, t, v, f)
	if errors.Is(err, errQuarantine) {
		t.drop(stepOrder...)
		return nil // it waits for somebody
	}
	return err
}

// steps are those that lie before a version.
func (s *Service) steps(v council.FileVersion) (out []documents.Step) {
	if s.Scanner != nil {
		out = append(out, documents.StepScan)
	}
	if v.MediaType != "" && v.Converted == "" {
		out = append(out, documents.StepConvert)
	}
	return append(out, documents.StepPrepare, documents.StepProof, documents.StepText, documents.StepIndex)
}

func (s *Service) process(ctx context.Context, t *track, v council.FileVersion, f council.File) error {
	refused, err := s.scan(ctx, t, v)
	if err != nil || refused {
		t.dropIf(refused)
		return err
	}
	if v, err = s.convert(ctx, t, v, f); err != nil || v.Processing == council.Refused {
		t.dropIf(v.Processing == council.Refused)
		return err
	}
	mode, err := s.mode(ctx, f)
	if err != nil {
		return err
	}
	r, err := s.Pipeline.Process(ctx, documents.Input{SHA256: v.SHA256, Converted: v.Converted, Name: f.FileName, Mode: mode, Progress: t.progress})
	if err != nil && errors.Is(ctx.Err(), context.DeadlineExceeded) {
		// The time of a whole job was not enough, though nothing stood still: a second try would take as long. The clerk is told at once.
		r, err, ctx = documents.Result{Refused: documents.RefusedTimeout}, nil, context.WithoutCancel(ctx)
		t = s.track(ctx, v.ID)
	}
	if err != nil {
		t.end(council.StepWaiting, "")
		return err
	}
	if r.Refused != "" {
		problem := Problem(r.Refused, r.Details...)
		t.orBegin(documents.StepPrepare)
		t.end(council.StepFailed, problem)
		t.drop(stepOrder...)
		_, err := s.refuse(ctx, v.ID, problem)
		return err
	}
	r.Findings = append(t.notes(documents.StepConvert), r.Findings...) // what the PDF does not show is as good to know as what it hides
	if err := s.keep(ctx, v.ID, r); err != nil {
		t.end(council.StepWaiting, "")
		return err
	}
	t.end(council.StepDone, "")
	t.drop(documents.StepPrepare, documents.StepProof, documents.StepText) // a step that the pipeline had no need to name
	return nil
}

// mode is the clerk's choice for the file, else the Body's for papers of this type, else the standard one.
func (s *Service) mode(ctx context.Context, f council.File) (council.PreparationMode, error) {
	if f.Mode != "" {
		return f.Mode, nil
	}
	p, err := s.Store.Paper(ctx, system, f.Paper)
	if err != nil {
		return "", err
	}
	return s.Store.PreparationMode(ctx, p.Body, p.PaperType)
}

// keep writes what the pipeline found and asks for the jobs that follow, in one transaction.
func (s *Service) keep(ctx context.Context, version council.ID, r documents.Result) error {
	return s.Store.InTx(ctx, func(ctx context.Context) error {
		var worked council.FileVersion
		err := s.change(ctx, version, func(v *council.FileVersion) {
			public, size := v.Prepared.Public, v.Prepared.PublicSize
			v.Processing, v.Problem, v.Prepared = council.Readable, "", r.Prepared
			v.Prepared.Public, v.Prepared.PublicSize = public, size
			v.PageSizes, v.Letters, v.OCRPages = r.PageSizes, r.Letters, r.OCRPages
			v.Language, v.Findings = r.Language, r.Findings
			if v.OCR = ""; r.OCRPages > 0 {
				v.OCR = council.OCRNeeded
			}
			worked = *v
		})
		if err != nil {
			return err
		}
		if err := s.Store.SaveText(ctx, version, r.Text); err != nil {
			return err
		}
		if err := s.Store.SaveOutline(ctx, version, council.DocumentOutline{Entries: r.Outline, Links: r.Links, Language: r.Language}); err != nil {
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
	const problem = "file.problem.failed"
	refused := false
	err := s.change(ctx, j.Version, func(v *council.FileVersion) {
		if refused = !v.Processing.Ready(); refused {
			v.Processing, v.Problem = council.Refused, problem
		}
	})
	if gone(err) {
		return nil
	}
	if err == nil && refused {
		t := s.track(ctx, j.Version)
		t.fail(problem)
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
