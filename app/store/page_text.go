package store

import (
	"context"

	"gorm.io/gorm/clause"

	"ris/app/council"
	"ris/auth/policy"
	"ris/documents/pagetext"
)

// SaveText stores the text of all pages of a version in the place of what was there.
func (s *Store) SaveText(ctx context.Context, version council.ID, pages []council.PageText) error {
	rows := make([]pageTextRow, len(pages))
	for i, p := range pages {
		rows[i] = pageTextRow{Version: version, Page: p.Page, Data: pagetext.Encode([]council.PageText{p})}
	}
	return s.together(ctx, func(ctx context.Context) error {
		if err := of(s.write(ctx), "version", version).Delete(&pageTextRow{}).Error; err != nil {
			return failed(err)
		}
		if len(rows) == 0 {
			return nil
		}
		return failed(s.write(ctx).CreateInBatches(&rows, 200).Error)
	})
}

// SavePageText stores the text of one page in the place of what was there; the other pages stay.
func (s *Store) SavePageText(ctx context.Context, version council.ID, page council.PageText) error {
	row := pageTextRow{Version: version, Page: page.Page, Data: pagetext.Encode([]council.PageText{page})}
	return failed(s.write(ctx).Clauses(clause.OnConflict{UpdateAll: true}).Create(&row).Error)
}

// Text gives the text of one page, or of all pages in order when page is 0. A page that was never read (or has no text layer)
// gives an empty list. council.NotFound: the viewer may not read the version.
func (s *Store) Text(ctx context.Context, v policy.Viewer, version council.ID, page int) ([]council.PageText, error) {
	if _, err := byID[fileVersionRow](visible(s.read(ctx), v), version); err != nil {
		return nil, err
	}
	query := s.readFor(ctx, v).Where("version = ?", version)
	if page != 0 {
		query = query.Where("page = ?", page)
	}
	var rows []pageTextRow
	if err := query.Order("page").Find(&rows).Error; err != nil {
		return nil, failed(err)
	}
	out := make([]council.PageText, 0, len(rows))
	for _, r := range rows {
		pages, err := pagetext.Decode(r.Data)
		if err != nil {
			return nil, failed(err)
		}
		out = append(out, pages...)
	}
	return out, nil
}

type pageTextRow struct {
	Version council.ID `gorm:"primaryKey"`
	Page    int        `gorm:"primaryKey;autoIncrement:false"`
	Data    []byte
}

func (pageTextRow) TableName() string { return "page_texts" }
