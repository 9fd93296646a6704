package store

import (
	"context"

	"ris/app/council"
	"ris/auth/policy"
)

// FileVersion loads one that the viewer may read.
func (s *Store) FileVersion(ctx context.Context, v policy.Viewer, id council.ID) (council.FileVersion, error) {
	return readOne(ctx, s, v, id, toFileVersion)
}

// FileVersions lists those of the file that the viewer may read, the first upload first.
func (s *Store) FileVersions(ctx context.Context, v policy.Viewer, file council.ID) ([]council.FileVersion, error) {
	return readList(ctx, s, of(visible(s.read(ctx), v), "file", file).Order("number, id"), toFileVersion)
}

// SearchableFiles lists, in the order of ids, the next files after one that have a version which was put into the index.
func (s *Store) SearchableFiles(ctx context.Context, v policy.Viewer, after council.ID, limit int) ([]council.ID, error) {
	var ids []council.ID
	query := visible(s.read(ctx), v).Model(&fileVersionRow{}).Where("processing = ?", council.Searchable)
	if after != "" {
		query = query.Where("file > ?", after)
	}
	err := query.Distinct().Order("file").Limit(limit).Pluck("file", &ids).Error
	return ids, failed(err)
}

// SaveFileVersion inserts or updates, see save. council.Conflict: the file has a version of that number already.
func (s *Store) SaveFileVersion(ctx context.Context, f *council.FileVersion) error {
	return saveReadable(ctx, s, &f.Stamp, f.Audience, func(key string) fileVersionRow { return fromFileVersion(*f, key) })
}

type fileVersionRow struct {
	Stamp       stampRow `gorm:"embedded"`
	Body        council.ID
	File        council.ID
	Paper       council.ID
	Number      int
	SHA256      string `gorm:"column:sha256"`
	Size        int64
	UploadedBy  ref
	Reason      string
	State       council.State
	PublishedAt openTime
	Audience    string // key, see audience.go
	Processing  council.ProcessingState
	Problem     string
	Prepared    preparedRow `gorm:"embedded;embeddedPrefix:prepared_"`
	PageSizes   packed[[]council.PageSize]
	Letters     int
	OCRPages    int `gorm:"column:ocr_pages"`
	Indexed     bool
	MediaType   string
	Converted   string
	OCR         council.OCRState `gorm:"column:ocr"`
	Language    string
	Findings    packed[[]string]
}

// preparedRow stands in the version's own row.
type preparedRow struct {
	Blob       string
	Size       int64
	SlotOffset int64
	SlotLength int64
	SlotObject int
	Public     string
	PublicSize int64
	Repaired   bool
	Parts      packed[council.Parts]
}

func fromPrepared(p council.Prepared) preparedRow {
	return preparedRow{Blob: p.Blob, Size: p.Size, SlotOffset: p.SlotOffset, SlotLength: p.SlotLength, SlotObject: p.SlotObject,
		Public: p.Public, PublicSize: p.PublicSize, Repaired: p.Repaired, Parts: packed[council.Parts]{p.Parts}}
}

func (r preparedRow) prepared() council.Prepared {
	return council.Prepared{Blob: r.Blob, Size: r.Size, SlotOffset: r.SlotOffset, SlotLength: r.SlotLength, SlotObject: r.SlotObject,
		Public: r.Public, PublicSize: r.PublicSize, Repaired: r.Repaired, Parts: r.Parts.Data}
}

func (fileVersionRow) TableName() string { return "file_versions" }

func (r fileVersionRow) key() string { return r.Audience }

func fromFileVersion(f council.FileVersion, audience string) fileVersionRow {
	return fileVersionRow{
		Stamp:       fromStamp(f.Stamp),
		Body:        f.Body,
		File:        f.File,
		Paper:       f.Paper,
		Number:      f.Number,
		SHA256:      f.SHA256,
		Size:        f.Size,
		UploadedBy:  ref(f.UploadedBy),
		Reason:      f.Reason,
		State:       f.State,
		PublishedAt: openTime(f.PublishedAt),
		Audience:    audience,
		Processing:  f.Processing,
		Problem:     f.Problem,
		Prepared:    fromPrepared(f.Prepared),
		PageSizes:   packed[[]council.PageSize]{f.PageSizes},
		Letters:     f.Letters,
		OCRPages:    f.OCRPages,
		Indexed:     f.Indexed,
		MediaType:   f.MediaType,
		Converted:   f.Converted,
		OCR:         f.OCR,
		Language:    f.Language,
		Findings:    packed[[]string]{f.Findings},
	}
}

func toFileVersion(r fileVersionRow, a council.Audience) council.FileVersion {
	return council.FileVersion{
		Stamp:       r.Stamp.stamp(),
		Body:        r.Body,
		File:        r.File,
		Paper:       r.Paper,
		Number:      r.Number,
		SHA256:      r.SHA256,
		Size:        r.Size,
		UploadedBy:  council.ID(r.UploadedBy),
		Reason:      r.Reason,
		State:       r.State,
		PublishedAt: r.PublishedAt.time(),
		Audience:    a,
		Processing:  r.Processing,
		Problem:     r.Problem,
		Prepared:    r.Prepared.prepared(),
		PageSizes:   r.PageSizes.Data,
		Letters:     r.Letters,
		OCRPages:    r.OCRPages,
		Indexed:     r.Indexed,
		MediaType:   r.MediaType,
		Converted:   r.Converted,
		OCR:         r.OCR,
		Language:    r.Language,
		Findings:    r.Findings.Data,
	}
}
