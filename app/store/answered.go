package store

import (
	"context"

	"ris/app/council"
)

// Idempotent gives the answer that this person's write with that Idempotency-Key got before; nil when the key is new.
func (s *Store) Idempotent(ctx context.Context, person council.ID, key string) (*council.Answered, error) {
	var rows []answeredRow
	if err := of(s.readOwn(ctx, person), "person", person).Where("idempotency_key = ?", key).Find(&rows).Error; err != nil || len(rows) == 0 {
		return nil, failed(err)
	}
	r := rows[0]
	return &council.Answered{Person: r.Person, Key: r.Key, Route: r.Route, RequestHash: r.RequestHash, Status: r.Status,
		Headers: r.Headers.Data, Body: r.Body, Created: r.Created.time()}, nil
}

// SaveIdempotent keeps the answer, in the transaction of the write. council.Conflict: another request with that key was faster.
// A zero Created becomes now.
func (s *Store) SaveIdempotent(ctx context.Context, a council.Answered) error {
	if a.Created.IsZero() {
		a.Created = s.clock()
	}
	if a.Body == nil {
		a.Body = []byte{} // NULL is not allowed
	}
	row := answeredRow{Person: a.Person, Key: a.Key, Route: a.Route, RequestHash: a.RequestHash, Status: a.Status,
		Headers: packed[map[string]string]{a.Headers}, Body: a.Body, Created: instant(a.Created)}
	return failed(s.write(ctx).Create(&row).Error)
}

type answeredRow struct {
	Person      council.ID
	Key         string `gorm:"column:idempotency_key"`
	Route       string
	RequestHash string
	Status      int
	Headers     packed[map[string]string]
	Body        []byte
	Created     instant
}

func (answeredRow) TableName() string { return "answered_writes" }
