package store

import (
	"context"
	"errors"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"gorm.io/gorm"

	"ris/app/council"
)

// failed gives a database error its kind. The text of the database (names of tables, values) stays in the cause, for the log.
// nil, classified errors and an ended context pass as they are.
func failed(err error) error {
	if err == nil {
		return nil
	}
	var known *council.Error
	if errors.As(err, &known) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	switch kindOf(err) {
	case council.NotFound:
		return council.ErrNotFound()
	case council.Conflict:
		return council.E(council.Conflict, "error.conflict").Because(err)
	case council.Invalid:
		return council.E(council.Invalid, "error.invalid").Because(err)
	case council.Unavailable:
		return council.E(council.Unavailable, "error.unavailable").Because(err)
	default:
		return council.E(council.Internal, "error.internal").Because(err)
	}
}

func kindOf(err error) council.Kind {
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return council.NotFound
	}
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return postgresKind(pg.Code)
	}
	var lite interface{ Code() int } // of the SQLite driver
	if errors.As(err, &lite) {
		return sqliteKind(lite.Code())
	}
	var connect *pgconn.ConnectError
	if errors.As(err, &connect) {
		return council.Unavailable
	}
	return council.Internal
}

// postgresKind reads SQLSTATE (PostgreSQL manual, appendix A).
func postgresKind(code string) council.Kind {
	switch {
	case code == "23505", code == "23503", code == "23001": // unique, foreign key, restrict
		return council.Conflict
	case code == "23502", code == "23514", strings.HasPrefix(code, "22"): // not null, check, data exception
		return council.Invalid
	case code == "40001", code == "40P01": // serialization, deadlock
		return council.Unavailable
	case strings.HasPrefix(code, "08"), strings.HasPrefix(code, "53"), strings.HasPrefix(code, "57P"): // connection, resources, shutdown
		return council.Unavailable
	}
	return council.Internal
}

// sqliteKind reads the extended result code (sqlite.org/rescode.html).
func sqliteKind(code int) council.Kind {
	switch code {
	case 2067, 1555, 2579, 787: // unique, primary key, rowid, foreign key
		return council.Conflict
	case 1299, 275, 3091: // not null, check, data type
		return council.Invalid
	}
	switch code & 0xff {
	case 5, 6, 8, 10, 13, 14: // busy, locked, read-only, I/O, full, cannot open
		return council.Unavailable
	}
	return council.Internal
}
