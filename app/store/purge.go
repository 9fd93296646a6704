package store

import (
	"context"
	"time"

	"gorm.io/gorm"
)

// How long answers to repeated requests are kept: a write is repeated within hours, a device's outbox within months.
const (
	keepAnswers = 7 * 24 * time.Hour
	keepSyncs   = 180 * 24 * time.Hour
)

// Purge deletes what nobody can use any more: sessions past their end, answers to writes older than seven days, answers to
// sync operations older than 180 days (the life of a tombstone). It returns how many rows went.
func (s *Store) Purge(ctx context.Context, now time.Time) (int64, error) {
	var gone int64
	for _, one := range []func() *gorm.DB{
		func() *gorm.DB { return s.write(ctx).Where("expires < ?", instant(now)).Delete(&sessionRow{}) },
		func() *gorm.DB {
			return s.write(ctx).Where("created < ?", instant(now.Add(-keepAnswers))).Delete(&answeredRow{})
		},
		func() *gorm.DB {
			return s.write(ctx).Where("created < ?", instant(now.Add(-keepSyncs))).Delete(&syncResultRow{})
		},
	} {
		done := one()
		if done.Error != nil {
			return gone, failed(done.Error)
		}
		gone += done.RowsAffected
	}
	return gone, nil
}
