package oparl_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"ris/app/council"
)

func paperURL(id council.ID) string { return base + "/oparl/paper/" + string(id) }

// Tombstones stand in a list with modified_since and in no other; at their id they are answered with 200 and hold five fields.
func TestWithdrawnObjects(t *testing.T) {
	s := newSite(t)
	papers := "/oparl/body/" + string(s.story.Body.ID) + "/papers"
	before := s.object(paperURL(s.story.Shown))
	s.story.Later(time.Hour)
	since := s.story.Now
	s.story.WithdrawPaper(s.story.Shown)
	gone := s.object(paperURL(s.story.Shown))
	if len(gone) != 5 || gone["deleted"] != true || gone["created"] != before["created"] || gone["type"] != before["type"] || gone["modified"] == before["modified"] {
		t.Errorf("tombstone: %v", gone)
	}
	if slices.Contains(ids(s.list(papers)), paperURL(s.story.Shown)) {
		t.Error("a tombstone is in the plain list")
	}
	if slices.Contains(ids(s.list(papers+"?created_since=2000-01-01T00:00:00%2B00:00")), paperURL(s.story.Shown)) {
		t.Error("a tombstone is in a list without modified_since")
	}
	changed := ids(s.list(papers + "?modified_since=" + url.QueryEscape(since.Format("2006-01-02T15:04:05-07:00"))))
	if !slices.Equal(changed, []string{paperURL(s.story.Shown)}) {
		t.Errorf("changed since then: %v", changed)
	}
	files := ids(s.list("/oparl/body/" + string(s.story.Body.ID) + "/files?modified_since=" + url.QueryEscape(since.Format(time.RFC3339))))
	if len(files) != 2 {
		t.Errorf("its files changed, too: %v", files)
	}
	all := s.do("GET", papers+"?modified_since=2000-01-01T00:00:00%2B00:00")
	if strings.Contains(string(all.body), "Radweges") {
		t.Error("the tombstone tells its name")
	}
}

// Dates come in many spellings; all of them mean the same second, and the links keep them.
func TestFiltersAreReadAsClientsSendThem(t *testing.T) {
	s := newSite(t)
	papers := "/oparl/body/" + string(s.story.Body.ID) + "/papers"
	all := len(s.list(papers))
	if all != 2 {
		t.Fatalf("%d papers", all)
	}
	for _, c := range []struct {
		filter string
		want   int
	}{
		{"modified_since=2026-11-21T08:30:15%2B00:00", all},
		{"modified_since=2026-11-21T08:30:15+00:00", all},   // a literal plus
		{"modified_since=2026-11-21T08:30:15%2000:00", all}, // decoded to a space by somebody
		{"modified_since=2026-11-21T09:30:15%2B0100", all},
		{"modified_since=2026-11-21T08:30:15Z", all},
		{"modified_since=2026-11-21T08:30:15.999Z", all},
		{"modified_since=2026-11-21", all},
		{"modified_since=2026-11-21T08:30:16Z", 0},
		{"modified_until=2026-11-21T08:30:15Z", all},
		{"modified_until=2026-11-21", all},
		{"modified_until=2026-11-21T08:30:14Z", 0},
		{"created_since=2026-11-22", 0},
		{"created_until=2026-11-20", 0},
		{"created_since=2026-11-21T08:30:15Z&created_until=2026-11-21T08:30:15Z", all},
		{"modified_since=2030-01-01&modified_since=2026-01-01", all}, // the last one counts
		{"limit=1?modified_since=2030-01-01", 0},
		{"limit=abc", all}, {"limit=0", all}, {"limit=-5", all}, {"limit=99999999999999999999", all},
		{"omit_internal=true&unknown=1", all},
		{"modified_since=", all},
	} {
		if got := len(s.list(papers + "?" + c.filter)); got != c.want {
			t.Errorf("%s: %d papers, want %d", c.filter, got, c.want)
		}
	}
	for _, bad := range []string{"modified_since=gestern", "created_until=2026-13-01", "after=1"} {
		a := s.do("GET", papers+"?"+bad)
		if a.status != 400 || !isError(a.body) {
			t.Errorf("%s: %d %s", bad, a.status, a.body)
		}
	}
}

// Pages end, hold everything once, keep every filter in their links, and never show a plus sign.
func TestPages(t *testing.T) {
	s := newSite(t)
	for i := range 7 {
		item := s.story.Item(s.story.Coming, fmt.Sprintf("Ö %d", i+10), fmt.Sprintf("Punkt %d", i), true)
		s.story.Paper(s.story.Body.ID, fmt.Sprint(i), fmt.Sprintf("Vorlage %d", i), item)
	}
	s.story.Publish(s.story.Coming)
	papers := "/oparl/body/" + string(s.story.Body.ID) + "/papers"
	query := "?modified_since=2026-01-01T00:00:00+00:00&limit=2&omit_internal=true"
	var got []string
	for at, n := papers+query, 0; at != ""; n++ {
		page := s.object(at)
		links := page["links"].(map[string]any)
		info := page["pagination"].(map[string]any)
		got = append(got, ids(toObjects(page["data"]))...)
		next, more := links["next"].(string)
		if info["totalElements"] != 9.0 || info["elementsPerPage"] != 2.0 || info["totalPages"] != 5.0 || info["currentPage"] != float64(n+1) || more != (n < 4) {
			t.Errorf("page %d: %v %v", n, info, links)
		}
		for name, l := range links {
			q, _ := url.ParseQuery(l.(string)[strings.Index(l.(string), "?")+1:])
			if strings.Contains(l.(string), "+") || q.Get("modified_since") != "2026-01-01T00:00:00+00:00" || q.Get("limit") != "2" || q.Get("omit_internal") != "true" {
				t.Errorf("%s lost a filter: %s", name, l)
			}
		}
		if self := s.do("GET", links["self"].(string)); string(self.body) != string(s.do("GET", at).body) {
			t.Error("self is another page")
		}
		at = next
	}
	if want := ids(s.list(papers)); !slices.Equal(got, want) || len(got) != 9 {
		t.Errorf("got  %v\nwant %v", got, want)
	}
	empty := s.object("/oparl/body/" + string(s.story.Other.ID) + "/papers?created_since=2030-01-01")
	if data, ok := empty["data"].([]any); !ok || len(data) != 0 {
		t.Errorf("an empty page: %v", empty)
	}
}

// omit_internal leaves out the lists that the specification names, at objects and in lists.
func TestOmitInternal(t *testing.T) {
	s := newSite(t)
	meeting := "/oparl/meeting/" + string(s.story.Coming)
	if s.object(meeting)["agendaItem"] == nil || s.object(meeting + "?omit_internal=true")["agendaItem"] != nil {
		t.Error("agendaItem of a meeting")
	}
	for _, p := range s.list("/oparl/body/" + string(s.story.Body.ID) + "/persons?omit_internal=true") {
		if p["membership"] != nil || p["name"] == nil {
			t.Errorf("person: %v", p)
		}
	}
	if p := s.object(paperURL(s.story.Shown) + "?omit_internal=1"); p["auxiliaryFile"] != nil || p["mainFile"] == nil || p["consultation"] == nil {
		t.Errorf("paper: %v", p)
	}
}

// Other spellings and hosts are sent to the canonical address; what is unknown is an Error object and no System.
func TestAddresses(t *testing.T) {
	s := newSite(t)
	id := string(s.story.Shown)
	for from, to := range map[string]string{
		"/oparl": "/oparl/system", "/oparl/": "/oparl/system", "/oparl/system/": "/oparl/system", "/oparl/System": "/oparl/system",
		"/oparl//system": "/oparl/system", "/oparl/paper/" + strings.ToUpper(id): "/oparl/paper/" + id, "/oparl/Paper/" + id + "/": "/oparl/paper/" + id,
		"/oparl/p%61per/" + id: "/oparl/paper/" + id, "/oparl/bodies/?limit=1": "/oparl/bodies?limit=1",
	} {
		if a := s.do("GET", from); a.status != 301 || a.header.Get("Location") != base+to {
			t.Errorf("%s: %d %s", from, a.status, a.header.Get("Location"))
		}
	}
	if a := s.do("GET", "/oparl/system", "Host", "www.ris.example"); a.status != 301 || a.header.Get("Location") != base+"/oparl/system" {
		t.Errorf("other host: %d %s", a.status, a.header.Get("Location"))
	}
	if a := s.do("GET", "/oparl/system", "X-Forwarded-Proto", "http"); a.status != 301 {
		t.Errorf("other scheme: %d", a.status)
	}
	if a := s.do("GET", "/oparl/system", "User-Agent", "Prüfer/1.0 ✓"); a.status != 200 {
		t.Errorf("a user agent with other letters: %d", a.status)
	}
	never := string(council.NewID(time.Now()))
	for _, path := range []string{
		"/oparl/x", "/oparl/paper", "/oparl/paper/1", "/oparl/paper/" + never, "/oparl/meeting/" + id, "/oparl/body/" + never + "/papers",
		"/oparl/organization/" + id + "/meetings", "/oparl/body/" + string(s.story.Body.ID) + "/secrets",
	} {
		if a := s.do("GET", path); a.status != 404 || !isError(a.body) || a.header.Get("Access-Control-Allow-Origin") != "*" {
			t.Errorf("%s: %d %s", path, a.status, a.body)
		}
	}
	hidden, unknown := s.do("GET", "/oparl/paper/"+string(s.story.SecretPaper)), s.do("GET", "/oparl/paper/"+never)
	if string(hidden.body) != string(unknown.body) || fmt.Sprint(hidden.header) != fmt.Sprint(unknown.header) {
		t.Errorf("hidden and unknown differ:\n%v %s\n%v %s", hidden.header, hidden.body, unknown.header, unknown.body)
	}
	if a := s.do("POST", "/oparl/system"); a.status != 405 || !isError(a.body) {
		t.Errorf("POST: %d", a.status)
	}
	if a := s.do("OPTIONS", "/oparl/system"); a.status != 204 || !strings.Contains(a.header.Get("Access-Control-Allow-Methods"), "GET") {
		t.Errorf("OPTIONS: %d %v", a.status, a.header)
	}
}

// A client that has the object already gets 304 and no bytes, until the object changes.
func TestConditionalRequests(t *testing.T) {
	s := newSite(t)
	at := paperURL(s.story.Shown)
	first := s.do("GET", at)
	etag, modified := first.header.Get("Etag"), first.header.Get("Last-Modified")
	if a := s.do("GET", at, "If-None-Match", etag); a.status != 304 || len(a.body) != 0 {
		t.Errorf("same tag: %d", a.status)
	}
	if a := s.do("GET", at, "If-Modified-Since", modified); a.status != 304 {
		t.Errorf("same day: %d", a.status)
	}
	list := "/oparl/body/" + string(s.story.Body.ID) + "/papers"
	plain, small := s.do("GET", list), s.do("GET", list, "Accept-Encoding", "gzip")
	reader, err := gzip.NewReader(bytes.NewReader(small.body))
	if err != nil {
		t.Fatalf("compressed: %v %v", err, small.header)
	}
	if whole, err := io.ReadAll(reader); err != nil || !bytes.Equal(whole, plain.body) || small.header.Get("Etag") != plain.header.Get("Etag") {
		t.Errorf("compressed: %v %v", err, small.header)
	}
	s.story.Later(time.Minute)
	s.story.WithdrawFile(s.story.Annex)
	if a := s.do("GET", at, "If-None-Match", etag); a.status != 200 || a.header.Get("Etag") == etag {
		t.Errorf("after a change: %d", a.status)
	}
	if a := s.do("GET", at, "If-Modified-Since", modified); a.status != 200 {
		t.Errorf("after a change: %d", a.status)
	}
}

// Two municipalities in one system share nothing but the system.
func TestBodiesAreApart(t *testing.T) {
	s := newSite(t)
	for _, list := range []string{"organizations", "meetings", "papers", "agenda-items", "consultations", "files", "locations", "legislative-terms", "memberships"} {
		mine := ids(s.list("/oparl/body/" + string(s.story.Body.ID) + "/" + list))
		theirs := ids(s.list("/oparl/body/" + string(s.story.Other.ID) + "/" + list))
		if len(mine) == 0 || len(theirs) == 0 {
			t.Errorf("%s: %d and %d", list, len(mine), len(theirs))
		}
		for _, id := range theirs {
			if slices.Contains(mine, id) {
				t.Errorf("%s is in both", id)
			}
		}
	}
	if got := s.list("/oparl/organization/" + string(s.story.Village.ID) + "/meetings"); len(got) != 1 {
		t.Errorf("meetings of the village council: %d", len(got))
	}
	if bodies := s.list("/oparl/bodies"); len(bodies) != 2 {
		t.Errorf("bodies: %v", bodies)
	}
	town, village := s.object("/oparl/body/"+string(s.story.Body.ID)), s.object("/oparl/body/"+string(s.story.Other.ID))
	if town["ags"] != "05999001" || town["website"] == nil || town["license"] == nil || village["website"] != nil {
		t.Errorf("bodies: %v\n%v", town, village)
	}
}

func isError(body []byte) bool {
	var e map[string]string
	return json.Unmarshal(body, &e) == nil && e["type"] == "https://schema.oparl.org/1.1/Error" && e["message"] != "" && e["debug"] != ""
}

func toObjects(v any) []map[string]any {
	var out []map[string]any
	for _, x := range v.([]any) {
		out = append(out, x.(map[string]any))
	}
	return out
}
