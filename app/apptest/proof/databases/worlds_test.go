package databases

import (
	"context"
	"os"
	"strconv"
	"testing"
	"time"

	"ris/app/apptest/proof"
	"ris/app/apptest/storetest"
	"ris/app/council"
	"ris/app/jobs"
	"ris/app/store"
	"ris/auth/policy"
)

var ctx = context.Background()

// share is how many random decisions each database gets; RIS_DECISIONS (memory's number) asks for a tenth of it each.
func share() int {
	if n, err := strconv.Atoi(os.Getenv("RIS_DECISIONS")); err == nil && n > 0 {
		return n / 10
	}
	if raced {
		return 5_000
	}
	return 40_000
}

// onBoth runs the test on SQLite and on PostgreSQL, each with a fresh database, side by side: with PostgreSQL the test mostly waits.
func onBoth(t *testing.T, test func(t *testing.T, s *store.Store)) {
	t.Parallel()
	for name, dsn := range map[string]func(t *testing.T) string{
		"sqlite":   func(t *testing.T) string { return storetest.SQLite(t) },
		"postgres": func(t *testing.T) string { return storetest.Postgres(t) }, // by the role that row-level security holds
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, err := store.Open(ctx, store.Config{DSN: dsn(t), Clock: council.SystemClock})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = s.Close() })
			if s.Dialect() == jobs.SQLite { // nobody cuts the power here
				if _, err := s.DB().Exec("PRAGMA synchronous = OFF"); err != nil {
					t.Fatal(err)
				}
			}
			test(t, s)
		})
	}
}

// What each database gives is what the sentences say, in random worlds, object by object and in lists; the facts and the audiences come
// from the database, too.
func TestTheDatabasesAgreeWithTheSentences(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		start, want := time.Now(), share()
		done, yes, worlds := 0, 0, 0
		for number := 1_000_000; done < want && !t.Failed(); number++ {
			w := proof.Draw(number, proof.Large)
			if err := Save(ctx, s, w); err != nil {
				t.Fatal(err)
			}
			n, y := compare(t, s, w, 3)
			done, yes, worlds = done+n, yes+y, worlds+1
		}
		if yes*20 < done {
			t.Errorf("%d of %d decisions are yes: the worlds are too one-sided to prove anything", yes, done)
		}
		t.Logf("%s: %d decisions (%d yes) in %d worlds, %.1f s", s.Dialect(), done, yes, worlds, time.Since(start).Seconds())
	})
}

// Viewer is a person with the rights of that second, from the stored facts.
func viewer(t *testing.T, s *store.Store, w *proof.World, person, now int) policy.Viewer {
	if person < 0 {
		return policy.Anonymous()
	}
	facts, err := s.Facts(ctx, w.ID("person", person))
	if err != nil {
		t.Fatal(err)
	}
	return policy.ForPerson(facts, proof.At(now))
}

func compare(t *testing.T, s *store.Store, w *proof.World, moments int) (n, yes int) {
	return compareAt(t, s, w, w.Moments(moments)...)
}

func compareAt(t *testing.T, s *store.Store, w *proof.World, moments ...int) (n, yes int) {
	for _, now := range moments {
		for person := -1; person < len(w.People); person++ {
			q := proof.Question{World: w, Person: person, Now: now}
			sample := func(version int) bool { return (version+person+now)%oneOf == 0 }
			got, err := visible(s, w, viewer(t, s, w, person, now), sample)
			if err != nil {
				t.Fatal(err)
			}
			check := func(kind string, count int, want func(int) bool) {
				for k := range count {
					if kind == "version" && !sample(k) {
						continue
					}
					n++
					if want(k) {
						yes++
					}
					if got[w.ID(kind, k)] != want(k) {
						t.Errorf("world %d, second %d, person %d, %s %d: the database says %v, the sentences %v", w.Number, now, person, kind, k, got[w.ID(kind, k)], want(k))
					}
				}
			}
			check("meeting", len(w.Meetings), q.Sitzung)
			check("item", len(w.Items), q.Punkt)
			check("paper", len(w.Papers), q.Vorlage)
			check("file", len(w.Files), q.Datei)
			check("version", len(w.Versions), q.Fassung)
		}
	}
	return n, yes
}

// oneOf is how many versions there are for each that is asked for by its id: other objects come in lists, these one by one.
const oneOf = 12

// visible are the ids of everything that the viewer gets: lists where there are lists, and some versions by their id.
func visible(s *store.Store, w *proof.World, v policy.Viewer, sample func(version int) bool) (map[council.ID]bool, error) {
	out := map[council.ID]bool{}
	for b := range w.Settings {
		meetings, err := s.Meetings(ctx, v, council.MeetingFilter{Body: w.ID("body", b)})
		if err != nil {
			return nil, err
		}
		for _, m := range meetings {
			out[m.ID] = true
		}
		papers, err := s.Papers(ctx, v, council.PaperFilter{Body: w.ID("body", b)})
		if err != nil {
			return nil, err
		}
		for _, p := range papers {
			out[p.ID] = true
		}
	}
	for m := range w.Meetings {
		items, err := s.AgendaItems(ctx, v, w.ID("meeting", m))
		if err != nil {
			return nil, err
		}
		for _, it := range items {
			out[it.ID] = true
		}
	}
	var papers []council.ID
	for p := range w.Papers {
		papers = append(papers, w.ID("paper", p))
	}
	files, err := s.Files(ctx, v, council.FileFilter{Papers: papers})
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		out[f.ID] = true
	}
	for x := range w.Versions {
		if !sample(x) {
			continue
		}
		id := w.ID("version", x)
		if _, err := s.FileVersion(ctx, v, id); err == nil {
			out[id] = true
		} else if council.KindOf(err) != council.NotFound {
			return nil, err
		}
	}
	return out, nil
}
