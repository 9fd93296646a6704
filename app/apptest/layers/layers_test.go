// Package layers holds the direction of imports as data (see the architecture page) and prints the reason for the line that is
// broken.
package layers

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// rule says which of the project's own packages a room may import; a room is a path prefix, the longest match counts.
type rule struct {
	room   string
	may    []string // prefixes below "ris/"; the room itself is always allowed
	reason string
}

var rules = []rule{
	{"app/council", nil, "the domain leaf imports the standard library only"},
	{"auth/policy", []string{"app/council"}, "permission rules know the domain and nothing else"},
	{"auth/session", []string{"app/council"}, "sessions are kept by a store they only name"},
	{"auth/lease", []string{"app/council"}, "a lease is checked without tables and rules"},
	{"auth/passkey", []string{"app/council"}, "keys of devices know no tables"},
	{"auth/sso", []string{"app/council"}, "sign-in knows no tables"},
	{"search", []string{"app/council", "auth/policy"}, "engines take a Viewer and an Audience, nothing of the app"},
	{"documents", []string{"app/council"}, "documents touch foreign bytes and know no permissions or tables"},
	{"web", nil, "templates, texts and built files import nothing"},
	{"migrations", nil, "a migration never uses today's types"},
	{"app/jobs", []string{"app/council"}, "a job is ids; its handler is set by the assembly"},
	{"app/config", nil, "settings know nothing of what they configure"},
	{"app/audit", []string{"app/council", "auth/policy"}, "the log of acts stands below the use-cases"},
	{"app/privacy", append([]string{"app/release", "app/audit", "web/locales"}, useCase...), "a person's data is given out (as a page in German, too) and erased under the two-person release; else as use-cases"},
	{"app/audience", []string{"app/council", "auth/policy", "app/jobs"}, "audiences are computed below the use-cases"},
	{"app/store", []string{"app/council", "auth/policy", "auth/session", "app/jobs", "migrations", "documents/pagetext", "app/publication/readmodel"},
		"the store stands at the side: it knows the domain and contracts, no use-case"},
	{"app/people", useCase, useCaseReason}, {"app/access", useCase, useCaseReason}, {"app/meetings", useCase, useCaseReason}, {"app/papers", useCase, useCaseReason},
	{"app/packets", useCase, useCaseReason}, {"app/annotations", useCase, useCaseReason}, {"app/finding", useCase, useCaseReason},
	{"app/publication", useCase, useCaseReason}, {"app/versions", useCase, useCaseReason}, {"app/upkeep", useCase, useCaseReason}, {"app/work", useCase, useCaseReason}, {"app/bodies", useCase, useCaseReason}, {"app/release", useCase, useCaseReason}, {"app/provisioning", useCase, useCaseReason}, {"app/mdm", []string{"web"}, "a profile is made of settings and texts alone"},
	{"app/devices", append([]string{"auth/session", "auth/lease"}, useCase...), "devices hold sessions and leases; else as use-cases"},
	{"app/trace", append([]string{"app/release"}, useCase...), "tracing stands on the two-person release; else as use-cases"},
	{"app/directory", useCase, useCaseReason}, {"app/passkeys", append([]string{"auth/passkey"}, useCase...), "as use-cases; the protocol is auth/passkey's"},
	{"app/publication/readmodel", []string{"app/council"}, "the public's tables are described without the council's"},
	{"app/server/portal", []string{"app/council", "app/publication/readmodel", "auth/policy", "app/server/httpkit", "documents/blob", "documents/copies", "search", "web"},
		"the portal reads the publication read model and nothing else"},
	{"app/server/oparl", []string{"app/council", "app/publication/readmodel", "app/server/httpkit", "documents/blob", "documents/copies", "web"},
		"OParl reads the publication read model and nothing else"},
	{"app/server", []string{"app/council", "auth", "app/access", "app/audit", "app/people", "app/bodies", "app/meetings", "app/papers", "app/packets", "app/annotations", "app/finding", "app/versions", "app/work", "app/devices", "app/trace", "app/release", "app/provisioning", "app/mdm", "app/privacy", "app/directory", "app/passkeys",
		"app/publication/readmodel", "documents", "search", "web"}, "handlers parse, call one use-case and render; only app knows the store"},
	{"app/demo/pdfgen", nil, "the generator knows PDF only"},
}

var useCase = []string{"app/council", "auth/policy", "app/audit", "app/audience", "app/jobs", "documents", "search", "app/publication/readmodel"}

const useCaseReason = "use-cases never import each other, the store or the server; they share council values and hand over by jobs"

// doors: an outside library may be imported below one room only.
var doors = map[string][]string{
	"github.com/gofiber/":                   {"app/server"},
	"github.com/danielgtaylor/huma":         {"app/server"},
	"gorm.io/":                              {"app/store"},
	"github.com/emersion/":                  {"documents/convert"},
	"gocloud.dev":                           {"documents/blob"},
	"github.com/aws/":                       {"documents/blob"},
	"github.com/glebarez/":                  {"app/store"},
	"github.com/pdfcpu/":                    {"documents/pdf", "documents/documentsbench"},
	"github.com/klippa-app/":                {"documents/pdf", "documents/documentsbench"},
	"github.com/tetratelabs/wazero":         {"documents/pdf", "documents/sandbox", "documents/documentsbench"},
	"github.com/blevesearch/bleve":          {"search/embedded"},
	"github.com/meilisearch/":               {"search/meili"},
	"github.com/coreos/go-oidc":             {"auth/sso"},
	"golang.org/x/mod":                      {"app/audit"},
	"golang.org/x/oauth2":                   {"auth/sso"},
	"github.com/go-webauthn/":               {"auth/passkey"},
	"github.com/riverqueue/":                {"app/jobs", "app/store"},
	"github.com/pressly/goose":              {"app/store"},
	"github.com/alecthomas/kong":            {"cmd/ris"},
	"codeberg.org/go-pdf/":                  {"app/demo/pdfgen", "documents"},
	"github.com/jackc/pgx":                  {"app/store", "app/apptest", "app/jobs"},
	"github.com/santhosh-tekuri/jsonschema": {"app/server/oparl", "app/apptest"},
}

func TestImportsFollowTheDirection(t *testing.T) {
	root, err := filepath.Abs("../../..")
	if err != nil {
		t.Fatal(err)
	}
	files := 0
	err = filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(root, path)
		if e.IsDir() && (e.Name() == "node_modules" || strings.HasPrefix(e.Name(), ".") && rel != "." || rel == "auth/idp" || rel == "data") {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(path, ".go") {
			return nil
		}
		files++
		check(t, rel)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if files < 100 {
		t.Fatalf("only %d Go files found below %s: the test looks in the wrong place", files, root)
	}
}

func check(t *testing.T, rel string) {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), filepath.Join("../../..", rel), nil, parser.ImportsOnly)
	if err != nil {
		t.Errorf("%s: %v", rel, err)
		return
	}
	room := filepath.ToSlash(filepath.Dir(rel))
	test := strings.HasSuffix(rel, "_test.go")
	for _, i := range f.Imports {
		path, _ := strconv.Unquote(i.Path.Value)
		if own, ok := strings.CutPrefix(path, "ris/"); ok {
			if test || strings.HasSuffix(room, "test") { // tests put real parts together
				continue
			}
			if why := direction(room, own); why != "" {
				t.Errorf("%s imports %s: %s", rel, path, why)
			}
			continue
		}
		for library, rooms := range doors {
			if strings.HasPrefix(path, library) && !test && !below(room, rooms) && !below(room, []string{"app/apptest"}) {
				t.Errorf("%s imports %s: its only door is %s", rel, path, strings.Join(rooms, ", "))
			}
		}
	}
}

// direction answers why the import is wrong, or nothing. Rooms without a rule (app, cmd/ris, app/demo) put things together.
func direction(room, imported string) string {
	var best *rule
	for i, r := range rules {
		if below(room, []string{r.room}) && (best == nil || len(r.room) > len(best.room)) {
			best = &rules[i]
		}
	}
	if best == nil || below(imported, []string{best.room}) || below(imported, best.may) {
		return ""
	}
	return best.reason
}

func below(room string, prefixes []string) bool {
	for _, p := range prefixes {
		p = strings.TrimSuffix(p, "/")
		if room == p || strings.HasPrefix(room, p+"/") {
			return true
		}
	}
	return false
}

// The table itself can fail: a broken line is found.
func TestTheTableFindsABrokenLine(t *testing.T) {
	for _, c := range []struct {
		room, imported string
		broken         bool
	}{
		{"app/council", "auth/policy", true},
		{"app/meetings", "app/papers", true},
		{"app/meetings", "app/store", true},
		{"app/server/portal", "app/meetings", true},
		{"app/server/api", "app/meetings", false},
		{"search/embedded", "search/german", false},
		{"app", "app/store", false},
	} {
		if got := direction(c.room, c.imported) != ""; got != c.broken {
			t.Errorf("%s -> %s: broken = %v, want %v", c.room, c.imported, got, c.broken)
		}
	}
}
