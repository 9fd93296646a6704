package api_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"ris/app/apptest/halltest"
	"ris/app/council"
)

// TestBadUploads: each gets a German text that says what is wrong and what to do, and leaves nothing half-done.
func TestBadUploads(t *testing.T) {
	h := halltest.Open(t, "")
	clerk := as(h, h.Town.Clerk)
	paper := clerk.want(201, "POST", "/api/v1/papers", object{"name": "Vorlage"})
	url := paper.text("url") + "/files"
	good := halltest.PDF(t, "Eine Seite.")
	clerk.want(201, "POST", url, upload(t, "gut.pdf", good))
	cut := upload(t, "abgerissen.pdf", good)
	cut.body = bytes.NewBuffer(cut.body.Bytes()[:cut.body.Len()-200])
	var nothing bytes.Buffer
	nothing.WriteString("--x--\r\n")

	for _, c := range []struct {
		name   string
		body   any
		status int
		says   string
	}{
		{"no PDF", upload(t, "brief.pdf", []byte("<html>kein PDF</html>")), 422, "PDF"},
		{"empty", upload(t, "leer.pdf", nil), 422, "leer"},
		{"over the limit", upload(t, "groß.pdf", append([]byte("%PDF-1.7\n"), bytes.Repeat([]byte("x"), 9<<20)...)), 413, "8 MB"},
		{"double", upload(t, "nochmal.pdf", good), 409, "liegt an dieser Vorlage schon als „gut“"},
		{"lost connection", cut, 422, "abgebrochen"},
		{"no file in the form", form{&nothing, "multipart/form-data; boundary=x"}, 422, "wählen Sie eine PDF-Datei"},
		{"no form at all", object{"file": "x"}, 415, "Format"},
		{"replaces a foreign file", upload(t, "neu.pdf", halltest.PDF(t, "Anders."), "replaces", string(council.NewID(h.Now()))), 422, "gehört nicht zu dieser Vorlage"},
		{"unknown role", upload(t, "rolle.pdf", halltest.PDF(t, "Rolle."), "role", "boss"), 422, "prüfen Sie Ihre Eingaben"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := clerk.do("POST", url, c.body)
			if a.status != c.status || !strings.Contains(a.text("detail"), c.says) {
				t.Errorf("%d %s, want %d with %q", a.status, a.body, c.status, c.says)
			}
			if got := a.header.Get("Content-Type"); got != "application/problem+json" {
				t.Errorf("content type %q", got)
			}
			if n := len(clerk.want(200, "GET", paper.text("url"), nil).at("files").([]any)); n != 1 {
				t.Errorf("the paper has %d files, want the 1 good one", n)
			}
		})
	}
}

// TestBadFileNames: cleaned, and the clerk is told.
func TestBadFileNames(t *testing.T) {
	h := halltest.Open(t, "")
	clerk := as(h, h.Town.Clerk)
	paper := clerk.want(201, "POST", "/api/v1/papers", object{"name": "Vorlage"})
	for i, c := range []struct{ sent, kept, says string }{
		{`..\..\geheim\plan.pdf`, "plan.pdf", "enthielt Ordnernamen"},
		{"../../etc/passwd", "passwd.pdf", "enthielt Ordnernamen"},
		{strings.Repeat("ä", 300) + ".pdf", strings.Repeat("ä", 116) + ".pdf", "gekürzt"},
		{"Vorlage.PDF", "Vorlage.pdf", ""},
	} {
		a := clerk.want(201, "POST", paper.text("url")+"/files", upload(t, "x.pdf", halltest.PDF(t, fmt.Sprint("Seite ", i)), "name", "").named(c.sent))
		if a.text("fileName") != c.kept || !strings.Contains(a.text("notice", "text"), c.says) || (c.says == "") != (a.at("notice") == nil) {
			t.Errorf("%q: %s", c.sent, a.body)
		}
	}
}

// named puts another file name into the form, as a program would that cleans nothing.
func (f form) named(name string) form {
	escaped := strings.ReplaceAll(name, `\`, `\\`)
	return form{bytes.NewBuffer(bytes.Replace(f.body.Bytes(), []byte(`filename="x.pdf"`), []byte(`filename="`+escaped+`"`), 1)), f.kind}
}

// TestRefusedInTheWorker: what only the worker can find out is shown at the file with its text, blocks the publication, and
// goes away with the file.
func TestRefusedInTheWorker(t *testing.T) {
	h := halltest.Open(t, "")
	clerk := as(h, h.Town.Clerk)
	m := h.Meeting()
	it := h.Item(m.ID, "Haushalt", false)
	paper := clerk.want(201, "POST", "/api/v1/papers", object{"name": "Haushalt", "agendaItem": it.ID})
	whole := halltest.PDF(t, halltest.Texts("Haushalt", 3)...)
	file := clerk.want(201, "POST", paper.text("url")+"/files", upload(t, "halb.pdf", whole[:len(whole)/2]))
	info := file.header.Get("Location")
	h.Eventually("refusal", func() bool { return clerk.do("GET", info, nil).text("processing") == "refused" })
	shown := clerk.want(200, "GET", info, nil)
	if !strings.HasPrefix(shown.text("problem", "key"), "file.refused.") || len(shown.text("problem", "text")) < 30 {
		t.Errorf("problem: %s", shown.body)
	}
	url := "/api/v1/meetings/" + string(m.ID)
	if p := clerk.want(200, "GET", url+"/publish-preview", nil); !strings.Contains(p.text("blockers", 0, "text"), "halb") {
		t.Errorf("preview: %s", p.body)
	}
	if a := clerk.do("POST", url+"/publish", nil); a.status != 409 || !strings.Contains(a.text("detail"), "„halb“") {
		t.Errorf("publish: %d %s", a.status, a.body)
	}
	if a := clerk.do("GET", strings.TrimSuffix(info, "/info"), nil); a.status != 409 {
		t.Errorf("reading a refused file: %d %s", a.status, a.body)
	}
	clerk.want(200, "POST", strings.TrimSuffix(info, "/info")+"/again", nil)
	h.Eventually("second refusal", func() bool { return clerk.do("GET", info, nil).text("processing") == "refused" })
	clerk.want(204, "POST", strings.TrimSuffix(info, "/info")+"/withdraw", object{"reason": "falsche Datei"})
	if a := clerk.do("GET", info, nil); a.status != 404 {
		t.Errorf("a deleted draft: %d", a.status)
	}
	if a := clerk.want(200, "POST", url+"/publish", nil); a.text("state") != "published" {
		t.Errorf("publish without it: %s", a.body)
	}
}

// TestBadRequests: no English text of a library reaches people, and nothing is written.
func TestBadRequests(t *testing.T) {
	h := halltest.Open(t, "")
	clerk := as(h, h.Town.Clerk)
	m := h.Meeting()
	url := "/api/v1/meetings/" + string(m.ID)
	long := strings.Repeat("x", 400)
	soon := h.Now().Add(time.Hour)
	for _, c := range []struct {
		name, method, path string
		body               any
		header             string
		status             int
		says               string
	}{
		{"unreadable JSON", "POST", "/api/v1/meetings", `{"name":`, "", 400, "nicht lesbar"},
		{"nothing", "POST", "/api/v1/meetings", nil, "", 400, "nicht lesbar"},
		{"fields missing", "POST", "/api/v1/meetings", object{}, "", 422, "„name“ fehlt"},
		{"unknown field", "POST", "/api/v1/meetings", object{"name": "x", "organizations": []string{}, "start": soon, "state": "published"}, "", 422, "nicht vorgesehen"},
		{"name too long", "POST", "/api/v1/meetings", object{"name": long, "organizations": []string{}, "start": soon}, "", 422, "höchstens 300 Zeichen"},
		{"no time", "POST", "/api/v1/meetings", object{"name": "x", "organizations": []string{}, "start": "morgen"}, "", 422, "Zeitpunkt"},
		{"empty name", "POST", "/api/v1/meetings", object{"name": "  ", "organizations": []council.ID{h.Town.Main}, "start": soon}, "", 422, "geben Sie der Sitzung einen Namen"},
		{"no committee", "POST", "/api/v1/meetings", object{"name": "x", "organizations": []string{}, "start": soon}, "", 422, "mindestens ein Gremium"},
		{"another body's committee", "POST", "/api/v1/meetings", object{"name": "x", "organizations": []council.ID{h.Town.OtherCouncil}, "start": soon}, "", 422, "dieser Körperschaft"},
		{"another body", "POST", "/api/v1/meetings", object{"body": h.Town.Other, "name": "x", "organizations": []council.ID{h.Town.OtherCouncil}, "start": soon}, "", 403, "Berechtigung"},
		{"ends before it starts", "POST", "/api/v1/meetings", object{"name": "x", "organizations": []council.ID{h.Town.Main}, "start": soon, "end": soon.Add(-time.Minute)}, "", 422, "nach dem Beginn"},
		{"no tag", "PATCH", url, object{"name": "y"}, "", 428, "If-Match"},
		{"bad tag", "PATCH", url, object{"name": "y"}, "eins", 400, "nicht lesbar"},
		{"old tag", "PATCH", url, object{"name": "y"}, `"7"`, 412, "Jemand anderes war schneller"},
		{"limit of a list", "GET", "/api/v1/meetings?limit=9000", nil, "", 422, "höchstens 200"},
		{"day of a list", "GET", "/api/v1/meetings?from=gestern", nil, "", 422, "JJJJ-MM-TT"},
		{"empty search", "GET", "/api/v1/search?q=", nil, "", 422, "Bitte geben Sie ein Wort ein"},
		{"bad cursor", "POST", "/api/v1/annotations/sync", object{"cursor": "x"}, "", 422, "nicht lesbar"},
		{"unknown path", "GET", "/api/v1/secrets", nil, "", 404, "gibt es hier nicht"},
		{"no id", "GET", "/api/v1/meetings/1", nil, "", 404, "gibt es hier nicht"},
		{"body too large", "POST", "/api/v1/papers", object{"name": strings.Repeat("x", 5<<20)}, "", 413, "zu groß"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var headers []string
			if c.header != "" {
				headers = []string{"If-Match", c.header}
			}
			a := clerk.do(c.method, c.path, c.body, headers...)
			if a.status != c.status || !strings.Contains(string(a.body), c.says) {
				t.Errorf("%d %s, want %d with %q", a.status, a.body, c.status, c.says)
			}
			for _, english := range []string{"expected", "required", "validation", "unexpected", "invalid ", "unmarshal"} {
				if strings.Contains(a.text("detail")+a.text("title"), english) || strings.Contains(fmt.Sprint(a.at("errors")), english) {
					t.Errorf("an English text: %s", a.body)
				}
			}
		})
	}
	if a := clerk.do("GET", "/api/v1/secrets", nil, "Accept-Language", "en"); !strings.Contains(a.text("detail"), "There is nothing here") {
		t.Errorf("English: %s", a.body)
	}
	if n := len(clerk.want(200, "GET", "/api/v1/meetings", nil).at("data").([]any)); n != 1 {
		t.Errorf("%d meetings, want 1", n)
	}
}
