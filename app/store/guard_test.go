package store_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// What GORM offers and the store must not use, with the reason: each of these let a non-public row out, or could.
var forbidden = map[string]string{
	"Or":          "a chained Or widens the filter of visible: a OR b AND visible",
	"Preload":     "a preloaded table is not filtered by visible",
	"Joins":       "a joined association is not filtered by visible",
	"Association": "an association is not filtered by visible",
	"AutoMigrate": "tables are made by migrations only",
	"Unscoped":    "there is no soft delete",
	"FirstOrInit": "a struct condition drops its zero values",
	"First":       "it orders by a guess; Take, after Order where order matters",
	"Scopes":      "conditions stand where the query stands",
	"Raw":         "conditions stand where the query stands; River's tables are read in app/jobs",
}

// hooks of GORM change rows behind the reader's back.
var hooks = []string{"BeforeSave", "AfterSave", "BeforeCreate", "AfterCreate", "BeforeUpdate", "AfterUpdate", "BeforeDelete", "AfterDelete", "AfterFind"}

// The code of the store keeps to what doc.go says. Conditions and orders are constant text: a value of a user can only be an
// argument of them.
func TestTheStoreUsesGORMSafely(t *testing.T) {
	files, err := filepath.Glob("*.go")
	must(t, err)
	checked := 0
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, name, nil, 0)
		must(t, err)
		ast.Inspect(file, func(n ast.Node) bool {
			if f, ok := n.(*ast.FuncDecl); ok && f.Recv != nil {
				for _, h := range hooks {
					if f.Name.Name == h {
						t.Errorf("%s: %s is a hook of GORM", set.Position(f.Pos()), h)
					}
				}
			}
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			method, ok := call.Fun.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if p, ok := method.X.(*ast.Ident); ok && slices.Contains([]string{"cmp", "callbacks", "connection"}, p.Name) {
				return true
			}
			if why, bad := forbidden[method.Sel.Name]; bad {
				t.Errorf("%s: %s: %s", set.Position(call.Pos()), method.Sel.Name, why)
			}
			switch method.Sel.Name {
			case "Where", "Order", "Select", "Not", "Having", "Group", "Take":
				checked++
				if len(call.Args) > 0 && !constant(file, call.Args[0]) && method.Sel.Name != "Take" {
					t.Errorf("%s: the text of %s is computed", set.Position(call.Pos()), method.Sel.Name)
				}
				if method.Sel.Name == "Take" && len(call.Args) > 1 {
					t.Errorf("%s: Take with a condition of its own", set.Position(call.Pos()))
				}
			}
			return true
		})
	}
	if checked < 40 {
		t.Errorf("only %d conditions were looked at: does the test still find them?", checked)
	}
}

// constant accepts literals, sums of literals, and names that the file gives nothing but such values. The parameters "column" and
// "columns" come from our code: their callers are checked below.
func constant(file *ast.File, e ast.Expr) bool {
	switch x := e.(type) {
	case *ast.BasicLit:
		return true
	case *ast.BinaryExpr:
		return constant(file, x.X) && constant(file, x.Y)
	case *ast.Ident:
		return x.Name == "column" || x.Name == "columns" || onlyLiterals(file, x.Name)
	}
	return false
}

// onlyLiterals reports whether the name is assigned at least once, and literals only.
func onlyLiterals(file *ast.File, name string) bool {
	seen, good := false, true
	ast.Inspect(file, func(n ast.Node) bool {
		if a, ok := n.(*ast.AssignStmt); ok {
			for i, left := range a.Lhs {
				if id, ok := left.(*ast.Ident); ok && id.Name == name {
					_, literal := a.Rhs[min(i, len(a.Rhs)-1)].(*ast.BasicLit)
					seen, good = true, good && literal
				}
			}
		}
		return true
	})
	return seen && good
}

// taking says which argument of our own functions is a column's name; from there on all are.
var taking = map[string]int{"of": 1, "equal": 1, "among": 1, "between": 1, "publicByID": 2}

// The column names that these functions take are literals, wherever they are called.
func TestColumnNamesAreLiterals(t *testing.T) {
	files, err := filepath.Glob("*.go")
	must(t, err)
	checked := 0
	for _, name := range files {
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, name, nil, 0)
		must(t, err)
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			called := ""
			switch f := call.Fun.(type) {
			case *ast.Ident:
				called = f.Name
			case *ast.SelectorExpr:
				called = f.Sel.Name
			}
			first, ok := taking[called]
			if !ok {
				return true
			}
			last := len(call.Args)
			if called != "publicByID" {
				last = first + 1
			}
			for _, arg := range call.Args[first:last] {
				checked++
				name, isName := arg.(*ast.Ident)
				if _, literal := arg.(*ast.BasicLit); !literal && !(isName && name.Name == "column") {
					t.Errorf("%s: the column of %s is computed", set.Position(call.Pos()), called)
				}
			}
			return true
		})
	}
	if checked < 30 {
		t.Errorf("only %d columns were looked at", checked)
	}
}
