package api_test

import (
	"bytes"
	"strings"
	"testing"

	"ris/app/apptest/halltest"
	"ris/app/council"
	"ris/app/meetings"
)

// A member sees the own readings by title as long as the paper may be read; nobody else sees them, the clerk neither. The clerk sees acts.
func TestWhoSeesTheLog(t *testing.T) {
	h := halltest.Open(t, "")
	m := h.Meeting()
	item := h.Item(m.ID, "Personalsache", false)
	paper, file := h.Paper(item.ID, "Kanarienvogelkauf", halltest.Texts("geheim", 1)...)
	h.Searchable(file.ID)
	h.Publish(m.ID)
	reader, other, clerk := as(h, h.Town.MainMember), as(h, h.Town.MainMember2), as(h, h.Town.Clerk)
	for range 3 {
		if a := reader.do("GET", "/api/v1/files/"+string(file.ID), nil); a.status != 200 {
			t.Fatalf("%d %s", a.status, a.body)
		}
	}
	lines := func(who client, path string) []any {
		t.Helper()
		return who.want(200, "GET", path, nil).at("data").([]any)
	}
	mine := reader.want(200, "GET", "/api/v1/me/log?readings=true", nil)
	if n := len(mine.at("data").([]any)); n != 1 || mine.text("data", 0, "object", "id") != string(paper.ID) || !strings.Contains(mine.text("data", 0, "about"), "Kanarienvogelkauf") {
		t.Errorf("the reader sees %s", mine.body)
	}
	if n := len(lines(other, "/api/v1/me/log?readings=true")); n != 0 {
		t.Errorf("another member sees %d readings", n)
	}
	acts := clerk.want(200, "GET", "/api/v1/bodies/"+string(h.Town.Body)+"/log?limit=200", nil)
	if !strings.Contains(string(acts.body), `"meeting.publish"`) || strings.Contains(string(acts.body), `"file.read"`) || strings.Contains(string(acts.body), `"session.start"`) {
		t.Errorf("the clerk sees %s", acts.body)
	}
	// A page at a time gives the same lines.
	seen, next := 0, "/api/v1/bodies/"+string(h.Town.Body)+"/log?limit=2"
	for ; next != ""; seen += 0 {
		a := clerk.want(200, "GET", next, nil)
		seen += len(a.at("data").([]any))
		next = a.text("next")
	}
	if all := len(acts.at("data").([]any)); seen != all || all < 3 {
		t.Errorf("%d lines in pages, %d at once", seen, all)
	}
	// Everybody else gets what a body that does not exist gets.
	nowhere := "/api/v1/bodies/" + string(council.NewID(h.Now())) + "/log"
	for name, who := range map[string]client{"a member": reader, "IT": as(h, h.Town.IT), "the mayor": as(h, h.Town.Mayor), "the other body's clerk": as(h, h.Town.OtherClerk)} {
		a, b := who.do("GET", "/api/v1/bodies/"+string(h.Town.Body)+"/log", nil), who.do("GET", nowhere, nil)
		if a.status != 404 || !bytes.Equal(normal(a.body), normal(b.body)) {
			t.Errorf("%s: %d %s", name, a.status, a.body)
		}
	}
	// What may not be read any more is not named.
	if _, err := h.Meetings.RecordConflict(t.Context(), h.As(h.Town.Clerk), item.ID, 0, meetings.NewConflict{Person: h.Town.MainMember, Reason: "Eigentümerin"}); err != nil {
		t.Fatal(err)
	}
	late := reader.want(200, "GET", "/api/v1/me/log?readings=true", nil)
	if strings.Contains(string(late.body), "Kanarienvogelkauf") || late.at("data", 0, "hidden") != true || late.at("data", 0, "object") != nil || late.text("data", 0, "about") == "" {
		t.Errorf("after the conflict: %s", late.body)
	}
	// The head is for clerks and IT.
	for name, who := range map[string]client{"clerk": clerk, "IT": as(h, h.Town.IT)} {
		if a := who.want(200, "POST", "/api/v1/log/head", object{}); !strings.HasPrefix(a.text("note"), "ris/audit\n") {
			t.Errorf("%s: %s", name, a.body)
		}
	}
	if a := reader.do("POST", "/api/v1/log/head", object{}); a.status != 404 {
		t.Errorf("a member takes the head: %d", a.status)
	}
	// The log itself holds no content.
	for _, l := range func() []council.AuditEntry {
		all, _ := h.Store.AuditEntries(t.Context(), h.As(h.Town.Clerk), council.AuditFilter{Body: h.Town.Body, Limit: 1000})
		return all
	}() {
		for name, value := range l.Details {
			if strings.Contains(value, "Kanarienvogelkauf") || strings.Contains(value, "Personalsache") {
				t.Errorf("%s: %s=%q", l.Act, name, value)
			}
		}
	}
}
