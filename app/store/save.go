package store

import (
	"context"

	"gorm.io/gorm"

	"ris/app/council"
)

// stampRow is the beginning of every object's row.
type stampRow struct {
	ID       council.ID `gorm:"primaryKey"`
	Created  instant
	Modified instant
	Revision int64
}

func fromStamp(s council.Stamp) stampRow {
	return stampRow{ID: s.ID, Created: instant(s.Created), Modified: instant(s.Modified), Revision: s.Revision}
}

func (r stampRow) stamp() council.Stamp {
	return council.Stamp{ID: r.ID, Created: r.Created.time(), Modified: r.Modified.time(), Revision: r.Revision}
}

// save inserts (Revision 0) or updates (the revision must meet) one row and writes the new stamp back. toRow is called after the
// stamp is set. Errors: council.Stale when nobody has that id and revision; the stamp is as before then.
func save[R any](ctx context.Context, s *Store, stamp *council.Stamp, toRow func() R) error {
	before := *stamp
	now := s.clock()
	var err error
	if before.Revision == 0 {
		if stamp.ID == "" {
			stamp.ID = council.NewID(now)
		}
		if !stamp.ID.Valid() {
			return council.E(council.Invalid, "error.invalid")
		}
		if stamp.Created.IsZero() {
			stamp.Created = now
		}
		stamp.Modified, stamp.Revision = now, 1
		row := toRow()
		err = s.write(ctx).Create(&row).Error
	} else {
		stamp.Modified, stamp.Revision = now, before.Revision+1
		row := toRow()
		// Select("*"): zero values are written as well; without it gorm leaves them out.
		done := s.write(ctx).Where("id = ? AND revision = ?", before.ID, before.Revision).Select("*").Omit("id", "created").Updates(&row)
		if err = done.Error; err == nil && done.RowsAffected == 0 {
			err = council.E(council.Stale, "error.stale")
		}
	}
	if err != nil {
		*stamp = before
	}
	return failed(err)
}

// byID loads one row of the query; what is not an id is not found, as is what nobody has.
func byID[R any](query *gorm.DB, id council.ID) (R, error) {
	var row R
	if !id.Valid() {
		return row, council.ErrNotFound()
	}
	err := query.Where("id = ?", id).Take(&row).Error
	return row, failed(err)
}

// list loads all rows of the query and closes it before anything is converted: no query runs inside an open one.
func list[R any, T any](query *gorm.DB, convert func(R) T) ([]T, error) {
	var rows []R
	if err := query.Find(&rows).Error; err != nil {
		return nil, failed(err)
	}
	out := make([]T, len(rows))
	for i, r := range rows {
		out[i] = convert(r)
	}
	return out, nil
}

// of narrows the query to rows whose column is id; what is not an id finds nothing. column is a name in our code.
func of(query *gorm.DB, column string, id council.ID) *gorm.DB {
	if !id.Valid() {
		return nothing(query)
	}
	return query.Where(column+" = ?", id)
}

// equal narrows the query to rows whose column is id; an empty id does not narrow. column is a name in our code.
func equal(query *gorm.DB, column string, id council.ID) *gorm.DB {
	if id == "" {
		return query
	}
	return of(query, column, id)
}

// among narrows to rows whose column is one of ids; nil does not narrow, an empty list finds nothing.
func among(query *gorm.DB, column string, ids []council.ID) *gorm.DB {
	if ids == nil {
		return query
	}
	valid := make([]council.ID, 0, len(ids))
	for _, id := range ids {
		if id.Valid() {
			valid = append(valid, id)
		}
	}
	if len(valid) == 0 {
		return nothing(query)
	}
	return query.Where(column+" IN ?", valid)
}

func nothing(query *gorm.DB) *gorm.DB { return query.Where("1 = 0") }
