package store

import (
	"context"

	"gorm.io/gorm/clause"

	"ris/app/council"
)

// IdentityPerson gives the person whom the identity provider (issuer) knows as subject; council.NotFound before the first sign-in.
func (s *Store) IdentityPerson(ctx context.Context, issuer, subject string) (council.ID, error) {
	var row identityRow
	err := s.read(ctx).Where("issuer = ? AND subject = ?", issuer, subject).Take(&row).Error
	return row.Person, failed(err)
}

// SaveIdentity binds issuer and subject to the person for good. Doing it again is no error; council.Conflict: they are bound to
// somebody else.
func (s *Store) SaveIdentity(ctx context.Context, issuer, subject string, person council.ID) error {
	return s.together(ctx, func(ctx context.Context) error {
		row := identityRow{Issuer: issuer, Subject: subject, Person: person, Created: instant(s.clock())}
		if err := s.write(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&row).Error; err != nil {
			return failed(err)
		}
		bound, err := s.IdentityPerson(ctx, issuer, subject)
		if err == nil && bound != person {
			err = council.E(council.Conflict, "error.conflict")
		}
		return err
	})
}

// HasIdentity reports whether any identity is bound to the person: then the account finds the person no more.
func (s *Store) HasIdentity(ctx context.Context, person council.ID) (bool, error) {
	var n int64
	err := of(s.read(ctx).Model(&identityRow{}), "person", person).Limit(1).Count(&n).Error
	return n > 0, failed(err)
}

type identityRow struct {
	Issuer  string
	Subject string
	Person  council.ID
	Created instant
}

func (identityRow) TableName() string { return "identities" }
