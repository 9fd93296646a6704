package store

import (
	"context"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"ris/app/council"
	"ris/auth/policy"
)

// Upload loads one of the viewer's own; council.NotFound for anybody else's.
func (s *Store) Upload(ctx context.Context, v policy.Viewer, id council.ID) (council.Upload, error) {
	row, err := byID[uploadRow](ownUploads(s.read(ctx), v), id)
	return toUpload(row), err
}

// Uploads lists the viewer's own to the paper, the first begun first; an empty paper = to all papers.
func (s *Store) Uploads(ctx context.Context, v policy.Viewer, paper council.ID) ([]council.Upload, error) {
	return list(equal(ownUploads(s.read(ctx), v), "paper", paper).Order("created, id"), toUpload)
}

// ExpiredUploads lists those whose time is over.
func (s *Store) ExpiredUploads(ctx context.Context, now time.Time) ([]council.Upload, error) {
	return list(s.unfiltered(ctx, "uploads to forget").Where("expires < ?", instant(now)).Order("id"), toUpload)
}

// SaveUpload inserts or updates, see save.
func (s *Store) SaveUpload(ctx context.Context, u *council.Upload) error {
	return save(ctx, s, &u.Stamp, func() uploadRow { return fromUpload(*u) })
}

// DeleteUpload forgets it; what is not there is no error.
func (s *Store) DeleteUpload(ctx context.Context, id council.ID) error {
	if !id.Valid() {
		return nil
	}
	return failed(s.write(ctx).Where("id = ?", id).Delete(&uploadRow{}).Error)
}

// HoldPaper keeps others from adding to the paper until the transaction in ctx ends: a row lock with PostgreSQL, while SQLite has one
// writer anyway. council.NotFound when there is no such paper.
func (s *Store) HoldPaper(ctx context.Context, paper council.ID) error {
	_, err := byID[paperRow](s.write(ctx).Clauses(clause.Locking{Strength: "UPDATE"}), paper)
	return err
}

// ownUploads: an upload is seen by the person who began it, and by system work.
func ownUploads(query *gorm.DB, v policy.Viewer) *gorm.DB {
	query = as(query, v)
	switch {
	case v.Unfiltered():
		return query
	case v.SignedIn():
		return query.Where("person = ?", v.Person())
	default:
		return nothing(query)
	}
}

type uploadRow struct {
	Stamp    stampRow `gorm:"embedded"`
	Person   council.ID
	Paper    council.ID
	Role     council.FileRole
	Name     string
	FileName string
	Replaces ref
	Reason   string
	Length   int64
	Expires  instant
	State    council.UploadState
	Problem  string
	File     ref
}

func (uploadRow) TableName() string { return "uploads" }

func fromUpload(u council.Upload) uploadRow {
	return uploadRow{
		Stamp:    fromStamp(u.Stamp),
		Person:   u.Person,
		Paper:    u.Paper,
		Role:     u.Role,
		Name:     u.Name,
		FileName: u.FileName,
		Replaces: ref(u.Replaces),
		Reason:   u.Reason,
		Length:   u.Length,
		Expires:  instant(u.Expires),
		State:    u.State,
		Problem:  u.Problem,
		File:     ref(u.File),
	}
}

func toUpload(r uploadRow) council.Upload {
	return council.Upload{
		Stamp:    r.Stamp.stamp(),
		Person:   r.Person,
		Paper:    r.Paper,
		Role:     r.Role,
		Name:     r.Name,
		FileName: r.FileName,
		Replaces: council.ID(r.Replaces),
		Reason:   r.Reason,
		Length:   r.Length,
		Expires:  r.Expires.time(),
		State:    r.State,
		Problem:  r.Problem,
		File:     council.ID(r.File),
	}
}
