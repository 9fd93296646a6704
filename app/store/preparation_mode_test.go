package store_test

import (
	"maps"
	"slices"
	"testing"

	"ris/app/council"
	"ris/app/store"
)

func TestPreparationModes(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		w := newTown(t, s)
		other := council.Body{Name: "Andere"}
		must(t, s.SaveBody(ctx, &other))
		want := map[string]council.PreparationMode{"Antrag": council.Raster, "Beschlussvorlage": council.Interleaved}
		must(t, s.SavePreparationModes(ctx, w.body.ID, want))
		got, err := s.PreparationModes(ctx, w.body.ID)
		if err != nil || !maps.Equal(got, want) {
			t.Errorf("%v, %v", got, err)
		}
		for kind, mode := range map[string]council.PreparationMode{"Antrag": council.Raster, "antrag": council.Standard, "": council.Standard, "Anfrage": council.Standard} {
			if m, err := s.PreparationMode(ctx, w.body.ID, kind); err != nil || m != mode {
				t.Errorf("%q: %s, %v", kind, m, err)
			}
		}
		if m, err := s.PreparationMode(ctx, other.ID, "Antrag"); err != nil || m != council.Standard {
			t.Errorf("the other body: %s, %v", m, err)
		}
		wantKind(t, "no mode", s.SavePreparationModes(ctx, w.body.ID, map[string]council.PreparationMode{"Antrag": "glued"}), council.Invalid)
		if got, _ := s.PreparationModes(ctx, w.body.ID); !maps.Equal(got, want) {
			t.Errorf("a refused choice left %v", got)
		}
		must(t, s.SavePreparationModes(ctx, w.body.ID, nil))
		if got, err := s.PreparationModes(ctx, w.body.ID); err != nil || len(got) != 0 {
			t.Errorf("after taking all back %v, %v", got, err)
		}
		for _, kind := range []string{"Mitteilung", "Antrag", "Mitteilung", ""} {
			p := council.Paper{Body: w.body.ID, Name: "x", PaperType: kind, State: council.Draft, Audience: readers("public")}
			must(t, s.SavePaper(ctx, &p))
		}
		if types, err := s.PaperTypes(ctx, w.body.ID); err != nil || !slices.Equal(types, []string{"Antrag", "Mitteilung"}) {
			t.Errorf("types %v, %v", types, err)
		}
	})
}
