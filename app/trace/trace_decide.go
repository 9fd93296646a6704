package trace

import (
	"context"
	"encoding/json"

	"ris/app/audit"
	"ris/app/council"
	"ris/auth/policy"
	"ris/documents/trace"
)

// Decide releases or refuses a question, see release.Decide. A release is used at once: the copies of the Body are compared, in the
// same transaction, so that there is never a release without its answer nor an answer without its release. A question without a
// file waits for the operator.
func (s *Service) Decide(ctx context.Context, v policy.Viewer, id council.ID, revision int64, give bool, reason string) (View, error) {
	t, r, err := s.load(ctx, v, id)
	if err != nil {
		return View{}, err
	}
	err = s.Store.InTx(ctx, func(ctx context.Context) (err error) {
		if r, err = s.Releases.Decide(ctx, v, r.ID, revision, give, reason); err != nil || !give || t.FileName == "" {
			return err
		}
		e, err := evidence(t)
		if err != nil {
			return err
		}
		r, err = s.use(ctx, v, &t, r, e)
		return err
	})
	if err != nil {
		return View{}, err
	}
	return s.view(ctx, v, t, r)
}

// use looks up with the release, which serves once.
func (s *Service) use(ctx context.Context, who policy.Viewer, t *council.Trace, r council.Release, e trace.Evidence) (council.Release, error) {
	r, err := s.Releases.Use(ctx, who, r.ID, audit.TraceUse, t.ID)
	if err != nil {
		return r, err
	}
	result, err := s.lookUp(ctx, t.Body, e)
	if err != nil {
		return r, err
	}
	packed, err := json.Marshal(result)
	if err != nil {
		return r, err
	}
	now := s.Clock()
	t.Result, t.TracedAt, t.ResultUntil = string(packed), now, s.until(now)
	if err := s.Store.SaveTrace(ctx, t); err != nil {
		return r, err
	}
	found := "no"
	if len(result.Found) > 0 {
		found = "yes" // whom, is for the two alone; the log is read by others
	}
	return r, s.Store.Audit(ctx, audit.Entry(who, now, audit.TraceUse, "trace", t.Body, t.ID, "release", string(r.ID), "sha256", t.SHA256, "found", found))
}
