package api_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"ris/app/apptest/halltest"
	"ris/app/council"
)

// neverWas is a well-formed id of nothing.
const neverWas = "0198d4a0-0000-7000-8000-00000000000a"

// like requires the status, and the same answer as for an id that never was, in bytes and headers.
func (c client) like(status int, method, path string, id council.ID, body any, headers ...string) {
	c.t.Helper()
	a := c.do(method, path, body, headers...)
	b := c.do(method, strings.ReplaceAll(path, string(id), neverWas), body, headers...)
	a.header.Del("Date")
	b.header.Del("Date")
	var x, y bytes.Buffer
	_, _ = a.header.Write(&x), b.header.Write(&y)
	if a.status != status || b.status != status || !bytes.Equal(a.body, b.body) || x.String() != y.String() {
		c.t.Errorf("%s %s: %d %s\n%s\nan id that never was: %d %s\n%s", method, path, a.status, a.body, x.String(), b.status, b.body, y.String())
	}
}

// persons are the ids in one list of a report.
func persons(a answer, list string) (out []council.ID) {
	lines, _ := a.at(list).([]any)
	for _, l := range lines {
		id, _ := l.(object)["person"].(string)
		out = append(out, council.ID(id))
	}
	return out
}

// The report is for the clerk of the Body, and it says what is: who stands among the readers gets the object in a request of
// their own, who does not gets what an id that never was gets.
func TestWhoCanSeeThisIsTheClerks(t *testing.T) {
	h := halltest.Open(t, "")
	m := h.Meeting()
	item := h.Item(m.ID, "Grundstück", false)
	paper, file := h.Paper(item.ID, "Kaufvertrag", "Der Kaufpreis.")
	objects := map[string]council.ID{"/api/v1/meetings/": m.ID, "/api/v1/agenda-items/": item.ID, "/api/v1/papers/": paper.ID, "/api/v1/files/": file.ID}
	for _, state := range []string{"draft", "published"} {
		readers := map[council.ID]bool{h.Town.Clerk: true, h.Town.Clerk2: true}
		if state == "published" {
			h.Publish(m.ID)
			for _, p := range []council.ID{h.Town.MainMember, h.Town.MainMember2, h.Town.Newcomer} {
				readers[p] = true
			}
		}
		for path, id := range objects {
			report := as(h, h.Town.Clerk).want(200, "GET", path+string(id)+"/access", nil)
			listed := persons(report, "readers")
			if len(listed) != len(readers) {
				t.Errorf("%s %s: %d readers, want %d: %s", state, path, len(listed), len(readers), report.body)
			}
			if note := report.text("note"); (note == "") != (state == "published") {
				t.Errorf("%s %s: note %q", state, path, note)
			}
			excluded := persons(report, "excluded")
			if state == "published" && !slices.Contains(excluded, h.Town.Former) {
				t.Errorf("%s: nothing about the former member: %s", path, report.body)
			}
			for who, person := range h.Town.Everybody() {
				own, status := as(h, person), 404
				if readers[person] {
					status = 200
				}
				if slices.Contains(listed, person) != readers[person] || readers[person] && slices.Contains(excluded, person) {
					t.Errorf("%s %s: the report says of the %s: reader %v", state, path, who, slices.Contains(listed, person))
				}
				show := path + string(id)
				if path == "/api/v1/files/" {
					show += "/info"
				}
				if path != "/api/v1/agenda-items/" { // an item is shown with its meeting
					own.want(status, "GET", show, nil)
				}
				ask := path + string(id) + "/access"
				switch {
				case person == h.Town.Clerk || person == h.Town.Clerk2:
				case readers[person]: // knows the object, not who else does
					if a := own.want(403, "GET", ask, nil); bytes.Contains(a.body, []byte("Maria")) || bytes.Contains(a.body, []byte("Kaufvertrag")) {
						t.Errorf("the %s is told: %s", who, a.body)
					}
				default:
					own.like(404, "GET", ask, id, nil)
				}
			}
			client{t, h, ""}.like(401, "GET", path+string(id)+"/access", id, nil)
		}
	}
	// Ids of one kind are none of another.
	as(h, h.Town.Clerk).like(404, "GET", "/api/v1/meetings/"+string(paper.ID)+"/access", paper.ID, nil)
	as(h, h.Town.OtherClerk).like(404, "GET", "/api/v1/papers/"+string(m.ID)+"/access", m.ID, nil)
}

// Settings and standing deputies are the clerk's of the Body: everybody who is signed in knows that the Body exists, so others are
// forbidden; what is another Body's is as good as what never was.
func TestRulesAreTheClerks(t *testing.T) {
	h := halltest.Open(t, "")
	town := h.Town
	rules := "/api/v1/bodies/" + string(town.Body) + "/access"
	deputies := "/api/v1/bodies/" + string(town.Body) + "/deputies"
	clerk, other := as(h, town.Clerk), as(h, town.OtherClerk)
	m := h.Meeting()
	h.Item(m.ID, "Grundstück", false)
	h.Publish(m.ID)
	settings := object{"conflictMode": "hide", "deputiesRead": true, "newcomersReadOlder": false, "formerDays": 0, "mayorReads": false, "groupOfficesRead": false}
	appoint := object{"organization": town.Main, "person": town.WorksMember}
	theirs := other.want(201, "POST", "/api/v1/bodies/"+string(town.Other)+"/deputies", object{"organization": town.OtherCouncil, "person": town.OtherMember}).text("id")

	for who, person := range town.Everybody() {
		if person == town.Clerk || person == town.Clerk2 {
			continue
		}
		c := as(h, person)
		for _, x := range []struct {
			method, path string
			body         any
		}{{"GET", rules, nil}, {"PUT", rules, settings}, {"POST", deputies, appoint}, {"DELETE", deputies + "/" + theirs, nil}, {"DELETE", deputies + "/" + neverWas, nil}} {
			if a := c.want(403, x.method, x.path, x.body, "If-Match", `"1"`); bytes.Contains(a.body, []byte("Maria")) {
				t.Errorf("the %s is told: %s", who, a.body)
			}
			c.want(404, x.method, strings.Replace(x.path, string(town.Body), neverWas, 1), x.body, "If-Match", `"1"`)
		}
	}
	nobody := client{t, h, ""}
	nobody.like(401, "GET", rules, town.Body, nil)
	nobody.like(401, "PUT", rules, town.Body, settings, "If-Match", `"1"`)
	nobody.like(401, "POST", deputies, town.Body, appoint)

	// Persons, committees and appointments of another Body are as good as none.
	for _, strange := range []council.ID{town.OtherMember, neverWas} {
		a := clerk.want(422, "POST", deputies, object{"organization": town.Main, "person": strange})
		b := clerk.want(422, "POST", deputies, object{"organization": town.OtherCouncil, "person": town.WorksMember})
		if !bytes.Equal(a.body, b.body) {
			t.Errorf("%s / %s", a.body, b.body)
		}
	}
	clerk.like(404, "DELETE", deputies+"/"+theirs, council.ID(theirs), nil, "If-Match", `"1"`)
	if n, _ := other.want(200, "GET", "/api/v1/bodies/"+string(town.Other)+"/access", nil).at("deputies").([]any); len(n) != 1 {
		t.Errorf("the other Body's deputy: %v", n)
	}

	// What counts, counts in the next request: appointment and setting together, and neither alone.
	reads := func(want bool) {
		t.Helper()
		status := 404
		if want {
			status = 200
		}
		as(h, town.WorksMember).want(status, "GET", "/api/v1/meetings/"+string(m.ID), nil)
	}
	reads(false)
	made := clerk.want(201, "POST", deputies, appoint)
	reads(false)
	clerk.want(409, "POST", deputies, appoint)
	clerk.want(428, "PUT", rules, settings)
	clerk.want(412, "PUT", rules, settings, "If-Match", `"7"`)
	reads(false)
	clerk.want(200, "PUT", rules, settings, "If-Match", clerk.want(200, "GET", rules, nil).header.Get("ETag"))
	reads(true)
	line := deputies + "/" + made.text("id")
	clerk.want(428, "DELETE", line, nil)
	clerk.want(412, "DELETE", line, nil, "If-Match", `"7"`)
	reads(true)
	clerk.want(204, "DELETE", line, nil, "If-Match", made.header.Get("ETag"))
	reads(false)
	clerk.want(404, "DELETE", line, nil, "If-Match", made.header.Get("ETag"))
	clerk.want(422, "POST", deputies, object{"organization": town.Main, "person": town.WorksMember, "start": "2026-05-02", "end": "2026-05-01"})
}
