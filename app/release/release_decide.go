package release

import (
	"context"
	"strings"
	"unicode/utf8"

	"ris/app/audit"
	"ris/app/council"
	"ris/auth/policy"
)

// Decide releases or refuses a request; revision is the one that was seen (0 = not asked). A refusal needs a reason, a release
// may have one. Errors: not found; forbidden for the one who asked; conflict when it has been decided or has expired; stale.
func (s *Service) Decide(ctx context.Context, v policy.Viewer, id council.ID, revision int64, give bool, reason string) (council.Release, error) {
	var r council.Release
	err := s.Store.InTx(ctx, func(ctx context.Context) (err error) {
		if r, err = s.Show(ctx, v, id); err != nil {
			return err
		}
		switch {
		case !policy.MayDecideRelease(v, r.Body, r.RequestedBy):
			return council.E(council.Forbidden, "release.error.same_person")
		case revision != 0 && revision != r.Revision:
			return council.E(council.Stale, "error.stale")
		case r.State == council.ReleaseExpired:
			return council.E(council.Conflict, "release.error.expired")
		case r.State != council.ReleaseRequested:
			return council.E(council.Conflict, "release.error.decided")
		}
		reason = strings.TrimSpace(reason)
		if utf8.RuneCountInString(reason) > mostReason {
			return council.E(council.Invalid, "release.error.reason_long")
		}
		now, act := s.Clock(), audit.ReleaseGive
		r.State, r.DecidedBy, r.DecidedAt, r.Decision, r.Expires = council.ReleaseGiven, v.Person(), now, reason, s.until(now)
		if !give {
			if err := checkReason(reason); err != nil {
				return err
			}
			r.State, act = council.ReleaseRefused, audit.ReleaseRefuse
		}
		if err := s.Store.SaveRelease(ctx, &r); err != nil {
			return err
		}
		return s.Store.Audit(ctx, audit.Entry(v, now, act, "release", r.Body, r.ID, "act", r.Act, "object", string(r.Object), "reason", reason))
	})
	return r, err
}

// Show gives one release as it counts now; not found for everybody who may not know of it.
func (s *Service) Show(ctx context.Context, v policy.Viewer, id council.ID) (council.Release, error) {
	r, err := s.Store.Release(ctx, v, id)
	if err == nil && !v.Unfiltered() && !policy.SeesReleases(v, r.Body) {
		err = council.ErrNotFound()
	}
	return r.At(s.Clock()), err
}

// List gives the releases for an act that the viewer may know of, as they count now, latest first.
func (s *Service) List(ctx context.Context, v policy.Viewer, f council.ReleaseFilter) ([]council.Release, error) {
	all, err := s.Store.Releases(ctx, v, f)
	for i := range all {
		all[i] = all[i].At(s.Clock())
	}
	return all, err
}
