package api_test

import (
	"testing"
	"time"

	"ris/app/apptest/halltest"
	"ris/app/council"
)

// TestAWriteIsDoneOnce: under one Idempotency-Key, with the same answer; another request under that key is told so.
func TestAWriteIsDoneOnce(t *testing.T) {
	h := halltest.Open(t, "")
	clerk := as(h, h.Town.Clerk)
	start := h.Now().Add(time.Hour)
	body := object{"name": "Einmal", "organizations": []council.ID{h.Town.Main}, "start": start}
	first := clerk.want(201, "POST", "/api/v1/meetings", body, "Idempotency-Key", "k1")
	again := clerk.want(201, "POST", "/api/v1/meetings", body, "Idempotency-Key", "k1")
	if string(first.body) != string(again.body) || first.header.Get("Location") != again.header.Get("Location") || first.header.Get("ETag") != again.header.Get("ETag") {
		t.Errorf("first %s, again %s", first.body, again.body)
	}
	if n := len(clerk.want(200, "GET", "/api/v1/meetings", nil).at("data").([]any)); n != 1 {
		t.Errorf("%d meetings, want 1", n)
	}
	body["name"] = "Anders"
	clerk.want(409, "POST", "/api/v1/meetings", body, "Idempotency-Key", "k1")
	as(h, h.Town.Clerk2).want(201, "POST", "/api/v1/meetings", body, "Idempotency-Key", "k1") // a key is one person's

	meeting := first.text("url")
	item := clerk.want(201, "POST", meeting+"/agenda-items", object{"name": "Punkt"})
	paper := clerk.want(201, "POST", "/api/v1/papers", object{"name": "Vorlage", "agendaItem": item.text("id")})
	pdf := halltest.PDF(t, "Eine Seite.")
	one := clerk.want(201, "POST", paper.text("url")+"/files", upload(t, "a.pdf", pdf), "Idempotency-Key", "f1")
	two := clerk.want(201, "POST", paper.text("url")+"/files", upload(t, "a.pdf", pdf), "Idempotency-Key", "f1")
	if one.text("id") != two.text("id") {
		t.Errorf("a repeated upload made a second file: %s, %s", one.text("id"), two.text("id"))
	}

	clerk.want(200, "POST", meeting+"/publish", nil, "Idempotency-Key", "p1")
	late := clerk.want(201, "POST", meeting+"/agenda-items", object{"name": "Später"})
	replay := clerk.want(200, "POST", meeting+"/publish", nil, "Idempotency-Key", "p1")
	if replay.text("agendaItems", 1, "state") != "draft" || replay.at("pendingChanges") != float64(1) {
		t.Errorf("a repeated publication published what came later: %s", replay.body)
	}
	tag := clerk.want(200, "GET", meeting, nil).at("agendaItems", 1, "revision")
	clerk.want(412, "DELETE", late.text("url"), nil, "If-Match", `"99"`)
	clerk.want(204, "DELETE", late.text("url"), nil, "If-Match", `"`+string(rune('0'+int(tag.(float64))))+`"`, "Idempotency-Key", "d1")
	clerk.want(204, "DELETE", late.text("url"), nil, "If-Match", `"1"`, "Idempotency-Key", "d1")
}

// TestAKeptAnswerNeedsItsRight: who is clerk no more does not get the answer again that was kept for a clerk.
func TestAKeptAnswerNeedsItsRight(t *testing.T) {
	h := halltest.Open(t, "")
	clerk := as(h, h.Town.Clerk)
	body := object{"name": "Geheimer Entwurf", "organizations": []council.ID{h.Town.Main}, "start": h.Now().Add(time.Hour)}
	clerk.want(201, "POST", "/api/v1/meetings", body, "Idempotency-Key", "k1")
	clerk.want(201, "POST", "/api/v1/meetings", body, "Idempotency-Key", "k1")
	grants, err := h.Store.Grants(t.Context(), h.Town.Clerk)
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range grants {
		g.End = h.Now().AddDate(0, 0, -2)
		if err := h.Store.SaveGrant(t.Context(), &g); err != nil {
			t.Fatal(err)
		}
	}
	if a := clerk.do("POST", "/api/v1/meetings", body, "Idempotency-Key", "k1"); a.status < 400 || a.text("name") != "" {
		t.Errorf("%d %s", a.status, a.body)
	}
}

// TestPages: a list goes on where its next says, without gaps and doubles.
func TestPages(t *testing.T) {
	h := halltest.Open(t, "")
	for range 5 {
		h.Meeting()
	}
	clerk := as(h, h.Town.Clerk)
	seen := map[string]bool{}
	for next := "/api/v1/meetings?limit=2&state=draft"; next != ""; {
		a := clerk.want(200, "GET", next, nil)
		for i := range a.at("data").([]any) {
			id := a.text("data", i, "id")
			if seen[id] {
				t.Errorf("%s stands on two pages", id)
			}
			seen[id] = true
		}
		next = a.text("next")
	}
	if len(seen) != 5 {
		t.Errorf("%d meetings on all pages, want 5", len(seen))
	}
}
