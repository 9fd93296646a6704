package upkeep_test

import (
	"bytes"
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"ris/app/apptest/storetest"
	"ris/app/council"
	"ris/app/store"
	"ris/app/upkeep"
	"ris/auth/policy"
	"ris/documents/blob"
	"ris/documents/upload"
)

var (
	ctx    = context.Background()
	system = policy.System("test")
)

// house is a store, blobs and their upkeep, with a clock that can be turned.
type house struct {
	*testing.T
	store  *store.Store
	blobs  *blob.File
	dir    string
	guard  *upkeep.Guard
	upkeep *upkeep.Service
	ahead  atomic.Int64
	body   council.Body
	paper  council.Paper
	person council.Person
}

func onBoth(t *testing.T, behaviour func(h *house)) {
	t.Helper()
	for name, dsn := range map[string]func() string{
		"sqlite":   func() string { return "sqlite:" + filepath.Join(t.TempDir(), "ris.db") },
		"postgres": func() string { return storetest.Postgres(t) },
	} {
		t.Run(name, func(t *testing.T) { behaviour(newHouse(t, dsn())) })
	}
}

func newHouse(t *testing.T, dsn string) *house {
	t.Helper()
	h := &house{T: t, dir: t.TempDir()}
	now := func() time.Time { return council.SystemClock().Add(time.Duration(h.ahead.Load())) }
	var err error
	h.store, err = store.Open(ctx, store.Config{DSN: dsn, Clock: now})
	h.must(err)
	t.Cleanup(func() { _ = h.store.Close() })
	h.must(h.store.Migrate(ctx))
	h.upkeep = &upkeep.Service{Store: h.store, Clock: now, Log: slog.New(slog.DiscardHandler), Keep: 30 * 24 * time.Hour}
	h.blobs, err = blob.NewFile(h.dir, blob.Reporting(h.upkeep.Found))
	h.must(err)
	h.upkeep.Blobs = h.blobs
	h.guard = &upkeep.Guard{Keeper: h.blobs, Store: h.store}
	h.body = council.Body{Name: "Stadt Probe"}
	h.must(h.store.SaveBody(ctx, &h.body))
	h.person = council.Person{Body: h.body.ID, Name: "Carla Klerk"}
	h.must(h.store.SavePerson(ctx, &h.person))
	h.paper = council.Paper{Body: h.body.ID, Name: "Bericht", State: council.Draft}
	h.must(h.store.SavePaper(ctx, &h.paper))
	return h
}

func (h *house) must(err error) {
	h.Helper()
	if err != nil {
		h.Fatal(err)
	}
}

func (h *house) put(area blob.Area, text string) string {
	h.Helper()
	key, _, err := h.guard.Put(ctx, area, strings.NewReader(text), 0)
	h.must(err)
	return key
}

// version is a readable one of the given original and base.
func (h *house) version(original, base string) council.FileVersion {
	h.Helper()
	f := council.File{Body: h.body.ID, Paper: h.paper.ID, Role: council.AuxiliaryFile, State: council.Draft}
	h.must(h.store.SaveFile(ctx, &f))
	v := council.FileVersion{Body: h.body.ID, File: f.ID, Paper: h.paper.ID, Number: 1, SHA256: original, State: council.Draft, Processing: council.Searchable,
		Prepared: council.Prepared{Blob: base}}
	h.must(h.store.SaveFileVersion(ctx, &v))
	return v
}

func (h *house) there(area blob.Area, key string) bool {
	h.Helper()
	r, err := h.blobs.Open(ctx, area, key)
	if err == nil {
		_ = r.Close()
	}
	return err == nil
}

func (h *house) collect(keep time.Duration) (deleted, unneeded int) {
	h.Helper()
	all, err := h.upkeep.Collect(ctx, upkeep.CollectOptions{Keep: keep})
	h.must(err)
	for _, c := range all {
		deleted, unneeded = deleted+c.Deleted, unneeded+c.Unneeded
	}
	return deleted, unneeded
}

const day = 24 * time.Hour

// A blob that nothing names goes, but only after its days; what is named stays; what is named again is spared.
func TestCollect(t *testing.T) {
	onBoth(t, func(h *house) {
		original, base, orphan, again := h.put(blob.Originals, "original"), h.put(blob.Bases, "base"), h.put(blob.Bases, "orphan"), h.put(blob.Originals, "again")
		h.version(original, base)
		step := func(what string, deleted, unneeded int) {
			h.Helper()
			if d, u := h.collect(30 * day); d != deleted || u != unneeded {
				h.Errorf("%s: %d deleted, %d not needed; want %d, %d", what, d, u, deleted, unneeded)
			}
		}
		step("fresh ones are not even noted", 0, 0)
		h.ahead.Add(int64(2 * time.Hour))
		step("noted", 0, 2)
		h.ahead.Add(int64(29 * day))
		step("not yet", 0, 2)
		h.version(again, "")
		dry, err := h.upkeep.Collect(ctx, upkeep.CollectOptions{Keep: 1 * day, DryRun: true})
		h.must(err)
		total := 0
		for _, c := range dry {
			total += c.Deleted
		}
		if total != 1 || !h.there(blob.Bases, orphan) {
			h.Errorf("the dry run counts %d", total)
		}
		h.ahead.Add(int64(2 * day))
		step("after its days", 1, 1)
		if h.there(blob.Bases, orphan) || !h.there(blob.Bases, base) || !h.there(blob.Originals, original) || !h.there(blob.Originals, again) {
			h.Error("the wrong ones went")
		}
		step("nothing is left", 0, 0)
		entries, err := h.store.AuditEntries(ctx, system, council.AuditFilter{Act: "blob.collect"})
		if err != nil || len(entries) != 1 || entries[0].Details["area"] != "bases" {
			h.Errorf("the log says %+v, %v", entries, err)
		}
	})
}

// The same bytes are stored again at the moment in which they are deleted: what the writer was told to be there is there.
func TestStoredAgainWhileCollected(t *testing.T) {
	onBoth(t, func(h *house) {
		stop := make(chan struct{})
		done := make(chan struct{})
		go func() {
			defer close(done)
			for {
				select {
				case <-stop:
					return
				default:
					_, err := h.upkeep.Collect(ctx, upkeep.CollectOptions{Keep: time.Microsecond})
					h.must(err)
				}
			}
		}()
		met := 0
		for n := range 40 {
			text := []byte(strings.Repeat("again", n+1))
			key, _, err := h.guard.Put(ctx, blob.Originals, bytes.NewReader(text), 0)
			h.must(err)
			// Nothing names it, and for the collection hours have passed: it is noted and about to go, when it comes once more.
			h.must(h.store.SuspectBlobs(ctx, []council.BlobKey{{Area: "originals", SHA256: key}}, council.SystemClock().Add(-time.Hour)))
			time.Sleep(time.Duration(n%5) * time.Millisecond)
			if !h.there(blob.Originals, key) {
				met++
			}
			if _, _, err = h.guard.Put(ctx, blob.Originals, bytes.NewReader(text), 0); err != nil {
				h.Fatal(err)
			}
			h.version(key, "")
			if !h.there(blob.Originals, key) {
				h.Fatalf("%d: stored, named and gone", n)
			}
		}
		close(stop)
		<-done
		h.Logf("%d of 40 were really deleted in between", met)
		checked, err := h.upkeep.Check(ctx, upkeep.CheckOptions{})
		h.must(err)
		if len(checked.Damaged) > 0 {
			h.Errorf("%+v", checked.Damaged)
		}
	})
}

func (h *house) spoil(area blob.Area, key string) {
	h.Helper()
	place := filepath.Join(h.dir, string(area), key[:2], key)
	b, err := os.ReadFile(place)
	h.must(err)
	b[len(b)/2] ^= 1
	h.must(os.WriteFile(place, b, 0o600))
}

func (h *house) now(v council.FileVersion) council.FileVersion {
	h.Helper()
	out, err := h.store.FileVersion(ctx, system, v.ID)
	h.must(err)
	return out
}

// Damage is found, told, and mended from what is sound: a rendition from its base, a base from its original. A damaged original is
// shown to the clerk.
func TestDamageIsFoundAndMended(t *testing.T) {
	h := newHouse(t, "sqlite:"+filepath.Join(t.TempDir(), "ris.db"))
	a := h.version(h.put(blob.Originals, "original of a"), h.put(blob.Bases, "base of a"))
	b := h.version(h.put(blob.Originals, "original of b"), h.put(blob.Bases, "base of b"))
	c := h.version(h.put(blob.Originals, "original of c"), h.put(blob.Bases, "base of c"))
	a.Prepared.Public = h.put(blob.Public, "base of a")
	h.must(h.store.SaveFileVersion(ctx, &a))
	check := func(heal bool) []council.BlobDamage {
		h.Helper()
		got, err := h.upkeep.Check(ctx, upkeep.CheckOptions{Heal: heal})
		h.must(err)
		return got.Damaged
	}
	if d := check(true); len(d) != 0 {
		t.Fatalf("damaged from the start: %+v", d)
	}
	h.spoil(blob.Public, a.Prepared.Public)
	h.spoil(blob.Bases, b.Prepared.Blob)
	h.spoil(blob.Originals, c.SHA256)
	if d := check(false); len(d) != 3 || h.now(b).Processing != council.Searchable {
		t.Errorf("only looking: %+v, %s", d, h.now(b).Processing)
	}
	if d := check(true); len(d) != 3 {
		t.Errorf("found: %+v", d)
	}
	if err := h.blobs.Check(ctx, blob.Public, a.Prepared.Public); err != nil {
		t.Errorf("the rendition: %v", err)
	}
	if v := h.now(b); v.Processing != council.Received {
		t.Errorf("the version with the damaged base is %s", v.Processing)
	}
	var jobs int
	h.must(h.store.DB().QueryRow("SELECT count(*) FROM river_job WHERE kind = 'process_file'").Scan(&jobs))
	if jobs != 1 {
		t.Errorf("%d jobs prepare anew", jobs)
	}
	if v := h.now(c); v.Problem != "file.problem.damaged" || v.Processing != council.Searchable {
		t.Errorf("the damaged original: %s, %s", v.Problem, v.Processing)
	}
	entries, _ := h.store.AuditEntries(ctx, system, council.AuditFilter{Act: "blob.damaged"})
	if len(entries) != 3 || entries[0].Body != h.body.ID {
		t.Errorf("the log says %+v", entries)
	}
	// The base was made anew under another name; the damaged one is of no use to anybody, and the original comes back by an upload.
	v := h.now(b)
	v.Prepared.Blob, v.Processing = h.put(blob.Bases, "new base of b"), council.Searchable
	h.must(h.store.SaveFileVersion(ctx, &v))
	h.put(blob.Originals, "original of c")
	if d := check(true); len(d) != 0 {
		t.Errorf("after mending: %+v", d)
	}
	if left, _ := h.store.BlobDamages(ctx); len(left) != 0 {
		t.Errorf("still noted: %+v", left)
	}
	// A blob that is named and not there is damage as well.
	h.must(h.blobs.Delete(ctx, blob.Originals, a.SHA256))
	if d := check(false); len(d) != 1 || d[0].SHA256 != a.SHA256 {
		t.Errorf("missing: %+v", d)
	}
}

// What a reader meets is noted without a check.
func TestWhatAReaderMeetsIsNoted(t *testing.T) {
	h := newHouse(t, "sqlite:"+filepath.Join(t.TempDir(), "ris.db"))
	v := h.version(h.put(blob.Originals, "original"), h.put(blob.Bases, "base"))
	run, stop := context.WithCancel(ctx)
	ended := make(chan struct{})
	go func() { h.upkeep.Run(run); close(ended) }()
	h.spoil(blob.Bases, v.Prepared.Blob)
	r, err := h.guard.Open(ctx, blob.Bases, v.Prepared.Blob)
	h.must(err)
	if _, err := r.Read(make([]byte, 10)); err == nil {
		t.Error("damaged bytes were given out")
	}
	_ = r.Close()
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end) && h.now(v).Processing != council.Received; time.Sleep(20 * time.Millisecond) {
	}
	if got := h.now(v).Processing; got != council.Received {
		t.Errorf("the version is %s: nobody prepares it anew", got)
	}
	stop()
	<-ended
}

func TestUploadsExpire(t *testing.T) {
	onBoth(t, func(h *house) {
		dir := h.TempDir()
		parts, err := upload.NewParts(dir)
		h.must(err)
		h.upkeep.Parts = parts
		save := func(state council.UploadState, ends time.Duration) council.Upload {
			h.Helper()
			u := council.Upload{Person: h.person.ID, Paper: h.paper.ID, FileName: "x.pdf", Length: 10, State: state, Expires: h.upkeep.Clock().Add(ends)}
			h.must(h.store.SaveUpload(ctx, &u))
			return u
		}
		bytesOf := func(id council.ID) string {
			h.Helper()
			place := filepath.Join(dir, string(id)+".part")
			h.must(os.WriteFile(place, []byte("bytes"), 0o600))
			old := time.Now().Add(-2 * time.Hour)
			h.must(os.Chtimes(place, old, old))
			return place
		}
		open, done, late := save(council.UploadOpen, day), save(council.UploadDone, day), save(council.UploadOpen, -time.Minute)
		places := map[string]bool{bytesOf(open.ID): true, bytesOf(done.ID): false, bytesOf(late.ID): false, bytesOf(council.NewID(time.Now())): false}
		n, err := h.upkeep.ExpireUploads(ctx)
		if err != nil || n != 3 {
			h.Errorf("%d went, %v", n, err)
		}
		for place, stays := range places {
			if _, err := os.Stat(place); (err == nil) != stays {
				h.Errorf("%s: %v, want it there: %v", place, err, stays)
			}
		}
		if _, err := h.store.Upload(ctx, system, late.ID); council.KindOf(err) != council.NotFound {
			h.Errorf("the expired one: %v", err)
		}
		if _, err := h.store.Upload(ctx, system, done.ID); err != nil {
			h.Errorf("the answer of a done one is kept for its days: %v", err)
		}
	})
}
