package store_test

import (
	"testing"
	"time"

	"ris/app/council"
	"ris/app/store"
	"ris/auth/policy"
)

// Releases and traces are kept as they are, seen by clerks and mayor of their Body alone, and decided or used once.
func TestReleasesAndTracesAreForTheirBody(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		w := newTown(t, s)
		for p, role := range map[council.ID]council.Role{w.person.ID: council.Clerk, w.other.ID: council.Mayor} {
			must(t, s.SaveGrant(ctx, &council.Grant{Body: w.body.ID, Person: p, Role: role, Start: epoch.AddDate(-1, 0, 0)}))
		}
		stranger := council.Person{Body: w.body.ID, Name: "Cem Fremd", Account: "cem@demo.example"}
		must(t, s.SavePerson(ctx, &stranger))
		trace := council.Trace{Body: w.body.ID, RequestedBy: w.person.ID, FileName: "Fund.pdf", MediaType: "application/pdf", Size: 7, SHA256: "ab",
			Evidence: "{}", ResultUntil: epoch.Add(time.Hour)}
		must(t, s.SaveTrace(ctx, &trace))
		r := council.Release{Body: w.body.ID, Act: "trace.use", Object: trace.ID, Reason: "Anlass", State: council.ReleaseRequested,
			RequestedBy: w.person.ID, Expires: epoch.Add(time.Hour)}
		must(t, s.SaveRelease(ctx, &r))
		late := r
		r.State, r.DecidedBy, r.DecidedAt = council.ReleaseGiven, w.other.ID, epoch
		must(t, s.SaveRelease(ctx, &r))
		late.State = council.ReleaseRefused
		wantKind(t, "a second decision", s.SaveRelease(ctx, &late), council.Stale)
		for name, c := range map[string]struct {
			v   policy.Viewer
			may bool
		}{"clerk": {viewer(t, s, w.person), true}, "mayor": {viewer(t, s, w.other), true}, "somebody": {viewer(t, s, stranger), false},
			"the public": {policy.Anonymous(), false}, "nobody": {policy.Viewer{}, false}, "system": {system, true}} {
			gotR, errR := s.Release(ctx, c.v, r.ID)
			gotT, errT := s.Trace(ctx, c.v, trace.ID)
			listR, err := s.Releases(ctx, c.v, council.ReleaseFilter{Act: "trace.use", Object: trace.ID})
			must(t, err)
			listT, err := s.Traces(ctx, c.v, w.body.ID, 0)
			must(t, err)
			if c.may && (errR != nil || errT != nil || gotR != r || gotT != trace || len(listR) != 1 || len(listT) != 1) {
				t.Errorf("%s: %+v %v, %+v %v, lists %d %d", name, gotR, errR, gotT, errT, len(listR), len(listT))
			}
			if !c.may {
				wantKind(t, name+": a release", errR, council.NotFound)
				wantKind(t, name+": a trace", errT, council.NotFound)
				if len(listR)+len(listT) > 0 {
					t.Errorf("%s lists %d releases, %d traces", name, len(listR), len(listT))
				}
			}
		}
		for at, want := range map[time.Time]int{epoch: 0, epoch.Add(time.Hour): 1} {
			open, err := s.Releases(ctx, system, council.ReleaseFilter{Open: at})
			must(t, err)
			old, err := s.ExpiredTraces(ctx, at)
			must(t, err)
			if len(open) != want || len(old) != want {
				t.Errorf("at %v: %d releases, %d traces have expired, want %d", at, len(open), len(old), want)
			}
		}
	})
}
