package journal_test

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"ris/app/apptest/pgtest"
	"ris/app/audit"
	"ris/app/audit/journal"
	"ris/app/council"
	"ris/app/jobs"
	"ris/app/store"
	"ris/auth/policy"
)

var (
	ctx   = context.Background()
	epoch = time.Date(2026, 11, 2, 8, 0, 0, 0, time.UTC)
)

// book is a log of its own with a clock that goes on by a second a look.
type book struct {
	*journal.Journal
	t       *testing.T
	dsn     string
	store   *store.Store
	ahead   atomic.Int64
	body    council.ID
	persons []council.Person
}

func (b *book) now() time.Time { return epoch.Add(time.Duration(b.ahead.Add(int64(time.Second)))) }

func onBoth(t *testing.T, do func(b *book)) {
	t.Helper()
	for name, dsn := range map[string]func(testing.TB) string{
		"sqlite":   func(t testing.TB) string { return "sqlite:" + filepath.Join(t.TempDir(), "ris.db") },
		"postgres": pgtest.DSN,
	} {
		t.Run(name, func(t *testing.T) { do(open(t, dsn(t))) })
	}
}

func open(t *testing.T, dsn string) *book {
	t.Helper()
	b := &book{t: t, dsn: dsn}
	var err error
	b.store, err = store.Open(ctx, store.Config{DSN: dsn, Clock: b.now})
	must(t, err)
	t.Cleanup(func() { must(t, b.store.Close()) })
	must(t, b.store.Migrate(ctx))
	body := council.Body{Name: "Stadt Lindenbrück"}
	must(t, b.store.SaveBody(ctx, &body))
	b.body = body.ID
	for i := range 3 {
		p := council.Person{Body: body.ID, Name: fmt.Sprint("Person ", i), Account: fmt.Sprint("p", i, "@test.example")}
		must(t, b.store.SavePerson(ctx, &p))
		b.persons = append(b.persons, p)
	}
	b.Journal = &journal.Journal{Store: b.store, Clock: b.now, Keep: journal.Keep{Readings: 365, SignIns: 90, Acts: 3650}, Log: slog.New(slog.DiscardHandler)}
	return b
}

// as is a person as a viewer, without any right.
func (b *book) as(i int) policy.Viewer {
	return policy.ForPerson(policy.Facts{Person: b.persons[i]}, epoch)
}

// write writes n lines of several kinds.
func (b *book) write(n int) {
	b.t.Helper()
	must(b.t, b.store.InTx(ctx, func(ctx context.Context) error {
		for i := range n {
			who, now := b.as(i%3), b.now()
			e := audit.Entry(who, now, audit.FileRead, "file", b.body, council.NewID(now), "version", string(council.NewID(now)))
			switch i % 5 {
			case 1:
				e = audit.Entry(who, now, audit.SessionStart, "person", b.body, who.Person(), "issuer", "https://idp.example", "subject", "sub-"+string(who.Person()))
			case 2:
				e = audit.Entry(who, now, audit.ConflictRecord, "agendaItem", b.body, council.NewID(now), "person", string(b.persons[(i+1)%3].ID))
			case 3:
				e = audit.Entry(policy.System("upkeep"), now, audit.BlobCollect, "blob", "", "")
			case 4:
				e = audit.Entry(who, now, audit.MeetingPublish, "meeting", b.body, council.NewID(now), "reason", "Ä \"so\"\n")
			}
			if err := b.store.Audit(ctx, e); err != nil {
				return err
			}
		}
		return nil
	}))
}

func (b *book) sequence(want int) {
	b.t.Helper()
	if n, err := b.Sequence(ctx); err != nil || n != want {
		b.t.Fatalf("sequenced %d, want %d: %v", n, want, err)
	}
}

func (b *book) verify(outside ...journal.Checkpoint) *journal.Report {
	b.t.Helper()
	r, err := b.Verify(ctx, outside, nil)
	must(b.t, err)
	return r
}

func (b *book) sound(what string, outside ...journal.Checkpoint) *journal.Report {
	b.t.Helper()
	r := b.verify(outside...)
	if !r.Sound() {
		b.t.Fatalf("%s: %+v", what, r.Findings)
	}
	return r
}

// sql changes the database behind the service's back; "?" are arguments on both databases.
func (b *book) sql(query string, args ...any) {
	b.t.Helper()
	if b.store.Dialect() == jobs.Postgres {
		for i := range args {
			query = strings.Replace(query, "?", fmt.Sprint("$", i+1), 1)
		}
	}
	done, err := b.store.DB().Exec(query, args...)
	must(b.t, err)
	if n, _ := done.RowsAffected(); n == 0 && !strings.HasPrefix(query, "CREATE") {
		b.t.Fatalf("%s: no row was changed", query)
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func auditOf(act string) council.AuditFilter { return council.AuditFilter{Act: act} }
