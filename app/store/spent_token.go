package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"time"

	"gorm.io/gorm/clause"

	"ris/app/council"
)

// SpendOnce notes that what has this name (a token's id with its issuer, a challenge) is used up, until it has run out by itself.
// council.Conflict: it was used before. Of two who come at the same time one is let through.
func (s *Store) SpendOnce(ctx context.Context, name string, until time.Time) error {
	return s.together(ctx, func(ctx context.Context) error {
		if err := s.write(ctx).Where("expires < ?", instant(s.clock())).Delete(&spentTokenRow{}).Error; err != nil {
			return failed(err)
		}
		sum := sha256.Sum256([]byte(name))
		done := s.write(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&spentTokenRow{Hash: hex.EncodeToString(sum[:]), Expires: instant(until)})
		if done.Error == nil && done.RowsAffected == 0 {
			return council.E(council.Conflict, "error.conflict")
		}
		return failed(done.Error)
	})
}

type spentTokenRow struct {
	Hash    string
	Expires instant
}

func (spentTokenRow) TableName() string { return "spent_tokens" }
