package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"time"

	"ris/app/annotations"
	"ris/app/audience"
	"ris/app/audit/journal"
	"ris/app/audit/review"
	"ris/app/bodies"
	"ris/app/config"
	"ris/app/council"
	"ris/app/devices"
	"ris/app/directory"
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
	"ris/app/server/signin"
	"ris/app/store"
	"ris/app/trace"
	"ris/app/upkeep"
	"ris/app/versions"
	"ris/auth/policy"
	"ris/documents/blob"
	"ris/documents/pipeline"
	"ris/documents/upload"
	"ris/search"
)

// App is the running product. Its parts are open to the demo's seed and to tests; everybody else uses the HTTP surface.
type App struct {
	Config config.Config
	Log    *slog.Logger
	Zone   *time.Location
	Clock  council.Clock

	Store       *store.Store
	Blobs       blob.Store
	Parts       *upload.Parts // bytes of unfinished uploads
	Upkeep      *upkeep.Service
	Pipeline    *pipeline.Pipeline
	Index       search.Engine // of everything, filtered by audience
	PublicIndex search.Engine // of what is public; the portal holds no other

	Publication  *publication.Publication
	People       *people.Service
	Bodies       *bodies.Service
	Meetings     *meetings.Service
	Papers       *papers.Service
	Packets      *packets.Service
	Annotations  *annotations.Service
	Finding      *finding.Service
	Versions     *versions.Service
	Releases     *release.Service
	Tracing      *trace.Service
	Provisioning *provisioning.Service
	Devices      *devices.Service
	Directory    *directory.Service
	Journal      *journal.Journal
	Review       *review.Service
	Privacy      *privacy.Service

	// ReadyToo is asked by /readyz after the parts themselves; the demo sets it until its town is seeded.
	ReadyToo func(ctx context.Context) error

	providers []signin.Choice

	publicModel  publicModel   // what the portal and OParl read
	publicSearch search.Reader // of a process that serves the public alone; nil = it has no search

	worker *jobs.Worker
	close  []func() error
}

// Open opens the parts and brings the database to this version. Nothing listens and no job runs yet.
func Open(ctx context.Context, c config.Config) (a *App, err error) {
	zone, err := time.LoadLocation(c.TimeZone)
	if err != nil {
		return nil, fmt.Errorf("RIS_TIME_ZONE=%q: %w", c.TimeZone, err)
	}
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return nil, fmt.Errorf("RIS_DATA: %w", err)
	}
	a = &App{Config: c, Log: newLog(c.LogLevel), Zone: zone, Clock: council.SystemClock}
	defer func() {
		if err != nil {
			err = errors.Join(err, a.Close())
		}
	}()
	if c.Role == "portal" {
		return a, a.openPortal(ctx)
	}
	if a.Store, err = store.Open(ctx, store.Config{DSN: c.DSN(), Clock: a.Clock, Roles: store.Roles(c.Roles())}); err != nil {
		return a, fmt.Errorf("database: %w", err)
	}
	a.close = append(a.close, a.Store.Close)
	if err = a.Store.Migrate(ctx); err != nil {
		return a, fmt.Errorf("database: %w", err)
	}
	if err = a.openPublicModel(ctx); err != nil {
		return a, err
	}
	if err = a.openBlobs(ctx); err != nil {
		return a, err
	}
	if err = a.openSearch(ctx); err != nil {
		return a, err
	}
	if err = a.openPipeline(); err != nil {
		return a, err
	}
	a.useCases()
	a.openTracing()
	a.openProvisioning()
	a.openDevices()
	if err = a.openSignIn(); err != nil {
		return a, err
	}
	a.openJournal()
	a.openPrivacy()
	if err = a.openIntake(); err != nil {
		return a, err
	}
	if err = a.openRecognition(ctx); err != nil {
		return a, err
	}
	return a, a.openWorker()
}

// Migrate brings the database to this version, as the owner of its tables, gives the other roles their rights, and closes it again.
func Migrate(ctx context.Context, c config.Config) error {
	s, err := store.Open(ctx, store.Config{DSN: c.OwnerDSN(), Roles: store.Roles(c.Roles())})
	if err != nil {
		return fmt.Errorf("database: %w", err)
	}
	return errors.Join(s.Migrate(ctx), s.Close())
}

// Close closes the parts in the reverse order of their opening.
func (a *App) Close() error {
	var all error
	for i := len(a.close) - 1; i >= 0; i-- {
		all = errors.Join(all, a.close[i]())
	}
	a.close = nil
	return all
}

func (a *App) useCases() {
	a.Publication = publication.New(publication.Deps{Source: a.Store, Model: a.Store, Blobs: a.Blobs, Clock: a.Clock})
	settler := &audience.Settler{Keeper: audience.New(a.Store), Public: a.Publication, Outbox: a.Store}
	a.People = &people.Service{Store: a.Store, Clock: a.Clock}
	a.Bodies = &bodies.Service{Store: a.Store, Clock: a.Clock, Day: a.Zone}
	a.Meetings = &meetings.Service{Store: a.Store, Settler: settler, Publisher: a.Publication, Outbox: a.Store, Clock: a.Clock}
	a.Papers = &papers.Service{Store: a.Store, Settler: settler, Blobs: a.Blobs, Pipeline: a.Pipeline, Index: a.Index, PubIndex: a.PublicIndex,
		Public: a.Publication, Clock: a.Clock, Limit: a.Config.UploadLimitMB << 20}
	a.Packets = &packets.Service{Store: a.Store, Blobs: a.Blobs, Clock: a.Clock, Documents: a.Pipeline, Log: a.Log, Progress: papers.Progress}
	a.Annotations = &annotations.Service{Store: a.Store, Clock: a.Clock}
	a.Finding = &finding.Service{Store: a.Store, Index: a.Index}
	a.Versions = &versions.Service{Store: a.Store, Pictures: a.Pipeline, Clock: a.Clock, Zone: a.Zone, Skip: papers.Skip}
}

// ProjectBodies brings the master data of all bodies into the publication read model; repeat-safe, done at each start because
// master data may have been imported meanwhile.
func (a *App) ProjectBodies(ctx context.Context) error {
	bodies, err := a.Store.Bodies(ctx, policy.System("start"))
	if err != nil {
		return fmt.Errorf("publication: %w", err)
	}
	for _, b := range bodies {
		if err := a.Publication.ProjectBody(ctx, b.ID); err != nil {
			return fmt.Errorf("publication: %s: %w", b.Name, err)
		}
	}
	return nil
}

func newLog(level string) *slog.Logger {
	var l slog.Level
	if err := l.UnmarshalText([]byte(level)); err != nil {
		l = slog.LevelInfo
	}
	return slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: l}))
}
