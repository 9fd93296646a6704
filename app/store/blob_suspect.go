package store

import (
	"context"
	"time"

	"gorm.io/gorm/clause"

	"ris/app/council"
)

// SuspectBlobs notes blobs that nothing names since now; those that are noted already keep their moment.
func (s *Store) SuspectBlobs(ctx context.Context, keys []council.BlobKey, now time.Time) error {
	for len(keys) > 0 {
		n := min(len(keys), 200)
		rows := make([]suspectRow, n)
		for i, k := range keys[:n] {
			rows[i] = suspectRow{Area: k.Area, SHA256: k.SHA256, Since: instant(now)}
		}
		if err := s.write(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&rows).Error; err != nil {
			return failed(err)
		}
		keys = keys[n:]
	}
	return nil
}

// Suspects lists the noted blobs of an area with the moment since when nothing names them; those already deleted are left out.
func (s *Store) Suspects(ctx context.Context, area string) (map[string]time.Time, error) {
	var rows []suspectRow
	if err := s.read(ctx).Where("area = ? AND deleted_at IS NULL", area).Find(&rows).Error; err != nil {
		return nil, failed(err)
	}
	out := make(map[string]time.Time, len(rows))
	for _, r := range rows {
		out[r.SHA256] = r.Since.time()
	}
	return out, nil
}

// SuspectKnown reports whether the blob is or was noted, without waiting for a writer.
func (s *Store) SuspectKnown(ctx context.Context, key council.BlobKey) (bool, error) {
	var n int64
	err := s.read(ctx).Model(&suspectRow{}).Where("area = ? AND sha256 = ?", key.Area, key.SHA256).Count(&n).Error
	return n > 0, failed(err)
}

// SpareBlob takes the note back. It waits for a deletion that is under way (see CondemnBlob): afterwards the bytes are either safe
// from this note or gone.
func (s *Store) SpareBlob(ctx context.Context, key council.BlobKey) error {
	return failed(s.write(ctx).Where("area = ? AND sha256 = ?", key.Area, key.SHA256).Delete(&suspectRow{}).Error)
}

// CondemnBlob marks the noted blob as deleted when it was noted before the moment, and reports whether it may be deleted now. It is
// called inside a transaction that ends after the bytes are gone; its row is locked until then.
func (s *Store) CondemnBlob(ctx context.Context, key council.BlobKey, before, now time.Time) (bool, error) {
	done := s.write(ctx).Model(&suspectRow{}).
		Where("area = ? AND sha256 = ? AND deleted_at IS NULL AND since <= ?", key.Area, key.SHA256, instant(before)).
		Update("deleted_at", instant(now))
	return done.RowsAffected == 1, failed(done.Error)
}

// ForgetSuspects deletes the notes of blobs that were deleted before the moment.
func (s *Store) ForgetSuspects(ctx context.Context, before time.Time) error {
	return failed(s.write(ctx).Where("deleted_at < ?", instant(before)).Delete(&suspectRow{}).Error)
}

type suspectRow struct {
	Area      string
	SHA256    string `gorm:"column:sha256"`
	Since     instant
	DeletedAt openTime
}

func (suspectRow) TableName() string { return "blob_suspects" }
