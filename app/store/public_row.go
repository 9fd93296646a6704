package store

import (
	"time"

	"ris/app/council"
	"ris/app/publication/readmodel"
)

// The rows of the publication read model. Times are microseconds since 1970, UTC: both databases sort and compare them alike.

type publicObjectRow struct {
	ID       string `gorm:"primaryKey"`
	Type     string
	Body     string
	OParl    string `gorm:"column:oparl"`
	Content  string
	Created  int64
	Modified int64
	Deleted  bool
	SortAt   int64
}

func (publicObjectRow) TableName() string { return "public_objects" }

type publicLinkRow struct {
	Source   string `gorm:"primaryKey"`
	Relation string `gorm:"primaryKey"`
	Target   string `gorm:"primaryKey"`
	Position int
}

func (publicLinkRow) TableName() string { return "public_links" }

type publicFileRow struct {
	ID       string `gorm:"primaryKey"`
	Body     string
	Paper    string
	Version  string
	Revision int64
	Blob     string
	Size     int64
	SHA512   string `gorm:"column:sha512"`
	FileName string
	Pages    int
	Modified int64
}

func (publicFileRow) TableName() string { return "public_files" }

type publicPageRow struct {
	File string `gorm:"primaryKey"`
	Page int    `gorm:"primaryKey;autoIncrement:false"`
	Text string
}

func (publicPageRow) TableName() string { return "public_pages" }

type renditionRow struct {
	Blob   string `gorm:"primaryKey"`
	SHA512 string `gorm:"column:sha512"`
	Size   int64
}

func (renditionRow) TableName() string { return "publication_renditions" }

// micros is the stored form of a moment; the zero time is 0.
func micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

func fromMicros(m int64) time.Time {
	if m == 0 {
		return time.Time{}
	}
	return time.UnixMicro(m).UTC()
}

func fromPublicObject(o readmodel.Object) publicObjectRow {
	return publicObjectRow{
		ID: string(o.ID), Type: string(o.Type), Body: string(o.Body), OParl: string(o.OParl), Content: o.Content,
		Created: micros(o.Created), Modified: micros(o.Modified), Deleted: o.Deleted, SortAt: micros(o.SortAt),
	}
}

func (r publicObjectRow) object() readmodel.Object {
	return readmodel.Object{
		ID: council.ID(r.ID), Type: readmodel.Type(r.Type), Body: council.ID(r.Body), OParl: []byte(r.OParl), Content: r.Content,
		Created: fromMicros(r.Created), Modified: fromMicros(r.Modified), Deleted: r.Deleted, SortAt: fromMicros(r.SortAt),
	}
}

func fromPublicFile(f readmodel.FileRow) publicFileRow {
	return publicFileRow{
		ID: string(f.ID), Body: string(f.Body), Paper: string(f.Paper), Version: string(f.Version), Revision: f.Revision,
		Blob: f.Blob, Size: f.Size, SHA512: f.SHA512, FileName: f.FileName, Pages: f.Pages, Modified: micros(f.Modified),
	}
}

func (r publicFileRow) file() readmodel.FileRow {
	return readmodel.FileRow{
		ID: council.ID(r.ID), Body: council.ID(r.Body), Paper: council.ID(r.Paper), Version: council.ID(r.Version), Revision: r.Revision,
		Blob: r.Blob, Size: r.Size, SHA512: r.SHA512, FileName: r.FileName, Pages: r.Pages, Modified: fromMicros(r.Modified),
	}
}
