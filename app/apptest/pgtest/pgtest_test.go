package pgtest_test

import (
	"database/sql"
	"testing"

	"ris/app/apptest/pgtest"
)

// Each call gives a database of its own on a server that is not run by root.
func TestDSNGivesFreshDatabases(t *testing.T) {
	first, second := open(t), open(t)
	if _, err := first.Exec("CREATE TABLE t (n int)"); err != nil {
		t.Fatal(err)
	}
	if _, err := second.Exec("CREATE TABLE t (n int)"); err != nil {
		t.Fatalf("the second database is not empty: %v", err)
	}
	var one, two string
	if err := first.QueryRow("SELECT current_database()").Scan(&one); err != nil {
		t.Fatal(err)
	}
	if err := second.QueryRow("SELECT current_database()").Scan(&two); err != nil {
		t.Fatal(err)
	}
	if one == two {
		t.Errorf("both are %q", one)
	}
}

func open(t *testing.T) *sql.DB {
	t.Helper()
	db, err := sql.Open("pgx", pgtest.DSN(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}
