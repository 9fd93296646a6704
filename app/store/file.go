package store

import (
	"context"

	"ris/app/council"
	"ris/auth/policy"
)

// File loads one that the viewer may read.
func (s *Store) File(ctx context.Context, v policy.Viewer, id council.ID) (council.File, error) {
	return readOne(ctx, s, v, id, toFile)
}

// Files lists those that the viewer may read, ordered by paper, role (main first), order, id.
func (s *Store) Files(ctx context.Context, v policy.Viewer, f council.FileFilter) ([]council.File, error) {
	query := equal(visible(s.read(ctx), v), "paper", f.Paper)
	query = among(query, "paper", f.Papers)
	return readList(ctx, s, query.Order("paper, CASE role WHEN 'main' THEN 0 ELSE 1 END, position, id"), toFile)
}

// SaveFile inserts or updates, see save.
func (s *Store) SaveFile(ctx context.Context, f *council.File) error {
	return saveReadable(ctx, s, &f.Stamp, f.Audience, func(key string) fileRow { return fromFile(*f, key) })
}

// DeleteFile deletes a draft with its versions and texts; the blobs stay for the blob store's own collection.
// council.Conflict: it has been published once, or somebody was given a version or has marked it.
func (s *Store) DeleteFile(ctx context.Context, id council.ID) error {
	return s.together(ctx, func(ctx context.Context) error {
		f, err := byID[fileRow](s.write(ctx), id)
		if err != nil {
			return err
		}
		if f.State != council.Draft {
			return council.E(council.Conflict, "error.conflict")
		}
		versions := s.write(ctx).Model(&fileVersionRow{}).Select("id").Where("file = ?", id)
		if err := s.write(ctx).Where("version IN (?)", versions).Delete(&pageTextRow{}).Error; err != nil {
			return failed(err)
		}
		if err := s.write(ctx).Where("file = ?", id).Delete(&fileVersionRow{}).Error; err != nil {
			return failed(err)
		}
		return remove[fileRow](s.write(ctx), id)
	})
}

type fileRow struct {
	Stamp    stampRow `gorm:"embedded"`
	Body     council.ID
	Paper    council.ID
	Role     council.FileRole
	Order    int `gorm:"column:position"`
	Name     string
	FileName string
	State    council.State
	Current  ref
	Audience string // key, see audience.go
	Mode     council.PreparationMode
}

func (fileRow) TableName() string { return "files" }

func fromFile(f council.File, audience string) fileRow {
	return fileRow{
		Stamp:    fromStamp(f.Stamp),
		Body:     f.Body,
		Paper:    f.Paper,
		Role:     f.Role,
		Order:    f.Order,
		Name:     f.Name,
		FileName: f.FileName,
		State:    f.State,
		Current:  ref(f.Current),
		Audience: audience,
		Mode:     f.Mode,
	}
}

func (r fileRow) key() string { return r.Audience }

func toFile(r fileRow, a council.Audience) council.File {
	return council.File{
		Stamp:    r.Stamp.stamp(),
		Body:     r.Body,
		Paper:    r.Paper,
		Role:     r.Role,
		Order:    r.Order,
		Name:     r.Name,
		FileName: r.FileName,
		State:    r.State,
		Current:  council.ID(r.Current),
		Audience: a,
		Mode:     r.Mode,
	}
}
