package store

import (
	"context"

	"ris/app/council"
	"ris/auth/policy"
)

// Release gives one; council.NotFound when the viewer may not know of it. System work sees all.
func (s *Store) Release(ctx context.Context, v policy.Viewer, id council.ID) (council.Release, error) {
	query := s.read(ctx)
	if !v.Unfiltered() {
		query = among(query, "body", append([]council.ID{}, policy.ReleaseBodies(v)...))
	}
	row, err := byID[releaseRow](query, id)
	return toRelease(row), err
}

// Releases lists those that the viewer may know of, latest first.
func (s *Store) Releases(ctx context.Context, v policy.Viewer, f council.ReleaseFilter) ([]council.Release, error) {
	query := s.read(ctx)
	if !v.Unfiltered() {
		query = among(query, "body", append([]council.ID{}, policy.ReleaseBodies(v)...))
	}
	query = equal(equal(query, "body", f.Body), "object", f.Object)
	if f.Act != "" {
		query = query.Where("act = ?", f.Act)
	}
	if !f.Open.IsZero() {
		query = query.Where("state IN ? AND expires <= ?", []string{string(council.ReleaseRequested), string(council.ReleaseGiven)}, instant(f.Open))
	}
	return list(query.Order("created DESC, id DESC"), toRelease)
}

// SaveRelease inserts or updates, see save: of two who decide or use at the same time one gets council.Stale.
func (s *Store) SaveRelease(ctx context.Context, r *council.Release) error {
	return save(ctx, s, &r.Stamp, func() releaseRow { return fromRelease(*r) })
}

type releaseRow struct {
	Stamp       stampRow `gorm:"embedded"`
	Body        council.ID
	Act         string
	Object      ref
	Reason      string
	State       string
	RequestedBy council.ID
	DecidedBy   ref
	DecidedAt   openTime
	Decision    string
	UsedAt      openTime
	Expires     instant
}

func (releaseRow) TableName() string { return "releases" }

func fromRelease(r council.Release) releaseRow {
	return releaseRow{Stamp: fromStamp(r.Stamp), Body: r.Body, Act: r.Act, Object: ref(r.Object), Reason: r.Reason, State: string(r.State),
		RequestedBy: r.RequestedBy, DecidedBy: ref(r.DecidedBy), DecidedAt: openTime(r.DecidedAt), Decision: r.Decision,
		UsedAt: openTime(r.UsedAt), Expires: instant(r.Expires)}
}

func toRelease(r releaseRow) council.Release {
	return council.Release{Stamp: r.Stamp.stamp(), Body: r.Body, Act: r.Act, Object: council.ID(r.Object), Reason: r.Reason,
		State: council.ReleaseState(r.State), RequestedBy: r.RequestedBy, DecidedBy: council.ID(r.DecidedBy), DecidedAt: r.DecidedAt.time(),
		Decision: r.Decision, UsedAt: r.UsedAt.time(), Expires: r.Expires.time()}
}
