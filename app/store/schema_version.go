package store

import (
	"context"
	"io/fs"
	"strconv"
	"strings"

	"ris/app/jobs"
	"ris/migrations"
)

// Version is the number of the last migration that the database has had, and of the last that this program knows. It changes nothing; a
// database without our tables has 0.
func (s *Store) Version(ctx context.Context) (have, want int64, err error) {
	folder := "postgres"
	if s.dialect == jobs.SQLite {
		folder = "sqlite"
	}
	files, err := fs.Glob(migrations.FS, folder+"/*.sql")
	if err != nil {
		return 0, 0, err
	}
	for _, f := range files {
		number, _, _ := strings.Cut(strings.TrimPrefix(f, folder+"/"), "_")
		if n, err := strconv.ParseInt(number, 10, 64); err == nil {
			want = max(want, n)
		}
	}
	if err := s.Ping(ctx); err != nil {
		return 0, want, err
	}
	// An error is taken for a missing table: the database has just answered.
	_ = s.DB().QueryRowContext(ctx, "SELECT coalesce(max(version_id), 0) FROM goose_db_version WHERE is_applied").Scan(&have)
	return have, want, nil
}
