package store

import (
	"context"
	"time"

	"gorm.io/gorm/clause"

	"ris/app/council"
	"ris/auth/policy"
)

// Difference loads what changed from one version to another. council.NotFound: the viewer may not read both, or nobody has asked yet.
func (s *Store) Difference(ctx context.Context, v policy.Viewer, old, new council.ID) (council.Difference, error) {
	for _, version := range []council.ID{old, new} {
		if _, err := byID[fileVersionRow](visible(s.read(ctx), v), version); err != nil {
			return council.Difference{}, err
		}
	}
	var row differenceRow
	err := of(of(s.readFor(ctx, v), "old_version", old), "new_version", new).Take(&row).Error
	return council.Difference{Old: row.OldVersion, New: row.NewVersion, State: row.State, Data: row.Data, Made: row.Made.time()}, failed(err)
}

// AskDifference notes that a difference is wanted. first: nobody has asked before, so the caller leaves the job behind.
func (s *Store) AskDifference(ctx context.Context, old, new council.ID, now time.Time) (first bool, err error) {
	row := differenceRow{OldVersion: old, NewVersion: new, State: council.DifferenceAsked, Data: []byte{}, Made: instant(now)}
	done := s.write(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&row)
	return done.RowsAffected > 0, failed(done.Error)
}

// SaveDifference writes it in the place of what was there. council.Conflict: one of the versions is gone.
func (s *Store) SaveDifference(ctx context.Context, d council.Difference) error {
	data := d.Data
	if data == nil {
		data = []byte{}
	}
	row := differenceRow{OldVersion: d.Old, NewVersion: d.New, State: d.State, Data: data, Made: instant(d.Made)}
	overwrite := clause.OnConflict{Columns: []clause.Column{{Name: "old_version"}, {Name: "new_version"}}, UpdateAll: true}
	return failed(s.write(ctx).Clauses(overwrite).Create(&row).Error)
}

type differenceRow struct {
	OldVersion council.ID `gorm:"primaryKey"`
	NewVersion council.ID `gorm:"primaryKey"`
	State      council.DifferenceState
	Data       []byte
	Made       instant
}

func (differenceRow) TableName() string { return "differences" }
