package release

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"ris/app/audit"
	"ris/app/council"
	"ris/auth/policy"
)

// Store keeps releases and the log.
type Store interface {
	InTx(ctx context.Context, fn func(ctx context.Context) error) error
	Release(ctx context.Context, v policy.Viewer, id council.ID) (council.Release, error)
	Releases(ctx context.Context, v policy.Viewer, f council.ReleaseFilter) ([]council.Release, error)
	SaveRelease(ctx context.Context, r *council.Release) error
	Audit(ctx context.Context, e council.AuditEntry) error
}

// Service keeps the releases.
type Service struct {
	Store Store
	Clock council.Clock
	Days  int // a request waits so long, and a permission is good for so long; 0 = 14
}

// Reasons are bounded: letters, after trimming. A reason of a word says nothing to whoever reads the log later.
const (
	leastReason = 10
	mostReason  = 1000
)

func (s *Service) until(now time.Time) time.Time {
	days := s.Days
	if days <= 0 {
		days = 14
	}
	return now.AddDate(0, 0, days)
}

// Wanted is an act that somebody wants to do.
type Wanted struct {
	Body   council.ID
	Act    string // of the audit log, "trace.use"
	Object council.ID
	Reason string
}

// Request asks for an act. Errors: not found (the viewer has no say in that Body), forbidden (may release, not ask), invalid
// when the reason is missing or too long.
func (s *Service) Request(ctx context.Context, v policy.Viewer, w Wanted) (council.Release, error) {
	if err := s.MayRequest(v, w.Body, w.Reason); err != nil {
		return council.Release{}, err
	}
	now := s.Clock()
	r := council.Release{Body: w.Body, Act: w.Act, Object: w.Object, Reason: strings.TrimSpace(w.Reason), State: council.ReleaseRequested,
		RequestedBy: v.Person(), Expires: s.until(now)}
	err := s.Store.InTx(ctx, func(ctx context.Context) error {
		if err := s.Store.SaveRelease(ctx, &r); err != nil {
			return err
		}
		return s.Store.Audit(ctx, audit.Entry(v, now, audit.ReleaseRequest, "release", r.Body, r.ID, "act", r.Act, "object", string(r.Object), "reason", r.Reason))
	})
	return r, err
}

// MayRequest answers what Request would, before anything expensive is done for it.
func (s *Service) MayRequest(v policy.Viewer, body council.ID, reason string) error {
	if !policy.MayRequestRelease(v, body) {
		if policy.SeesReleases(v, body) {
			return council.E(council.Forbidden, "error.forbidden")
		}
		return council.ErrNotFound()
	}
	return checkReason(reason)
}

func checkReason(reason string) error {
	switch n := utf8.RuneCountInString(strings.TrimSpace(reason)); {
	case n < leastReason:
		return council.E(council.Invalid, "release.error.reason_short")
	case n > mostReason:
		return council.E(council.Invalid, "release.error.reason_long")
	}
	return nil
}
