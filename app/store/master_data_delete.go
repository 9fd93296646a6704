package store

import (
	"context"

	"gorm.io/gorm"

	"ris/app/council"
)

// Master data is deleted only to take back a wrong entry: council.Stale when the row is not at that revision any more,
// council.Conflict when something points at it (somebody has signed in, sits, has read). What has been used is ended, not deleted.

// DeleteBody deletes a Body that nothing belongs to.
func (s *Store) DeleteBody(ctx context.Context, at council.Stamp) error {
	return removeAt[bodyRow](s.write(ctx), at)
}

// DeleteTerm deletes a legislative term.
func (s *Store) DeleteTerm(ctx context.Context, at council.Stamp) error {
	return removeAt[legislativeTermRow](s.write(ctx), at)
}

// DeleteOrganization deletes one that nobody sits in and that was never invited.
func (s *Store) DeleteOrganization(ctx context.Context, at council.Stamp) error {
	return removeAt[organizationRow](s.write(ctx), at)
}

// DeletePerson deletes one who never sat, signed in or read.
func (s *Store) DeletePerson(ctx context.Context, at council.Stamp) error {
	return removeAt[personRow](s.write(ctx), at)
}

// DeleteMembership deletes a seat.
func (s *Store) DeleteMembership(ctx context.Context, at council.Stamp) error {
	return removeAt[membershipRow](s.write(ctx), at)
}

// DeleteGrant deletes a role of the administration.
func (s *Store) DeleteGrant(ctx context.Context, at council.Stamp) error {
	return removeAt[grantRow](s.write(ctx), at)
}

func removeAt[R any](query *gorm.DB, at council.Stamp) error {
	var row R
	done := query.Where("id = ? AND revision = ?", at.ID, at.Revision).Delete(&row)
	if done.Error == nil && done.RowsAffected == 0 {
		return council.E(council.Stale, "error.stale")
	}
	return failed(done.Error)
}
