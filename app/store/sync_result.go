package store

import (
	"context"

	"ris/app/council"
)

// OpResult gives the answer that this person's sync operation got before; nil when it is new.
func (s *Store) OpResult(ctx context.Context, person council.ID, opID string) (*council.SyncResult, error) {
	var rows []syncResultRow
	if err := of(s.readOwn(ctx, person), "person", person).Where("op_id = ?", opID).Find(&rows).Error; err != nil || len(rows) == 0 {
		return nil, failed(err)
	}
	r := rows[0]
	return &council.SyncResult{Person: r.Person, OpID: r.OpID, Mark: council.ID(r.Mark), Status: r.Status, Rev: r.Rev,
		Copy: council.ID(r.Copy), Problem: r.Problem, Created: r.Created.time()}, nil
}

// SaveOpResult keeps the answer, in the transaction of the operation. council.Conflict: there is one already.
// A zero Created becomes now.
func (s *Store) SaveOpResult(ctx context.Context, r council.SyncResult) error {
	if r.Created.IsZero() {
		r.Created = s.clock()
	}
	row := syncResultRow{Person: r.Person, OpID: r.OpID, Mark: ref(r.Mark), Status: r.Status, Rev: r.Rev,
		Copy: ref(r.Copy), Problem: r.Problem, Created: instant(r.Created)}
	return failed(s.write(ctx).Create(&row).Error)
}

type syncResultRow struct {
	Person  council.ID
	OpID    string `gorm:"column:op_id"`
	Mark    ref
	Status  string
	Rev     int64
	Copy    ref
	Problem string
	Created instant
}

func (syncResultRow) TableName() string { return "sync_results" }
