package store_test

import (
	"bytes"
	"testing"
	"time"

	"ris/app/council"
	"ris/app/store"
	"ris/auth/policy"
)

// A difference is seen by those who may read both versions, is asked for once, and goes with its versions.
func TestDifference(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		w := newTown(t, s)
		p := w.paper(t, s, readers(policy.LabelPublic))
		f, old := w.version(t, s, p)
		new := council.FileVersion{Body: w.body.ID, File: f.ID, Paper: p.ID, Number: 2, State: council.Draft, Audience: readers(policy.LabelClerk(w.body.ID))}
		must(t, s.SaveFileVersion(ctx, &new))
		_, err := s.Difference(ctx, system, old.ID, new.ID)
		wantKind(t, "nobody has asked", err, council.NotFound)
		for i, want := range []bool{true, false} {
			if first, err := s.AskDifference(ctx, old.ID, new.ID, epoch); err != nil || first != want {
				t.Errorf("asked for the %d. time: %v %v", i+1, first, err)
			}
		}
		d := council.Difference{Old: old.ID, New: new.ID, State: council.DifferenceText, Data: []byte{'D', 'F', 0, 255}, Made: epoch.Add(time.Minute)}
		must(t, s.SaveDifference(ctx, d))
		got, err := s.Difference(ctx, system, old.ID, new.ID)
		if err != nil || got.State != d.State || !bytes.Equal(got.Data, d.Data) || !got.Made.Equal(d.Made) || got.Old != old.ID || got.New != new.ID {
			t.Errorf("%v %+v", err, got)
		}
		for name, v := range map[string]policy.Viewer{"the public": policy.Anonymous(), "nobody": {}} {
			_, err := s.Difference(ctx, v, old.ID, new.ID)
			wantKind(t, name+", who may not read the new version", err, council.NotFound)
		}
		_, err = s.Difference(ctx, system, new.ID, old.ID)
		wantKind(t, "the other direction", err, council.NotFound)
		_, err = s.Difference(ctx, system, "x", new.ID)
		wantKind(t, "an id that is none", err, council.NotFound)
		wantKind(t, "of a version that is not there", s.SaveDifference(ctx, council.Difference{Old: old.ID, New: council.NewID(epoch), Made: epoch}), council.Conflict)
		must(t, s.DeletePaper(ctx, p.ID))
		if first, err := s.AskDifference(ctx, old.ID, new.ID, epoch); err == nil {
			t.Errorf("a difference of deleted versions can be asked for: %v", first)
		}
	})
}
