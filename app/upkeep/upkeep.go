package upkeep

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"ris/app/council"
	"ris/app/jobs"
	"ris/auth/policy"
	"ris/documents/blob"
	"ris/documents/upload"
)

// Store is what upkeep needs of the database; all of it joins the transaction in ctx.
type Store interface {
	InTx(ctx context.Context, fn func(ctx context.Context) error) error
	BlobReferences(ctx context.Context, area string) (map[[32]byte]struct{}, error)
	BlobNeeded(ctx context.Context, key council.BlobKey) (bool, error)
	SuspectBlobs(ctx context.Context, keys []council.BlobKey, now time.Time) error
	Suspects(ctx context.Context, area string) (map[string]time.Time, error)
	SuspectKnown(ctx context.Context, key council.BlobKey) (bool, error)
	SpareBlob(ctx context.Context, key council.BlobKey) error
	CondemnBlob(ctx context.Context, key council.BlobKey, before, now time.Time) (bool, error)
	ForgetSuspects(ctx context.Context, before time.Time) error
	SaveBlobDamage(ctx context.Context, d council.BlobDamage) error
	BlobDamages(ctx context.Context) ([]council.BlobDamage, error)
	VersionsOfBlob(ctx context.Context, key council.BlobKey) ([]council.FileVersion, error)
	SaveFileVersion(ctx context.Context, fv *council.FileVersion) error
	Upload(ctx context.Context, v policy.Viewer, id council.ID) (council.Upload, error)
	ExpiredUploads(ctx context.Context, now time.Time) ([]council.Upload, error)
	DeleteUpload(ctx context.Context, id council.ID) error
	Audit(ctx context.Context, e council.AuditEntry) error
	Enqueue(ctx context.Context, job jobs.Job) error
}

// Service does the work; Run does it again and again.
type Service struct {
	Store Store
	Blobs blob.Keeper
	Parts *upload.Parts // nil: no uploads are looked after
	Clock council.Clock
	Log   *slog.Logger
	Keep  time.Duration // how long a blob that nothing names is kept
	Rate  int64         // bytes a second that the check in the background reads; 0 = it does not run

	found chan council.BlobDamage
	once  sync.Once
}

var system = policy.System("upkeep")

// How often Run does what.
const (
	expireEvery  = time.Hour
	collectEvery = 24 * time.Hour
	checkEvery   = 7 * 24 * time.Hour
	// firstCheck leaves a process that has just started to its work.
	firstCheck = 10 * time.Minute
)

// Run works until ctx ends. Damage that readers meet (Found) is noted and mended at once.
func (s *Service) Run(ctx context.Context) {
	go s.every(ctx, 0, expireEvery, "expired uploads", func() error { _, err := s.ExpireUploads(ctx); return err })
	go s.every(ctx, time.Minute, collectEvery, "collection of blobs", func() error {
		_, err := s.Collect(ctx, CollectOptions{Keep: s.Keep})
		return err
	})
	if s.Rate > 0 {
		go s.every(ctx, firstCheck, checkEvery, "check of blobs", func() error { _, err := s.Check(ctx, CheckOptions{Rate: s.Rate, Heal: true}); return err })
	}
	for {
		select {
		case <-ctx.Done():
			return
		case d := <-s.findings():
			if err := s.note(ctx, d, true); err != nil && ctx.Err() == nil {
				s.Log.Error("damage could not be noted", "area", d.Area, "blob", d.SHA256, "error", err)
			}
		}
	}
}

func (s *Service) every(ctx context.Context, first, pause time.Duration, what string, do func() error) {
	t := time.NewTimer(first)
	defer t.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-t.C:
		}
		if err := do(); err != nil && ctx.Err() == nil {
			s.Log.Error("upkeep failed, it is tried again at its next turn", "what", what, "error", err)
		}
		t.Reset(pause)
	}
}

func (s *Service) findings() chan council.BlobDamage {
	s.once.Do(func() { s.found = make(chan council.BlobDamage, 64) })
	return s.found
}

// Found takes what a reader met; it never waits. More than can be noted at once will be met again.
func (s *Service) Found(area blob.Area, sum string, err error) {
	d := council.BlobDamage{BlobKey: council.BlobKey{Area: string(area), SHA256: sum}, Found: s.Clock(), Problem: err.Error()}
	select {
	case s.findings() <- d:
	default:
	}
}
