package meetings_test

import (
	"testing"

	"ris/app/apptest/halltest"
	"ris/app/council"
	"ris/app/meetings"
)

// TestConflictOfInterest: recorded, it closes the non-public paper to the person at once; revoked, it opens it for this person alone,
// and nothing that waits is published by the way.
func TestConflictOfInterest(t *testing.T) {
	onBoth(t, func(t *testing.T, h *halltest.Hall) {
		see, clerk, maria, max := sight{t, h}, h.As(h.Town.Clerk), h.As(h.Town.MainMember), h.As(h.Town.MainMember2)
		m := h.Meeting()
		item := h.Item(m.ID, "Grundstück", false)
		p, file := h.Paper(item.ID, "Kaufvertrag", halltest.Texts("Kranichweg", 1)...)
		h.Searchable(file.ID)
		h.Publish(m.ID)
		see.file("before", file.ID, "Kranichweg", maria, true)

		c, err := h.Meetings.RecordConflict(ctx, clerk, item.ID, 0, meetings.NewConflict{Person: h.Town.MainMember, Reason: "Eigentümerin", Decider: "Vorsitz"})
		if err != nil {
			t.Fatal(err)
		}
		see.file("recorded, she herself", file.ID, "Kranichweg", h.As(h.Town.MainMember), false)
		see.file("recorded, the others", file.ID, "Kranichweg", max, true)
		again, err := h.Meetings.RecordConflict(ctx, clerk, item.ID, 0, meetings.NewConflict{Person: h.Town.MainMember, Reason: "noch einmal"})
		if err != nil || again.ID != c.ID || again.Reason != "Eigentümerin" {
			t.Errorf("recorded twice: %+v, %v", again, err)
		}
		for who, person := range map[string]council.ID{"somebody of another body": h.Town.OtherMember, "nobody": council.NewID(h.Now())} {
			if _, err := h.Meetings.RecordConflict(ctx, clerk, item.ID, 0, meetings.NewConflict{Person: person}); council.KindOf(err) != council.Invalid {
				t.Errorf("%s: %v", who, err)
			}
		}
		if _, err := h.Meetings.RecordConflict(ctx, max, item.ID, 0, meetings.NewConflict{Person: h.Town.MainMember}); council.KindOf(err) != council.Forbidden {
			t.Errorf("a member records: %v", err)
		}

		late := h.File(p.ID, "", "nachtrag.pdf", halltest.Texts("Nachtragswort", 1)...)
		h.Searchable(late.ID)
		if err := h.Meetings.RevokeConflict(ctx, clerk, item.ID, c.ID, c.Revision+1); council.KindOf(err) != council.Stale {
			t.Errorf("an older revision: %v", err)
		}
		if err := h.Meetings.RevokeConflict(ctx, clerk, item.ID, c.ID, c.Revision); err != nil {
			t.Fatal(err)
		}
		see.file("revoked, she herself", file.ID, "Kranichweg", h.As(h.Town.MainMember), true)
		see.file("revoked, what waits", late.ID, "Nachtragswort", h.As(h.Town.MainMember), false)
		see.file("revoked, another committee", file.ID, "Kranichweg", h.As(h.Town.WorksMember), false)
		if err := h.Meetings.RevokeConflict(ctx, clerk, item.ID, c.ID, 0); council.KindOf(err) != council.NotFound {
			t.Errorf("revoked twice: %v", err)
		}
		log, err := h.Store.AuditEntries(ctx, clerk, council.AuditFilter{Object: item.ID})
		if err != nil || len(log) != 3 || log[0].Act != "conflict_of_interest.revoke" || log[1].Details["person"] != string(h.Town.MainMember) || log[1].Details["reason"] != "" {
			t.Errorf("the log: %+v, %v", log, err)
		}
	})
}

// TestSubstitution: the substitute reads the meeting while it is recorded, and no other.
func TestSubstitution(t *testing.T) {
	onBoth(t, func(t *testing.T, h *halltest.Hall) {
		see, clerk := sight{t, h}, h.As(h.Town.Clerk)
		m, other := h.Meeting(), h.Meeting()
		_, file := h.Paper(h.Item(m.ID, "Grundstück", false).ID, "Kaufvertrag", halltest.Texts("Kranichweg", 1)...)
		_, foreign := h.Paper(h.Item(other.ID, "Personal", false).ID, "Personal", halltest.Texts("Personalwort", 1)...)
		h.Searchable(file.ID, foreign.ID)
		h.Publish(m.ID)
		h.Publish(other.ID)
		see.file("before", file.ID, "Kranichweg", h.As(h.Town.Substitute), false)

		in := meetings.NewSubstitution{Organization: h.Town.Main, Absent: h.Town.MainMember, Substitute: h.Town.Substitute}
		for what, wrong := range map[string]struct {
			in   meetings.NewSubstitution
			kind council.Kind
		}{
			"the absent has no seat":      {meetings.NewSubstitution{Organization: h.Town.Main, Absent: h.Town.WorksMember, Substitute: h.Town.Substitute}, council.Invalid},
			"the absent's seat has ended": {meetings.NewSubstitution{Organization: h.Town.Main, Absent: h.Town.Former, Substitute: h.Town.Substitute}, council.Invalid},
			"a member as substitute":      {meetings.NewSubstitution{Organization: h.Town.Main, Absent: h.Town.MainMember, Substitute: h.Town.MainMember2}, council.Invalid},
			"another committee":           {meetings.NewSubstitution{Organization: h.Town.Works, Absent: h.Town.WorksMember, Substitute: h.Town.Substitute}, council.Invalid},
			"another body":                {meetings.NewSubstitution{Organization: h.Town.Main, Absent: h.Town.MainMember, Substitute: h.Town.OtherMember}, council.Invalid},
		} {
			if _, err := h.Meetings.RecordSubstitution(ctx, clerk, m.ID, 0, wrong.in); err == nil || council.KindOf(err) != wrong.kind {
				t.Errorf("%s: %v", what, err)
			}
		}
		x, err := h.Meetings.RecordSubstitution(ctx, clerk, m.ID, 0, in)
		if err != nil {
			t.Fatal(err)
		}
		see.file("recorded", file.ID, "Kranichweg", h.As(h.Town.Substitute), true)
		see.file("recorded, another meeting", foreign.ID, "Personalwort", h.As(h.Town.Substitute), false)
		for what, double := range map[string]meetings.NewSubstitution{"the same member twice": {Organization: h.Town.Main, Absent: h.Town.MainMember, Substitute: h.Town.Mayor},
			"the same substitute twice": {Organization: h.Town.Main, Absent: h.Town.MainMember2, Substitute: h.Town.Substitute}} {
			if _, err := h.Meetings.RecordSubstitution(ctx, clerk, m.ID, 0, double); council.KindOf(err) != council.Conflict {
				t.Errorf("%s: %v", what, err)
			}
		}
		if err := h.Meetings.EndSubstitution(ctx, clerk, other.ID, x.ID, 0); council.KindOf(err) != council.NotFound {
			t.Errorf("ended at another meeting: %v", err)
		}
		if err := h.Meetings.EndSubstitution(ctx, clerk, m.ID, x.ID, x.Revision); err != nil {
			t.Fatal(err)
		}
		see.file("ended", file.ID, "Kranichweg", h.As(h.Town.Substitute), false)
	})
}
