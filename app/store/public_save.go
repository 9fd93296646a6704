package store

import (
	"context"
	"slices"

	"gorm.io/gorm/clause"

	"ris/app/publication/readmodel"
)

// SavePublicObject inserts or replaces the row and its links. links nil keeps the links as they are.
func (s *Store) SavePublicObject(ctx context.Context, o readmodel.Object, links []readmodel.Link) error {
	return s.SavePublicObjects(ctx, []readmodel.Written{{Object: o, Links: links}})
}

// SavePublicObjects does the same for many, in few statements; no object may be named twice.
func (s *Store) SavePublicObjects(ctx context.Context, all []readmodel.Written) error {
	return s.together(ctx, func(ctx context.Context) error {
		for part := range slices.Chunk(all, publicBatch) {
			if err := s.savePublic(ctx, part); err != nil {
				return err
			}
		}
		return nil
	})
}

func (s *Store) savePublic(ctx context.Context, all []readmodel.Written) error {
	rows := make([]publicObjectRow, len(all))
	var sources []string // whose links are replaced
	var links []publicLinkRow
	for i, w := range all {
		rows[i] = fromPublicObject(w.Object)
		if w.Links == nil {
			continue
		}
		sources = append(sources, string(w.ID))
		for _, l := range w.Links {
			links = append(links, publicLinkRow{Source: string(l.Source), Relation: string(l.Relation), Target: string(l.Target), Position: l.Position})
		}
	}
	if err := s.write(ctx).Clauses(clause.OnConflict{UpdateAll: true}).Create(&rows).Error; err != nil {
		return failed(err)
	}
	if len(sources) > 0 {
		if err := s.write(ctx).Where("source IN ?", sources).Delete(&publicLinkRow{}).Error; err != nil {
			return failed(err)
		}
	}
	for part := range slices.Chunk(links, publicBatch) {
		if err := s.write(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&part).Error; err != nil {
			return failed(err)
		}
	}
	return nil
}
