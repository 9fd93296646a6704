package store

import (
	"context"
	"crypto/rand"

	"gorm.io/gorm/clause"

	"ris/app/council"
)

// AuditKeys gives the keys of the persons by which they are bound to their lines; nil = of everybody. Persons without one are left out.
func (s *Store) AuditKeys(ctx context.Context, persons []council.ID) (map[council.ID][]byte, error) {
	var rows []auditPersonKeyRow
	if err := among(s.read(ctx), "person", persons).Find(&rows).Error; err != nil {
		return nil, failed(err)
	}
	out := make(map[council.ID][]byte, len(rows))
	for _, r := range rows {
		out[r.Person] = r.Secret
	}
	return out, nil
}

// MakeAuditKeys makes a key of 32 random bytes for each person who has none.
func (s *Store) MakeAuditKeys(ctx context.Context, persons []council.ID) error {
	rows := make([]auditPersonKeyRow, len(persons))
	for i, p := range persons {
		rows[i] = auditPersonKeyRow{Person: p, Secret: make([]byte, 32), Created: instant(s.clock())}
		_, _ = rand.Read(rows[i].Secret) // crypto/rand never fails since Go 1.24
	}
	if len(rows) == 0 {
		return nil
	}
	return failed(s.write(ctx).Clauses(clause.OnConflict{DoNothing: true}).CreateInBatches(&rows, 100).Error)
}

// DropAuditKey deletes the person's key for good.
func (s *Store) DropAuditKey(ctx context.Context, person council.ID) error {
	return failed(of(s.write(ctx), "person", person).Delete(&auditPersonKeyRow{}).Error)
}

type auditPersonKeyRow struct {
	Person  council.ID
	Secret  []byte
	Created instant
}

func (auditPersonKeyRow) TableName() string { return "audit_person_keys" }
