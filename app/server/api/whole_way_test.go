package api_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"ris/app/apptest/halltest"
	"ris/app/council"
)

// TestTheWholeWay is the main job over HTTP: upload, publish, read the personal copy, find a word in it, mark a passage, find
// the mark on a second device; the others see nothing of it.
func TestTheWholeWay(t *testing.T) {
	h := halltest.Open(t, "")
	clerk, member, other := as(h, h.Town.Clerk), as(h, h.Town.MainMember), as(h, h.Town.WorksMember)
	public := client{t: t, hall: h}

	m := clerk.want(201, "POST", "/api/v1/meetings", object{"name": "Hauptausschuss", "organizations": []council.ID{h.Town.Main},
		"start": h.Now().Add(72 * time.Hour), "location": object{"description": "Rathaus", "room": "Saal 1"}})
	meeting := m.text("url")
	if m.header.Get("Location") != meeting || m.header.Get("ETag") != `"1"` || m.text("state") != "draft" {
		t.Fatalf("new meeting: %v %s", m.header, m.body)
	}
	item := clerk.want(201, "POST", meeting+"/agenda-items", object{"name": "Grundstück am Kranichweg"}, "If-Match", `"1"`)
	if item.at("public") != false {
		t.Error("an item must be non-public unless it says otherwise")
	}
	paper := clerk.want(201, "POST", "/api/v1/papers", object{"name": "Verkauf Kranichweg", "reference": "V/7", "agendaItem": item.text("id")})
	file := clerk.want(201, "POST", paper.text("url")+"/files", upload(t, "kranich.pdf", halltest.PDF(t, halltest.Texts("Kranichweg", 3)...)))
	info := file.header.Get("Location")
	if file.text("processing") != "received" || file.text("role") != "main" {
		t.Fatalf("upload: %s", file.body)
	}

	if a := member.do("GET", meeting, nil); a.status != 404 {
		t.Fatalf("a draft meeting for a member: %d", a.status)
	}
	before := clerk.want(200, "GET", meeting+"/publish-preview", nil)
	if before.at("changes") == float64(0) || len(before.at("public").([]any)) != 0 || len(before.at("internal").([]any)) < 4 {
		t.Errorf("preview: %s", before.body)
	}
	done := clerk.want(200, "POST", meeting+"/publish", nil, "If-Match", clerk.want(200, "GET", meeting, nil).header.Get("ETag"))
	if done.text("state") != "published" || done.at("pendingChanges") != float64(0) || done.at("public") != false {
		t.Fatalf("published: %s", done.body)
	}

	shown := member.want(200, "GET", meeting, nil)
	if shown.at("newCount") != float64(1) || shown.at("agendaItems", 0, "isNew") != true || shown.at("mayManage") != false {
		t.Errorf("member's meeting: %s", shown.body)
	}
	copyURL := shown.text("agendaItems", 0, "papers", 0, "files", 0, "url")
	if !strings.HasPrefix(copyURL, "/api/v1/files/") {
		t.Fatalf("file's url: %q", copyURL)
	}
	own := member.want(200, "GET", copyURL, nil)
	if own.header.Get("Content-Type") != "application/pdf" || own.header.Get("Cache-Control") != "private, no-store" {
		t.Errorf("headers of the copy: %v", own.header)
	}
	readWithPoppler(t, own.body, "Kranichweg")
	part := member.want(206, "GET", copyURL, nil, "Range", "bytes=100-299", "If-Range", own.header.Get("ETag"))
	if !bytes.Equal(part.body, own.body[100:300]) {
		t.Error("a range is not the part of the whole")
	}
	head := member.want(200, "HEAD", copyURL, nil)
	if head.header.Get("ETag") != own.header.Get("ETag") || head.header.Get("Content-Length") != own.header.Get("Content-Length") || len(head.body) != 0 {
		t.Errorf("HEAD: %v (%d bytes), GET: %v", head.header, len(head.body), own.header)
	}
	if second := as(h, h.Town.MainMember2).want(200, "GET", copyURL, nil); bytes.Equal(second.body, own.body) || second.header.Get("ETag") == own.header.Get("ETag") {
		t.Error("two members got the same copy")
	}
	if after := member.want(200, "GET", meeting, nil); after.at("newCount") != float64(0) {
		t.Error("an opened file is still new")
	}

	h.Searchable(council.ID(strings.TrimSuffix(strings.TrimPrefix(info, "/api/v1/files/"), "/info")))
	hit := member.want(200, "GET", "/api/v1/search?q=Kranichweg", nil)
	if hit.at("total") != float64(1) || hit.text("data", 0, "file") != copyURL || hit.text("data", 0, "paper") != paper.text("url") ||
		!strings.Contains(hit.text("data", 0, "snippet"), "<mark>Kranichweg</mark>") || hit.text("data", 0, "meeting", "url") != meeting {
		t.Errorf("search: %s", hit.body)
	}
	marks := member.want(200, "GET", copyURL+"/marks?q=Kranichweg&page=2", nil)
	if marks.at("data", 0, "page") != float64(2) || marks.at("data", 0, "quads", 0, 3) == nil {
		t.Errorf("marks: %s", marks.body)
	}
	pages := member.want(200, "GET", copyURL+"/pages", nil)
	if len(pages.at("pages").([]any)) != 3 {
		t.Errorf("pages: %s", pages.body)
	}

	mark := object{"paper": paper.text("id"), "file": shown.at("agendaItems", 0, "papers", 0, "files", 0, "id"),
		"version": shown.at("agendaItems", 0, "papers", 0, "files", 0, "version", "id"), "kind": "highlight", "page": 2,
		"quads": [][4]float64{{10, 20, 30, 40}}, "quote": "Kranichweg", "prefix": "über ", "suffix": " und", "start": 5, "end": 15, "body": "fragen", "style": "yellow"}
	id := council.NewID(h.Now())
	synced := member.want(200, "POST", "/api/v1/annotations/sync", object{"cursor": "", "ops": []object{{"opId": "1", "id": id, "baseRev": 0, "annotation": mark}}})
	if synced.text("results", 0, "status") != "ok" {
		t.Fatalf("sync: %s", synced.body)
	}
	tablet := as(h, h.Town.MainMember).want(200, "POST", "/api/v1/annotations/sync", object{"cursor": "", "ops": []object{}})
	if tablet.text("changes", 0, "id") != string(id) || tablet.text("changes", 0, "annotation", "body") != "fragen" {
		t.Errorf("the second device: %s", tablet.body)
	}

	// The others: the same answer as for an id that never existed, in status, headers and body.
	random := string(council.NewID(h.Now()))
	for _, url := range []string{meeting, item.text("url"), paper.text("url"), copyURL, copyURL + "/info", copyURL + "/pages", copyURL + "/marks?q=Kranichweg", meeting + "/publish-preview"} {
		parts := strings.Split(url, "/")
		parts[4] = random
		unseen := strings.Join(parts, "/")
		if strings.HasPrefix(url, copyURL+"/marks") {
			unseen = "/api/v1/files/" + random + "/marks?q=Kranichweg"
		}
		same(t, "another committee's member, "+url, other.do("GET", url, nil), other.do("GET", unseen, nil), 404)
		same(t, "HEAD "+url, other.do("HEAD", url, nil), other.do("HEAD", unseen, nil), 404)
		same(t, "the public, "+url, public.do("GET", url, nil), public.do("GET", unseen, nil), 401)
	}
	for _, write := range []struct {
		method, path string
		body         any
	}{{"POST", "/publish", nil}, {"POST", "/withdraw", object{}}, {"PATCH", "", object{"name": "x"}}, {"DELETE", "", nil},
		{"POST", "/agenda-items", object{"name": "x"}}, {"PUT", "/agenda-order", object{"items": []string{}}}} {
		url, unseen := meeting+write.path, "/api/v1/meetings/"+random+write.path
		same(t, "member writes "+write.method+write.path, other.do(write.method, url, write.body), other.do(write.method, unseen, write.body), 404)
		same(t, "member writes with a tag "+write.method+write.path, other.do(write.method, url, write.body, "If-Match", `"1"`), other.do(write.method, unseen, write.body, "If-Match", `"1"`), 404)
	}
	same(t, "upload", other.do("POST", paper.text("url")+"/files", upload(t, "a.pdf", []byte("%PDF-"))),
		other.do("POST", "/api/v1/papers/"+random+"/files", upload(t, "a.pdf", []byte("%PDF-"))), 404)
	if a := other.want(200, "GET", "/api/v1/search?q=Kranichweg", nil); a.at("total") != float64(0) || bytes.Contains(a.body, []byte("Kranich")) && !strings.Contains(string(a.body), `"next":""`) {
		t.Errorf("another committee's member finds: %s", a.body)
	}
	if a := other.want(200, "GET", "/api/v1/meetings", nil); len(a.at("data").([]any)) != 0 {
		t.Errorf("another committee's member lists: %s", a.body)
	}
	if a := as(h, h.Town.MainMember2).want(200, "POST", "/api/v1/annotations/sync", object{}); len(a.at("changes").([]any)) != 0 {
		t.Errorf("somebody else's marks: %s", a.body)
	}
	if a := member.do("POST", meeting+"/publish", nil); a.status != 403 {
		t.Errorf("a member publishes: %d", a.status)
	}
}

// same requires that two answers cannot be told apart.
func same(t *testing.T, what string, a, b answer, status int) {
	t.Helper()
	for _, x := range []answer{a, b} {
		x.header.Del("Date")
	}
	if a.status != status || b.status != status || !bytes.Equal(a.body, b.body) {
		t.Errorf("%s: %d %s\nan id that never existed: %d %s", what, a.status, a.body, b.status, b.body)
	}
	names := func(x answer) []string {
		var out []string
		for k, v := range x.header {
			out = append(out, k+": "+strings.Join(v, ","))
		}
		slices.Sort(out)
		return out
	}
	if !slices.Equal(names(a), names(b)) {
		t.Errorf("%s: headers %v\nan id that never existed: %v", what, names(a), names(b))
	}
	if a.header.Get("Etag") != "" || a.header.Get("Location") != "" {
		t.Errorf("%s: headers %v", what, a.header)
	}
}

// readWithPoppler proves with another tool that the copy is a sound PDF with its text.
func readWithPoppler(t *testing.T, pdf []byte, word string) {
	t.Helper()
	tool, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Log("pdftotext is not installed: the copy was not read back")
		return
	}
	path := filepath.Join(t.TempDir(), "copy.pdf")
	if err := os.WriteFile(path, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(tool, path, "-").Output()
	if err != nil || !bytes.Contains(out, []byte(word)) {
		t.Errorf("pdftotext: %v, %q not found", err, word)
	}
}
