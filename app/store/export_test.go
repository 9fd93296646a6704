package store

import (
	"context"
	"database/sql"

	"ris/app/council"
	"ris/auth/policy"
)

// ForgettingTheFilter lists the papers as a method would whose author named the viewer and forgot the condition.
func (s *Store) ForgettingTheFilter(ctx context.Context, v policy.Viewer) ([]council.ID, error) {
	return list(s.readFor(ctx, v).Model(&paperRow{}), func(r paperRow) council.ID { return r.Stamp.ID })
}

// ForgettingTheViewer lists the papers as a method would whose author forgot both.
func (s *Store) ForgettingTheViewer(ctx context.Context) ([]council.ID, error) {
	return list(s.read(ctx).Model(&paperRow{}), func(r paperRow) council.ID { return r.Stamp.ID })
}

// TextsForgettingTheVersion lists the versions of all texts that are let through.
func (s *Store) TextsForgettingTheVersion(ctx context.Context, v policy.Viewer) ([]council.ID, error) {
	return list(s.readFor(ctx, v).Model(&pageTextRow{}), func(r pageTextRow) council.ID { return r.Version })
}

// Migrating is the pool in which migrations run.
func (s *Store) Migrating() (*sql.DB, func(), error) { return s.migrating() }

// SaveVisitOfNobody writes what a foreign key refuses, outside of a transaction.
func (s *Store) SaveVisitOfNobody(ctx context.Context) error {
	nobody := council.NewID(s.clock())
	return s.write(ctx).Create(&visitRow{Person: nobody}).Error
}
