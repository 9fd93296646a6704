package store_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"ris/app/apptest/storetest"
	"ris/app/council"
	"ris/app/store"
	"ris/auth/policy"
)

// A method that names the viewer and forgets the condition shows nothing that is not the viewer's; one that forgets the viewer too
// shows nothing at all; a raw statement on the pool neither.
func TestAForgottenConditionShowsNothing(t *testing.T) {
	s := open(t, storetest.Postgres(t))
	w := newTown(t, s)
	viewers := someViewers(t, s, w)
	audiences := []council.Audience{{}, readers(policy.LabelPublic), readers(policy.LabelClerk(w.body.ID)), readers(policy.LabelPerson(w.other.ID)),
		readers(policy.LabelOrganization(w.org.ID, w.term.ID)),
		{Allowed: []council.Label{policy.LabelPublic}, Withheld: []council.Label{policy.LabelPerson(w.person.ID)}}}
	papers, texts := map[council.ID]council.Audience{}, map[council.ID]council.Audience{}
	for _, a := range audiences {
		p := w.paper(t, s, a)
		_, v := w.version(t, s, p)
		must(t, s.SaveText(ctx, v.ID, []council.PageText{{Page: 1, Text: "x", Boxes: []council.Box{{X0: 1, Y0: 1, X1: 2, Y1: 2}}}}))
		papers[p.ID], texts[v.ID] = a, a
	}
	for name, who := range viewers {
		for what, got := range map[string]func() ([]council.ID, error){
			"papers": func() ([]council.ID, error) { return s.ForgettingTheFilter(ctx, who) },
			"texts":  func() ([]council.ID, error) { return s.TextsForgettingTheVersion(ctx, who) },
			"papers in a transaction": func() (all []council.ID, err error) {
				return all, s.InTx(ctx, func(ctx context.Context) error {
					if _, err := s.ForgettingTheFilter(ctx, system); err != nil {
						return err
					}
					all, err = s.ForgettingTheFilter(ctx, who) // the system's rights have gone
					return err
				})
			},
		} {
			seen, err := got()
			must(t, err)
			of := papers
			if what == "texts" {
				of = texts
			}
			for id, a := range of {
				if policy.CanRead(who, a) != slices.Contains(seen, id) {
					t.Errorf("%s for %s: %s is seen: %v", what, name, a, slices.Contains(seen, id))
				}
			}
		}
	}
	if seen, err := s.ForgettingTheViewer(ctx); err != nil || len(seen) != 0 {
		t.Errorf("without a viewer %d papers are seen (%v)", len(seen), err)
	}
	must(t, s.InTx(ctx, func(ctx context.Context) error {
		p := w.paper(t, s, readers(policy.LabelPublic))
		p.Audience = readers(policy.LabelClerk(w.body.ID))
		must(t, s.SavePaper(ctx, &p)) // a write, and with it the right to see
		if seen, err := s.ForgettingTheViewer(ctx); err != nil || len(seen) != 0 {
			t.Errorf("after a write, without a viewer, %d papers are seen (%v)", len(seen), err)
		}
		return nil
	}))
	var n int
	must(t, s.DB().QueryRow("SELECT count(*) FROM papers").Scan(&n))
	if n != 0 {
		t.Errorf("a raw statement sees %d papers", n)
	}
}

// Whatever sets of labels meet: the policy answers as the read rule does (allowed meets, withheld does not).
func TestTheRowPolicyIsTheReadRule(t *testing.T) {
	s := open(t, storetest.Postgres(t))
	w := newTown(t, s)
	random := rand.New(rand.NewPCG(4, 5))
	var all []council.Label
	for i := range 8 {
		all = append(all, council.Label(fmt.Sprint("label:", i)))
	}
	some := func(most int) []council.Label {
		out := slices.Clone(all)
		random.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
		return out[:random.IntN(most+1)]
	}
	audiences := map[string]council.Audience{}
	must(t, s.InTx(ctx, func(ctx context.Context) error {
		for range 120 {
			a := council.Audience{Allowed: some(4), Withheld: some(2)}
			p := council.Paper{Body: w.body.ID, Name: "Vorlage", State: council.Draft, Audience: a}
			must(t, s.SavePaper(ctx, &p))
			audiences[string(p.ID)] = a
		}
		return nil
	}))
	asked, granted := 0, 0
	for range 60 {
		labels := some(5)
		seen := rawIDs(t, s, labels, "SELECT id FROM papers")
		for id, a := range audiences {
			meets := func(side []council.Label) bool {
				return slices.ContainsFunc(side, func(l council.Label) bool { return slices.Contains(labels, l) })
			}
			want := meets(a.Allowed) && !meets(a.Withheld)
			asked++
			if want {
				granted++
			}
			if want != seen[id] {
				t.Fatalf("labels %v, audience %v: seen %v, rule %v", labels, a, seen[id], want)
			}
		}
	}
	if granted < asked/20 || granted > asked*19/20 {
		t.Errorf("%d of %d granted: the worlds say little", granted, asked)
	}
}

// rawIDs runs a statement of our own under the labels, past the store.
func rawIDs(t testing.TB, s *store.Store, labels []council.Label, query string) map[string]bool {
	t.Helper()
	tx, err := s.DB().BeginTx(ctx, nil)
	must(t, err)
	defer func() { _ = tx.Rollback() }()
	texts := make([]string, len(labels))
	for i, l := range labels {
		texts[i] = string(l)
	}
	_, err = tx.Exec("SELECT set_config('ris.labels', $1, true)", strings.Join(texts, "\n"))
	must(t, err)
	rows, err := tx.Query(query)
	must(t, err)
	defer rows.Close()
	out := map[string]bool{}
	for rows.Next() {
		var id string
		must(t, rows.Scan(&id))
		out[id] = true
	}
	must(t, rows.Err())
	return out
}

// No connection keeps a viewer, whether the statement found something, found nothing, failed, or its request was given up; and none
// is lost.
func TestConnectionsKeepNothing(t *testing.T) {
	s, err := store.Open(ctx, store.Config{DSN: storetest.Postgres(t), Connections: 1})
	must(t, err)
	t.Cleanup(func() { must(t, s.Close()) })
	w := newTown(t, s)
	p := w.paper(t, s, readers(policy.LabelPublic))
	gone, cancel := context.WithCancel(ctx)
	cancel()
	for name, act := range map[string]func(){
		"found":     func() { _, _ = s.Paper(ctx, policy.Anonymous(), p.ID) },
		"not found": func() { _, _ = s.Paper(ctx, policy.Anonymous(), council.NewID(epoch)) },
		"given up":  func() { _, _ = s.Paper(gone, policy.Anonymous(), p.ID) },
		"a write":   func() { _ = w.paper(t, s, council.Audience{}) },
		"refused":   func() { _ = s.SaveVisitOfNobody(ctx) },
		"transaction": func() {
			_ = s.InTx(ctx, func(ctx context.Context) error { _, err := s.Paper(ctx, system, p.ID); return err })
		},
		"rolled back": func() {
			_ = s.InTx(ctx, func(ctx context.Context) error { _, _ = s.Paper(ctx, system, p.ID); return context.Canceled })
		},
	} {
		act()
		var labels, reason string
		must(t, s.DB().QueryRow("SELECT coalesce(current_setting('ris.labels', true), ''), coalesce(current_setting('ris.system', true), '')").Scan(&labels, &reason))
		if labels != "" || reason != "" {
			t.Errorf("%s: the connection keeps labels %q, reason %q", name, labels, reason)
		}
		if n := s.DB().Stats().InUse; n != 0 {
			t.Errorf("%s: %d connections are still in use", name, n)
		}
	}
}
