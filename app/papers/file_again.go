package papers

import (
	"context"

	"ris/app/audit"
	"ris/app/council"
	"ris/app/jobs"
	"ris/auth/policy"
)

// Again has the newest version of a file worked once more: refused ones from the start, readable ones are put into the index
// anew and stay readable meanwhile. Conflict while a worker is at it.
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
		var job jobs.Job = jobs.IndexFile{File: id}
		switch {
		case n.Processing == council.Refused:
			n.Processing, n.Problem, job = council.Received, "", jobs.ProcessFile{Version: n.ID}
		case n.Processing.Ready():
			n.Problem = ""
		default:
			return council.E(council.Conflict, "file.error.in_work")
		}
		if err := s.Store.SaveFileVersion(ctx, &n); err != nil {
			return err
		}
		if err := s.Store.Enqueue(ctx, job); err != nil {
			return err
		}
		return s.Store.Audit(ctx, audit.Entry(v, s.Clock(), audit.FileAgain, "file", f.Body, id, "version", string(n.ID)))
	})
	return f, err
}
