package databases

import (
	"strings"
	"testing"
	"time"

	"ris/app/apptest/proof"
	"ris/app/apptest/storetest"
	"ris/app/council"
	"ris/app/store"
	"ris/auth/policy"
)

// The second net alone, without any condition of the store: a raw SELECT of everything, by the service's role under the viewer's
// labels, gives what the sentences say.
func TestTheRowPoliciesAgreeWithTheSentences(t *testing.T) {
	t.Parallel()
	s, err := store.Open(ctx, store.Config{DSN: storetest.Postgres(t), Clock: council.SystemClock})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	start, done, yes, worlds := time.Now(), 0, 0, 0
	for number := 2_000_000; done < share() && !t.Failed(); number++ {
		w := proof.Draw(number, proof.Large)
		if err := Save(ctx, s, w); err != nil {
			t.Fatal(err)
		}
		for _, now := range w.Moments(2) {
			for person := -1; person < len(w.People); person++ {
				q := proof.Question{World: w, Person: person, Now: now}
				got := everything(t, s, viewer(t, s, w, person, now))
				check := func(kind string, count int, want func(int) bool) {
					for k := range count {
						done++
						if want(k) {
							yes++
						}
						if got[w.ID(kind, k)] != want(k) {
							t.Errorf("world %d, second %d, person %d, %s %d: the row policy says %v, the sentences %v", w.Number, now, person, kind, k, got[w.ID(kind, k)], want(k))
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
		worlds++
	}
	if yes*20 < done {
		t.Errorf("%d of %d decisions are yes: the worlds are too one-sided to prove anything", yes, done)
	}
	t.Logf("row policies: %d decisions (%d yes) in %d worlds, %.1f s", done, yes, worlds, time.Since(start).Seconds())
}

// everything are the ids of all objects with readers that the database lets through under the viewer's labels.
func everything(t *testing.T, s *store.Store, v policy.Viewer) map[council.ID]bool {
	t.Helper()
	tx, err := s.DB().BeginTx(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	labels := make([]string, len(v.Labels()))
	for i, l := range v.Labels() {
		labels[i] = string(l)
	}
	if _, err := tx.Exec("SELECT set_config('ris.labels', $1, true)", strings.Join(labels, "\n")); err != nil {
		t.Fatal(err)
	}
	rows, err := tx.Query("SELECT id FROM meetings UNION ALL SELECT id FROM agenda_items UNION ALL SELECT id FROM papers UNION ALL SELECT id FROM files UNION ALL SELECT id FROM file_versions")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	out := map[council.ID]bool{}
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			t.Fatal(err)
		}
		out[council.ID(id)] = true
	}
	if rows.Err() != nil {
		t.Fatal(rows.Err())
	}
	return out
}
