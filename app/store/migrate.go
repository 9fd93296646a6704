package store

import (
	"context"
	"database/sql"
	"fmt"
	"io/fs"
	"os"
	"syscall"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"

	"ris/app/jobs"
	"ris/migrations"
)

// migrateLock is the number of PostgreSQL's advisory lock: "ris" and "mig" as bytes.
const migrateLock = 0x7269736d6967

// Migrate brings the tables up to date: the council's (goose), then the queue's (River), under one lock, so that several
// processes may start at once. It can be called again at any time.
//
// With PostgreSQL the owner of the tables does it and gives Config.Roles their rights; a role that owns nothing finds it done, or
// council.Unavailable with what to run.
func (s *Store) Migrate(ctx context.Context) error {
	owner, err := s.mayMigrate(ctx)
	if err != nil {
		return failed(fmt.Errorf("migrate: %w", err))
	}
	if !owner {
		return s.mustBeMigrated(ctx)
	}
	release, err := s.lockMigrations(ctx)
	if err != nil {
		return failed(fmt.Errorf("migrate: %w", err))
	}
	defer release()
	folder, dialect := "postgres", goose.DialectPostgres
	if s.dialect == jobs.SQLite {
		folder, dialect = "sqlite", goose.DialectSQLite3
	}
	files, err := fs.Sub(migrations.FS, folder)
	if err != nil {
		return failed(err)
	}
	db, done, err := s.migrating()
	if err != nil {
		return failed(fmt.Errorf("migrate: %w", err))
	}
	defer done()
	provider, err := goose.NewProvider(dialect, db, files)
	if err != nil {
		return failed(fmt.Errorf("migrate: %w", err))
	}
	if _, err := provider.Up(ctx); err != nil {
		return failed(fmt.Errorf("migrate: %w", err))
	}
	if err := jobs.Migrate(ctx, s.dialect, db); err != nil {
		return failed(fmt.Errorf("migrate the queue: %w", err))
	}
	if s.dialect == jobs.Postgres {
		if err := s.secure(ctx, db); err != nil {
			return failed(fmt.Errorf("migrate: %w", err))
		}
	}
	return nil
}

// migrating is the connection pool of migrations. With PostgreSQL it is one of their own, whose statements run under a named reason:
// the policies hold the owner as well (FORCE), and a migration that changes rows would meet none.
func (s *Store) migrating() (*sql.DB, func(), error) {
	if s.dialect == jobs.SQLite {
		return s.DB(), func() {}, nil
	}
	config, err := pgx.ParseConfig(s.dsn)
	if err != nil {
		return nil, nil, err
	}
	config.RuntimeParams["ris.system"] = "migrate"
	db := stdlib.OpenDB(*config)
	return db, func() { _ = db.Close() }, nil
}

func (s *Store) lockMigrations(ctx context.Context) (release func(), err error) {
	if s.dialect == jobs.SQLite {
		return lockFile(s.path + ".migrate")
	}
	var conn *sql.Conn // the lock belongs to this connection
	if conn, err = s.DB().Conn(ctx); err != nil {
		return nil, err
	}
	if _, err = conn.ExecContext(ctx, "SELECT pg_advisory_lock($1)", int64(migrateLock)); err != nil {
		_ = conn.Close()
		return nil, err
	}
	return func() {
		_, _ = conn.ExecContext(context.WithoutCancel(ctx), "SELECT pg_advisory_unlock($1)", int64(migrateLock))
		_ = conn.Close()
	}, nil
}

// lockFile: SQLite's own locks end with each transaction, but the migrations are several.
func lockFile(path string) (release func(), err error) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX); err != nil {
		_ = file.Close()
		return nil, err
	}
	return func() { _ = file.Close() }, nil // closing gives the lock back
}
