package store_test

import (
	"reflect"
	"testing"
	"time"

	"ris/app/council"
	"ris/app/store"
	"ris/auth/policy"
)

// Steps come back as written, one row for each, only to those who may read the version, and go with it.
func TestStepsOfAVersion(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		w := newTown(t, s)
		p := w.paper(t, s, readers("clerk:x"))
		f, v := w.version(t, s, p)
		var step council.ProcessingStep
		(&filler{known: map[string]council.ID{"Version": v.ID}}).fill(reflect.ValueOf(&step).Elem(), "")
		must(t, s.SaveStep(ctx, step))
		all, err := s.Steps(ctx, system, []council.ID{v.ID})
		if must(t, err); len(all) != 1 || !reflect.DeepEqual(all[0], step) {
			t.Fatalf("got %+v\nwant %+v", all, step)
		}
		step.State, step.Ended, step.Done = council.StepFailed, time.Time{}, 7
		must(t, s.SaveStep(ctx, step))
		waits := council.ProcessingStep{Version: v.ID, Name: "scan", State: council.StepWaiting, Problem: "file.scan.unavailable"}
		must(t, s.SaveStep(ctx, waits))
		must(t, s.SaveStep(ctx, council.ProcessingStep{Version: v.ID, Name: "text", State: council.StepDone}))
		failed, err := s.FailedSteps(ctx, system, w.body.ID)
		if must(t, err); len(failed) != 2 || failed[0].Problem == "" || failed[1].Problem == "" {
			t.Errorf("what failed or waits for something: %+v", failed)
		}
		for name, viewer := range map[string]policy.Viewer{"public": policy.Anonymous(), "person": viewer(t, s, w.person), "nobody": {}} {
			if all, err := s.Steps(ctx, viewer, []council.ID{v.ID}); err != nil || len(all) != 0 {
				t.Errorf("%s: %v, %v", name, all, err)
			}
			if all, err := s.FailedSteps(ctx, viewer, w.body.ID); err != nil || len(all) != 0 {
				t.Errorf("%s: %v, %v", name, all, err)
			}
			if all, err := s.TroubledVersions(ctx, viewer, w.body.ID); err != nil || len(all) != 0 {
				t.Errorf("%s: %v, %v", name, all, err)
			}
		}
		if failed, err = s.FailedSteps(ctx, system, council.NewID(epoch)); err != nil || len(failed) != 0 {
			t.Errorf("another body: %v, %v", failed, err)
		}
		must(t, s.DeleteFile(ctx, f.ID))
		if all, err = s.Steps(ctx, system, []council.ID{v.ID}); err != nil || len(all) != 0 {
			t.Errorf("steps of a deleted version: %v, %v", all, err)
		}
	})
}

// Troubled are those that are not ready or have a problem.
func TestTroubledVersions(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		w := newTown(t, s)
		p := w.paper(t, s, readers("clerk:x"))
		want := map[council.ID]bool{}
		for _, c := range []struct {
			processing council.ProcessingState
			problem    string
			state      council.State
			troubled   bool
		}{
			{council.Received, "", council.Draft, true}, {council.Checking, "file.scan.unavailable", council.Draft, true},
			{council.Refused, "file.refused.empty", council.Draft, true}, {council.Refused, "file.refused.empty", council.Withdrawn, false},
			{council.Readable, "", council.Draft, false}, {council.Searchable, "", council.Published, false},
			{council.Readable, "file.problem.index", council.Published, true},
		} {
			_, v := w.version(t, s, p)
			v.Processing, v.Problem, v.State = c.processing, c.problem, c.state
			must(t, s.SaveFileVersion(ctx, &v))
			want[v.ID] = c.troubled
		}
		all, err := s.TroubledVersions(ctx, system, w.body.ID)
		must(t, err)
		for _, v := range all {
			if !want[v.ID] {
				t.Errorf("not in trouble: %+v", v)
			}
			delete(want, v.ID)
		}
		for id, troubled := range want {
			if troubled {
				t.Errorf("missing: %s", id)
			}
		}
	})
}
