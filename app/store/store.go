package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/glebarez/sqlite"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"ris/app/council"
	"ris/app/jobs"
)

// Config says where the data is. DSN is "sqlite:PATH" (the file and its folder are made when missing) or "postgres://...".
// Clock gives Created and Modified; nil = council.SystemClock. Connections bounds PostgreSQL's pool; 0 = 16.
type Config struct {
	DSN         string
	Clock       council.Clock
	Connections int
	Roles       Roles
}

// Roles are PostgreSQL's roles that Migrate gives their rights, when the owner of the tables runs it: App is the service's, which
// works with rows and owns nothing; Portal may read the publication read model alone. Empty = there is none of its own.
type Roles struct{ App, Portal string }

// Store keeps the council's objects in SQLite or PostgreSQL. It is safe for use by several goroutines.
//
// SQLite has one writing connection and a read-only pool beside it; PostgreSQL has one pool, so that writer and reader are
// the same there.
type Store struct {
	dialect jobs.Dialect
	path    string // of the SQLite file
	dsn     string // of PostgreSQL
	writer  *gorm.DB
	reader  *gorm.DB
	pools   []*sql.DB // writing pool first
	clock   council.Clock
	queue   *jobs.Queue
	roles   Roles
	labels  audienceCache
	keys    sync.Map // installation keys by name
}

// Open connects; it makes no tables (see Migrate). Errors: council.Invalid for a DSN of another form, council.Unavailable when
// the database does not answer.
func Open(ctx context.Context, c Config) (*Store, error) {
	s := &Store{clock: c.Clock, roles: c.Roles}
	if s.clock == nil {
		s.clock = council.SystemClock
	}
	var err error
	switch {
	case strings.HasPrefix(c.DSN, "sqlite:"):
		err = s.openSQLite(strings.TrimPrefix(c.DSN, "sqlite:"))
	case strings.HasPrefix(c.DSN, "postgres://"), strings.HasPrefix(c.DSN, "postgresql://"):
		err = s.openPostgres(c)
	default:
		return nil, council.E(council.Invalid, "error.invalid").Because(errors.New(`the database must be "sqlite:PATH" or "postgres://..."`))
	}
	if err == nil {
		err = s.Ping(ctx)
	}
	if err == nil {
		s.queue, err = jobs.NewQueue(s.dialect, s.DB())
	}
	if err != nil {
		_ = s.Close()
		return nil, council.E(council.Unavailable, "error.unavailable").Because(err)
	}
	return s, nil
}

// openSQLite: one writing connection, because SQLite has one writer and River asks for it; "immediate", so that a transaction
// that reads first never fails to become a writing one; FULL, so that what is answered survives a power cut;
// secure_delete, so that what was erased is overwritten in the file.
func (s *Store) openSQLite(path string) error {
	s.dialect, s.path = jobs.SQLite, path
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600) // made here for its mode; the journal files inherit it
	if err != nil {
		return err
	}
	_ = file.Close()
	base := "file:" + (&url.URL{Path: path}).EscapedPath() + "?_txlock=immediate&_pragma=busy_timeout(10000)"
	write, err := s.pool("sqlite", base+"&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=foreign_keys(1)&_pragma=secure_delete(1)", 1)
	if err != nil {
		return err
	}
	if s.writer, err = handle(&sqlite.Dialector{Conn: write}); err != nil {
		return err
	}
	read, err := s.pool("sqlite", strings.Replace(base, "immediate", "deferred", 1)+"&_pragma=query_only(1)", 8)
	if err != nil {
		return err
	}
	s.reader, err = handle(&sqlite.Dialector{Conn: read})
	return err
}

func (s *Store) openPostgres(c Config) error {
	s.dialect, s.dsn = jobs.Postgres, c.DSN
	connections := c.Connections
	if connections == 0 {
		connections = 16
	}
	config, err := pgx.ParseConfig(c.DSN)
	if err != nil {
		return err
	}
	config.RuntimeParams["ris.store"] = "on" // see migration 0015
	// From its sixth time on a statement would be planned for any viewer: at 40,000 papers up to a hundred times slower than for the one
	// who asks, because how many audiences a label meets differs that much.
	config.RuntimeParams["plan_cache_mode"] = "force_custom_plan"
	pool := s.keep(stdlib.OpenDB(*config), connections)
	if s.writer, err = handle(postgres.New(postgres.Config{Conn: pool})); err != nil {
		return err
	}
	s.reader = s.writer
	return s.withRowSecurity(s.writer)
}

func (s *Store) pool(driver, dsn string, connections int) (*sql.DB, error) {
	db, err := sql.Open(driver, dsn)
	if err != nil {
		return nil, err
	}
	return s.keep(db, connections), nil
}

func (s *Store) keep(db *sql.DB, connections int) *sql.DB {
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	s.pools = append(s.pools, db)
	return db
}

// handle: no transaction around single statements (InTx is the only one), no log (errors go to the caller with their cause).
func handle(d gorm.Dialector) (*gorm.DB, error) {
	return gorm.Open(d, &gorm.Config{SkipDefaultTransaction: true, Logger: logger.Discard})
}

// Close ends all connections. Nothing may use the store afterwards.
func (s *Store) Close() error {
	var all error
	for i := len(s.pools) - 1; i >= 0; i-- { // the writer last: it folds SQLite's journal into the file
		all = errors.Join(all, s.pools[i].Close())
	}
	return all
}

// Ping reports whether the database answers, for /readyz.
func (s *Store) Ping(ctx context.Context) error {
	for _, p := range s.pools {
		if err := p.PingContext(ctx); err != nil {
			return fmt.Errorf("database: %w", err)
		}
	}
	return nil
}

// Dialect names the database: jobs.SQLite or jobs.Postgres.
func (s *Store) Dialect() jobs.Dialect { return s.dialect }

// DB is the writing pool, for the job worker and for backup. With SQLite it has one connection: a caller that holds it and
// asks the store for a write waits for itself.
func (s *Store) DB() *sql.DB { return s.pools[0] }
