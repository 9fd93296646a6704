package store

import (
	"context"

	"ris/app/council"
	"ris/auth/policy"
)

// Paper loads one that the viewer may read.
func (s *Store) Paper(ctx context.Context, v policy.Viewer, id council.ID) (council.Paper, error) {
	return readOne(ctx, s, v, id, toPaper)
}

// Papers lists those that the viewer may read, ordered by id.
func (s *Store) Papers(ctx context.Context, v policy.Viewer, f council.PaperFilter) ([]council.Paper, error) {
	query := equal(visible(s.read(ctx), v), "body", f.Body)
	query = among(query, "id", f.IDs)
	on := equal(equal(s.read(ctx).Model(&consultationRow{}).Select("paper"), "meeting", f.Meeting), "agenda_item", f.AgendaItem)
	if f.Meeting != "" || f.AgendaItem != "" {
		query = query.Where("id IN (?)", on)
	}
	if f.After != "" {
		if !f.After.Valid() {
			return nil, council.E(council.Invalid, "error.invalid")
		}
		query = query.Where("id > ?", f.After)
	}
	if f.Limit > 0 {
		query = query.Limit(f.Limit)
	}
	return readList(ctx, s, query.Order("id"), toPaper)
}

// SavePaper inserts or updates, see save.
func (s *Store) SavePaper(ctx context.Context, p *council.Paper) error {
	return saveReadable(ctx, s, &p.Stamp, p.Audience, func(key string) paperRow { return fromPaper(*p, key) })
}

// DeletePaper deletes a draft with its consultations, files, versions and texts. council.Conflict: it has been published once (it
// can be withdrawn), or somebody was given a version or has marked it.
func (s *Store) DeletePaper(ctx context.Context, id council.ID) error {
	return s.together(ctx, func(ctx context.Context) error {
		p, err := byID[paperRow](s.write(ctx), id)
		if err != nil {
			return err
		}
		if p.State != council.Draft {
			return council.E(council.Conflict, "error.conflict")
		}
		if err := s.write(ctx).Where("paper = ?", id).Delete(&consultationRow{}).Error; err != nil {
			return failed(err)
		}
		var files []fileRow
		if err := s.write(ctx).Where("paper = ?", id).Find(&files).Error; err != nil {
			return failed(err)
		}
		for _, f := range files {
			if err := s.DeleteFile(ctx, f.Stamp.ID); err != nil {
				return err
			}
		}
		return remove[paperRow](s.write(ctx), id)
	})
}

type paperRow struct {
	Stamp       stampRow `gorm:"embedded"`
	Body        council.ID
	Name        string
	Reference   string
	PaperType   string
	Date        openTime
	State       council.State
	PublishedAt openTime
	Audience    string // key, see audience.go
}

func (paperRow) TableName() string { return "papers" }

func fromPaper(p council.Paper, audience string) paperRow {
	return paperRow{
		Stamp:       fromStamp(p.Stamp),
		Body:        p.Body,
		Name:        p.Name,
		Reference:   p.Reference,
		PaperType:   p.PaperType,
		Date:        openTime(p.Date),
		State:       p.State,
		PublishedAt: openTime(p.PublishedAt),
		Audience:    audience,
	}
}

func (r paperRow) key() string { return r.Audience }

func toPaper(r paperRow, a council.Audience) council.Paper {
	return council.Paper{
		Stamp:       r.Stamp.stamp(),
		Body:        r.Body,
		Name:        r.Name,
		Reference:   r.Reference,
		PaperType:   r.PaperType,
		Date:        r.Date.time(),
		State:       r.State,
		PublishedAt: r.PublishedAt.time(),
		Audience:    a,
	}
}
