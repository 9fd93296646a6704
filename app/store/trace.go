package store

import (
	"context"
	"time"

	"ris/app/council"
	"ris/auth/policy"
)

// Trace gives one; council.NotFound when the viewer may not know of it. Its result is for the two persons alone: app/trace sees to that.
func (s *Store) Trace(ctx context.Context, v policy.Viewer, id council.ID) (council.Trace, error) {
	query := s.read(ctx)
	if !v.Unfiltered() {
		query = among(query, "body", append([]council.ID{}, policy.ReleaseBodies(v)...))
	}
	row, err := byID[traceRow](query, id)
	return toTrace(row), err
}

// Traces lists those of the Body (empty: of all bodies) that the viewer may know of, latest first; limit 0 = 100.
func (s *Store) Traces(ctx context.Context, v policy.Viewer, body council.ID, limit int) ([]council.Trace, error) {
	query := s.read(ctx)
	if !v.Unfiltered() {
		query = among(query, "body", append([]council.ID{}, policy.ReleaseBodies(v)...))
	}
	if limit <= 0 {
		limit = 100
	}
	return list(equal(query, "body", body).Order("created DESC, id DESC").Limit(limit), toTrace)
}

// SaveTrace inserts or updates, see save.
func (s *Store) SaveTrace(ctx context.Context, t *council.Trace) error {
	return save(ctx, s, &t.Stamp, func() traceRow { return fromTrace(*t) })
}

// ExpiredTraces are those whose result is still there and should not be.
func (s *Store) ExpiredTraces(ctx context.Context, now time.Time) ([]council.Trace, error) {
	return list(s.read(ctx).Where("result_until <= ? AND (result <> '' OR evidence <> '')", instant(now)), toTrace)
}

type traceRow struct {
	Stamp       stampRow `gorm:"embedded"`
	Body        council.ID
	RequestedBy council.ID
	FileName    string
	MediaType   string
	Size        int64
	SHA256      string `gorm:"column:sha256"`
	Evidence    string
	Result      string
	TracedAt    openTime
	ResultUntil openTime
}

func (traceRow) TableName() string { return "traces" }

func fromTrace(t council.Trace) traceRow {
	return traceRow{Stamp: fromStamp(t.Stamp), Body: t.Body, RequestedBy: t.RequestedBy, FileName: t.FileName, MediaType: t.MediaType, Size: t.Size,
		SHA256: t.SHA256, Evidence: t.Evidence, Result: t.Result, TracedAt: openTime(t.TracedAt), ResultUntil: openTime(t.ResultUntil)}
}

func toTrace(r traceRow) council.Trace {
	return council.Trace{Stamp: r.Stamp.stamp(), Body: r.Body, RequestedBy: r.RequestedBy, FileName: r.FileName, MediaType: r.MediaType, Size: r.Size,
		SHA256: r.SHA256, Evidence: r.Evidence, Result: r.Result, TracedAt: r.TracedAt.time(), ResultUntil: r.ResultUntil.time()}
}
