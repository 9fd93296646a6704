package store

import (
	"context"

	"gorm.io/gorm/clause"

	"ris/app/council"
	"ris/app/publication/readmodel"
)

// PublicFile gives the row of a file that is public now.
func (s *Store) PublicFile(ctx context.Context, id council.ID) (readmodel.FileRow, error) {
	var r publicFileRow
	if err := s.read(ctx).Where("id = ?", string(id)).Take(&r).Error; err != nil {
		return readmodel.FileRow{}, failed(err)
	}
	return r.file(), nil
}

// PublicPages gives the texts of the wanted pages of a file; no pages = all of them.
func (s *Store) PublicPages(ctx context.Context, file council.ID, pages ...int) ([]readmodel.PageRow, error) {
	q := s.read(ctx).Where("file = ?", string(file))
	if len(pages) > 0 {
		q = q.Where("page IN ?", pages)
	}
	var rows []publicPageRow
	if err := q.Order("page").Find(&rows).Error; err != nil {
		return nil, failed(err)
	}
	out := make([]readmodel.PageRow, len(rows))
	for i, r := range rows {
		out[i] = readmodel.PageRow{File: council.ID(r.File), Page: r.Page, Text: r.Text}
	}
	return out, nil
}

// SavePublicFile inserts or replaces the row and its pages.
func (s *Store) SavePublicFile(ctx context.Context, f readmodel.FileRow, pages []readmodel.PageRow) error {
	return s.together(ctx, func(ctx context.Context) error {
		r := fromPublicFile(f)
		if err := s.write(ctx).Clauses(clause.OnConflict{UpdateAll: true}).Create(&r).Error; err != nil {
			return failed(err)
		}
		if err := s.write(ctx).Where("file = ?", string(f.ID)).Delete(&publicPageRow{}).Error; err != nil {
			return failed(err)
		}
		if len(pages) == 0 {
			return nil
		}
		rows := make([]publicPageRow, len(pages))
		for i, p := range pages {
			rows[i] = publicPageRow{File: string(f.ID), Page: p.Page, Text: p.Text}
		}
		return failed(s.write(ctx).CreateInBatches(rows, 100).Error)
	})
}

// DeletePublicFile takes the row and its pages away; no row is no error.
func (s *Store) DeletePublicFile(ctx context.Context, id council.ID) error {
	return s.together(ctx, func(ctx context.Context) error {
		if err := s.write(ctx).Where("file = ?", string(id)).Delete(&publicPageRow{}).Error; err != nil {
			return failed(err)
		}
		return failed(s.write(ctx).Where("id = ?", string(id)).Delete(&publicFileRow{}).Error)
	})
}

// AnyPublicFile reports whether the public has a file at all.
func (s *Store) AnyPublicFile(ctx context.Context) (bool, error) {
	var ids []string
	err := s.read(ctx).Model(&publicFileRow{}).Limit(1).Pluck("id", &ids).Error
	return len(ids) > 0, failed(err)
}

// PublicBlobUsed reports whether a public file still lies in that blob.
func (s *Store) PublicBlobUsed(ctx context.Context, blob string) (bool, error) {
	var n int64
	err := s.read(ctx).Model(&publicFileRow{}).Where("blob = ?", blob).Count(&n).Error
	return n > 0, failed(err)
}

// SaveRendition remembers the SHA-512 and size of a public rendition that was written.
func (s *Store) SaveRendition(ctx context.Context, blob, sha512 string, size int64) error {
	return s.together(ctx, func(ctx context.Context) error {
		r := renditionRow{Blob: blob, SHA512: sha512, Size: size}
		return failed(s.write(ctx).Clauses(clause.OnConflict{UpdateAll: true}).Create(&r).Error)
	})
}

// Rendition gives what SaveRendition kept; council.NotFound when there is none.
func (s *Store) Rendition(ctx context.Context, blob string) (sha512 string, size int64, err error) {
	var r renditionRow
	if err := s.read(ctx).Where("blob = ?", blob).Take(&r).Error; err != nil {
		return "", 0, failed(err)
	}
	return r.SHA512, r.Size, nil
}

// DeleteRendition forgets it; none is no error.
func (s *Store) DeleteRendition(ctx context.Context, blob string) error {
	return s.together(ctx, func(ctx context.Context) error {
		return failed(s.write(ctx).Where("blob = ?", blob).Delete(&renditionRow{}).Error)
	})
}
