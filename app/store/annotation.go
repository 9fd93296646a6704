package store

import (
	"context"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"ris/app/council"
	"ris/auth/policy"
)

// AnnotationsSince lists the viewer's own marks whose Seq is above the cursor, tombstones too, in the order of Seq. A mark that
// was changed again is listed once, at its latest Seq. limit 0 = no limit. System work lists everybody's.
func (s *Store) AnnotationsSince(ctx context.Context, v policy.Viewer, cursor int64, limit int) ([]council.Annotation, error) {
	query := own(s.read(ctx), v).Where("sequence > ?", cursor).Order("sequence, id")
	if limit > 0 {
		query = query.Limit(limit)
	}
	return list(query, toAnnotation)
}

// Annotation loads one of the viewer's own marks, also a tombstone.
func (s *Store) Annotation(ctx context.Context, v policy.Viewer, id council.ID) (council.Annotation, error) {
	row, err := byID[annotationRow](own(s.read(ctx), v), id)
	return toAnnotation(row), err
}

// SaveAnnotation inserts or updates, see save, and gives the mark the owner's next Seq. The owner's feed is locked until the
// transaction ends, so that no device sees a Seq before a smaller one. The id comes from the device; council.Conflict: it is
// taken.
func (s *Store) SaveAnnotation(ctx context.Context, a *council.Annotation) error {
	return s.together(ctx, func(ctx context.Context) error {
		before := a.Seq
		next, err := s.nextSequence(ctx, a.Owner)
		if err != nil {
			return err
		}
		a.Seq = next
		stamp := council.Stamp{ID: a.ID, Created: a.Created, Modified: a.Modified, Revision: a.Revision}
		err = save(ctx, s, &stamp, func() annotationRow { return fromAnnotation(*a, stamp) })
		if err != nil {
			a.Seq = before
			return err
		}
		a.ID, a.Created, a.Modified, a.Revision = stamp.ID, stamp.Created, stamp.Modified, stamp.Revision
		return nil
	})
}

// nextSequence counts the owner's feed on; the row stays locked until the transaction ends.
func (s *Store) nextSequence(ctx context.Context, owner council.ID) (int64, error) {
	row := feedRow{Owner: owner, Sequence: 1}
	count := clause.OnConflict{
		Columns:   []clause.Column{{Name: "owner"}},
		DoUpdates: clause.Assignments(map[string]any{"sequence": gorm.Expr("annotation_feeds.sequence + 1")}),
	}
	err := s.write(ctx).Clauses(count, clause.Returning{Columns: []clause.Column{{Name: "sequence"}}}).Create(&row).Error
	return row.Sequence, failed(err)
}

// own is the SQL form of policy.ForAnnotation: the owner alone; nobody for the zero Viewer and the public.
func own(query *gorm.DB, v policy.Viewer) *gorm.DB {
	query = as(query, v)
	switch {
	case v.Unfiltered():
		return query
	case v.SignedIn():
		return query.Where("owner = ?", v.Person())
	default:
		return nothing(query)
	}
}

type feedRow struct {
	Owner    council.ID `gorm:"primaryKey"`
	Sequence int64
}

func (feedRow) TableName() string { return "annotation_feeds" }

type annotationRow struct {
	Stamp     stampRow `gorm:"embedded"`
	Owner     council.ID
	Paper     council.ID
	File      council.ID
	Version   council.ID
	Kind      string
	Page      int
	Quads     packed[[][4]float64]
	Quote     string
	Prefix    string
	Suffix    string
	Start     int    `gorm:"column:start_offset"`
	End       int    `gorm:"column:end_offset"`
	Body      string `gorm:"column:note"`
	Style     string
	Seq       int64 `gorm:"column:sequence"`
	DeletedAt openTime
}

func (annotationRow) TableName() string { return "annotations" }

func fromAnnotation(a council.Annotation, stamp council.Stamp) annotationRow {
	return annotationRow{
		Stamp:     fromStamp(stamp),
		Owner:     a.Owner,
		Paper:     a.Paper,
		File:      a.File,
		Version:   a.Version,
		Kind:      a.Kind,
		Page:      a.Page,
		Quads:     packed[[][4]float64]{a.Quads},
		Quote:     a.Quote,
		Prefix:    a.Prefix,
		Suffix:    a.Suffix,
		Start:     a.Start,
		End:       a.End,
		Body:      a.Body,
		Style:     a.Style,
		Seq:       a.Seq,
		DeletedAt: openTime(a.DeletedAt),
	}
}

func toAnnotation(r annotationRow) council.Annotation {
	return council.Annotation{
		ID:        r.Stamp.ID,
		Owner:     r.Owner,
		Paper:     r.Paper,
		File:      r.File,
		Version:   r.Version,
		Kind:      r.Kind,
		Page:      r.Page,
		Quads:     r.Quads.Data,
		Quote:     r.Quote,
		Prefix:    r.Prefix,
		Suffix:    r.Suffix,
		Start:     r.Start,
		End:       r.End,
		Body:      r.Body,
		Style:     r.Style,
		Revision:  r.Stamp.Revision,
		Seq:       r.Seq,
		Created:   r.Stamp.Created.time(),
		Modified:  r.Stamp.Modified.time(),
		DeletedAt: r.DeletedAt.time(),
	}
}
