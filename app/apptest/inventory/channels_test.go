package inventory_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"ris/app/apptest/inventory"
	"ris/app/server"
)

const root = "../../.."

// Every route belongs to exactly one channel, and no channel names an address that is gone.
func TestEveryRouteBelongsToAChannel(t *testing.T) {
	of, used := map[string]string{}, map[string]bool{}
	for _, c := range inventory.Channels() {
		for _, pattern := range c.Routes {
			for _, path := range spread(pattern) {
				if other := of[path]; other != "" {
					t.Errorf("%s belongs to %q and to %q", path, other, c.Name)
				}
				of[path] = c.Name
			}
		}
	}
	routes := server.Routes()
	for _, r := range routes {
		if of[r.Path] == "" {
			t.Errorf("%s %s belongs to no channel: say in channel_routes.go what leaves by it and which test holds it", r.Method, r.Path)
		}
		used[r.Path] = true
	}
	for path, name := range of {
		if !used[path] {
			t.Errorf("channel %q names %s, which is no route", name, path)
		}
	}
	t.Logf("%d routes in %d channels", len(routes), len(inventory.Channels()))
	if len(routes) < 150 {
		t.Errorf("only %d routes: this proves nothing", len(routes))
	}
}

var choice = regexp.MustCompile(`^(.*?)\{([^}]*)\}(.*)$`)

// spread writes out "{a,b}".
func spread(pattern string) (out []string) {
	m := choice.FindStringSubmatch(pattern)
	if m == nil {
		return []string{pattern}
	}
	for _, x := range strings.Split(m[2], ",") {
		out = append(out, spread(m[1]+x+m[3])...)
	}
	return out
}

// Every channel names tests, and the sources have them.
func TestEveryChannelIsHeld(t *testing.T) {
	tests, names, missing := map[string]map[string]bool{}, map[string]bool{}, 0
	for _, c := range inventory.Channels() {
		if names[c.Name] || c.Name == "" || c.Leaves == "" {
			t.Errorf("channel %q: a name of its own, and what leaves by it", c.Name)
		}
		names[c.Name] = true
		if len(c.Held) == 0 {
			t.Errorf("no test holds channel %q", c.Name)
		}
		for _, held := range c.Held {
			folder, name, _ := strings.Cut(held, ".")
			if tests[folder] == nil {
				tests[folder] = functions(t, folder)
			}
			if !tests[folder][name] {
				missing++
				t.Errorf("channel %q is held by %s, which is no test of the sources", c.Name, held)
			}
		}
	}
	if len(names) < 40 || len(tests) < 12 {
		t.Errorf("%d channels, tests in %d folders: this proves nothing", len(names), len(tests))
	}
}

// functions are the tests of one folder: func TestX(t *testing.T) with a body.
func functions(t *testing.T, folder string) map[string]bool {
	t.Helper()
	out := map[string]bool{}
	paths, err := filepath.Glob(filepath.Join(root, folder, "*_test.go"))
	must(t, err)
	for _, path := range paths {
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		must(t, err)
		for _, d := range f.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if ok && fn.Recv == nil && strings.HasPrefix(fn.Name.Name, "Test") && len(fn.Type.Params.List) == 1 && fn.Body != nil && len(fn.Body.List) > 0 {
				out[fn.Name.Name] = true
			}
		}
	}
	return out
}

// dial is what opens a connection, sends mail or starts a program.
var dial = regexp.MustCompile(`\bhttp\.(Get|Post|PostForm|Head|NewRequest|NewRequestWithContext|DefaultClient|Client)\b|\bnet\.Dial|"net/smtp"|\bexec\.(Command|Cmd)\b|\bForkExec\b|\bStartProcess\b`)

// Rooms of tests and measurements, which are in no product.
var workshop = []string{"app/apptest", "auth/sso/ssotest", "documents/documentsbench", "documents/scan/clamtest", "web/node_modules"}

// Only rooms that a channel names open connections or start programs. There is no mail.
func TestNobodyElseOpensConnections(t *testing.T) {
	allowed, used := map[string]bool{}, map[string]bool{}
	for _, c := range inventory.Channels() {
		for _, room := range c.Dials {
			allowed[room] = true
		}
	}
	for _, top := range []string{"app", "auth", "cmd", "documents", "search", "web"} {
		must(t, filepath.WalkDir(filepath.Join(root, top), func(path string, d fs.DirEntry, err error) error {
			room := strings.TrimPrefix(filepath.ToSlash(filepath.Dir(path)), root+"/")
			if err != nil || d.IsDir() {
				if err == nil && slices.Contains(workshop, strings.TrimPrefix(filepath.ToSlash(path), root+"/")) || d != nil && d.Name() == "node_modules" {
					return fs.SkipDir
				}
				return err
			}
			if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return nil
			}
			source, err := os.ReadFile(path)
			if err != nil || !dial.Match(source) {
				return err
			}
			used[room] = true
			if !allowed[room] {
				t.Errorf("%s: %s. Say in channels.go what leaves by it and which test holds it", path, dial.Find(source))
			}
			return nil
		}))
	}
	for room := range allowed {
		if !used[room] {
			t.Errorf("channels.go names %s, which opens nothing", room)
		}
	}
}
