package store

import (
	"context"

	"ris/app/council"
)

// DeleteIdentities forgets every identity of the person: the account finds the person again at the next sign-in. None is no error.
func (s *Store) DeleteIdentities(ctx context.Context, person council.ID) error {
	return failed(of(s.write(ctx), "person", person).Delete(&identityRow{}).Error)
}

// PersonsWithIdentity lists who of the Body has ever signed in, sorted by id.
func (s *Store) PersonsWithIdentity(ctx context.Context, body council.ID) ([]council.ID, error) {
	home := of(s.read(ctx).Model(&personRow{}).Select("id"), "body", body)
	var out []council.ID
	err := s.read(ctx).Model(&identityRow{}).Where("person IN (?)", home).Distinct().Order("person").Pluck("person", &out).Error
	return out, failed(err)
}
