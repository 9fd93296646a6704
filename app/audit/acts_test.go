package audit_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"ris/app/audit"
	"ris/web/locales"
)

// Every act has a name of its own, a text in both languages, and at least one place that writes it; -v prints them as a table.
func TestEveryActIsWrittenSomewhere(t *testing.T) {
	acts, set := map[string]string{}, token.NewFileSet() // constant -> act
	pkg, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range pkg {
		if strings.HasSuffix(name, "_test.go") || name == "class.go" {
			continue
		}
		f, err := parser.ParseFile(set, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			v, ok := n.(*ast.ValueSpec)
			if !ok || len(v.Values) != 1 {
				return true
			}
			if lit, ok := v.Values[0].(*ast.BasicLit); ok && lit.Kind == token.STRING {
				act, _ := strconv.Unquote(lit.Value)
				for other, used := range acts {
					if used == act {
						t.Errorf("%s and %s are both %q", other, v.Names[0].Name, act)
					}
				}
				acts[v.Names[0].Name] = act
			}
			return true
		})
	}
	if len(acts) < 80 {
		t.Fatalf("only %d acts found", len(acts))
	}
	written := map[string][]string{}
	err = filepath.WalkDir("../..", func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if e.IsDir() && (e.Name() == "node_modules" || e.Name() == "web" || e.Name() == "idp" || strings.HasPrefix(e.Name(), ".git")) {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || strings.Contains(path, "app/apptest/") || filepath.Dir(path) == "../../app/audit" {
			return nil
		}
		f, err := parser.ParseFile(set, path, nil, 0)
		if err != nil {
			return nil // somebody else's test says so
		}
		ast.Inspect(f, func(n ast.Node) bool {
			switch x := n.(type) {
			case *ast.SelectorExpr:
				if p, ok := x.X.(*ast.Ident); ok && p.Name == "audit" && acts[x.Sel.Name] != "" {
					written[x.Sel.Name] = append(written[x.Sel.Name], strings.TrimPrefix(set.Position(x.Pos()).String(), "../../"))
				}
			case *ast.BasicLit: // the sign-in writes its acts by their names
				for constant, act := range acts {
					if x.Kind == token.STRING && x.Value == strconv.Quote(act) {
						written[constant] = append(written[constant], strings.TrimPrefix(set.Position(x.Pos()).String(), "../../"))
					}
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for constant := range acts {
		names = append(names, constant)
	}
	slices.Sort(names)
	for _, constant := range names {
		act := acts[constant]
		if len(written[constant]) == 0 {
			t.Errorf("%s (%s) is written nowhere", constant, act)
		}
		for _, lang := range locales.Languages {
			if key := "audit.act." + act; locales.T(lang, key) == key {
				t.Errorf("%s has no text %q in %s", constant, key, lang)
			}
		}
		t.Logf("%-30s %-9s %s", act, audit.ClassOf(act), strings.Join(written[constant], " "))
	}
}
