package store

import (
	"context"
	"time"
)

// PurgeDevices deletes the devices that were last seen before a moment, unless somebody is signed in there, papers on it can still be read
// without a network, or an order to delete has not been confirmed; such an order is given up for devices last seen before lost. It
// returns how many rows went.
func (s *Store) PurgeDevices(ctx context.Context, now, before, lost time.Time) (int64, error) {
	signedIn := s.read(ctx).Model(&sessionRow{}).Select("device").Where("device IS NOT NULL AND revoked_at IS NULL AND expires > ?", instant(now))
	done := s.write(ctx).Where("last_seen < ? AND (lease_until IS NULL OR lease_until <= ?)", instant(before), instant(now)).
		Where("(wipe_ordered_at IS NULL OR wipe_confirmed_at IS NOT NULL OR last_seen < ?)", instant(lost)).
		Where("id NOT IN (?)", signedIn).Delete(&deviceRow{})
	return done.RowsAffected, failed(done.Error)
}
