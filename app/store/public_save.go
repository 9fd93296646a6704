package store

import (
	"context"

	"gorm.io/gorm/clause"

	"ris/app/publication/readmodel"
)

// SavePublicObject inserts or replaces the row and its links. links nil keeps the links as they are.
func (s *Store) SavePublicObject(ctx context.Context, o readmodel.Object, links []readmodel.Link) error {
	return s.together(ctx, func(ctx context.Context) error {
		r := fromPublicObject(o)
		if err := s.write(ctx).Clauses(clause.OnConflict{UpdateAll: true}).Create(&r).Error; err != nil {
			return failed(err)
		}
		if links == nil {
			return nil
		}
		if err := s.write(ctx).Where("source = ?", string(o.ID)).Delete(&publicLinkRow{}).Error; err != nil {
			return failed(err)
		}
		if len(links) == 0 {
			return nil
		}
		rows := make([]publicLinkRow, len(links))
		for i, l := range links {
			rows[i] = publicLinkRow{Source: string(l.Source), Relation: string(l.Relation), Target: string(l.Target), Position: l.Position}
		}
		return failed(s.write(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&rows).Error)
	})
}
