package papers

import (
	"context"

	"ris/app/audit"
	"ris/app/council"
	"ris/app/jobs"
	"ris/auth/policy"
	"ris/documents"
)

// Again has the newest version of a file worked once more: one that was refused or waits in quarantine from the start; one that is
// readable in the steps that failed, else it is put into the index anew, and stays readable meanwhile. Conflict while a worker is at
// it, and when the bytes of an infected upload have been deleted.
func (s *Service) Again(ctx context.Context, v policy.Viewer, id council.ID, expected int64) (council.File, error) {
	var f council.File
	err := s.Store.InTx(ctx, func(ctx context.Context) (err error) {
		if f, err = s.file(ctx, v, id, expected); err != nil {
			return err
		}
		versions, err := s.Store.FileVersions(ctx, system, id)
		if err != nil {
			return err
		}
		n, ok := newest(versions)
		if !ok {
			return council.ErrNotFound()
		}
		steps, err := s.Store.Steps(ctx, system, []council.ID{n.ID})
		if err != nil {
			return err
		}
		var again []jobs.Job
		switch {
		case n.SHA256 == "":
			return council.E(council.Conflict, "file.error.erased")
		case n.Processing == council.Refused, n.Processing == council.Checking && n.Problem != "":
			n.Processing, n.Problem, again = council.Received, "", []jobs.Job{jobs.ProcessFile{Version: n.ID}}
		case n.Processing.Ready():
			n.Problem, again = "", s.failedSteps(n, steps)
		default:
			return council.E(council.Conflict, "file.error.in_work")
		}
		if err := s.Store.SaveFileVersion(ctx, &n); err != nil {
			return err
		}
		for _, p := range steps {
			if p.State == council.StepFailed || p.State == council.StepWaiting {
				p.State, p.Problem, p.Tries = council.StepWaiting, "", 0
				if err := s.Store.SaveStep(ctx, p); err != nil {
					return err
				}
			}
		}
		for _, job := range again {
			if err := s.Store.Enqueue(ctx, job); err != nil {
				return err
			}
		}
		return s.Store.Audit(ctx, audit.Entry(v, s.Clock(), audit.FileAgain, "file", f.Body, id, "version", string(n.ID)))
	})
	return f, err
}

// failedSteps are the jobs of the steps that failed; without one it is the index.
func (s *Service) failedSteps(v council.FileVersion, steps []council.ProcessingStep) (out []jobs.Job) {
	for _, p := range steps {
		if p.State != council.StepFailed {
			continue
		}
		if job := stepJob(documents.Step(p.Name), v); job != nil {
			out = append(out, job)
		}
	}
	if out == nil {
		out = []jobs.Job{jobs.IndexFile{File: v.File}}
	}
	return out
}
