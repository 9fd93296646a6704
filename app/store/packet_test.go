package store_test

import (
	"reflect"
	"testing"
	"time"

	"ris/app/council"
	"ris/app/store"
	"ris/auth/policy"
)

// A packet comes back as written, once for each id; it is stale when nobody asks, or when readers get another version.
func TestPackets(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		w := newTown(t, s)
		p := w.paper(t, s, readers("clerk:x"))
		f, v := w.version(t, s, p)
		p.State, f.State, f.Current = council.Published, council.Published, v.ID
		must(t, s.SavePaper(ctx, &p))
		must(t, s.SaveFile(ctx, &f))
		m := w.meeting(t, s, readers("clerk:x"), epoch)
		one := council.Packet{ID: council.NewID(epoch), Body: w.body.ID, Meeting: m.ID, State: council.PacketPreparing, Content: `{"a":1}`,
			Versions: []council.ID{v.ID}, Created: epoch, Used: epoch}
		for i, want := range []bool{true, false} {
			if added, err := s.AddPacket(ctx, one); err != nil || added != want {
				t.Fatalf("%d: added %v, %v", i, added, err)
			}
		}
		one.State, one.Pages, one.Done, one.Total, one.Problem = council.PacketReady, 12, 12, 12, "x"
		one.Prepared = council.Prepared{Blob: "ab", Size: 7, SlotOffset: 1, SlotLength: 2, SlotObject: 3, Parts: council.Parts{ID: 9}}
		must(t, s.SavePacket(ctx, one))
		got, err := s.Packet(ctx, one.ID)
		if must(t, err); !reflect.DeepEqual(got, one) {
			t.Fatalf("got %+v\nwant %+v", got, one)
		}
		stale := func(before time.Time) int {
			t.Helper()
			all, err := s.StalePackets(ctx, before)
			must(t, err)
			return len(all)
		}
		if n := stale(epoch); n != 0 {
			t.Errorf("%d stale packets at once", n)
		}
		if n := stale(epoch.Add(time.Second)); n != 1 {
			t.Errorf("%d stale packets that nobody asked for", n)
		}
		must(t, s.UsePacket(ctx, one.ID, epoch.Add(time.Hour)))
		if n := stale(epoch.Add(time.Second)); n != 0 {
			t.Errorf("%d stale packets after somebody asked", n)
		}
		f.State = council.Withdrawn
		must(t, s.SaveFile(ctx, &f))
		if n := stale(epoch); n != 1 {
			t.Errorf("%d stale packets after a file was withdrawn", n)
		}
		must(t, s.DeletePacket(ctx, one.ID))
		if _, err := s.Packet(ctx, one.ID); council.KindOf(err) != council.NotFound {
			t.Errorf("a deleted packet: %v", err)
		}
	})
}

// What was made of a version is seen by those who may read it, and goes with it.
func TestRenditionsOfAVersion(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		w := newTown(t, s)
		p := w.paper(t, s, readers("clerk:x"))
		f, v := w.version(t, s, p)
		r := council.Rendition{Version: v.ID, Thumbnails: "aa", Pictures: []council.Thumbnail{{Offset: 1, Length: 2, Width: 3, Height: 4}},
			Reading: council.Prepared{Blob: "bb", Size: 5}, Accessibility: &council.AccessibilityReport{Tagged: true, Problems: []string{"x"}}, Made: epoch}
		must(t, s.SaveRenditionOf(ctx, r))
		must(t, s.SaveRenditionOf(ctx, r))
		got, err := s.RenditionOf(ctx, system, v.ID)
		if must(t, err); !reflect.DeepEqual(got, r) {
			t.Fatalf("got %+v\nwant %+v", got, r)
		}
		for name, viewer := range map[string]policy.Viewer{"public": policy.Anonymous(), "person": viewer(t, s, w.person), "nobody": {}} {
			if _, err := s.RenditionOf(ctx, viewer, v.ID); council.KindOf(err) != council.NotFound {
				t.Errorf("%s: %v", name, err)
			}
		}
		must(t, s.DeleteFile(ctx, f.ID))
		if _, err := s.RenditionOf(ctx, system, v.ID); council.KindOf(err) != council.NotFound {
			t.Errorf("of a deleted version: %v", err)
		}
	})
}
