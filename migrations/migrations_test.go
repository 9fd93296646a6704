package migrations_test

import (
	"context"
	"database/sql"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ris/app/apptest/pgtest"
	"ris/app/store"
	"ris/migrations"
)

// Both folders have the same numbers and names.
func TestSameFiles(t *testing.T) {
	names := func(folder string) (out []string) {
		found, err := fs.Glob(migrations.FS, folder+"/*.sql")
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range found {
			out = append(out, strings.TrimPrefix(f, folder+"/"))
		}
		return out
	}
	if a, b := names("sqlite"), names("postgres"); !slices.Equal(a, b) || len(a) == 0 {
		t.Errorf("sqlite has %v, postgres has %v", a, b)
	}
}

// Applied to real databases, both give the same tables with the same columns in the same order, of the same kind, equally
// required, with the same primary keys.
func TestSameTables(t *testing.T) {
	lite := columns(t, "sqlite:"+filepath.Join(t.TempDir(), "ris.db"), `
		SELECT m.name, c.name, upper(c.type), c."notnull" = 0 AND c.pk = 0, c.pk
		FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' ORDER BY m.name, c.cid`)
	post := columns(t, pgtest.DSN(t), `
		SELECT c.table_name, c.column_name, upper(c.data_type), c.is_nullable = 'YES',
			coalesce((SELECT array_position(i.indkey::int[], a.attnum::int) + 1 - array_lower(i.indkey::int[], 1) FROM pg_index i
				JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attname = c.column_name
				WHERE i.indrelid = c.table_name::regclass AND i.indisprimary), 0)
		FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
		WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' ORDER BY c.table_name, c.ordinal_position`)
	tables := slices.Sorted(maps.Keys(lite))
	if other := slices.Sorted(maps.Keys(post)); !slices.Equal(tables, other) {
		t.Fatalf("tables differ:\nsqlite   %v\npostgres %v", tables, other)
	}
	if len(tables) < 25 {
		t.Fatalf("only %d tables: %v", len(tables), tables)
	}
	for _, table := range tables {
		if !slices.Equal(lite[table], post[table]) {
			t.Errorf("%s differs:\nsqlite   %v\npostgres %v", table, lite[table], post[table])
		}
	}
}

type column struct {
	Name     string
	Kind     string
	Optional bool
	Key      int // place in the primary key, from 1; 0 = not part of it
}

// kinds say what a column of SQLite holds where PostgreSQL has a type of its own.
var kinds = map[string]string{"UUID": "TEXT", "TIMESTAMP WITH TIME ZONE": "TEXT", "BOOLEAN": "INTEGER", "BIGINT": "INTEGER",
	"BYTEA": "BLOB", "DOUBLE PRECISION": "REAL", "JSONB": "TEXT"}

func columns(t *testing.T, dsn, query string) map[string][]column {
	t.Helper()
	ctx := context.Background()
	s, err := store.Open(ctx, store.Config{DSN: dsn})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	for range 2 { // the second time there is nothing to do
		if err := s.Migrate(ctx); err != nil {
			t.Fatal(err)
		}
	}
	var rows *sql.Rows
	if rows, err = s.DB().Query(query); err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	out := map[string][]column{}
	for rows.Next() {
		var table string
		var c column
		if err := rows.Scan(&table, &c.Name, &c.Kind, &c.Optional, &c.Key); err != nil {
			t.Fatal(err)
		}
		if k, ok := kinds[c.Kind]; ok {
			c.Kind = k
		}
		if !strings.HasPrefix(table, "river_") && !strings.HasPrefix(table, "goose_") && !strings.HasPrefix(table, "sqlite_") {
			out[table] = append(out[table], c)
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}
