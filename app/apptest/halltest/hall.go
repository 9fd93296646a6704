package halltest

import (
	"context"
	"log/slog"
	"net"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"ris/app/access"
	"ris/app/annotations"
	"ris/app/apptest/storetest"
	"ris/app/audience"
	"ris/app/audit/journal"
	"ris/app/audit/review"
	"ris/app/bodies"
	"ris/app/council"
	"ris/app/devices"
	"ris/app/finding"
	"ris/app/jobs"
	"ris/app/meetings"
	"ris/app/packets"
	"ris/app/papers"
	"ris/app/people"
	"ris/app/privacy"
	"ris/app/provisioning"
	"ris/app/publication"
	"ris/app/release"
	"ris/app/server"
	"ris/app/server/api"
	"ris/app/server/oparl"
	"ris/app/server/portal"
	"ris/app/server/scim"
	"ris/app/store"
	"ris/app/trace"
	"ris/app/versions"
	"ris/app/work"
	"ris/auth/policy"
	"ris/auth/session"
	"ris/documents/blob"
	"ris/documents/pipeline"
	"ris/documents/upload"
	"ris/search"
	"ris/search/embedded"
	"ris/search/german"
)

// Origin is the address that the surface believes to have.
var system = policy.System("test")

const Origin = "http://127.0.0.1"

// Hall is the whole product with a clock that tests can turn.
type Hall struct {
	T            testing.TB
	Store        *store.Store
	Blobs        blob.Store
	BlobDir      string
	Parts        *upload.Parts
	Index        search.Engine
	PubIndex     search.Engine
	Publication  *publication.Publication
	People       *people.Service
	Bodies       *bodies.Service
	Meetings     *meetings.Service
	Papers       *papers.Service
	Packets      *packets.Service
	Annotations  *annotations.Service
	Finding      *finding.Service
	Versions     *versions.Service
	Tracing      *trace.Service
	Provisioning *provisioning.Service
	Journal      *journal.Journal
	Review       *review.Service
	Privacy      *privacy.Service
	App          *fiber.App
	Town         Town
	Log          *slog.Logger // where server, use-cases and worker write; never nil
	URL          string       // where the surface listens, http://127.0.0.1:port

	ahead atomic.Int64 // how far the clock was turned, nanoseconds
}

// Now is the hall's clock.
func (h *Hall) Now() time.Time {
	return council.SystemClock().Add(time.Duration(h.ahead.Load()))
}

// Turn turns the clock on.
func (h *Hall) Turn(d time.Duration) { h.ahead.Add(int64(d)) }

// Open puts everything together on a fresh database; dsn "" = SQLite in the test's folder. It is taken down with the test.
func Open(t testing.TB, dsn string) *Hall {
	t.Helper()
	return OpenLogged(t, dsn, slog.New(slog.DiscardHandler))
}

// OpenLogged is Open with the process's log written to log, for tests that read it.
func OpenLogged(t testing.TB, dsn string, log *slog.Logger) *Hall {
	t.Helper()
	dir := t.TempDir()
	if dsn == "" {
		dsn = storetest.SQLite(t)
	}
	h := &Hall{T: t, Log: log, BlobDir: filepath.Join(dir, "blobs")}
	ctx := context.Background()
	var err error
	if h.Store, err = store.Open(ctx, store.Config{DSN: dsn, Clock: h.Now}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = h.Store.Close() })
	must(t, h.Store.Migrate(ctx))
	if h.Store.Dialect() == jobs.SQLite { // no test of the hall cuts the power
		_, err = h.Store.DB().Exec("PRAGMA synchronous = OFF")
		must(t, err)
	}
	h.Blobs, err = blob.NewFile(h.BlobDir)
	must(t, err)
	h.Parts, err = upload.NewParts(filepath.Join(dir, "uploads"))
	must(t, err)
	h.Index, err = embedded.Open(filepath.Join(dir, "internal"))
	must(t, err)
	h.PubIndex, err = embedded.Open(filepath.Join(dir, "public"))
	must(t, err)
	t.Cleanup(func() { _, _ = h.Index.Close(), h.PubIndex.Close() })
	pipe, err := pipeline.New(pipeline.Config{Blobs: h.Blobs, Workers: 2, TempDir: dir, Log: log})
	must(t, err)
	h.useCases(pipe)
	h.Town = h.settle(ctx)
	h.serve()
	h.work()
	return h
}

func (h *Hall) useCases(pipe *pipeline.Pipeline) {
	h.Publication = publication.New(publication.Deps{Source: h.Store, Model: h.Store, Blobs: h.Blobs, Clock: h.Now})
	settler := &audience.Settler{Keeper: audience.New(h.Store), Public: h.Publication, Outbox: h.Store}
	h.People = &people.Service{Store: h.Store, Clock: h.Now}
	h.Bodies = &bodies.Service{Store: h.Store, Clock: h.Now, Day: packets.Berlin}
	h.Meetings = &meetings.Service{Store: h.Store, Settler: settler, Publisher: h.Publication, Outbox: h.Store, Clock: h.Now}
	h.Papers = &papers.Service{Store: h.Store, Settler: settler, Blobs: h.Blobs, Pipeline: pipe, Index: h.Index, PubIndex: h.PubIndex,
		Public: h.Publication, Clock: h.Now, Limit: 8 << 20, Log: h.Log}
	h.Packets = &packets.Service{Store: h.Store, Blobs: h.Blobs, Clock: h.Now, Documents: pipe, Log: h.Log}
	h.Annotations = &annotations.Service{Store: h.Store, Clock: h.Now}
	h.Finding = &finding.Service{Store: h.Store, Index: h.Index}
	h.Tracing = &trace.Service{Store: h.Store, Releases: &release.Service{Store: h.Store, Clock: h.Now}, Reader: &pipeline.Tracing{Pipeline: pipe}, Clock: h.Now, Limit: 8 << 20}
	h.Journal = &journal.Journal{Store: h.Store, Clock: h.Now, Log: h.Log, Keep: journal.Keep{Readings: 365, SignIns: 180, Acts: 3650}}
	h.Privacy = &privacy.Service{Store: h.Store, Releases: h.Tracing.Releases, Journal: h.Journal, Clock: h.Now, Settings: privacy.Settings{ReadDays: 365}}
	h.Review = &review.Service{Store: h.Store, Journal: h.Journal}
	h.Provisioning = h.provisioning()
	h.Versions = &versions.Service{Store: h.Store, Pictures: pipe, Clock: h.Now, Zone: packets.Berlin, Skip: papers.Skip}
}

// serve listens on a free port of loopback until the test ends.
func (h *Hall) serve() {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(h.T, err)
	h.URL = "http://" + l.Addr().String()
	h.App, err = server.New(server.Deps{Origins: []string{h.URL}, Store: h.Store, Clock: h.Now, Log: h.Log,
		Secret: "a secret that is long enough for a test of ours",
		API: func(app *fiber.App, person fiber.Handler) error {
			app.Use(api.Prefix, person)
			return api.Mount(app, api.Deps{Store: h.Store, Access: &access.Service{Store: h.Store, Clock: h.Now, Zone: packets.Berlin}, Clock: h.Now, People: h.People, Bodies: h.Bodies, Meetings: h.Meetings, Papers: h.Papers,
				Packets: h.Packets, Annotations: h.Annotations, Finding: h.Finding, Versions: h.Versions, Tracing: h.Tracing, Provisioning: h.Provisioning, PublicURL: h.URL, Review: h.Review, Devices: &devices.Service{Store: h.Store, Sessions: session.NewManager(h.Store, h.Now), Clock: h.Now, Zone: packets.Berlin, Log: h.Log}, Privacy: h.Privacy, Work: &work.Service{Store: h.Store, Blockers: h.blockers, Clock: h.Now}, Parts: h.Parts})
		},
		SCIM:  server.SCIM(scim.Deps{Accounts: h.Provisioning, PublicURL: h.URL, Clock: h.Now}),
		OParl: server.OParl(oparl.Deps{Model: h.Store, PublicURL: h.URL, Name: "Probe"}),
		Portal: func(r fiber.Router) error {
			return portal.Mount(r, portal.Deps{Model: h.Store, Blobs: h.Blobs, Search: h.PubIndex, Snippet: german.Snippet, PublicURL: h.URL, Clock: h.Now})
		}})
	must(h.T, err)
	go func() { _ = h.App.Listener(l) }()
	h.T.Cleanup(func() { _ = h.App.ShutdownWithTimeout(5 * time.Second) })
}

// blockers is what the assembly has.
func (h *Hall) blockers(ctx context.Context, v policy.Viewer, meeting council.ID) (out []work.Blocker, err error) {
	p, err := h.Meetings.PreviewPublish(ctx, v, meeting)
	for _, b := range p.Blockers {
		if b.Kind != "file" {
			out = append(out, work.Blocker{Kind: b.Kind, Object: b.ID, Key: b.Key, Args: b.Args})
		}
	}
	return out, err
}

// work runs the real worker until the test ends.
func (h *Hall) work() {
	handlers := &jobs.Handlers{}
	jobs.Handle(handlers, h.Papers.ProcessJob, h.Papers.ProcessFailed)
	jobs.Handle(handlers, h.Papers.IndexJob, h.Papers.IndexFailed)
	jobs.Handle(handlers, h.Meetings.PublishJob, h.Meetings.PublishFailed)
	jobs.Handle(handlers, h.Papers.DepublishJob, nil)
	jobs.Handle(handlers, h.Versions.CompareJob, h.Versions.CompareFailed)
	jobs.Handle(handlers, h.Papers.RecogniseJob, h.Papers.RecogniseFailed)
	jobs.Handle(handlers, h.Packets.MakePacketJob, h.Packets.MakePacketFailed)
	jobs.Handle(handlers, h.Packets.MakeRenditionsJob, nil)
	w, err := jobs.NewWorker(jobs.Config{Dialect: h.Store.Dialect(), DB: h.Store.DB(), Handlers: handlers, Poll: 50 * time.Millisecond,
		Log: h.Log})
	must(h.T, err)
	must(h.T, w.Start(context.Background()))
	h.T.Cleanup(func() {
		ctx, stop := context.WithTimeout(context.Background(), 20*time.Second)
		defer stop()
		_ = w.Stop(ctx)
	})
}

// As is the person as a viewer, with the rights of this moment.
func (h *Hall) As(person council.ID) policy.Viewer {
	h.T.Helper()
	facts, err := h.Store.Facts(context.Background(), person)
	must(h.T, err)
	return policy.ForPerson(facts, h.Now())
}

// Cookie signs the person in and gives the Cookie header.
func (h *Hall) Cookie(person council.ID) string {
	h.T.Helper()
	m := session.NewManager(h.Store, h.Now)
	token, _, err := m.Start(context.Background(), session.Session{Person: person, Issuer: "test", Subject: string(person)},
		session.MemberLimits)
	must(h.T, err)
	return session.CookieName(false) + "=" + token
}

// Eventually waits until ok answers true, at most a minute; what says what was waited for.
func (h *Hall) Eventually(what string, ok func() bool) {
	h.T.Helper()
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		if ok() {
			return
		}
	}
	h.T.Fatalf("waited in vain: %s", what)
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
