package store

import (
	"context"
	"errors"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"ris/app/council"
)

// Visit gives when the person was here; for a first visit both times are zero.
func (s *Store) Visit(ctx context.Context, person council.ID) (council.Visit, error) {
	var row visitRow
	err := of(s.readOwn(ctx, person), "person", person).Take(&row).Error
	if err != nil && !errors.Is(err, gorm.ErrRecordNotFound) {
		return council.Visit{}, failed(err)
	}
	return council.Visit{Person: person, Previous: row.Previous.time(), LastSeen: row.LastSeen.time()}, nil
}

// SaveVisit writes it in the place of what was known of the person.
func (s *Store) SaveVisit(ctx context.Context, v council.Visit) error {
	row := visitRow{Person: v.Person, Previous: openTime(v.Previous), LastSeen: openTime(v.LastSeen)}
	overwrite := clause.OnConflict{Columns: []clause.Column{{Name: "person"}}, UpdateAll: true}
	return failed(s.write(ctx).Clauses(overwrite).Create(&row).Error)
}

type visitRow struct {
	Person   council.ID `gorm:"primaryKey"`
	Previous openTime
	LastSeen openTime
}

func (visitRow) TableName() string { return "visits" }
