package store

import (
	"context"
	"time"

	"gorm.io/gorm"

	"ris/app/council"
	"ris/app/publication/readmodel"
)

var _ readmodel.Writer = (*Store)(nil)

// PublicObject gives one row of the read model, which may be a tombstone; council.NotFound when there is none.
func (s *Store) PublicObject(ctx context.Context, id council.ID) (readmodel.Object, error) {
	var r publicObjectRow
	if err := s.read(ctx).Where("id = ?", string(id)).Take(&r).Error; err != nil {
		return readmodel.Object{}, failed(err)
	}
	return r.object(), nil
}

// PublicObjects gives those of ids that exist, tombstones too, in the order of ids.
func (s *Store) PublicObjects(ctx context.Context, ids []council.ID) ([]readmodel.Object, error) {
	found, err := s.publicByID(ctx, ids, "*")
	if err != nil {
		return nil, err
	}
	out := make([]readmodel.Object, 0, len(found))
	for _, id := range ids {
		if o, ok := found[id]; ok {
			out = append(out, o)
		}
	}
	return out, nil
}

// PublicHeads gives what the gate compares of those of ids that exist: everything but the OParl text.
func (s *Store) PublicHeads(ctx context.Context, ids []council.ID) (map[council.ID]readmodel.Object, error) {
	return s.publicByID(ctx, ids, "id", "type", "body", "content", "created", "modified", "deleted", "sort_at")
}

func (s *Store) publicByID(ctx context.Context, ids []council.ID, columns ...string) (map[council.ID]readmodel.Object, error) {
	out := make(map[council.ID]readmodel.Object, len(ids))
	for len(ids) > 0 {
		part := ids[:min(len(ids), publicBatch)]
		ids = ids[len(part):]
		var rows []publicObjectRow
		if err := s.read(ctx).Select(columns).Where("id IN ?", plain(part)).Find(&rows).Error; err != nil {
			return nil, failed(err)
		}
		for _, r := range rows {
			out[council.ID(r.ID)] = r.object()
		}
	}
	return out, nil
}

// publicBatch keeps the number of values in one IN list below what both databases take.
const publicBatch = 500

// PublicList is a page of an OParl list, ordered by id; total counts the whole list, before how many lie before the page.
func (s *Store) PublicList(ctx context.Context, f readmodel.ListFilter) (page []readmodel.Object, total, before int, err error) {
	list := func() *gorm.DB {
		q := s.read(ctx).Model(&publicObjectRow{}).Where("type = ?", string(f.Type))
		if f.Body != "" {
			q = q.Where("body = ?", string(f.Body))
		}
		if f.Relation != "" {
			linked := s.read(ctx).Model(&publicLinkRow{}).Select("source").Where("target = ? AND relation = ?", string(f.Target), string(f.Relation))
			q = q.Where("id IN (?)", linked)
		}
		if f.ModifiedSince.IsZero() {
			q = q.Where("deleted = ?", false)
		}
		return between(between(q, "created", f.CreatedSince, f.CreatedUntil), "modified", f.ModifiedSince, f.ModifiedUntil)
	}
	var all, earlier int64
	if err := list().Count(&all).Error; err != nil {
		return nil, 0, 0, failed(err)
	}
	q := list()
	if f.After != "" {
		if err := list().Where("id <= ?", string(f.After)).Count(&earlier).Error; err != nil {
			return nil, 0, 0, failed(err)
		}
		q = q.Where("id > ?", string(f.After))
	}
	var rows []publicObjectRow
	if err := q.Order("id").Limit(max(f.Limit, 1)).Find(&rows).Error; err != nil {
		return nil, 0, 0, failed(err)
	}
	return objects(rows), int(all), int(earlier), nil
}

// between narrows to since <= column <= until. OParl shows whole seconds, so a bound takes in the whole second that it names.
func between(q *gorm.DB, column string, since, until time.Time) *gorm.DB {
	if !since.IsZero() {
		q = q.Where(column+" >= ?", since.Truncate(time.Second).UnixMicro())
	}
	if !until.IsZero() {
		q = q.Where(column+" < ?", until.Truncate(time.Second).Add(time.Second).UnixMicro())
	}
	return q
}

// PublicTimeline gives living objects of a type with from <= SortAt < to, ordered by that, then by id.
func (s *Store) PublicTimeline(ctx context.Context, f readmodel.TimelineFilter) ([]readmodel.Object, error) {
	q := s.read(ctx).Where("type = ? AND deleted = ?", string(f.Type), false)
	if f.Body != "" {
		q = q.Where("body = ?", string(f.Body))
	}
	if !f.From.IsZero() {
		q = q.Where("sort_at >= ?", f.From.UnixMicro())
	}
	if !f.To.IsZero() {
		q = q.Where("sort_at < ?", f.To.UnixMicro())
	}
	order := "sort_at, id"
	if f.Descending {
		order = "sort_at DESC, id DESC"
	}
	if q = q.Order(order).Offset(f.Offset); f.Limit > 0 {
		q = q.Limit(f.Limit)
	} else if f.Offset > 0 {
		q = q.Limit(1 << 30) // SQLite knows no OFFSET without LIMIT
	}
	var rows []publicObjectRow
	if err := q.Find(&rows).Error; err != nil {
		return nil, failed(err)
	}
	return objects(rows), nil
}

// PublicLatest is the newest change of a type in a Body (empty = all), tombstones included; zero when there is none.
func (s *Store) PublicLatest(ctx context.Context, t readmodel.Type, body council.ID) (time.Time, error) {
	q := s.read(ctx).Model(&publicObjectRow{}).Where("type = ?", string(t))
	if body != "" {
		q = q.Where("body = ?", string(body))
	}
	var latest int64
	if err := q.Select("COALESCE(MAX(modified), 0)").Scan(&latest).Error; err != nil {
		return time.Time{}, failed(err)
	}
	return fromMicros(latest), nil
}

func objects(rows []publicObjectRow) []readmodel.Object {
	out := make([]readmodel.Object, len(rows))
	for i, r := range rows {
		out[i] = r.object()
	}
	return out
}

func plain(ids []council.ID) []string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = string(id)
	}
	return out
}
