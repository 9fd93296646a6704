package server_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"

	"ris/app/apptest/storetest"
	"ris/app/council"
	"ris/app/server"
	"ris/app/server/api"
	"ris/app/server/httpkit"
	"ris/app/server/oparl"
	"ris/app/server/portal"
	"ris/app/store"
)

// everything is the whole surface with all mounts on an empty database, reached by https.
func everything(t *testing.T, public bool) *fiber.App {
	t.Helper()
	s, err := store.Open(t.Context(), store.Config{DSN: storetest.SQLite(t)})
	must(t, err)
	t.Cleanup(func() { _ = s.Close() })
	d := server.Deps{Origins: []string{"https://ris.stadt.example"}, Clock: council.SystemClock, Log: slog.New(slog.DiscardHandler), Dist: built,
		Portal: func(r fiber.Router) error { return portal.Mount(r, portal.Deps{Model: s}) },
		OParl:  func(r fiber.Router) error { oparl.Mount(r, oparl.Deps{Model: s}); return nil },
	}
	if !public {
		d.Store, d.ProviderURL = s, "http://127.0.0.1:1/idp"
		d.API = func(app *fiber.App, person fiber.Handler) error {
			app.Use(api.Prefix, person)
			return api.Mount(app, api.Deps{})
		}
	}
	app, err := server.New(d)
	must(t, err)
	return app
}

// wanted are the headers of every answer, and what each may be.
var wanted = map[string][]string{
	"X-Content-Type-Options":       {"nosniff"},
	"Referrer-Policy":              {"same-origin", "no-referrer"}, // without any where an address holds a code
	"Cross-Origin-Opener-Policy":   {"same-origin"},
	"Cross-Origin-Resource-Policy": {"same-origin"},
	"Strict-Transport-Security":    {"max-age=31536000"},
	"Server":                       {""},
	"X-Powered-By":                 {""},
}

// strict: nothing but this origin, no inline code, no plug-ins, no frames around it. WebAssembly is what the reader's pictures need.
func strict(policy string) bool {
	directives := map[string]string{}
	for d := range strings.SplitSeq(policy, ";") {
		name, sources, _ := strings.Cut(strings.TrimSpace(d), " ")
		directives[name] = sources
		for source := range strings.FieldsSeq(sources) {
			if !slices.Contains([]string{"'self'", "'none'", "'wasm-unsafe-eval'"}, source) || source == "'wasm-unsafe-eval'" && name != "script-src" {
				return false
			}
		}
	}
	return directives["default-src"] == "'none'" && directives["frame-ancestors"] == "'none'" && directives["base-uri"] == "'none'" && directives["form-action"] == "'self'"
}

// Every route, with every method, asked for by nobody, answers with the headers; so do unknown addresses, malformed ones and foreign
// pages. Open data alone may be read by foreign pages (OParl 1.1, "Cross-Origin Resource Sharing").
func TestHeadersOfEveryRoute(t *testing.T) {
	asked := 0
	for name, app := range map[string]*fiber.App{"all": everything(t, false), "portal": everything(t, true)} {
		for _, path := range addresses() {
			for _, method := range []string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"} {
				res := ask(t, app, method, path)
				asked++
				for header, may := range wanted {
					if got := res.Header.Get(header); !slices.Contains(may, got) {
						t.Errorf("%s: %s %.80s: %s is %q", name, method, path, header, got)
					}
				}
				if policy := res.Header.Get("Content-Security-Policy"); !strict(policy) {
					t.Errorf("%s: %s %.80s: Content-Security-Policy is %q", name, method, path, policy)
				}
				if res.Header.Get("Permissions-Policy") == "" {
					t.Errorf("%s: %s %s: no Permissions-Policy", name, method, path)
				}
				if strings.HasPrefix(path, "/api/v1") && !strings.Contains(res.Header.Get("Cache-Control"), "no-store") {
					t.Errorf("%s: %s %s may be kept: %q", name, method, path, res.Header.Get("Cache-Control"))
				}
				if origin := res.Header.Get("Access-Control-Allow-Origin"); origin != "" && !strings.HasPrefix(path, "/oparl") || res.Header.Get("Access-Control-Allow-Credentials") != "" {
					t.Errorf("%s: %s %s may be read by foreign pages: %q", name, method, path, origin)
				}
			}
		}
	}
	if asked < 1000 {
		t.Errorf("only %d requests", asked)
	}
	t.Logf("%d requests", asked)
}

// The public's pages and the open data set no cookie and do not look at one: the answer is the same, byte for byte.
func TestThePublicSideHasNoCookies(t *testing.T) {
	for name, app := range map[string]*fiber.App{"all": everything(t, false), "portal": everything(t, true)} {
		for _, path := range addresses() {
			if signIn := strings.HasPrefix(path, "/auth") || strings.HasPrefix(path, "/idp") || strings.HasPrefix(path, "/app") || strings.HasPrefix(path, "/console") ||
				strings.HasPrefix(path, "/api"); signIn && name == "all" {
				continue
			}
			for _, query := range []string{"", "?lang=en", "?q=x&seite=2"} {
				for _, cookie := range []string{"", "__Host-sid=" + strings.Repeat("A", 43) + "; __Host-device=" + strings.Repeat("B", 43) + "; lang=en"} {
					res := ask(t, app, "GET", path+query, "Cookie", cookie)
					if got := res.Header.Values("Set-Cookie"); len(got) > 0 {
						t.Errorf("%s: %s sets %v", name, path+query, got)
					}
					if strings.Contains(res.Header.Get("Vary"), "Cookie") {
						t.Errorf("%s: %s looks at cookies", name, path+query)
					}
				}
			}
		}
	}
}

// A process that serves the public alone answers nothing else: everything behind the sign-in is as unknown as what never existed.
func TestThePublicProcessKnowsNothingElse(t *testing.T) {
	app := everything(t, true)
	unknown := ask(t, app, "GET", "/nothing-here").StatusCode
	for _, r := range server.Routes() {
		public := strings.HasPrefix(r.Rule, "read model") || r.Access == httpkit.System
		if got := ask(t, app, r.Method, example(r.Path)).StatusCode; !public && got != unknown && got != 405 {
			t.Errorf("%s %s: %d", r.Method, r.Path, got)
		}
	}
}

// addresses are all routes of the list, filled in, and some that are none.
func addresses() []string {
	out := []string{"/nothing-here", "/%2e%2e/etc/passwd", "/api", "/api/v1", "/api/v1/nothing", "/assets/none.js", "/oparl/none", "/suche?q=" + strings.Repeat("x", 5000)}
	seen := map[string]bool{}
	for _, r := range server.Routes() {
		if path := example(r.Path); !seen[path] {
			seen[path] = true
			out = append(out, path)
		}
	}
	return out
}

func example(path string) string {
	parts := strings.Split(path, "/")
	for i, p := range parts {
		if strings.HasPrefix(p, ":") {
			parts[i] = "0198d4a0-0000-7000-8000-000000000001"
		} else if p == "*" {
			parts[i] = "x"
		}
	}
	return strings.Join(parts, "/")
}

func ask(t *testing.T, app *fiber.App, method, path string, header ...string) *http.Response {
	t.Helper()
	req := httptest.NewRequest(method, path, nil)
	for i := 0; i+1 < len(header); i += 2 {
		if header[i+1] != "" {
			req.Header.Set(header[i], header[i+1])
		}
	}
	res, err := app.Test(req, -1)
	must(t, err)
	_ = res.Body.Close()
	return res
}
