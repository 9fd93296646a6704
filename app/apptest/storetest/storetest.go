package storetest

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"ris/app/apptest/pgtest"
	"ris/app/store"
)

// Kinds are the databases of every suite, by name.
func Kinds() map[string]func(testing.TB) string {
	return map[string]func(testing.TB) string{"sqlite": SQLite, "postgres": Postgres}
}

// Postgres gives the address for the service's role.
func Postgres(t testing.TB) string { return Roles(t).App }

// Roles gives the addresses for each role of a production installation.
func Roles(t testing.TB) pgtest.Database {
	t.Helper()
	return pgtest.Copy(t, func(owner string) error {
		return migrate(store.Config{DSN: owner, Roles: store.Roles{App: pgtest.AppRole, Portal: pgtest.PortalRole}})
	})
}

var lite struct {
	once  sync.Once
	bytes []byte
	err   error
}

// SQLite gives the address of a file in the test's folder, whose name has all that a path may have.
func SQLite(t testing.TB) string {
	t.Helper()
	lite.once.Do(func() {
		var folder string
		if folder, lite.err = os.MkdirTemp("", "ris-storetest-"); lite.err != nil {
			return
		}
		defer os.RemoveAll(folder)
		path := filepath.Join(folder, "ris.db")
		if lite.err = migrate(store.Config{DSN: "sqlite:" + path}); lite.err == nil {
			lite.bytes, lite.err = os.ReadFile(path)
		}
	})
	if lite.err != nil {
		t.Fatalf("storetest: %v", lite.err)
	}
	path := filepath.Join(t.TempDir(), "ris #1?.db")
	if err := os.WriteFile(path, lite.bytes, 0o600); err != nil {
		t.Fatalf("storetest: %v", err)
	}
	return "sqlite:" + path
}

// migrate closes the store again: SQLite then folds its journal into the file, and PostgreSQL can be copied.
func migrate(c store.Config) error {
	s, err := store.Open(context.Background(), c)
	if err != nil {
		return err
	}
	return errors.Join(s.Migrate(context.Background()), s.Close())
}
