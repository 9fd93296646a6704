package jobs

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/riverdriver/riverdatabasesql"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivermigrate"
)

// Dialect names the database that holds the queue.
type Dialect string

// The two databases of the store.
const (
	SQLite   Dialect = "sqlite"
	Postgres Dialect = "postgres"
)

// MaxAttempts is how often a job is tried before it has finally failed. Waiting (Later) and being stopped do not count.
const MaxAttempts = 5

// Queue writes jobs. It does not work them; see Worker.
type Queue struct{ client *river.Client[*sql.Tx] }

// NewQueue makes a queue on the store's writing database. The tables must have been made by Migrate before the first job.
func NewQueue(dialect Dialect, db *sql.DB) (*Queue, error) {
	client, err := river.NewClient(driver(dialect, db), &river.Config{MaxAttempts: MaxAttempts, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return nil, err
	}
	return &Queue{client: client}, nil
}

// InsertTx writes the job in the transaction: it will be worked when, and only when, the transaction commits.
func (q *Queue) InsertTx(ctx context.Context, tx *sql.Tx, job Job) error {
	if _, err := q.client.InsertTx(ctx, tx, job, options(job)); err != nil {
		return fmt.Errorf("enqueue %s: %w", job.Kind(), err)
	}
	return nil
}

// background is the queue of what can wait: it has workers of its own, so it never takes the place of other work.
const background = "background"

// options put a job that says Background() true into that queue, at the lowest priority; one that says Later() true goes there
// too, before those.
func options(job Job) *river.InsertOpts {
	if b, ok := job.(interface{ Background() bool }); ok && b.Background() {
		return &river.InsertOpts{Queue: background, Priority: 4}
	}
	if l, ok := job.(interface{ Later() bool }); ok && l.Later() {
		return &river.InsertOpts{Queue: background, Priority: 3}
	}
	return nil
}

// Migrate makes or renews River's own tables. The caller holds the lock of all migrations.
func Migrate(ctx context.Context, dialect Dialect, db *sql.DB) error {
	migrator, err := rivermigrate.New(driver(dialect, db), &rivermigrate.Config{Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return err
	}
	_, err = migrator.Migrate(ctx, rivermigrate.DirectionUp, nil)
	return err
}

// driver polls on both databases: database/sql has no LISTEN.
func driver(dialect Dialect, db *sql.DB) riverdriver.Driver[*sql.Tx] {
	if dialect == SQLite {
		return riversqlite.New(db)
	}
	return riverdatabasesql.New(db)
}
