package api_test

import (
	"strings"
	"testing"

	"ris/app/apptest/halltest"
	"ris/app/council"
)

// TestParticipation: conflicts and substitutions over HTTP, told to the clerk alone.
func TestParticipation(t *testing.T) {
	h := halltest.Open(t, "")
	clerk, member, substitute := as(h, h.Town.Clerk), as(h, h.Town.MainMember), as(h, h.Town.Substitute)
	m := h.Meeting()
	it := h.Item(m.ID, "Grundstück", false)
	p, _ := h.Paper(it.ID, "Kaufvertrag", "Eine Seite.")
	h.Publish(m.ID)
	meeting, item, paper := "/api/v1/meetings/"+string(m.ID), "/api/v1/agenda-items/"+string(it.ID), "/api/v1/papers/"+string(p.ID)

	conflict := clerk.want(201, "POST", item+"/conflicts", object{"person": h.Town.MainMember, "reason": "Eigentümerin"}, "Idempotency-Key", "c1")
	member.want(404, "GET", paper, nil)
	if a := member.want(200, "GET", meeting, nil); strings.Contains(string(a.body), string(p.ID)) || a.text("agendaItems", 0, "id") != string(it.ID) {
		t.Errorf("she must know of the item, not of its paper: %s", a.body)
	}
	if a := clerk.want(422, "POST", item+"/conflicts", object{"person": council.NewID(h.Now())}); !strings.Contains(a.text("detail"), "Person") {
		t.Errorf("an unknown person: %s", a.body)
	}
	substitution := clerk.want(201, "POST", meeting+"/substitutions", object{"organization": h.Town.Main, "absent": h.Town.MainMember, "substitute": h.Town.Substitute})
	substitute.want(200, "GET", paper, nil)
	shown := clerk.want(200, "GET", meeting+"/participation", nil)
	if shown.text("conflicts", 0, "reason") != "Eigentümerin" || shown.text("substitutions", 0, "substitute") != string(h.Town.Substitute) ||
		!strings.Contains(string(shown.body), "Vera Tretung") || strings.Contains(string(shown.body), "Otto Drüben") {
		t.Errorf("participation: %s", shown.body)
	}
	member.want(403, "GET", meeting+"/participation", nil)
	random := string(council.NewID(h.Now()))
	foreign := as(h, h.Town.OtherClerk)
	for _, ask := range []struct {
		method, path, missing string
		body                  any
	}{{"GET", meeting + "/participation", "/api/v1/meetings/" + random + "/participation", nil},
		{"POST", item + "/conflicts", "/api/v1/agenda-items/" + random + "/conflicts", object{"person": h.Town.MainMember}},
		{"DELETE", item + "/conflicts/" + conflict.text("id"), "/api/v1/agenda-items/" + random + "/conflicts/" + random, nil},
		{"POST", meeting + "/substitutions", "/api/v1/meetings/" + random + "/substitutions", object{"organization": h.Town.Main, "absent": h.Town.MainMember, "substitute": h.Town.Substitute}},
		{"DELETE", meeting + "/substitutions/" + substitution.text("id"), "/api/v1/meetings/" + random + "/substitutions/" + random, nil},
	} {
		same(t, ask.method+" "+ask.path, foreign.do(ask.method, ask.path, ask.body), foreign.do(ask.method, ask.missing, ask.body), 404)
	}

	clerk.want(428, "DELETE", item+"/conflicts/"+conflict.text("id"), nil)
	clerk.want(204, "DELETE", item+"/conflicts/"+conflict.text("id"), nil, "If-Match", conflict.header.Get("ETag"))
	member.want(200, "GET", paper, nil)
	clerk.want(204, "DELETE", meeting+"/substitutions/"+substitution.text("id"), nil, "If-Match", substitution.header.Get("ETag"))
	substitute.want(404, "GET", paper, nil)
}
