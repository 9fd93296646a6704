package store_test

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"ris/app/council"
	"ris/app/jobs"
	"ris/app/store"
	"ris/auth/policy"
)

// Of two who change the same revision the second is told, and nothing of theirs is written.
func TestTheSecondWriterIsTold(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		w := newTown(t, s)
		first := w.meeting(t, s, readers(policy.LabelPublic), epoch)
		second := first
		first.Name = "zuerst"
		must(t, s.SaveMeeting(ctx, &first))
		second.Name, second.Organizations = "danach", nil
		before := second.Stamp
		wantKind(t, "the second save", s.SaveMeeting(ctx, &second), council.Stale)
		if second.Stamp != before {
			t.Errorf("the refused value was changed: %+v", second.Stamp)
		}
		stored, err := s.Meeting(ctx, system, first.ID)
		if err != nil || stored.Name != "zuerst" || stored.Revision != 2 || !slices.Equal(stored.Organizations, []council.ID{w.org.ID}) {
			t.Errorf("%v %+v", err, stored)
		}
		ghost := council.Paper{Stamp: council.Stamp{ID: council.NewID(epoch), Revision: 7}, Body: w.body.ID}
		wantKind(t, "a save of what nobody has", s.SavePaper(ctx, &ghost), council.Stale)
	})
}

// Pages of a list hold every meeting once, in order, also when starts are equal and others are added meanwhile.
func TestPagesAreStable(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		w := newTown(t, s)
		var want []council.ID
		for i := range 11 {
			want = append(want, w.meeting(t, s, readers(policy.LabelPublic), epoch.Add(-time.Duration(i/3)*time.Hour)).ID)
			w.meeting(t, s, council.Audience{}, epoch.Add(-time.Duration(i)*time.Hour)) // not for this viewer
		}
		var got []council.ID
		for after := council.ID(""); ; {
			page, err := s.Meetings(ctx, policy.Anonymous(), council.MeetingFilter{After: after, Limit: 4})
			must(t, err)
			for _, m := range page {
				got = append(got, m.ID)
			}
			if len(page) < 4 {
				break
			}
			after = page[3].ID
			w.meeting(t, s, readers(policy.LabelPublic), epoch.Add(time.Hour)) // before all of them
		}
		if !slices.Equal(got, want) {
			t.Errorf("got  %v\nwant %v", got, want)
		}
		hidden := w.meeting(t, s, council.Audience{}, epoch)
		for _, cursor := range []council.ID{hidden.ID, council.NewID(epoch), "no id"} {
			_, err := s.Meetings(ctx, policy.Anonymous(), council.MeetingFilter{After: cursor})
			wantKind(t, "a cursor that may not be seen", err, council.Invalid)
		}
		some, err := s.Meetings(ctx, system, council.MeetingFilter{Body: w.body.ID, From: epoch.Add(-time.Hour), To: epoch.Add(-time.Hour), State: council.Draft})
		if err != nil || len(some) != 4 {
			t.Errorf("From and To are inclusive: %v, %d meetings", err, len(some))
		}
	})
}

// Papers are found by the meeting and the item on which they stand.
func TestPapersOfAnAgenda(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		w := newTown(t, s)
		m := w.meeting(t, s, readers(policy.LabelPublic), epoch)
		item := council.AgendaItem{Body: w.body.ID, Meeting: m.ID, State: council.Draft}
		must(t, s.SaveAgendaItem(ctx, &item))
		on, off := w.paper(t, s, readers(policy.LabelPublic)), w.paper(t, s, readers(policy.LabelPublic))
		must(t, s.SaveConsultation(ctx, &council.Consultation{Body: w.body.ID, Paper: on.ID, Meeting: m.ID, AgendaItem: item.ID}))
		must(t, s.SaveConsultation(ctx, &council.Consultation{Body: w.body.ID, Paper: off.ID})) // not on an agenda yet
		for name, f := range map[string]council.PaperFilter{"meeting": {Meeting: m.ID}, "item": {AgendaItem: item.ID}, "both": {Meeting: m.ID, AgendaItem: item.ID}} {
			found, err := s.Papers(ctx, policy.Anonymous(), f)
			if err != nil || len(found) != 1 || found[0].ID != on.ID {
				t.Errorf("by %s: %v %v", name, err, found)
			}
		}
		for name, f := range map[string]council.PaperFilter{"another meeting": {Meeting: council.NewID(epoch)}, "no list": {IDs: []council.ID{}}, "no id": {IDs: []council.ID{"x"}}} {
			found, err := s.Papers(ctx, system, f)
			if err != nil || len(found) != 0 {
				t.Errorf("by %s: %v %v", name, err, found)
			}
		}
		page, err := s.Papers(ctx, system, council.PaperFilter{Body: w.body.ID, After: on.ID, Limit: 5})
		if err != nil || len(page) != 1 || page[0].ID != off.ID {
			t.Errorf("the next page: %v %v", err, page)
		}
	})
}

// A failed transaction leaves no object and no job; nested ones join; an error or a panic inside reaches the outer one.
func TestTransactions(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		w := newTown(t, s)
		broken := errors.New("broken")
		count := func() (papers, queued int) {
			all, err := s.Papers(ctx, system, council.PaperFilter{})
			must(t, err)
			must(t, s.DB().QueryRow("SELECT count(*) FROM river_job").Scan(&queued))
			return len(all), queued
		}
		add := func(ctx ctxT) error {
			p := council.Paper{Body: w.body.ID, Audience: readers(council.Label(fmt.Sprint("new:", time.Now().UnixNano())))}
			return errors.Join(s.SavePaper(ctx, &p), s.Enqueue(ctx, jobs.IndexFile{File: p.ID}))
		}
		if err := s.InTx(ctx, func(ctx ctxT) error { must(t, add(ctx)); return broken }); err != broken {
			t.Errorf("the error comes back as it is: %v", err)
		}
		func() {
			defer func() { _ = recover() }()
			_ = s.InTx(ctx, func(ctx ctxT) error { must(t, add(ctx)); panic("inside") })
		}()
		err := s.InTx(ctx, func(ctx ctxT) error {
			must(t, add(ctx))
			_ = s.InTx(ctx, func(ctx ctxT) error { must(t, add(ctx)); return broken })
			return nil // the outer one does not notice
		})
		if !errors.Is(err, broken) {
			t.Errorf("a failed nested transaction was committed: %v", err)
		}
		if papers, queued := count(); papers != 0 || queued != 0 {
			t.Errorf("%d papers and %d jobs of failed transactions", papers, queued)
		}
		must(t, s.InTx(ctx, func(ctx ctxT) error {
			must(t, add(ctx))
			return s.InTx(ctx, func(ctx ctxT) error {
				all, err := s.Papers(ctx, system, council.PaperFilter{})
				if err != nil || len(all) != 1 {
					t.Errorf("the nested transaction sees %d papers, %v", len(all), err)
				}
				return add(ctx)
			})
		}))
		if papers, queued := count(); papers != 2 || queued != 2 {
			t.Errorf("%d papers and %d jobs, want 2 and 2", papers, queued)
		}
		// A stale save can be answered in the same transaction.
		p := w.paper(t, s, council.Audience{})
		old := p
		must(t, s.SavePaper(ctx, &p))
		must(t, s.InTx(ctx, func(ctx ctxT) error {
			wantKind(t, "stale inside", s.SavePaper(ctx, &old), council.Stale)
			return add(ctx)
		}))
	})
}

// Each mark has a Seq of its own, without gaps, in the order in which it becomes visible, whoever writes at the same time.
func TestMarksAreNumberedUnderConcurrency(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		w := newTown(t, s)
		p := w.paper(t, s, readers(policy.LabelPublic))
		f, v := w.version(t, s, p)
		mark := func(owner council.ID) error {
			return s.SaveAnnotation(ctx, &council.Annotation{ID: council.NewID(time.Now()), Owner: owner, Paper: p.ID, File: f.ID, Version: v.ID, Page: 1})
		}
		var group sync.WaitGroup
		for range 8 {
			group.Go(func() {
				for range 5 {
					if err := errors.Join(mark(w.person.ID), mark(w.other.ID)); err != nil {
						t.Error(err)
					}
				}
			})
		}
		group.Wait()
		own, err := s.AnnotationsSince(ctx, viewer(t, s, w.person), 0, 0)
		must(t, err)
		for i, a := range own {
			if a.Seq != int64(i)+1 || a.Owner != w.person.ID {
				t.Fatalf("mark %d has Seq %d of %s", i, a.Seq, a.Owner)
			}
		}
		if len(own) != 40 {
			t.Errorf("%d marks, want 40", len(own))
		}
		changed := own[3]
		changed.DeletedAt = epoch
		must(t, s.SaveAnnotation(ctx, &changed))
		since, err := s.AnnotationsSince(ctx, viewer(t, s, w.person), 40, 10)
		if err != nil || len(since) != 1 || since[0].ID != changed.ID || since[0].Seq != 41 || !since[0].DeletedAt.Equal(epoch) {
			t.Errorf("%v %+v", err, since)
		}
		twin := council.Annotation{ID: changed.ID, Owner: w.other.ID, Paper: p.ID, File: f.ID, Version: v.ID, Page: 1}
		wantKind(t, "a taken id", s.SaveAnnotation(ctx, &twin), council.Conflict)
	})
}

// The first moment stays, however often and however many at once ask for a copy.
func TestAReceiptKeepsTheFirstDay(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		w := newTown(t, s)
		_, v := w.version(t, s, w.paper(t, s, readers(policy.LabelPublic)))
		var group sync.WaitGroup
		days := make([]time.Time, 10)
		for i := range days {
			group.Go(func() {
				r, err := s.Receipt(ctx, policy.Anonymous(), w.person.ID, v.ID, epoch.Add(time.Duration(i)*24*time.Hour), codeA)
				if err != nil {
					t.Error(err)
				}
				days[i] = r.FirstGiven
			})
		}
		group.Wait()
		receipt, err := s.Receipt(ctx, system, w.person.ID, v.ID, epoch.Add(1000*time.Hour), codeA)
		must(t, err)
		later := receipt.FirstGiven
		for _, d := range days {
			if !d.Equal(later) {
				t.Errorf("two first days: %v and %v", d, later)
			}
		}
		all, err := s.Receipts(ctx, w.person.ID)
		if err != nil || len(all) != 1 || !all[v.ID].Equal(later) {
			t.Errorf("%v %v", err, all)
		}
	})
}
