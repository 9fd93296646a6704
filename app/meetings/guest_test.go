package meetings_test

import (
	"testing"
	"time"

	"ris/app/apptest/halltest"
	"ris/app/council"
	"ris/app/meetings"
)

// TestGuest: an invited expert reads the item and its paper from the moment of the invitation to the second before its end, nothing else,
// and nothing after it was taken back; drafts stay drafts.
func TestGuest(t *testing.T) {
	onBoth(t, func(t *testing.T, h *halltest.Hall) {
		see, clerk, expert := sight{t, h}, h.As(h.Town.Clerk), h.Town.Substitute
		m := h.Meeting()
		item, other := h.Item(m.ID, "Gutachten", false), h.Item(m.ID, "Personal", false)
		_, file := h.Paper(item.ID, "Gutachten", halltest.Texts("Kranichweg", 1)...)
		_, foreign := h.Paper(other.ID, "Personal", halltest.Texts("Personalwort", 1)...)
		h.Searchable(file.ID, foreign.ID)
		h.Publish(m.ID)
		see.file("before", file.ID, "Kranichweg", h.As(expert), false)
		for what, in := range map[string]meetings.NewGuest{"no end": {Person: expert}, "an end before now": {Person: expert, End: h.Now().Add(-time.Hour)},
			"an end before the start":  {Person: expert, Start: h.Now().Add(2 * time.Hour), End: h.Now().Add(time.Hour)},
			"two years":                {Person: expert, End: h.Now().AddDate(2, 0, 0)},
			"somebody of another Body": {Person: h.Town.OtherMember, End: h.Now().Add(time.Hour)}} {
			if _, err := h.Meetings.InviteGuest(ctx, clerk, item.ID, 0, in); council.KindOf(err) != council.Invalid {
				t.Errorf("%s: %v", what, err)
			}
		}
		if _, err := h.Meetings.InviteGuest(ctx, h.As(h.Town.MainMember), item.ID, 0, meetings.NewGuest{Person: expert, End: h.Now().Add(time.Hour)}); council.KindOf(err) != council.Forbidden {
			t.Errorf("a member invites: %v", err)
		}
		g, err := h.Meetings.InviteGuest(ctx, clerk, item.ID, 0, meetings.NewGuest{Person: expert, End: h.Now().Add(time.Hour), Reason: "Gutachterin"})
		if err != nil {
			t.Fatal(err)
		}
		see.file("invited", file.ID, "Kranichweg", h.As(expert), true)
		see.file("invited, another item", foreign.ID, "Personalwort", h.As(expert), false)
		see.file("another committee", file.ID, "Kranichweg", h.As(h.Town.WorksMember), false)
		if _, err := h.Store.Meeting(ctx, h.As(expert), m.ID); err != nil {
			t.Errorf("the guest does not see when and where: %v", err)
		}
		if items, err := h.Store.AgendaItems(ctx, h.As(expert), m.ID); err != nil || len(items) != 1 {
			t.Errorf("the guest's agenda has %d items, %v", len(items), err)
		}
		if _, err := h.Meetings.InviteGuest(ctx, clerk, item.ID, 0, meetings.NewGuest{Person: expert, End: h.Now().Add(time.Hour)}); council.KindOf(err) != council.Conflict {
			t.Errorf("invited twice: %v", err)
		}
		h.Turn(time.Until(g.End) - 2*time.Second)
		see.file("the last seconds", file.ID, "Kranichweg", h.As(expert), true)
		h.Turn(3 * time.Second)
		see.file("the end", file.ID, "Kranichweg", h.As(expert), false)

		again, err := h.Meetings.InviteGuest(ctx, clerk, item.ID, 0, meetings.NewGuest{Person: expert, End: h.Now().Add(time.Hour)})
		if err != nil {
			t.Fatal(err)
		}
		see.file("invited again", file.ID, "Kranichweg", h.As(expert), true)
		if err := h.Meetings.DismissGuest(ctx, clerk, item.ID, again.ID, again.Revision); err != nil {
			t.Fatal(err)
		}
		see.file("dismissed", file.ID, "Kranichweg", h.As(expert), false)
		if err := h.Meetings.DismissGuest(ctx, clerk, item.ID, again.ID, 0); council.KindOf(err) != council.NotFound {
			t.Errorf("dismissed twice: %v", err)
		}
	})
}

// TestModesOfConflict: a note hides nothing, a declaration hides from its second on, and a changed setting leaves what is recorded.
func TestModesOfConflict(t *testing.T) {
	onBoth(t, func(t *testing.T, h *halltest.Hall) {
		see, clerk, maria := sight{t, h}, h.As(h.Town.Clerk), h.Town.MainMember
		m := h.Meeting()
		item := h.Item(m.ID, "Grundstück", false)
		_, file := h.Paper(item.ID, "Kaufvertrag", halltest.Texts("Kranichweg", 1)...)
		h.Searchable(file.ID)
		h.Publish(m.ID)
		settings := council.AccessSettings{Stamp: council.Stamp{ID: h.Town.Body}}
		set := func(mode council.ConflictMode) {
			settings.ConflictMode = mode
			if err := h.Store.SaveAccessSettings(ctx, &settings); err != nil {
				t.Fatal(err)
			}
		}
		record := func() council.ConflictOfInterest {
			c, err := h.Meetings.RecordConflict(ctx, clerk, item.ID, 0, meetings.NewConflict{Person: maria})
			if err != nil {
				t.Fatal(err)
			}
			return c
		}
		set(council.ConflictMarks)
		c := record()
		see.file("noted", file.ID, "Kranichweg", h.As(maria), true)
		set(council.ConflictHides)
		see.file("noted, the setting changed", file.ID, "Kranichweg", h.As(maria), true)
		if err := h.Meetings.RevokeConflict(ctx, clerk, item.ID, c.ID, 0); err != nil {
			t.Fatal(err)
		}
		set(council.ConflictDeclared)
		c = record()
		see.file("not declared", file.ID, "Kranichweg", h.As(maria), true)
		if c, err := h.Meetings.DeclareConflict(ctx, clerk, item.ID, c.ID, c.Revision); err != nil || c.Declared.IsZero() {
			t.Fatal(c, err)
		}
		see.file("declared", file.ID, "Kranichweg", h.As(maria), false)
		see.file("declared, the others", file.ID, "Kranichweg", h.As(h.Town.MainMember2), true)
		if err := h.Meetings.RevokeConflict(ctx, clerk, item.ID, c.ID, 0); err != nil {
			t.Fatal(err)
		}
		see.file("revoked", file.ID, "Kranichweg", h.As(maria), true)
	})
}
