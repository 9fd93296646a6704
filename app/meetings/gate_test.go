package meetings_test

import (
	"context"
	"testing"
	"time"

	"ris/app/apptest/halltest"
	"ris/app/council"
	"ris/app/finding"
	"ris/app/meetings"
	"ris/app/papers"
	"ris/auth/policy"
	"ris/documents/blob"
	"ris/search"
)

var ctx = context.Background()

// sight asks every channel below HTTP what one viewer gets of a file.
type sight struct {
	t *testing.T
	h *halltest.Hall
}

// file requires that who may (not) open the current version of a file, find its word and see it in the public read model.
func (s sight) file(what string, file council.ID, word string, v policy.Viewer, want bool) {
	s.t.Helper()
	c, err := s.h.Packets.OpenFile(ctx, v, file, "", false)
	if err == nil {
		_ = c.Close()
	}
	if (err == nil) != want || err != nil && council.KindOf(err) != council.NotFound {
		s.t.Errorf("%s: opening gives %v, want readable %v", what, err, want)
	}
	s.h.Eventually(what+": search follows", func() bool {
		a, err := s.h.Finding.Search(ctx, v, finding.Query{Text: word})
		if err != nil {
			s.t.Fatal(err)
		}
		got := false
		for _, hit := range a.Hits {
			got = got || hit.File == file
		}
		return got == want
	})
}

// public requires that the file is, or is not, in everything that the public can reach.
func (s sight) public(what string, file council.ID, word string, want bool) {
	s.t.Helper()
	row, err := s.h.Store.PublicFile(ctx, file)
	if (err == nil) != want {
		s.t.Errorf("%s: read model: %v, want public %v", what, err, want)
	}
	if want {
		r, err := s.h.Blobs.Open(ctx, blob.Public, row.Blob)
		if err != nil {
			s.t.Errorf("%s: the public rendition is missing: %v", what, err)
		} else {
			_ = r.Close()
		}
	}
	s.h.Eventually(what+": the public index follows", func() bool {
		a, err := s.h.PubIndex.Search(ctx, policy.Anonymous(), search.Query{Text: word})
		if err != nil {
			s.t.Fatal(err)
		}
		got := false
		for _, hit := range a.Hits {
			got = got || hit.File == file
		}
		return got == want
	})
}

// TestNothingOpensWithoutPublishing follows a meeting through additions, versions, opening of an item, withdrawal and restoring.
func TestNothingOpensWithoutPublishing(t *testing.T) {
	onBoth(t, func(t *testing.T, h *halltest.Hall) {
		see := sight{t, h}
		clerk, member, works := h.As(h.Town.Clerk), h.As(h.Town.MainMember), h.As(h.Town.WorksMember)
		m := h.Meeting()
		open, closed := h.Item(m.ID, "Bericht", true), h.Item(m.ID, "Grundstück", false)
		_, report := h.Paper(open.ID, "Bericht", halltest.Texts("Feuerwehrhaus", 1)...)
		secretPaper, secret := h.Paper(closed.ID, "Kaufvertrag", halltest.Texts("Kranichweg", 2)...)
		h.Searchable(report.ID, secret.ID)
		see.file("a draft for a member", secret.ID, "Kranichweg", member, false)
		see.file("a draft for its clerk", secret.ID, "Kranichweg", clerk, true)
		see.public("a draft", report.ID, "Feuerwehrhaus", false)

		h.Publish(m.ID)
		see.file("published, member", secret.ID, "Kranichweg", member, true)
		see.file("published, other committee", secret.ID, "Kranichweg", works, false)
		see.file("public paper, other committee", report.ID, "Feuerwehrhaus", works, true)
		see.public("public paper", report.ID, "Feuerwehrhaus", true)
		see.public("non-public paper", secret.ID, "Kranichweg", false)

		// Late addition and new version wait.
		late := h.File(secretPaper.ID, "", "nachtrag.pdf", halltest.Texts("Nachtragswort", 1)...)
		next := h.File(secretPaper.ID, secret.ID, "neu.pdf", halltest.Texts("Neufassungswort", 1)...)
		h.Searchable(late.ID, next.ID)
		see.file("late addition", late.ID, "Nachtragswort", member, false)
		see.file("new version, its word", secret.ID, "Kranichweg", member, true)
		shown, err := h.Packets.File(ctx, member, secret.ID)
		if err != nil || shown.Shown.Number != 1 || shown.Latest != nil || len(shown.Versions) != 1 {
			t.Errorf("a member sees version %d of %d (%v), want 1 of 1", shown.Shown.Number, len(shown.Versions), err)
		}
		if forClerk, err := h.Packets.File(ctx, clerk, secret.ID); err != nil || forClerk.Latest == nil || forClerk.Latest.Number != 2 {
			t.Errorf("the clerk does not see the new version: %v", err)
		}
		p, err := h.Meetings.PreviewPublish(ctx, clerk, m.ID)
		if err != nil || p.Changes != 2 {
			t.Errorf("the preview counts %d changes (%v), want 2", p.Changes, err)
		}
		first, err := h.Packets.OpenFile(ctx, member, secret.ID, "", false)
		if err != nil {
			t.Fatal(err)
		}
		_ = first.Close()
		h.Publish(m.ID)
		see.file("published addition", late.ID, "Nachtragswort", member, true)
		see.file("published version", secret.ID, "Neufassungswort", member, true)
		if old, err := h.Packets.OpenFile(ctx, member, secret.ID, first.Version.ID, false); err != nil {
			t.Errorf("the replaced version, on which marks stand: %v", err)
		} else {
			_ = old.Close()
		}

		// Making a published item public goes through the gate; making it non-public does not wait.
		yes, no := true, false
		it, err := h.Meetings.ChangeItem(ctx, clerk, closed.ID, 0, meetings.ChangeAgendaItem{Public: &yes})
		if err != nil || it.State != council.Draft {
			t.Fatalf("opened item: %s, %v", it.State, err)
		}
		see.public("opened, not published yet", secret.ID, "Neufassungswort", false)
		h.Publish(m.ID)
		see.public("opened and published", secret.ID, "Neufassungswort", true)
		if _, err := h.Meetings.ChangeItem(ctx, clerk, closed.ID, 0, meetings.ChangeAgendaItem{Public: &no}); err != nil {
			t.Fatal(err)
		}
		see.public("closed again", secret.ID, "Neufassungswort", false)
		see.file("closed again, member", secret.ID, "Neufassungswort", member, true)
		h.Eventually("the rendition is deleted", func() bool {
			versions, err := h.Store.FileVersions(ctx, clerk, secret.ID)
			if err != nil {
				t.Fatal(err)
			}
			for _, v := range versions {
				if v.Prepared.Public != "" {
					return false
				}
			}
			return true
		})

		// Withdraw; what is withdrawn stays so until it is restored, and what is restored waits for the publication.
		if _, err := h.Papers.WithdrawFile(ctx, clerk, report.ID, 0, "Fehler"); err != nil {
			t.Fatal(err)
		}
		see.public("withdrawn file", report.ID, "Feuerwehrhaus", false)
		see.file("withdrawn file, member", report.ID, "Feuerwehrhaus", member, false)
		if _, err := h.Meetings.Withdraw(ctx, clerk, m.ID, 0, "Fehler"); err != nil {
			t.Fatal(err)
		}
		see.file("withdrawn meeting, member", secret.ID, "Neufassungswort", member, false)
		if _, err := h.Packets.Meeting(ctx, member, m.ID); council.KindOf(err) != council.NotFound {
			t.Errorf("withdrawn meeting: %v", err)
		}
		if _, err := h.Meetings.Publish(ctx, clerk, m.ID, 0); council.KindOf(err) != council.Conflict {
			t.Errorf("a withdrawn meeting is published: %v", err)
		}
		back, err := h.Meetings.Restore(ctx, clerk, m.ID, 0)
		if err != nil || back.State != council.Draft {
			t.Fatalf("restored meeting: %s, %v", back.State, err)
		}
		see.file("restored meeting, member", secret.ID, "Neufassungswort", member, false)
		if err := h.Meetings.Delete(ctx, clerk, m.ID, 0); council.KindOf(err) != council.Conflict {
			t.Errorf("deleting a meeting that was published once: %v", err)
		}
		h.Publish(m.ID)
		see.file("meeting published again, member", secret.ID, "Neufassungswort", member, true)
		see.public("the file that was withdrawn by itself", report.ID, "Feuerwehrhaus", false)
		if f, err := h.Papers.RestoreFile(ctx, clerk, report.ID, 0); err != nil || f.State != council.Draft || f.Role != council.MainFile {
			t.Fatalf("restored file: %+v, %v", f, err)
		}
		see.public("restored, not published yet", report.ID, "Feuerwehrhaus", false)
		h.Publish(m.ID)
		see.public("restored and published", report.ID, "Feuerwehrhaus", true)
		if _, err := h.Meetings.Withdraw(ctx, clerk, m.ID, 0, ""); err != nil {
			t.Fatal(err)
		}
		if _, err := h.Meetings.Restore(ctx, clerk, m.ID, 0); err != nil {
			t.Fatal(err)
		}
		if again, err := h.Meetings.Withdraw(ctx, clerk, m.ID, 0, "doch nicht"); err != nil || again.State != council.Withdrawn {
			t.Errorf("withdrawing a restored meeting: %s, %v", again.State, err)
		}
	})
}

// TestAPublishedPaperIsNotOpenedByTheWay: put on another agenda that would show it to more people, it waits as a draft.
func TestAPublishedPaperIsNotOpenedByTheWay(t *testing.T) {
	h := halltest.Open(t, "")
	see := sight{t, h}
	clerk := h.As(h.Town.Clerk)
	inner := h.Meeting()
	p, file := h.Paper(h.Item(inner.ID, "Personal", false).ID, "Personal", halltest.Texts("Personalwort", 1)...)
	outer := h.Meeting(h.Town.Works)
	shown := h.Item(outer.ID, "Öffentlich", true)
	h.Publish(inner.ID)
	h.Publish(outer.ID)
	if _, err := h.Meetings.AttachPaper(ctx, clerk, shown.ID, 0, meetings.Attachment{Paper: p.ID}); err != nil {
		t.Fatal(err)
	}
	see.public("attached", file.ID, "Personalwort", false)
	see.file("attached, other committee", file.ID, "Personalwort", h.As(h.Town.WorksMember), false)
	h.Publish(outer.ID)
	see.public("published there", file.ID, "Personalwort", true)
	if err := h.Meetings.DetachPaper(ctx, clerk, shown.ID, p.ID, 0); err != nil {
		t.Fatal(err)
	}
	see.public("detached", file.ID, "Personalwort", false)
	see.file("detached, its own committee", file.ID, "Personalwort", h.As(h.Town.MainMember), true)
	// Other committees on a published meeting would be more readers.
	both := []council.ID{h.Town.Main, h.Town.Works}
	if _, err := h.Meetings.Change(ctx, clerk, inner.ID, 0, meetings.ChangeMeeting{Organizations: &both}); council.KindOf(err) != council.Conflict {
		t.Errorf("more committees on a published meeting: %v", err)
	}
	later := h.Now().Add(48 * time.Hour)
	if m, err := h.Meetings.Change(ctx, clerk, inner.ID, 0, meetings.ChangeMeeting{Start: &later}); err != nil || !m.Start.Equal(later) {
		t.Errorf("another day: %v", err)
	}
}

// TestTwoClerks: the second is told, and nothing is overwritten.
func TestTwoClerks(t *testing.T) {
	onBoth(t, func(t *testing.T, h *halltest.Hall) {
		one, two := h.As(h.Town.Clerk), h.As(h.Town.Clerk2)
		m := h.Meeting()
		a, b := h.Item(m.ID, "Erstens", false), h.Item(m.ID, "Zweitens", false)
		seen, err := h.Store.Meeting(ctx, one, m.ID)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := h.Meetings.Order(ctx, one, m.ID, seen.Revision, []council.ID{b.ID, a.ID}); err != nil {
			t.Fatal(err)
		}
		if _, err := h.Meetings.Order(ctx, two, m.ID, seen.Revision, []council.ID{a.ID, b.ID}); council.KindOf(err) != council.Stale {
			t.Errorf("the second order: %v", err)
		}
		if _, err := h.Meetings.AddItem(ctx, two, m.ID, seen.Revision, meetings.NewAgendaItem{Name: "Drittens"}); council.KindOf(err) != council.Stale {
			t.Errorf("an item on an agenda that has changed: %v", err)
		}
		name := "Anders"
		item, err := h.Store.AgendaItem(ctx, one, a.ID)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := h.Meetings.ChangeItem(ctx, one, a.ID, item.Revision, meetings.ChangeAgendaItem{Name: &name}); err != nil {
			t.Fatal(err)
		}
		other := "Noch anders"
		if _, err := h.Meetings.ChangeItem(ctx, two, a.ID, item.Revision, meetings.ChangeAgendaItem{Name: &other}); council.KindOf(err) != council.Stale {
			t.Errorf("the second name: %v", err)
		}
		items, err := h.Store.AgendaItems(ctx, one, m.ID)
		if err != nil || len(items) != 2 || items[0].ID != b.ID || items[1].Name != "Anders" {
			t.Errorf("the agenda: %+v, %v", items, err)
		}
		if _, err := h.Meetings.Order(ctx, one, m.ID, 0, []council.ID{a.ID}); council.KindOf(err) != council.Conflict {
			t.Errorf("an order that forgets an item: %v", err)
		}
		if _, err := h.Papers.Add(ctx, h.As(h.Town.OtherClerk), papers.NewPaper{Name: "x", AgendaItem: a.ID}); council.KindOf(err) != council.NotFound {
			t.Errorf("another body's clerk: %v", err)
		}
	})
}
