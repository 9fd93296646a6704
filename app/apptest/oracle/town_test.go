//go:build !race

package oracle_test

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"ris/app"
	"ris/app/config"
	"ris/app/council"
	"ris/app/demo"
	"ris/app/jobs"
	"ris/auth/policy"
	"ris/auth/session"
	"ris/documents/sandbox"
)

func TestMain(m *testing.M) {
	sandbox.MaybeChild()
	os.Exit(m.Run())
}

// foreignClerk is a clerk of the second Body only, whom the town does not have.
const foreignClerk = "clerk of the other body"

// town is the seeded town behind its HTTP surface; once it is open, nothing in it changes but what is safe for many at once.
type town struct {
	app     *app.App
	url     string
	rules   rules
	seeded  demo.Seeded
	log     *lockedLog
	tokens  map[string]string   // person's key -> session token
	hidden  map[string][]string // person's key -> words that must not be met
	finder  *finder
	asked   atomic.Int64
	current sync.Map // paper's key -> its current versions, see given
}

// house is the town as one test asks it; each viewer has a test, and so a house, of its own.
type house struct {
	*testing.T
	*town
	never    map[string]answer // to questions for ids that never were
	made     int               // packets made
	pictured int               // files whose pictures were asked for
}

// in is the same town for another test.
func (h *house) in(t *testing.T) *house {
	return &house{T: t, town: h.town, never: map[string]answer{}}
}

type lockedLog struct {
	mu sync.Mutex
	b  strings.Builder
}

func (l *lockedLog) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (h *house) must(err error) {
	h.Helper()
	if err != nil {
		h.Fatal(err)
	}
}

// open seeds the town with short documents and serves it until the test ends. set changes the settings before.
func open(t *testing.T, set func(*config.Config)) *house {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	h := (&house{town: &town{url: "http://" + l.Addr().String(), log: &lockedLog{}, tokens: map[string]string{}, hidden: map[string][]string{}, finder: newFinder()}}).in(t)
	c := config.Config{Listen: l.Addr().String(), Data: t.TempDir(), Role: "all", UploadLimitMB: 50, PageLimit: 500,
		TimeZone: "Europe/Berlin", LogLevel: "debug", ClientSecret: "a secret that is long enough for a test of ours"}
	set(&c)
	c, err = c.Normal()
	h.must(err)
	shareCompiled(h, c.Data)
	ctx, stop := context.WithCancel(context.Background())
	h.app, err = app.Open(ctx, c)
	h.must(err)
	h.app.Log = slog.New(slog.NewTextHandler(h.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	h.must(h.app.Index.Reset(ctx))
	h.must(h.app.PublicIndex.Reset(ctx))
	if h.app.Store.Dialect() == jobs.SQLite { // nobody cuts the power here
		_, err = h.app.Store.DB().Exec("PRAGMA synchronous = OFF")
		h.must(err)
	}
	served := make(chan error, 1)
	go func() { served <- h.app.ServeOn(ctx, []string{h.url}, l) }()
	t.Cleanup(func() {
		stop()
		if err := <-served; err != nil {
			t.Error(err)
		}
		_ = h.app.Close()
	})
	start := time.Now()
	s := &demo.Seeder{Store: h.app.Store, Meetings: h.app.Meetings, Papers: h.app.Papers, Zone: h.app.Zone, Project: h.app.Publication.ProjectBody, MaxPages: 1}
	h.seeded, err = s.Seed(ctx, h.app.Clock())
	h.must(err)
	h.rules.town, err = demo.LoadTown()
	h.must(err)
	h.story(ctx)
	h.must(h.app.Index.Flush(ctx))
	h.must(h.app.PublicIndex.Flush(ctx))
	h.hidden[""] = h.rules.hidden("")
	for who := range h.tokens {
		h.hidden[who] = h.rules.hidden(who)
	}
	t.Logf("seeded on %s in %.0f s", h.app.Store.Dialect(), time.Since(start).Seconds())
	return h
}

// shareCompiled gives the product what other runs have compiled, which takes seconds.
func shareCompiled(h *house, data string) {
	cache, err := os.UserCacheDir()
	h.must(err)
	shared := filepath.Join(cache, "ris", "pdfium")
	h.must(os.MkdirAll(shared, 0o700))
	h.must(os.Symlink(shared, filepath.Join(data, "cache")))
}

// story is what happens after the seed: a seat ends, somebody comes, a paper is taken back.
func (h *house) story(ctx context.Context) {
	h.rules.ended, h.rules.withdrawn = map[string]string{"p08": "bau"}, map[string]bool{"laerm": true}
	seats, err := h.app.Store.Memberships(ctx, council.MembershipFilter{Person: h.seeded.Persons["p08"], Organization: h.seeded.Organizations["bau"]})
	h.must(err)
	for _, seat := range seats {
		seat.End = h.app.Clock().In(h.app.Zone).AddDate(0, 0, -1)
		h.must(h.app.Store.SaveMembership(ctx, &seat))
	}
	clerk := council.Person{Body: h.seeded.Bodies["hasselmoor"], Name: "Nora Nebenan", Account: "nebenan@demo.example"}
	h.must(h.app.Store.SavePerson(ctx, &clerk))
	h.must(h.app.Store.SaveGrant(ctx, &council.Grant{Body: clerk.Body, Person: clerk.ID, Role: council.Clerk, Start: h.app.Clock().AddDate(-1, 0, 0)}))
	h.seeded.Persons[foreignClerk] = clerk.ID
	for _, p := range h.rules.town.Persons {
		if p.Account == "sitzungsdienst@demo.example" {
			facts, err := h.app.Store.Facts(ctx, h.seeded.Persons[p.Key])
			h.must(err)
			_, err = h.app.Papers.Withdraw(ctx, policy.ForPerson(facts, h.app.Clock()), h.seeded.Papers["laerm"], 0, "Test")
			h.must(err)
		}
	}
	sessions := session.NewManager(h.app.Store, h.app.Clock)
	for key, id := range h.seeded.Persons {
		token, _, err := sessions.Start(ctx, session.Session{Person: id, Issuer: "test", Subject: key}, session.ClerkLimits)
		h.must(err)
		h.tokens[key] = token
	}
	h.indexed(ctx)
}

// indexed waits until no version waits for an index.
func (h *house) indexed(ctx context.Context) {
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		waiting := 0
		for _, paper := range h.seeded.Papers {
			files, err := h.app.Store.Files(ctx, policy.System("test"), council.FileFilter{Paper: paper})
			h.must(err)
			for _, f := range files {
				versions, err := h.app.Store.FileVersions(ctx, policy.System("test"), f.ID)
				h.must(err)
				for _, v := range versions {
					if !v.Indexed {
						waiting++
					}
				}
			}
		}
		if waiting == 0 {
			return
		}
	}
	h.Fatal("the index is not there after a minute")
}

// name of a viewer for messages.
func name(who string) string {
	if who == "" {
		return "the public"
	}
	return fmt.Sprintf("person %s", who)
}
