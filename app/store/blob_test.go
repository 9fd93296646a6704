package store_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"ris/app/apptest/storetest"
	"ris/app/council"
	"ris/app/store"
)

// A column that looks as if it named a blob stands in the list of references or in that of exceptions: what is in neither would be
// deleted by the collection.
func TestEveryColumnThatNamesABlobIsKnown(t *testing.T) {
	s := open(t, "sqlite:"+t.TempDir()+"/ris.db")
	rows, err := s.DB().Query(`SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c
		WHERE m.type = 'table' AND upper(c.type) = 'TEXT' ORDER BY 1, 2`)
	must(t, err)
	defer rows.Close()
	looks := regexp.MustCompile(`blob|sha|hash|sum$|digest|thumbnail|rendition|converted|stack|prepared_public`)
	named, excepted := store.BlobColumns()
	there := map[string]bool{}
	for rows.Next() {
		var table, column string
		must(t, rows.Scan(&table, &column))
		if strings.HasPrefix(table, "river_") || strings.HasPrefix(table, "goose_") || strings.HasPrefix(table, "sqlite_") {
			continue
		}
		name := table + "." + column
		there[name] = true
		if looks.MatchString(column) && !named[name] && excepted[name] == "" {
			t.Errorf("%s may name a blob: add it to the references in blob_reference.go, or to the exceptions with a reason", name)
		}
	}
	must(t, rows.Err())
	for name := range named {
		if !there[name] {
			t.Errorf("%s stands in the list and is no column", name)
		}
	}
	for name := range excepted {
		if !there[name] {
			t.Errorf("%s stands in the exceptions and is no column", name)
		}
	}
	if len(there) < 100 || len(named) < 5 {
		t.Errorf("only %d columns, %d names: does the test still look at all?", len(there), len(named))
	}
}

func key(area, letter string) council.BlobKey {
	return council.BlobKey{Area: area, SHA256: strings.Repeat(letter, 64)}
}

func TestBlobReferences(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		w := newTown(t, s)
		_, v := w.version(t, s, w.paper(t, s, readers()))
		v.SHA256, v.Prepared.Blob, v.Prepared.Public, v.Converted = key("", "a").SHA256, key("", "b").SHA256, key("", "c").SHA256, key("", "d").SHA256
		must(t, s.SaveFileVersion(ctx, &v))
		for area, letter := range map[string]string{"originals": "a", "bases": "b", "public": "c", "converted": "d"} {
			all, err := s.BlobReferences(ctx, area)
			must(t, err)
			if len(all) != 1 {
				t.Errorf("%s: %d references", area, len(all))
			}
			for _, probe := range []struct {
				letter string
				want   bool
			}{{letter, true}, {"e", false}} {
				if got, err := s.BlobNeeded(ctx, key(area, probe.letter)); err != nil || got != probe.want {
					t.Errorf("%s %s: needed %v, %v", area, probe.letter, got, err)
				}
			}
			versions, err := s.VersionsOfBlob(ctx, key(area, letter))
			if err != nil || len(versions) != 1 || versions[0].ID != v.ID {
				t.Errorf("%s: versions %v, %v", area, versions, err)
			}
		}
	})
}

func TestBlobSuspects(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		k := key("bases", "a")
		must(t, s.SuspectBlobs(ctx, []council.BlobKey{k}, epoch))
		must(t, s.SuspectBlobs(ctx, []council.BlobKey{k, key("bases", "b")}, epoch.Add(time.Hour)))
		all, err := s.Suspects(ctx, "bases")
		must(t, err)
		if len(all) != 2 || !all[k.SHA256].Equal(epoch) {
			t.Errorf("suspects %v: the first moment counts", all)
		}
		condemn := func(k council.BlobKey, before time.Time) bool {
			t.Helper()
			ok, err := s.CondemnBlob(ctx, k, before, epoch)
			must(t, err)
			return ok
		}
		if condemn(k, epoch.Add(-time.Second)) {
			t.Error("condemned before its time")
		}
		if !condemn(k, epoch) || condemn(k, epoch) {
			t.Error("it is condemned once")
		}
		if condemn(key("public", "a"), epoch.Add(time.Hour)) {
			t.Error("condemned in another area")
		}
		if all, _ := s.Suspects(ctx, "bases"); len(all) != 1 {
			t.Errorf("a deleted one is still listed: %v", all)
		}
		if known, err := s.SuspectKnown(ctx, k); err != nil || !known {
			t.Errorf("a writer must hear of a deletion: %v %v", known, err)
		}
		must(t, s.ForgetSuspects(ctx, epoch.Add(time.Second)))
		if known, _ := s.SuspectKnown(ctx, k); known {
			t.Error("not forgotten")
		}
		must(t, s.SpareBlob(ctx, key("bases", "b")))
		if condemn(key("bases", "b"), epoch.Add(24*time.Hour)) {
			t.Error("a spared one was condemned")
		}
	})
}

// Whoever writes a blob while it is being deleted waits for the end of that.
func TestSparingWaitsForADeletion(t *testing.T) {
	s := open(t, storetest.Postgres(t))
	k := key("bases", "a")
	must(t, s.SuspectBlobs(ctx, []council.BlobKey{k}, epoch))
	spared := make(chan time.Time, 1)
	var ended time.Time
	must(t, s.InTx(ctx, func(ctx ctxT) error {
		if ok, err := s.CondemnBlob(ctx, k, epoch, epoch); err != nil || !ok {
			t.Errorf("%v %v", ok, err)
		}
		go func() { must(t, s.SpareBlob(t.Context(), k)); spared <- time.Now() }()
		time.Sleep(300 * time.Millisecond)
		ended = time.Now()
		return nil
	}))
	if at := <-spared; at.Before(ended) {
		t.Error("spared in the middle of a deletion")
	}
}

func TestUploads(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		w := newTown(t, s)
		p := w.paper(t, s, readers())
		u := council.Upload{Person: w.person.ID, Paper: p.ID, FileName: "Bericht.pdf", Length: 1 << 40, Expires: epoch, State: council.UploadOpen}
		must(t, s.SaveUpload(ctx, &u))
		mine, other := viewer(t, s, w.person), viewer(t, s, w.other)
		got, err := s.Upload(ctx, mine, u.ID)
		must(t, err)
		if got.Length != 1<<40 || got.FileName != "Bericht.pdf" || !got.Expires.Equal(epoch) || got.File != "" {
			t.Errorf("read back: %+v", got)
		}
		_, err = s.Upload(ctx, other, u.ID)
		wantKind(t, "another person's upload", err, council.NotFound)
		if list, _ := s.Uploads(ctx, other, ""); len(list) != 0 {
			t.Errorf("another person's list: %v", list)
		}
		if list, _ := s.Uploads(ctx, mine, p.ID); len(list) != 1 {
			t.Errorf("the own list: %v", list)
		}
		if late, _ := s.ExpiredUploads(ctx, epoch); len(late) != 0 {
			t.Error("expired too early")
		}
		if late, _ := s.ExpiredUploads(ctx, epoch.Add(time.Second)); len(late) != 1 {
			t.Error("never expired")
		}
		must(t, s.HoldPaper(ctx, p.ID))
		wantKind(t, "a paper that is none", s.HoldPaper(ctx, council.NewID(epoch)), council.NotFound)
		must(t, s.DeletePaper(ctx, p.ID)) // its uploads go with it
		_, err = s.Upload(ctx, mine, u.ID)
		wantKind(t, "an upload to a deleted paper", err, council.NotFound)
		must(t, s.DeleteUpload(ctx, u.ID))
	})
}

func TestBlobDamages(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		d := council.BlobDamage{BlobKey: key("bases", "a"), Found: epoch, Problem: "bits"}
		must(t, s.SaveBlobDamage(ctx, d))
		d.Found, d.Problem = epoch.Add(time.Hour), "more bits"
		must(t, s.SaveBlobDamage(ctx, d))
		all, err := s.BlobDamages(ctx)
		must(t, err)
		if len(all) != 1 || !all[0].Found.Equal(epoch) || all[0].Problem != "more bits" {
			t.Errorf("%+v", all)
		}
		d.Healed = epoch
		must(t, s.SaveBlobDamage(ctx, d))
		if all, _ := s.BlobDamages(ctx); len(all) != 0 {
			t.Errorf("healed and still listed: %+v", all)
		}
	})
}
