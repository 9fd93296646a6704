//go:build !race

package oracle_test

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"ris/app"
	"ris/app/config"
	"ris/app/council"
	"ris/app/demo"
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

// house is the seeded town behind its HTTP surface.
type house struct {
	*testing.T
	app    *app.App
	url    string
	rules  rules
	seeded demo.Seeded
	log    *lockedLog
	tokens map[string]string // person's key -> session token
	hidden map[string][]string
	never  map[string]answer // to questions for ids that never were
	asked  int
	made   map[string]int // packets made for a person
	// pictured counts the files whose pictures were asked for
	pictured int
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

// open seeds the town with short documents and serves it until the test ends.
func open(t *testing.T) *house {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	h := &house{T: t, url: "http://" + l.Addr().String(), log: &lockedLog{}, tokens: map[string]string{}, never: map[string]answer{}, hidden: map[string][]string{}, made: map[string]int{}}
	c, err := config.Config{Listen: l.Addr().String(), Data: t.TempDir(), Role: "all", UploadLimitMB: 50, PageLimit: 500,
		TimeZone: "Europe/Berlin", LogLevel: "debug", ClientSecret: "a secret that is long enough for a test of ours"}.Normal()
	h.must(err)
	ctx, stop := context.WithCancel(context.Background())
	h.app, err = app.Open(ctx, c)
	h.must(err)
	h.app.Log = slog.New(slog.NewTextHandler(h.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	served := make(chan error, 1)
	go func() { served <- h.app.ServeOn(ctx, []string{h.url}, l) }()
	t.Cleanup(func() {
		stop()
		if err := <-served; err != nil {
			t.Error(err)
		}
		_ = h.app.Close()
	})
	s := &demo.Seeder{Store: h.app.Store, Meetings: h.app.Meetings, Papers: h.app.Papers, Zone: h.app.Zone, Project: h.app.Publication.ProjectBody, MaxPages: 1}
	h.seeded, err = s.Seed(ctx, h.app.Clock())
	h.must(err)
	h.rules.town, err = demo.LoadTown()
	h.must(err)
	h.story(ctx)
	h.must(h.app.Index.Flush(ctx))
	h.must(h.app.PublicIndex.Flush(ctx))
	return h
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
