package store

import (
	"context"
	"time"

	"gorm.io/gorm/clause"

	"ris/app/council"
	"ris/auth/policy"
)

// Receipt notes that the person was given the version, and returns when that was for the first time: the day of the personal
// mark. Called again, it returns the same moment. council.NotFound: the viewer may not read the version.
func (s *Store) Receipt(ctx context.Context, v policy.Viewer, person, version council.ID, now time.Time) (time.Time, error) {
	if _, err := byID[fileVersionRow](visible(s.read(ctx), v), version); err != nil {
		return time.Time{}, err
	}
	first, err := s.firstGiven(ctx, person, version)
	if err == nil || council.KindOf(err) != council.NotFound {
		return first, err
	}
	err = s.together(ctx, func(ctx context.Context) error {
		row := receiptRow{Person: person, Version: version, FirstGiven: instant(now)}
		if err := s.write(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&row).Error; err != nil {
			return failed(err)
		}
		first, err = s.firstGiven(ctx, person, version) // perhaps of another request that was faster
		return err
	})
	return first, err
}

func (s *Store) firstGiven(ctx context.Context, person, version council.ID) (time.Time, error) {
	var row receiptRow
	err := of(of(s.read(ctx), "person", person), "version", version).Take(&row).Error
	return row.FirstGiven.time(), failed(err)
}

// Receipts gives when the person was first given each version, by version id.
func (s *Store) Receipts(ctx context.Context, person council.ID) (map[council.ID]time.Time, error) {
	var rows []receiptRow
	if err := of(s.read(ctx), "person", person).Find(&rows).Error; err != nil {
		return nil, failed(err)
	}
	out := make(map[council.ID]time.Time, len(rows))
	for _, r := range rows {
		out[r.Version] = r.FirstGiven.time()
	}
	return out, nil
}

type receiptRow struct {
	Person     council.ID
	Version    council.ID
	FirstGiven instant
}

func (receiptRow) TableName() string { return "receipts" }
