package meetings_test

import (
	"encoding/json"
	"strings"
	"testing"

	"ris/app/apptest/halltest"
	"ris/app/council"
	"ris/app/meetings"
	"ris/auth/policy"
)

// TestAClerkWithAConflict prepares and publishes the meeting as before, but learns nothing of the papers that are withheld: not from the
// preview, not from what stands in the way; and another clerk has to give them back.
func TestAClerkWithAConflict(t *testing.T) {
	onBoth(t, func(t *testing.T, h *halltest.Hall) {
		second := h.As(h.Town.Clerk2)
		clerk := func() policy.Viewer { return h.As(h.Town.Clerk) } // as in each request anew
		m := h.Meeting()
		item := h.Item(m.ID, "Grundstück", false)
		paper, file := h.Paper(item.ID, "Kaufvertrag Kranichweg", halltest.Texts("Kranichweg", 1)...)
		back := h.File(paper.ID, "", "Anlage.pdf", "Ein Plan.")
		h.Searchable(file.ID, back.ID)
		h.Publish(m.ID)
		c, err := h.Meetings.RecordConflict(ctx, second, item.ID, 0, meetings.NewConflict{Person: h.Town.Clerk})
		if err != nil {
			t.Fatal(err)
		}
		told := func(who string) string {
			t.Helper()
			v := clerk()
			if who == "second" {
				v = second
			}
			p, err := h.Meetings.PreviewPublish(ctx, v, m.ID)
			if err != nil {
				t.Fatal(err)
			}
			all, err := json.Marshal(p)
			if err != nil {
				t.Fatal(err)
			}
			return string(all)
		}
		if p := told("clerk"); strings.Contains(p, "Kranichweg") || strings.Contains(p, string(file.ID)) || !strings.Contains(p, "Grundst") {
			t.Errorf("the preview tells %s", p)
		}
		if p := told("second"); !strings.Contains(p, "Kranichweg") {
			t.Errorf("the other clerk's preview: %s", p)
		}
		// A file that was taken back is its clerk's again; the reference of its paper is not told with it.
		if _, err := h.Papers.WithdrawFile(ctx, second, back.ID, 0, "Test"); err != nil {
			t.Fatal(err)
		}
		if p := told("clerk"); strings.Contains(p, "Kranichweg") || !strings.Contains(p, "Anlage") {
			t.Errorf("about what was taken back the preview tells %s", p)
		}
		if p := told("second"); !strings.Contains(p, "V/Kaufvertrag Kranichweg") {
			t.Errorf("the other clerk's preview: %s", p)
		}
		// A file that was refused stands in the way; its name is not told.
		versions, err := h.Store.FileVersions(ctx, policy.System("test"), file.ID)
		if err != nil || len(versions) != 1 {
			t.Fatal(versions, err)
		}
		versions[0].Processing, versions[0].Problem = council.Refused, "file.problem.broken"
		if err := h.Store.SaveFileVersion(ctx, &versions[0]); err != nil {
			t.Fatal(err)
		}
		if p := told("second"); !strings.Contains(p, "meeting.publish.refused_file") {
			t.Errorf("the other clerk's blockers: %s", p)
		}
		if p := told("clerk"); strings.Contains(p, "Kranichweg") || !strings.Contains(p, "meeting.publish.withheld") {
			t.Errorf("the blockers tell %s", p)
		}
		if _, err := h.Meetings.RequestPublish(ctx, clerk(), m.ID, 0); err == nil || err.Error() != "meeting.publish.withheld" {
			t.Errorf("publishing: %v", err)
		}
		if err := h.Meetings.RevokeConflict(ctx, clerk(), item.ID, c.ID, 0); council.KindOf(err) != council.Forbidden {
			t.Errorf("the own conflict: %v", err)
		}
		if err := h.Meetings.RevokeConflict(ctx, second, item.ID, c.ID, 0); err != nil {
			t.Error(err)
		}
		if p := told("clerk"); !strings.Contains(p, "Kranichweg") {
			t.Errorf("after it was revoked: %s", p)
		}
	})
}
