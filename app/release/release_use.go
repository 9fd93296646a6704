package release

import (
	"context"

	"ris/app/audit"
	"ris/app/council"
	"ris/auth/policy"
)

// Use takes the permission for that act on that object: it serves once. It is called in the transaction of the act, which rolls it
// back when the act fails. who stands in the log: a person, or named system work (the command line of the server).
// Errors: not found when there is no such release for this act and object; conflict when it is not (or no longer) released.
func (s *Service) Use(ctx context.Context, who policy.Viewer, id council.ID, act string, object council.ID) (council.Release, error) {
	var r council.Release
	err := s.Store.InTx(ctx, func(ctx context.Context) (err error) {
		if r, err = s.Show(ctx, who, id); err != nil {
			return err
		}
		if r.Act != act || r.Object != object {
			return council.ErrNotFound()
		}
		switch r.State {
		case council.ReleaseGiven:
		case council.ReleaseUsed:
			return council.E(council.Conflict, "release.error.used")
		case council.ReleaseExpired:
			return council.E(council.Conflict, "release.error.expired")
		default:
			return council.E(council.Conflict, "release.error.not_released")
		}
		now := s.Clock()
		r.State, r.UsedAt = council.ReleaseUsed, now
		if err := s.Store.SaveRelease(ctx, &r); err != nil {
			return err
		}
		return s.Store.Audit(ctx, audit.Entry(who, now, audit.ReleaseUse, "release", r.Body, r.ID, "act", r.Act, "object", string(r.Object)))
	})
	return r, err
}

// Expire writes down which open releases have expired: they counted for nothing from their end on, this is for the log.
func (s *Service) Expire(ctx context.Context) error {
	work, now := policy.System("expired releases"), s.Clock()
	open, err := s.Store.Releases(ctx, work, council.ReleaseFilter{Open: now})
	if err != nil {
		return err
	}
	for _, r := range open {
		err := s.Store.InTx(ctx, func(ctx context.Context) error {
			r.State = council.ReleaseExpired
			if err := s.Store.SaveRelease(ctx, &r); err != nil {
				return err
			}
			return s.Store.Audit(ctx, audit.Entry(work, now, audit.ReleaseExpire, "release", r.Body, r.ID, "act", r.Act, "object", string(r.Object)))
		})
		if err != nil && council.KindOf(err) != council.Stale { // decided this very moment
			return err
		}
	}
	return nil
}
