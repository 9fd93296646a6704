package store_test

import (
	"os"
	"testing"

	"ris/app/apptest/storetest"
	"ris/app/council"
	"ris/app/store"
)

// What the second net costs at 40,000 papers: the same store code as a role that it holds, and as one that no policy holds.
func TestTheSecondNetIsCheapAt40000Papers(t *testing.T) {
	if os.Getenv("RIS_LONG") == "" {
		t.Skip("long: set RIS_LONG=1")
	}
	of := storetest.Roles(t)
	held := open(t, of.App)
	w := newTown(t, held)
	viewers := someViewers(t, held, w)
	ids := manyPapers(t, held, w, 4000)
	_, err := held.DB().Exec("SELECT 1")
	must(t, err)
	free, err := store.Open(ctx, store.Config{DSN: of.Admin})
	must(t, err)
	defer free.Close()
	_, err = free.DB().Exec("ANALYZE")
	must(t, err)
	for _, name := range []string{"the clerk", "the member", "anonymous", "the system"} {
		who := viewers[name]
		for what, read := range map[string]func(s *store.Store){
			"one by id": func(s *store.Store) { _, _ = s.Paper(ctx, who, ids[len(ids)/2]) },
			"200 by id": func(s *store.Store) { _, _ = s.Papers(ctx, who, council.PaperFilter{IDs: ids[1000:1200]}) },
			"page of 50": func(s *store.Store) {
				_, _ = s.Papers(ctx, who, council.PaperFilter{Body: w.body.ID, After: ids[len(ids)/2], Limit: 50})
			},
			"all of them": func(s *store.Store) { _, _ = s.ForgettingTheFilter(ctx, who) },
		} {
			with, without := fastest(func() { read(held) }), fastest(func() { read(free) })
			t.Logf("%-12s %-12s %7.2f ms, without policies %7.2f ms", name, what, with, without)
			if with > 3*without+5 && what != "all of them" {
				t.Errorf("%s for %s costs too much", what, name)
			}
		}
	}
}
