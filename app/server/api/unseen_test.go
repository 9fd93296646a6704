package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"testing"

	"ris/app/apptest/halltest"
	"ris/app/council"
	"ris/app/server/api"
	"ris/auth/policy"
)

// The answer to "why can I not see this" takes nothing in, so it cannot be told what was asked for; it is the same whatever stands in the
// address, for ids of everything that there is; it names nobody but whom to ask; and it is the same when the objects are not there to be
// looked at: their tables are put away.
func TestUnseenLooksAtNothing(t *testing.T) {
	takesNothing(t)
	h := halltest.Open(t, "")
	ids := hidden(h)
	plain := map[string]answer{}
	for who, person := range h.Town.Everybody() {
		c := as(h, person)
		plain[who] = c.want(200, "GET", "/api/v1/unseen", nil)
		for kind, id := range ids {
			var q []string
			for _, name := range []string{"id", "object", "meeting", "item", "agendaItem", "agenda-item", "paper", "file", "version", "body", "url", "path", "ref", "of", "for", "q"} {
				q = append(q, name+"="+string(id))
			}
			a := c.want(200, "GET", "/api/v1/unseen?"+strings.Join(q, "&"), nil, "Referer", h.URL+"/app/papers/"+string(id))
			if !bytes.Equal(a.body, plain[who].body) {
				t.Errorf("the %s, about a %s: %s\n%s", who, kind, a.body, plain[who].body)
			}
		}
		contacts, _ := plain[who].at("contacts").([]any)
		for i := range contacts {
			own := "Stadt Probe"
			if person == h.Town.OtherClerk || person == h.Town.OtherMember {
				own = "Gemeinde Nebenan"
			}
			if plain[who].text("contacts", i, "body") != own {
				t.Errorf("the %s is sent to %s", who, plain[who].text("contacts", i, "body"))
			}
		}
		if lines, _ := plain[who].at("sentences").([]any); len(lines) < 3 || bytes.Contains(plain[who].body, []byte("Grundst")) || bytes.Contains(plain[who].body, []byte("Klerk")) {
			t.Errorf("the %s is told: %s", who, plain[who].body)
		}
	}
	client{t, h, ""}.want(401, "GET", "/api/v1/unseen", nil)

	cookies := map[string]client{}
	for who, person := range h.Town.Everybody() {
		cookies[who] = as(h, person)
	}
	for _, table := range []string{"meetings", "agenda_items", "papers", "files", "file_versions", "consultations", "page_texts", "annotations", "packets", "uploads"} {
		if _, err := h.Store.DB().Exec("ALTER TABLE " + table + " RENAME TO away_" + table); err != nil {
			t.Fatal(err)
		}
	}
	for who, c := range cookies {
		if a := c.want(200, "GET", "/api/v1/unseen", nil); !bytes.Equal(a.body, plain[who].body) {
			t.Errorf("the %s, without any object: %s\n%s", who, a.body, plain[who].body)
		}
		c.want(500, "GET", "/api/v1/papers/"+string(ids["draft paper"]), nil) // what looks at one notices
	}
}

// takesNothing: neither the address nor a header nor a body is an input of this route.
func takesNothing(t *testing.T) {
	t.Helper()
	doc, err := api.OpenAPI()
	if err != nil {
		t.Fatal(err)
	}
	var described struct {
		Paths map[string]map[string]struct {
			Parameters  []any
			RequestBody any
		}
	}
	if err := json.Unmarshal(doc, &described); err != nil {
		t.Fatal(err)
	}
	route, known := described.Paths["/unseen"]
	if !known {
		route, known = described.Paths["/api/v1/unseen"]
	}
	if op, get := route["get"]; !known || !get || len(route) != 1 || len(op.Parameters) > 0 || op.RequestBody != nil {
		t.Errorf("the route takes something in: %+v", route)
	}
}

// hidden are ids of objects of every kind and state.
func hidden(h *halltest.Hall) map[string]council.ID {
	draft := h.Meeting()
	item := h.Item(draft.ID, "Grundstück", false)
	paper, file := h.Paper(item.ID, "Kaufvertrag", "Der Kaufpreis.")
	m := h.Meeting()
	closed, open := h.Item(m.ID, "Grundstücksverkauf", false), h.Item(m.ID, "Bericht", true)
	secret, secretFile := h.Paper(closed.ID, "Vertrag", "Der Preis.")
	known, _ := h.Paper(open.ID, "Jahresbericht", "Der Bericht.")
	h.Publish(m.ID)
	versions, err := h.Store.FileVersions(context.Background(), policy.System("test"), secretFile.ID)
	if err != nil || len(versions) == 0 {
		h.T.Fatalf("%v %v", versions, err)
	}
	return map[string]council.ID{"draft meeting": draft.ID, "draft item": item.ID, "draft paper": paper.ID, "draft file": file.ID, "meeting": m.ID, "non-public item": closed.ID,
		"non-public paper": secret.ID, "non-public file": secretFile.ID, "version": versions[0].ID, "public paper": known.ID, "person": h.Town.MainMember, "nothing": neverWas}
}
