package store_test

import (
	"slices"
	"testing"

	"ris/app/council"
	"ris/app/publication/readmodel"
	"ris/app/store"
	"ris/auth/policy"
)

// What an emptied index is filled with: files with an indexed version, in pages, each once, and only those that the viewer may read.
func TestSearchableFiles(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		w := newTown(t, s)
		p := w.paper(t, s, readers(policy.LabelClerk(w.body.ID)))
		var want []council.ID
		for n := range 4 {
			f, v := w.version(t, s, p)
			if n == 1 {
				continue // was never read
			}
			v.Processing = council.Searchable
			must(t, s.SaveFileVersion(ctx, &v))
			again := council.FileVersion{Body: w.body.ID, File: f.ID, Paper: p.ID, Number: 2, State: council.Draft, Processing: council.Searchable, Audience: p.Audience}
			must(t, s.SaveFileVersion(ctx, &again))
			want = append(want, f.ID)
		}
		slices.Sort(want)
		first, err := s.SearchableFiles(ctx, system, "", 2)
		must(t, err)
		rest, err := s.SearchableFiles(ctx, system, want[1], 2)
		must(t, err)
		if !slices.Equal(first, want[:2]) || !slices.Equal(rest, want[2:]) {
			t.Errorf("%v, then %v; want %v", first, rest, want)
		}
		if ids, err := s.SearchableFiles(ctx, policy.Anonymous(), "", 9); err != nil || len(ids) > 0 {
			t.Errorf("the public: %v %v", ids, err)
		}
		if any, err := s.AnyPublicFile(ctx); err != nil || any {
			t.Errorf("a public file although nothing is public: %v", err)
		}
		must(t, s.SavePublicFile(ctx, readmodel.FileRow{ID: want[0], Body: w.body.ID, Paper: p.ID, Version: want[0], Blob: "b", Modified: epoch}, nil))
		if any, err := s.AnyPublicFile(ctx); err != nil || !any {
			t.Errorf("no public file: %v", err)
		}
	})
}
