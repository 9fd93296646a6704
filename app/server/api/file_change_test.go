package api_test

import (
	"encoding/json"
	"strings"
	"testing"

	"ris/app/apptest/halltest"
	"ris/app/council"
)

// TestChangeAFile: another name and another role, seen at once by all who could read it and by nobody else; one main file at most.
func TestChangeAFile(t *testing.T) {
	h := halltest.Open(t, "")
	clerk, member, public := as(h, h.Town.Clerk), as(h, h.Town.MainMember), client{t: t, hall: h}
	m := h.Meeting()
	p, first := h.Paper(h.Item(m.ID, "Bericht", true).ID, "Bericht", halltest.Texts("Erstes", 1)...)
	second := h.File(p.ID, "", "zweites.pdf", halltest.Texts("Zweites", 1)...)
	h.Searchable(first.ID, second.ID)
	h.Publish(m.ID)
	url := func(id council.ID) string { return "/api/v1/files/" + string(id) }
	tag := func(id council.ID) string { return clerk.want(200, "GET", url(id)+"/info", nil).header.Get("ETag") }

	clerk.want(428, "PATCH", url(second.ID), object{"role": "main"})
	clerk.want(412, "PATCH", url(second.ID), object{"role": "main"}, "If-Match", `"99"`)
	clerk.want(422, "PATCH", url(second.ID), object{"role": "boss"}, "If-Match", tag(second.ID))
	if a := clerk.want(422, "PATCH", url(second.ID), object{"name": " "}, "If-Match", tag(second.ID)); !strings.Contains(a.text("detail"), "Namen") {
		t.Errorf("no name: %s", a.body)
	}
	member.want(403, "PATCH", url(second.ID), object{"name": "x"}, "If-Match", tag(second.ID))
	random := url(council.NewID(h.Now()))
	for _, match := range [][]string{nil, {"If-Match", `"1"`}} {
		foreign := as(h, h.Town.OtherClerk)
		_, hidden := h.Paper(h.Item(h.Meeting().ID, "Geheim", false).ID, "Geheim"+string(council.NewID(h.Now())), "Seite.")
		same(t, "another body's clerk", foreign.do("PATCH", url(hidden.ID), object{"name": "x"}, match...), foreign.do("PATCH", random, object{"name": "x"}, match...), 404)
	}

	done := clerk.want(200, "PATCH", url(second.ID), object{"role": "main", "name": " Klimakonzept "}, "If-Match", tag(second.ID), "Idempotency-Key", "c1")
	if done.text("role") != "main" || done.text("name") != "Klimakonzept" || done.text("state") != "published" {
		t.Errorf("changed: %s", done.body)
	}
	if a := member.want(200, "GET", url(first.ID)+"/info", nil); a.text("role") != "auxiliary" {
		t.Errorf("the former main file: %s", a.body)
	}
	var o struct {
		MainFile      struct{ ID, Name string }
		AuxiliaryFile []struct{ ID string }
	}
	open := public.want(200, "GET", "/oparl/paper/"+string(p.ID), nil)
	if err := json.Unmarshal(open.body, &o); err != nil || o.MainFile.Name != "Klimakonzept" || !strings.HasSuffix(o.MainFile.ID, string(second.ID)) ||
		len(o.AuxiliaryFile) != 1 || !strings.HasSuffix(o.AuxiliaryFile[0].ID, string(first.ID)) {
		t.Errorf("OParl: %s %v", open.body, err)
	}
	for _, path := range []string{"/api/v1/search?q=Klimakonzept", "/suche?q=Klimakonzept"} {
		h.Eventually("found by its new name at "+path, func() bool {
			return strings.Contains(string(member.want(200, "GET", path, nil).body), string(second.ID))
		})
	}
	log, err := h.Store.AuditEntries(t.Context(), h.As(h.Town.Clerk), council.AuditFilter{Act: "file.change"})
	if err != nil || len(log) != 2 {
		t.Errorf("the log: %+v, %v", log, err)
	}
	clerk.want(200, "POST", url(second.ID)+"/withdraw", nil)
	clerk.want(410, "PATCH", url(second.ID), object{"name": "Anders"}, "If-Match", tag(second.ID))
	// While it is away another one takes its place; it comes back as an annex.
	clerk.want(200, "PATCH", url(first.ID), object{"role": "main"}, "If-Match", tag(first.ID))
	if a := clerk.want(200, "POST", url(second.ID)+"/restore", nil); a.text("role") != "auxiliary" || a.text("state") != "draft" {
		t.Errorf("restored: %s", a.body)
	}
}
