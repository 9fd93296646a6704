package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"gorm.io/gorm"

	"ris/app/council"
	"ris/app/jobs"
)

type txKey struct{ s *Store }

// transaction is what travels in ctx. doomed holds the first error of a nested InTx: it can no longer be committed.
type transaction struct {
	db     *gorm.DB
	doomed error
	acts   acting // for whom the last statement ran, see rls_session.go
}

// InTx runs fn in one transaction: all store methods called with the ctx that fn gets use it, jobs are enqueued in it. An error
// or a panic of fn rolls everything back, and the error comes back as it is. A nested InTx joins the outer one; when the
// nested fn fails, the outer one cannot be committed any more, whatever its fn answers.
//
// fn must not use the ctx from outside: with SQLite it would wait for its own connection. Values that Save has changed
// (Revision, Modified) are not taken back by a rollback: load them anew.
func (s *Store) InTx(ctx context.Context, fn func(ctx context.Context) error) error {
	if outer := s.tx(ctx); outer != nil {
		err := fn(ctx)
		if err != nil && outer.doomed == nil {
			outer.doomed = err
		}
		return err
	}
	return s.begin(ctx, fn)
}

func (s *Store) begin(ctx context.Context, fn func(ctx context.Context) error) (err error) {
	db := s.writer.WithContext(ctx).Begin()
	if db.Error != nil {
		return failed(db.Error)
	}
	open := true
	defer func() {
		if open { // an error or a panic
			_ = db.Rollback()
		}
	}()
	t := &transaction{db: db}
	if err := fn(context.WithValue(ctx, txKey{s}, t)); err != nil {
		return err
	}
	if t.doomed != nil {
		return fmt.Errorf("a nested transaction failed: %w", t.doomed)
	}
	open = false
	return failed(db.Commit().Error)
}

// together is InTx for the store's own methods of several statements: a joined transaction is not doomed by their error, because
// they fail before they have changed anything (a stale revision can be answered with a copy in the same transaction).
func (s *Store) together(ctx context.Context, fn func(ctx context.Context) error) error {
	if s.tx(ctx) != nil {
		return fn(ctx)
	}
	return s.begin(ctx, fn)
}

func (s *Store) tx(ctx context.Context) *transaction {
	t, _ := ctx.Value(txKey{s}).(*transaction)
	return t
}

// read is a fresh handle for reading: the transaction in ctx, or the read-only pool.
func (s *Store) read(ctx context.Context) *gorm.DB {
	if t := s.tx(ctx); t != nil {
		return t.db.WithContext(ctx)
	}
	return s.reader.WithContext(ctx)
}

// writing is how all writes act: what may be written was decided before, by auth/policy.
var writing = acting{system: "write", write: true}

// write is a fresh handle for writing: the transaction in ctx, or the writing pool.
func (s *Store) write(ctx context.Context) *gorm.DB {
	if t := s.tx(ctx); t != nil {
		return t.db.WithContext(ctx).Set(actingKey, writing)
	}
	return s.writer.WithContext(ctx).Set(actingKey, writing)
}

// Enqueue writes the job in the transaction of ctx; without one, in a transaction of its own.
func (s *Store) Enqueue(ctx context.Context, job jobs.Job) error {
	return s.together(ctx, func(ctx context.Context) error {
		sqlTx, ok := s.tx(ctx).db.Statement.ConnPool.(*sql.Tx)
		if !ok {
			return council.E(council.Internal, "error.internal").Because(errors.New("the transaction is not a *sql.Tx"))
		}
		return failed(s.queue.InsertTx(ctx, sqlTx, job))
	})
}
