package databases

import (
	"testing"
	"time"

	"ris/app/apptest/proof"
	"ris/app/apptest/proof/matrix"
	"ris/app/council"
	"ris/app/store"
	"ris/auth/policy"
)

// Each database gives exactly what the table says that the clerk signs.
func TestTheDatabasesAgreeWithTheTable(t *testing.T) {
	if raced {
		t.Skip("make test runs this once more without the race detector")
	}
	onBoth(t, func(t *testing.T, s *store.Store) {
		start, cases, wrong := time.Now(), 0, 0
		for _, set := range []bool{false, true} {
			w := matrix.World(set)
			if err := Save(ctx, s, w); err != nil {
				t.Fatal(err)
			}
			for v := range w.Versions {
				if err := s.SaveText(ctx, w.ID("version", v), []council.PageText{{Page: 1, Text: "Wort"}}); err != nil {
					t.Fatal(err)
				}
			}
			for person, somebody := range matrix.People {
				asks := person
				if person == 0 {
					asks = -1
				}
				v := viewer(t, s, w, asks, matrix.Moment)
				for state := range matrix.States {
					for act, a := range matrix.Acts {
						got, err := does(s, w, v, state, act)
						if err != nil {
							t.Fatal(err)
						}
						if cases++; got != matrix.Expected(person, state, act, set) {
							wrong++
							t.Errorf("%s, %s; %s; %s; settings %v: %c, the table says %c", somebody.Kind, somebody.Relation, matrix.States[state], a.Name, set, got,
								matrix.Expected(person, state, act, set))
						}
					}
				}
			}
		}
		t.Logf("%s: %d named cases, %d wrong, %.1f s", s.Dialect(), cases, wrong, time.Since(start).Seconds())
	})
}

// does carries out one act of the table on the objects of a state.
func does(s *store.Store, w *proof.World, v policy.Viewer, state, act int) (matrix.Answer, error) {
	body, meeting, item, paper := w.ID("body", 0), w.ID("meeting", state), w.ID("item", state), w.ID("paper", state)
	file, version := w.ID("file", state), w.ID("version", 2*state+1)
	among := func(n int, err error) (matrix.Answer, error) {
		if err == nil && n == 0 {
			return matrix.No, nil
		}
		return known(err)
	}
	switch act {
	case 0:
		_, err := s.Meeting(ctx, v, meeting)
		return known(err)
	case 1:
		all, err := s.Meetings(ctx, v, council.MeetingFilter{Body: body})
		n := 0
		for _, m := range all {
			if m.ID == meeting {
				n++
			}
		}
		return among(n, err)
	case 2:
		_, err := s.AgendaItem(ctx, v, item)
		return known(err)
	case 3:
		all, err := s.AgendaItems(ctx, v, meeting)
		return among(len(all), err)
	case 4:
		_, err := s.Paper(ctx, v, paper)
		return known(err)
	case 5:
		all, err := s.Papers(ctx, v, council.PaperFilter{AgendaItem: item})
		return among(len(all), err)
	case 6:
		_, err := s.File(ctx, v, file)
		return known(err)
	case 7:
		all, err := s.Files(ctx, v, council.FileFilter{Paper: paper})
		return among(len(all), err)
	case 8:
		_, err := s.FileVersion(ctx, v, version)
		return known(err)
	case 9:
		pages, err := s.Text(ctx, v, version, 1)
		return among(len(pages), err)
	case 10:
		_, err := s.FileVersion(ctx, v, w.ID("version", 2*state))
		return known(err)
	}
	p, err := s.Paper(ctx, policy.System("proof"), paper)
	if err != nil {
		return 0, err
	}
	switch err := policy.MayManage(v, body, p.Audience); {
	case err == nil:
		return matrix.Yes, nil
	case council.KindOf(err) == council.Forbidden:
		return matrix.Forbidden, nil
	}
	return matrix.Unknown, nil
}

func known(err error) (matrix.Answer, error) {
	switch {
	case err == nil:
		return matrix.Yes, nil
	case council.KindOf(err) == council.NotFound:
		return matrix.No, nil
	}
	return 0, err
}
