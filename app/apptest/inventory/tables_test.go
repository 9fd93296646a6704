package inventory_test

import (
	"context"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"

	"ris/app/apptest/inventory"
	"ris/app/store"
)

// table is what the schema says of one.
type table struct {
	audience bool            // has a required column "audience"
	points   map[string]bool // tables at which every row points
}

// schema is that of a migrated database, without bookkeeping.
func schema(t *testing.T) map[string]*table {
	t.Helper()
	s, err := store.Open(context.Background(), store.Config{DSN: "sqlite:" + filepath.Join(t.TempDir(), "ris.db")})
	must(t, err)
	defer func() { _ = s.Close() }()
	must(t, s.Migrate(context.Background()))
	rows, err := s.DB().Query(`SELECT m.name, c.name, c."notnull" OR c.pk > 0, coalesce(f."table", '') FROM sqlite_master m
		JOIN pragma_table_info(m.name) c LEFT JOIN pragma_foreign_key_list(m.name) f ON f."from" = c.name WHERE m.type IN ('table', 'view')`)
	must(t, err)
	defer func() { _ = rows.Close() }()
	out := map[string]*table{}
	for rows.Next() {
		var name, column, to string
		var required bool
		must(t, rows.Scan(&name, &column, &required, &to))
		if strings.HasPrefix(name, "sqlite_") || strings.HasPrefix(name, "goose_") || strings.HasPrefix(name, "river_") {
			continue // bookkeeping; a job holds ids alone (app/jobs/kinds.go)
		}
		if out[name] == nil {
			out[name] = &table{points: map[string]bool{}}
		}
		x := out[name]
		x.audience = x.audience || column == "audience" && required && name != "audience_labels"
		if to != "" && required {
			x.points[to] = true
		}
	}
	must(t, rows.Err())
	return out
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// Every table has an Audience, hangs on one that has, or has a reason; nothing of both, and no line about a table that is gone.
func TestEveryObjectHasAnAudienceOrAReason(t *testing.T) {
	all, with := schema(t), 0
	for name, x := range all {
		parent, hangs := inventory.Hangs[name]
		reason, excused := inventory.WithoutAudience[name]
		switch {
		case x.audience && (hangs || excused):
			t.Errorf("%s has an Audience of its own and needs no line in tables.go", name)
		case x.audience:
			with++
		case hangs && excused:
			t.Errorf("%s hangs on %s, or it has a reason: not both", name, parent)
		case hangs && (all[parent] == nil || !all[parent].audience):
			t.Errorf("%s hangs on %s, which has no Audience", name, parent)
		case hangs && !x.points[parent]:
			t.Errorf("%s hangs on %s, but it has no required foreign key to it", name, parent)
		case !hangs && len(reason) < 12:
			t.Errorf("%s has no Audience. Give it one (the migration's column audience, policy.For...), say in Hangs whose Audience decides, or say "+
				"in WithoutAudience why it needs none", name)
		}
	}
	for _, list := range []map[string]string{inventory.Hangs, inventory.WithoutAudience} {
		for name := range list {
			if all[name] == nil {
				t.Errorf("%s stands in tables.go and is no table", name)
			}
		}
	}
	t.Logf("%d tables: %d with an Audience, %d that hang on one, %d with a reason", len(all), with, len(inventory.Hangs), len(inventory.WithoutAudience))
	if with < 5 || len(all) < 50 {
		t.Errorf("%d tables, %d with an Audience: this proves nothing", len(all), with)
	}
}

// Every type of app/council that has an id belongs to a table; where that has an Audience, the type carries it.
func TestEveryTypeWithAnIDBelongsToATable(t *testing.T) {
	all, types := schema(t), identified(t)
	for name, carries := range types {
		kept, known := inventory.Types[name]
		_, not := inventory.NotKept[name]
		switch {
		case known == not:
			t.Errorf("council.%s has an id: name its table in Types, or say in NotKept why it has none", name)
		case known && all[kept] == nil:
			t.Errorf("council.%s: there is no table %s", name, kept)
		case known && all[kept].audience != carries:
			t.Errorf("council.%s carries an Audience: %v; its table %s: %v", name, carries, kept, all[kept].audience)
		}
	}
	for _, list := range []map[string]string{inventory.Types, inventory.NotKept} {
		for name := range list {
			if _, is := types[name]; !is {
				t.Errorf("tables.go names council.%s, which is no type with an id", name)
			}
		}
	}
	if len(types) < 25 {
		t.Errorf("only %d types found", len(types))
	}
}

// identified are the types of app/council that have a field ID of type ID or begin with a Stamp; true = with a field Audience.
func identified(t *testing.T) map[string]bool {
	t.Helper()
	out := map[string]bool{}
	for _, f := range parsed(t, filepath.Join("..", "..", "council")) {
		ast.Inspect(f, func(n ast.Node) bool {
			spec, ok := n.(*ast.TypeSpec)
			if !ok {
				return true
			}
			x, ok := spec.Type.(*ast.StructType)
			if !ok {
				return true
			}
			has, carries := false, false
			for _, field := range x.Fields.List {
				of, _ := field.Type.(*ast.Ident)
				if of == nil {
					continue
				}
				has = has || len(field.Names) == 0 && of.Name == "Stamp"
				for _, name := range field.Names {
					has = has || name.Name == "ID" && of.Name == "ID"
					carries = carries || name.Name == "Audience" && of.Name == "Audience"
				}
			}
			if has {
				out[spec.Name.Name] = carries
			}
			return false
		})
	}
	return out
}

// parsed are the sources of one folder, without those of its tests.
func parsed(t *testing.T, folder string) (out []*ast.File) {
	t.Helper()
	pkgs, err := filepath.Glob(filepath.Join(folder, "*.go"))
	must(t, err)
	if len(pkgs) == 0 {
		t.Fatalf("%s: %v", folder, fs.ErrNotExist)
	}
	for _, path := range pkgs {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		must(t, err)
		out = append(out, f)
	}
	return out
}
