package store

import (
	"context"

	"gorm.io/gorm/clause"

	"ris/app/council"
	"ris/auth/policy"
)

// SaveOutline stores bookmarks, links and language of a version in the place of what was there.
func (s *Store) SaveOutline(ctx context.Context, version council.ID, o council.DocumentOutline) error {
	row := documentOutlineRow{Version: version, Data: packed[council.DocumentOutline]{o}}
	return failed(s.write(ctx).Clauses(clause.OnConflict{UpdateAll: true}).Create(&row).Error)
}

// Outline gives what SaveOutline stored; a version that was never read has an empty one. council.NotFound: the viewer may not
// read the version.
func (s *Store) Outline(ctx context.Context, v policy.Viewer, version council.ID) (council.DocumentOutline, error) {
	if _, err := byID[fileVersionRow](visible(s.read(ctx), v), version); err != nil {
		return council.DocumentOutline{}, err
	}
	var rows []documentOutlineRow
	if err := of(s.readFor(ctx, v), "version", version).Find(&rows).Error; err != nil || len(rows) == 0 {
		return council.DocumentOutline{}, failed(err)
	}
	return rows[0].Data.Data, nil
}

type documentOutlineRow struct {
	Version council.ID `gorm:"primaryKey"`
	Data    packed[council.DocumentOutline]
}

func (documentOutlineRow) TableName() string { return "document_outlines" }
