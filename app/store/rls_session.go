package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"strings"

	"gorm.io/gorm"
)

// withRowSecurity has every statement of the handle tell PostgreSQL on whose behalf it runs. The settings are local to a
// transaction, so that no pooled connection keeps them: inside InTx they change when the next statement acts for somebody else; a
// single statement gets a transaction of its own, in which BEGIN and the settings are one round trip. A statement without a viewer
// outside of a transaction runs as it is.
func (s *Store) withRowSecurity(db *gorm.DB) error {
	callbacks := db.Callback()
	var failures []error
	note := func(err error) { failures = append(failures, err) }
	note(callbacks.Query().Before("*").Register("ris:enter", s.enter))
	note(callbacks.Query().After("*").Register("ris:leave", leave))
	note(callbacks.Create().Before("*").Register("ris:enter", s.enter))
	note(callbacks.Create().After("*").Register("ris:leave", leave))
	note(callbacks.Update().Before("*").Register("ris:enter", s.enter))
	note(callbacks.Update().After("*").Register("ris:leave", leave))
	note(callbacks.Delete().Before("*").Register("ris:enter", s.enter))
	note(callbacks.Delete().After("*").Register("ris:leave", leave))
	note(callbacks.Raw().Before("*").Register("ris:enter", s.enter))
	note(callbacks.Raw().After("*").Register("ris:leave", leave))
	note(callbacks.Row().Before("*").Register("ris:enter", s.enterOpenRows))
	return errors.Join(failures...)
}

const ownConnection = "ris:connection"

const settings = "SELECT set_config('ris.labels', $1, true), set_config('ris.system', $2, true)"

func (s *Store) enter(db *gorm.DB) {
	if db.Error != nil {
		return
	}
	now := actsAs(db)
	if t := s.tx(db.Statement.Context); t != nil {
		if t.acts.labels == now.labels && t.acts.system == now.system {
			return
		}
		if _, err := db.Statement.ConnPool.ExecContext(db.Statement.Context, settings, now.labels, now.system); err != nil {
			_ = db.AddError(err)
			return
		}
		t.acts = now
		return
	}
	if now.labels == "" && now.system == "" {
		return
	}
	connection, err := s.pools[0].Conn(db.Statement.Context)
	if err != nil {
		_ = db.AddError(err)
		return
	}
	if _, err := connection.ExecContext(db.Statement.Context, now.begin()); err != nil {
		giveUp(connection)
		_ = db.AddError(err)
		return
	}
	db.InstanceSet(ownConnection, &borrowed{connection, db.Statement.ConnPool})
	db.Statement.ConnPool = connection
}

// enterOpenRows: rows that stay open after the statement would keep the transaction open; no method of the store needs them for a viewer.
func (s *Store) enterOpenRows(db *gorm.DB) {
	if now := actsAs(db); s.tx(db.Statement.Context) == nil && (now.labels != "" || now.system != "") {
		_ = db.AddError(errors.New("open rows cannot be read for a viewer: use Find, Take or Pluck"))
		return
	}
	s.enter(db)
}

// begin is without arguments, because only then several statements are one message.
func (a acting) begin() string {
	mode := " READ ONLY"
	if a.write {
		mode = ""
	}
	return "BEGIN" + mode + "; SELECT set_config('ris.labels', " + quoted(a.labels) + ", true), set_config('ris.system', " + quoted(a.system) + ", true)"
}

// quoted is a literal of standard SQL. Labels and reasons are made by our own code; none has a zero byte.
func quoted(text string) string {
	return "'" + strings.ReplaceAll(strings.ReplaceAll(text, "\x00", ""), "'", "''") + "'"
}

// borrowed is the connection of one statement, and what the handle had before.
type borrowed struct {
	connection *sql.Conn
	before     gorm.ConnPool
}

func leave(db *gorm.DB) {
	value, ok := db.InstanceGet(ownConnection)
	if !ok {
		return
	}
	b := value.(*borrowed)
	db.InstanceSet(ownConnection, (*borrowed)(nil)) // a handle that is used again must not end it twice
	if b == nil {
		return
	}
	db.Statement.ConnPool = b.before
	end := "COMMIT"
	if db.Error != nil {
		end = "ROLLBACK"
	}
	// A request that was given up still ends its transaction.
	if _, err := b.connection.ExecContext(context.WithoutCancel(db.Statement.Context), end); err != nil {
		giveUp(b.connection)
		_ = db.AddError(err)
		return
	}
	_ = b.connection.Close()
}

// giveUp closes the connection for good: with a transaction of unknown state in it, it must not go back to the pool.
func giveUp(connection *sql.Conn) {
	_ = connection.Raw(func(any) error { return driver.ErrBadConn })
	_ = connection.Close()
}
