package store

import (
	"context"
	"crypto/rand"
	"fmt"

	"gorm.io/gorm/clause"

	"ris/app/council"
)

// InstallationKey gives the secret of that name: size random bytes, made at the first call and the same for ever. It must stand in
// no log, answer or export; without it the marks of all copies given so far say nothing.
func (s *Store) InstallationKey(ctx context.Context, name string, size int) ([]byte, error) {
	if kept, ok := s.keys.Load(name); ok {
		return kept.([]byte), nil
	}
	key, err := s.installationKey(ctx, name)
	if council.KindOf(err) == council.NotFound && err != nil {
		err = s.together(ctx, func(ctx context.Context) error {
			row := installationKeyRow{Name: name, Secret: make([]byte, size), Created: instant(s.clock())}
			_, _ = rand.Read(row.Secret) // crypto/rand never fails since Go 1.24
			if err := s.write(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&row).Error; err != nil {
				return failed(err)
			}
			var err error
			key, err = s.installationKey(ctx, name) // perhaps of another process that was faster
			return err
		})
	}
	if err != nil {
		return nil, err
	}
	if len(key) != size {
		return nil, failed(fmt.Errorf("the key %q has %d bytes, wanted are %d", name, len(key), size))
	}
	if s.tx(ctx) == nil { // a transaction may still be taken back, and the key with it
		s.keys.Store(name, key)
	}
	return key, nil
}

func (s *Store) installationKey(ctx context.Context, name string) ([]byte, error) {
	var row installationKeyRow
	err := s.read(ctx).Where("name = ?", name).Take(&row).Error
	return row.Secret, failed(err)
}

type installationKeyRow struct {
	Name    string
	Secret  []byte
	Created instant
}

func (installationKeyRow) TableName() string { return "installation_keys" }
