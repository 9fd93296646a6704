package crawl_test

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"ris/app"
	"ris/app/apptest/storetest"
	"ris/app/config"
	"ris/app/server"
	"ris/app/server/httpkit"
)

// servePublic has the test's own binary be the portal's process, where no bin/ris is named (RIS_TEST_CHILD).
const servePublic = "RIS_CRAWL_PORTAL"

func servePortal() {
	if os.Getenv(servePublic) == "" {
		return
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	c, err := config.Config{Role: "portal", Name: os.Getenv("RIS_NAME"), Listen: os.Getenv("RIS_LISTEN"), PublicURL: os.Getenv("RIS_PUBLIC_URL"), Data: os.Getenv("RIS_DATA"), PortalDatabase: os.Getenv("RIS_PORTAL_DATABASE_URL"),
		SearchURL: os.Getenv("RIS_SEARCH_URL"), SearchKey: os.Getenv("RIS_SEARCH_KEY"), UploadLimitMB: 1, PageLimit: 1, TimeZone: "Europe/Berlin", LogLevel: "debug"}.Normal()
	if err == nil {
		var a *app.App
		if a, err = app.Open(ctx, c); err == nil {
			err = a.Serve(ctx)
			_ = a.Close()
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// portal is the same town, asked at a process of its own that has nothing but what it needs: its role of the database, the public files and
// what more is set.
func (x *town) portal(t *testing.T, dsn string, more ...string) *town {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	x.must(err)
	address := l.Addr().String()
	x.must(l.Close())
	data := t.TempDir()
	x.must(os.MkdirAll(filepath.Join(data, "blobs"), 0o700))
	x.must(os.Symlink(filepath.Join(x.hall.BlobDir, "public"), filepath.Join(data, "blobs", "public")))
	program, args := os.Getenv("RIS_TEST_CHILD"), []string{"serve"}
	env := append([]string{"PATH=/usr/bin:/bin", "HOME=" + data, "RIS_ROLE=portal", "RIS_LISTEN=" + address, "RIS_PUBLIC_URL=" + x.hall.URL, "RIS_DATA=" + data,
		"RIS_PORTAL_DATABASE_URL=" + dsn, "RIS_LOG_LEVEL=debug", "RIS_NAME=Probe"}, more...)
	if program == "" {
		program, args = os.Args[0], nil
		env = append(env, servePublic+"=1")
	}
	y := *x
	y.T, y.url, y.never, y.met, y.asked, y.log = t, "http://"+address, map[string]answer{}, map[string]bool{}, 0, &lines{}
	cmd := exec.Command(program, args...)
	cmd.Env, cmd.Stdout, cmd.Stderr = env, y.log, y.log
	x.must(cmd.Start())
	t.Cleanup(func() {
		_ = cmd.Process.Signal(syscall.SIGTERM)
		if err := cmd.Wait(); err != nil {
			t.Errorf("the portal's process: %v\n%s", err, y.log.b.String())
		}
	})
	for end := time.Now().Add(30 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		if res, err := client.Get(y.url + "/readyz"); err == nil {
			_ = res.Body.Close()
			if res.StatusCode == http.StatusOK {
				return &y
			}
		}
		if time.Now().After(end) {
			t.Fatalf("the portal's process does not answer:\n%s", y.log.b.String())
		}
	}
}

// TestThePortalsOwnProcess: a process of RIS_ROLE=portal by a role of its own on PostgreSQL. Every route of the product answers for every id
// that is not public as for one that never was, with the session of the clerk or without; of what only the signed-in get there is nothing at
// all; and what is public is what the service itself gives. It belongs to make test-access.
func TestThePortalsOwnProcess(t *testing.T) {
	if os.Getenv("RIS_LONG") == "" {
		t.Skip("long: RIS_LONG=1; make test has TestThePublicProcessKnowsNothingElse")
	}
	roles := storetest.Roles(t)
	x := open(t, roles.App, 4242, quick)
	t.Run("without a search server", func(t *testing.T) {
		y := x.portal(t, roles.Portal)
		y.public(x)
		if a := y.ask(-1, "GET", "/suche?q=Kanarie"); a.status != 200 || bytes.Contains(a.body, []byte("<mark>")) {
			t.Errorf("search answers %d: %s", a.status, a.body)
		}
		y.quiet()
	})
	t.Run("with Meilisearch", func(t *testing.T) {
		key := x.publicKey(t)
		y := x.portal(t, roles.Portal, "RIS_SEARCH_URL="+os.Getenv(meiliURL), "RIS_SEARCH_KEY="+key)
		y.public(x)
		y.finds()
		y.quiet()
	})
}

// public asks every route of the list, as nobody and with the cookie of each person; here is the service itself.
func (x *town) public(here *town) {
	x.Helper()
	same, gone := 0, 0
	for n, r := range server.Routes() {
		if r.Method == "OPTIONS" || unasked[r.Path] != "" && r.Access == httpkit.System {
			continue
		}
		x.carry = ""
		if n%2 == 1 {
			x.carry = here.cookies[n%len(here.cookies)]
		}
		everybody := strings.HasPrefix(r.Path, "/oparl/") || r.Path != "/app/*" && r.Path != "/console/*" && r.Path != "/assets/*" && r.Access == httpkit.Public &&
			!strings.HasPrefix(r.Path, "/auth/") && !strings.HasPrefix(r.Path, "/api/") && !strings.HasPrefix(r.Path, "/idp/") && !strings.HasPrefix(r.Path, "/scim/")
		kind := kindOf(r.Path)
		switch {
		case r.Access == httpkit.System:
			x.ask(-1, r.Method, r.Path)
		case !everybody: // there is no such address here, whatever the id
			for _, k := range []string{"meeting", "item", "paper", "file", "version"} {
				for i := range min(3, x.count(k)) {
					if a := x.ask(-1, r.Method, fill(r.Path, string(x.world.ID(k, i)), x)); a.status != 404 && a.status != 405 {
						x.Errorf("%s %s answers %d here", r.Method, r.Path, a.status)
					}
					gone++
				}
			}
		case !strings.ContainsAny(r.Path, ":*"):
			if r.Method == "GET" {
				same += x.sameAs(here, r.Path)
			}
		case kind == master || kind == foreign:
			for _, k := range []string{"meeting", "item", "paper", "file", "version"} {
				id := string(x.world.ID(k, 0))
				x.gone(-1, r.Method, fill(r.Path, id, x), id)
				gone++
			}
			if kind == master && r.Method == "GET" {
				for _, k := range []string{"body", "org", "person"} {
					same += x.sameAs(here, fill(r.Path, string(x.world.ID(k, 0)), x))
				}
			}
		default:
			for i := range x.count(kind) {
				id := string(x.world.ID(kind, i))
				if path := fill(r.Path, id, x); !x.sees(-1, kind, i) {
					x.gone(-1, r.Method, path, id)
					gone++
				} else if r.Method == "GET" {
					same += x.sameAs(here, path)
				}
			}
		}
	}
	x.Logf("%d requests: %d answers as the service gives them, %d as for what never was", x.asked, same, gone)
	if same < 25 || gone < 1500 {
		x.Errorf("%d answers as the service gives them, %d as for what never was: this proves nothing", same, gone)
	}
}

// byClock are pages that say what is near today; the town has a day of its own.
var byClock = []string{"/", "/kalender", "/kalender.ics", "/personen"}

// sameAs asks both and compares what they say; it counts answers with content.
func (x *town) sameAs(here *town, path string) int {
	x.Helper()
	a, b := x.ask(-1, "GET", path), here.ask(-1, "GET", path)
	if a.status != b.status || !bytes.Equal(a.body, b.body) && !slices.Contains(byClock, path) {
		x.Errorf("%s: %d and %d bytes here, the service gives %d and %d", path, a.status, len(a.body), b.status, len(b.body))
	}
	if len(a.header.Values("Set-Cookie")) > 0 {
		x.Errorf("%s sets a cookie", path)
	}
	if a.status == 200 {
		return 1
	}
	return 0
}

// quiet: the process's log holds neither marked words nor cookies, and no error.
func (x *town) quiet() {
	x.Helper()
	x.logged()
	x.log.mu.Lock()
	defer x.log.mu.Unlock()
	if strings.Contains(x.log.b.String(), "level=ERROR") {
		x.Errorf("errors in the log:\n%s", x.log.b.String())
	}
}
