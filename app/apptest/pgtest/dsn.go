package pgtest

import (
	"database/sql"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
)

var (
	once    sync.Once
	running *cluster
	failed  error
	counter atomic.Int64
)

// DSN gives the address ("postgres://...") of a fresh, empty database, owned by the connecting role. The database is dropped
// when the test ends. Without PostgreSQL's binaries the test fails and names the package to install: it is never skipped.
func DSN(t testing.TB) string {
	t.Helper()
	once.Do(func() { running, failed = start() })
	if failed != nil {
		t.Fatalf("pgtest: %v", failed)
	}
	name := fmt.Sprintf("test_%d", counter.Add(1))
	if err := running.admin("CREATE DATABASE " + name); err != nil {
		t.Fatalf("pgtest: %v", err)
	}
	t.Cleanup(func() {
		if err := running.admin("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)"); err != nil {
			t.Logf("pgtest: %v", err)
		}
	})
	return running.dsn(name)
}

func (c *cluster) dsn(database string) string {
	return fmt.Sprintf("postgres://%s:%s@127.0.0.1:%d/%s?sslmode=disable", role, c.password, c.port, database)
}

// admin runs one statement in the maintenance database, over a connection of its own.
func (c *cluster) admin(statement string) error {
	db, err := sql.Open("pgx", c.dsn("postgres"))
	if err != nil {
		return err
	}
	defer db.Close()
	_, err = db.Exec(statement)
	return err
}
