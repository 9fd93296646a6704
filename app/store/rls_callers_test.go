package store_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"
)

// pastThePolicies are the methods that read past the row policies, each with the reason why no viewer is asked.
var pastThePolicies = map[string]string{
	"BlobNeeded":       "the collection of blobs keeps what anybody needs",
	"BlobReferences":   "the collection of blobs keeps what anybody needs",
	"ExpiredUploads":   "the upkeep forgets everybody's",
	"Ledger":           "a search that two persons have agreed to (app/trace)",
	"PaperTypes":       "words for a setting of the clerk; app/bodies asks policy.MayManage first",
	"ReceiptsByCode":   "a code must be free among all copies",
	"RecogniseWaiting": "the upkeep of versions",
	"RefusedFor":       "the upkeep of versions",
	"StalePackets":     "the upkeep of packets",
}

// Whoever reads past the row policies stands in the list; everybody else names the viewer or reads facts.
func TestWhoReadsPastThePolicies(t *testing.T) {
	files, err := filepath.Glob("*.go")
	must(t, err)
	found := map[string]bool{}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, name, nil, 0)
		must(t, err)
		for _, d := range file.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			ast.Inspect(f, func(n ast.Node) bool {
				call, ok := n.(*ast.CallExpr)
				if !ok {
					return true
				}
				method, ok := call.Fun.(*ast.SelectorExpr)
				if !ok || method.Sel.Name != "unfiltered" {
					return true
				}
				found[f.Name.Name] = true
				if _, listed := pastThePolicies[f.Name.Name]; !listed {
					t.Errorf("%s: %s reads past the row policies and is not in the list with a reason", set.Position(call.Pos()), f.Name.Name)
				}
				return true
			})
		}
	}
	for name := range pastThePolicies {
		if !found[name] {
			t.Errorf("%s is in the list and does not read past the row policies", name)
		}
	}
}
