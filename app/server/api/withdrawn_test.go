package api_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"ris/app/apptest/halltest"
	"ris/app/council"
)

// TestWithdrawnStaysWithdrawn: a publication that adds something else does not bring a withdrawn paper back, in no channel; restoring
// and publishing does.
func TestWithdrawnStaysWithdrawn(t *testing.T) {
	h := halltest.Open(t, "")
	clerk, member, public := as(h, h.Town.Clerk), as(h, h.Town.MainMember), client{t: t, hall: h}
	m := h.Meeting()
	item := h.Item(m.ID, "Bericht", true)
	p, f := h.Paper(item.ID, "Radwege", halltest.Texts("Radwegeplan", 1)...)
	h.Searchable(f.ID)
	h.Publish(m.ID)
	meeting, paper, file := "/api/v1/meetings/"+string(m.ID), "/api/v1/papers/"+string(p.ID), "/api/v1/files/"+string(f.ID)
	finds := func(c client, path string) bool {
		return strings.Contains(string(c.want(200, "GET", path, nil).body), string(p.ID))
	}
	shown := func(what string, want bool) {
		t.Helper()
		status := map[bool]int{true: 200, false: 404}[want]
		for _, path := range []string{paper, file, file + "/info"} {
			if a := member.do("GET", path, nil); a.status != status {
				t.Errorf("%s: member %s: %d, want %d", what, path, a.status, status)
			}
		}
		if got := finds(member, meeting); got != want {
			t.Errorf("%s: on the member's agenda: %v", what, got)
		}
		h.Eventually(what+": the member's search", func() bool { return finds(member, "/api/v1/search?q=Radwegeplan") == want })
		h.Eventually(what+": the public search", func() bool { return finds(public, "/suche?q=Radwegeplan") == want })
		if a := public.do("GET", "/vorlagen/"+string(p.ID), nil); (a.status == http.StatusOK) != want {
			t.Errorf("%s: the portal's page: %d", what, a.status)
		}
		var o struct {
			Deleted bool   `json:"deleted"`
			Name    string `json:"name"`
		}
		open := public.do("GET", "/oparl/paper/"+string(p.ID), nil)
		if err := json.Unmarshal(open.body, &o); err != nil || o.Deleted == want || (o.Name != "") != want {
			t.Errorf("%s: OParl: %d %s %v", what, open.status, open.body, err)
		}
	}
	shown("published", true)

	tag := clerk.want(200, "GET", paper, nil).header.Get("ETag")
	gone := clerk.want(200, "POST", paper+"/withdraw", object{"reason": "Zahlen falsch"}, "If-Match", tag)
	if gone.text("state") != "withdrawn" || gone.text("withdrawn", "reason") != "Zahlen falsch" || gone.text("withdrawn", "at") == "" {
		t.Fatalf("withdrawn: %s", gone.body)
	}
	shown("withdrawn", false)
	if a := clerk.want(200, "GET", meeting, nil); a.text("agendaItems", 0, "papers", 0, "withdrawn", "reason") != "Zahlen falsch" {
		t.Errorf("the clerk's agenda: %s", a.body)
	}

	h.Paper(item.ID, "Nachtrag", halltest.Texts("Nachtragswort", 1)...)
	before := clerk.want(200, "GET", meeting+"/publish-preview", nil)
	if len(before.at("withdrawn").([]any)) != 1 || before.text("withdrawn", 0, "id") != string(p.ID) || before.text("withdrawn", 0, "kind") != "paper" ||
		strings.Count(string(before.body), string(p.ID)) != 1 {
		t.Errorf("preview: %s", before.body)
	}
	h.Publish(m.ID)
	shown("an addition published", false)

	// Only its clerk restores; to all others it is as always.
	random := string(council.NewID(h.Now()))
	for _, kind := range []string{"papers", "files", "meetings"} {
		id := map[string]council.ID{"papers": p.ID, "files": f.ID, "meetings": m.ID}[kind]
		foreign := as(h, h.Town.OtherClerk)
		if kind != "meetings" {
			same(t, kind, foreign.do("POST", "/api/v1/"+kind+"/"+string(id)+"/restore", nil), foreign.do("POST", "/api/v1/"+kind+"/"+random+"/restore", nil), 404)
		}
		public.want(401, "POST", "/api/v1/"+kind+"/"+string(id)+"/restore", nil)
	}
	member.want(403, "POST", meeting+"/restore", nil)
	clerk.want(412, "POST", paper+"/restore", nil, "If-Match", tag)
	back := clerk.want(200, "POST", paper+"/restore", nil, "If-Match", clerk.want(200, "GET", paper, nil).header.Get("ETag"), "Idempotency-Key", "r1")
	again := clerk.want(200, "POST", paper+"/restore", nil, "If-Match", back.header.Get("ETag"))
	if back.text("state") != "draft" || back.at("withdrawn") != nil || again.header.Get("ETag") != back.header.Get("ETag") {
		t.Errorf("restored: %s, and again: %s", back.body, again.body)
	}
	shown("restored, not published", false)
	log, err := h.Store.AuditEntries(t.Context(), h.As(h.Town.Clerk), council.AuditFilter{Object: p.ID, Act: "paper.restore"})
	if err != nil || len(log) != 1 || log[0].Actor != h.Town.Clerk {
		t.Errorf("the log: %+v, %v", log, err)
	}
	if a := clerk.want(200, "GET", meeting, nil); a.at("pendingChanges") != float64(1) {
		t.Errorf("the clerk's meeting: %s", a.body)
	}
	h.Publish(m.ID)
	shown("restored and published", true)
}

// TestAWithdrawnMeeting is published only after it was restored, and nothing of it is seen before.
func TestAWithdrawnMeeting(t *testing.T) {
	h := halltest.Open(t, "")
	clerk, member := as(h, h.Town.Clerk), as(h, h.Town.MainMember)
	m := h.Meeting()
	h.Item(m.ID, "Bericht", true)
	h.Publish(m.ID)
	meeting := "/api/v1/meetings/" + string(m.ID)
	gone := clerk.want(200, "POST", meeting+"/withdraw", object{"reason": "Termin"})
	if gone.text("withdrawn", "reason") != "Termin" {
		t.Errorf("withdrawn: %s", gone.body)
	}
	preview := clerk.want(200, "GET", meeting+"/publish-preview", nil)
	if preview.text("blockers", 0, "url") != meeting || !strings.Contains(preview.text("blockers", 0, "text"), "zurückgezogen") {
		t.Errorf("preview: %s", preview.body)
	}
	clerk.want(409, "POST", meeting+"/publish", nil)
	member.want(404, "GET", meeting, nil)
	clerk.want(200, "POST", meeting+"/restore", nil, "If-Match", gone.header.Get("ETag"))
	member.want(404, "GET", meeting, nil)
	clerk.want(200, "POST", meeting+"/publish", nil)
	member.want(200, "GET", meeting, nil)
}
