package api_test

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"ris/app/apptest/halltest"
	"ris/app/council"
	"ris/documents"
	"ris/documents/pdf/pdftest"
	"ris/documents/pipeline"
	"ris/documents/recognise"
)

// reading is real text recognition that counts what it is asked for and stumbles where a test wants it to.
type reading struct {
	documents.Recognition
	mu      sync.Mutex
	asked   map[int]int  // by page
	broken  map[int]bool // pages at which the machine fails once
	illegal map[int]bool // pages that cannot be read
}

func (r *reading) Page(ctx context.Context, in documents.Input, own council.PageText) (council.PageText, error) {
	r.mu.Lock()
	r.asked[own.Page]++
	broken, illegal := r.broken[own.Page], r.illegal[own.Page]
	delete(r.broken, own.Page)
	r.mu.Unlock()
	switch {
	case broken:
		return own, errors.New("the disk is full")
	case illegal:
		own.OCR = council.OCRFailed
		return own, nil
	}
	return r.Recognition.Page(ctx, in, own)
}

func (r *reading) allow(page int) { r.mu.Lock(); defer r.mu.Unlock(); delete(r.illegal, page) }

func (r *reading) times(page int) int { r.mu.Lock(); defer r.mu.Unlock(); return r.asked[page] }

func recognising(t *testing.T, h *halltest.Hall) *reading {
	t.Helper()
	reader, err := recognise.New(recognise.Config{TempDir: t.TempDir()})
	if err != nil {
		t.Skip(err)
	}
	r := &reading{Recognition: &pipeline.Recognition{Pipeline: h.Papers.Pipeline.(*pipeline.Pipeline), Reader: reader},
		asked: map[int]int{}, broken: map[int]bool{}, illegal: map[int]bool{}}
	h.Papers.Recognition = r
	return r
}

// recognised waits until the step of text recognition is in the state.
func recognised(h *halltest.Hall, c client, file, state string) answer {
	h.T.Helper()
	var a answer
	for end := time.Now().Add(4 * time.Minute); ; time.Sleep(200 * time.Millisecond) {
		a = c.want(200, "GET", file+"/steps", nil)
		for i := range a.at("steps").([]any) {
			if a.text("steps", i, "step") == "recognise" && a.text("steps", i, "state") == state {
				return a
			}
		}
		if time.Now().After(end) {
			h.T.Fatalf("text recognition never was %q: %s", state, a.body)
		}
	}
}

// A scan is published at once and can be read; its words are found later, marked where they are seen, and lie as text over the picture.
// Receipts and dates stay; the public copy follows.
func TestAScanIsRecognisedAfterPublishing(t *testing.T) {
	if testing.Short() {
		t.Skip("reads a page with tesseract")
	}
	h := halltest.Open(t, "")
	recognising(t, h)
	clerk, member, public := as(h, h.Town.Clerk), as(h, h.Town.MainMember), client{t: t, hall: h}
	meeting := h.Meeting(h.Town.Main)
	item := h.Item(meeting.ID, "Bebauungsplan 58", true)
	paper := clerk.want(201, "POST", "/api/v1/papers", object{"name": "Vorlage", "agendaItem": item.ID})
	scan := pdftest.PrintedScan([]string{"Der Rat beschließt den Bebauungsplan", "für den Ortsteil Übungsdorf und beauftragt", "die Verwaltung mit der Auslegung.", "Die Mittel stehen bereit."}, 150, 0, 0)
	info := clerk.want(201, "POST", paper.text("url")+"/files", upload(t, "scan.pdf", scan)).header.Get("Location")
	file := strings.TrimSuffix(info, "/info")
	url := "/api/v1/meetings/" + string(meeting.ID)
	if done := clerk.want(200, "POST", url+"/publish", nil, "If-Match", clerk.want(200, "GET", url, nil).header.Get("ETag")); done.text("state") != "published" {
		t.Fatalf("a scan must not wait for its text: %s", done.body)
	}
	before := member.want(200, "GET", file, nil)
	given := h.Town.MainMember
	first, err := h.Store.Receipts(context.Background(), given)
	if err != nil || len(first) == 0 {
		t.Fatalf("receipts %v %v", first, err)
	}
	recognised(h, clerk, file, "done")

	after := member.want(200, "GET", file, nil)
	if after.header.Get("ETag") == before.header.Get("ETag") {
		t.Error("the copy's bytes are new, its ETag is not")
	}
	readWithPoppler(t, after.body, "Bebauungsplan")
	if n, m := pictureOf(t, before.body), pictureOf(t, after.body); n != m {
		t.Error("the picture has changed")
	}
	second, err := h.Store.Receipts(context.Background(), given)
	for v, at := range first {
		if err != nil || !second[v].Equal(at) {
			t.Errorf("the receipt moved from %v to %v, %v", at, second[v], err)
		}
	}
	h.Eventually("its words are found", func() bool {
		hit := member.want(200, "GET", "/api/v1/search?q=Auslegung", nil)
		return hit.at("total") == float64(1) && hit.at("data", 0, "recognised") == true && strings.Contains(hit.text("data", 0, "snippet"), "<mark>Auslegung</mark>")
	})
	marks := member.want(200, "GET", file+"/marks?q=%C3%9Cbungsdorf", nil)
	quad, ok := marks.at("data", 0, "quads", 0).([]any)
	if !ok || len(quad) != 4 || quad[0].(float64) < 120 || quad[0].(float64) > 220 || quad[1].(float64) < 735 || quad[3].(float64) > 765 {
		t.Errorf("marks: %s", marks.body)
	}
	h.Eventually("the public finds them", func() bool {
		return strings.Contains(string(public.do("GET", "/suche?q=Auslegung", nil).body), "Vorlage")
	})
	id := strings.TrimPrefix(file, "/api/v1/files/")
	readWithPoppler(t, public.want(200, "GET", "/dateien/"+id+"/herunterladen", nil).body, "Bebauungsplan")
}

// pictureOf is the first JPEG of a PDF, taken out by another program.
func pictureOf(t *testing.T, pdf []byte) string {
	t.Helper()
	tool, err := exec.LookPath("pdfimages")
	if err != nil {
		return "" // poppler is not installed
	}
	dir := t.TempDir()
	path := filepath.Join(dir, "copy.pdf")
	if err := os.WriteFile(path, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(tool, "-all", path, filepath.Join(dir, "p")).CombinedOutput(); err != nil {
		t.Fatalf("pdfimages: %v %s", err, out)
	}
	b, err := os.ReadFile(filepath.Join(dir, "p-000.jpg"))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// What a failed machine had read is not read again; a page that cannot be read is counted, told, and tried again when somebody asks.
func TestRecognitionGoesOnWhereItStopped(t *testing.T) {
	h := halltest.Open(t, "")
	r := recognising(t, h)
	r.broken[2], r.illegal[3] = true, true
	clerk := as(h, h.Town.Clerk)
	paper := clerk.want(201, "POST", "/api/v1/papers", object{"name": "Vorlage", "agendaItem": h.Item(h.Meeting(h.Town.Main).ID, "Plan", false).ID})
	info := clerk.want(201, "POST", paper.text("url")+"/files", upload(t, "scan.pdf", pdftest.Scan(3, 60))).header.Get("Location")
	file := strings.TrimSuffix(info, "/info")
	failed := recognised(h, clerk, file, "failed")
	if !strings.Contains(string(failed.body), "erkennen ließ: 1") {
		t.Errorf("the clerk is told %s", failed.body)
	}
	if a, b, c := r.times(1), r.times(2), r.times(3); a != 1 || b != 2 || c != 1 {
		t.Errorf("the pages were read %d, %d and %d times", a, b, c)
	}
	if shown := clerk.want(200, "GET", info, nil); shown.text("processing") != "searchable" && shown.text("processing") != "readable" {
		t.Errorf("the file itself: %s", shown.body)
	}
	r.allow(3)
	clerk.want(200, "POST", file+"/again", nil)
	recognised(h, clerk, file, "done")
	if a, b, c := r.times(1), r.times(2), r.times(3); a != 1 || b != 2 || c != 2 {
		t.Errorf("after \"again\" the pages were read %d, %d and %d times", a, b, c)
	}
}

// Without the program the step is left out and says so; when the program is there, it is taken up.
func TestRecognitionWithoutItsProgram(t *testing.T) {
	h := halltest.Open(t, "")
	clerk := as(h, h.Town.Clerk)
	paper := clerk.want(201, "POST", "/api/v1/papers", object{"name": "Vorlage", "agendaItem": h.Item(h.Meeting(h.Town.Main).ID, "Plan", false).ID})
	file := strings.TrimSuffix(clerk.want(201, "POST", paper.text("url")+"/files", upload(t, "scan.pdf", pdftest.Scan(1, 60))).header.Get("Location"), "/info")
	if a := recognised(h, clerk, file, "skipped"); !strings.Contains(string(a.body), "nicht installiert") {
		t.Errorf("the clerk is told %s", a.body)
	}
	waiting, err := h.Store.RecogniseWaiting(context.Background())
	if err != nil || len(waiting) != 1 {
		t.Fatalf("%v %v", waiting, err)
	}
	recognising(t, h)
	if err := h.Papers.RecogniseAll(context.Background()); err != nil {
		t.Fatal(err)
	}
	recognised(h, clerk, file, "done")
}

// A file whose bars hide nothing is told to its clerk, and to nobody else, before it is published.
func TestHiddenTextIsToldBeforePublishing(t *testing.T) {
	h := halltest.Open(t, "")
	clerk, member := as(h, h.Town.Clerk), as(h, h.Town.MainMember)
	meeting := h.Meeting(h.Town.Main)
	paper := clerk.want(201, "POST", "/api/v1/papers", object{"name": "Kaufvertrag", "agendaItem": h.Item(meeting.ID, "Kauf", false).ID})
	bar := pdftest.Pages(pdftest.Page{Content: pdftest.Words("offen")}, pdftest.Page{Content: pdftest.Words("Kaufpreis Beispielmann") + " 0 g 175 390 250 40 re f"})
	info := clerk.want(201, "POST", paper.text("url")+"/files", upload(t, "vertrag.pdf", bar)).header.Get("Location")
	file := strings.TrimSuffix(info, "/info")
	h.Searchable(council.ID(strings.TrimPrefix(file, "/api/v1/files/")))
	const told = "Unter geschwärzten Flächen steht noch Text (Seite 2)"
	if a := clerk.want(200, "GET", info, nil); !strings.Contains(a.text("findings", 0, "text"), told) {
		t.Errorf("at the file: %s", a.body)
	}
	url := "/api/v1/meetings/" + string(meeting.ID)
	if a := clerk.want(200, "GET", url+"/publish-preview", nil); !strings.Contains(a.text("warnings", 0, "text"), told) || len(a.at("blockers").([]any)) != 0 {
		t.Errorf("before publishing: %s", a.body)
	}
	h.Publish(meeting.ID)
	if a := member.want(200, "GET", info, nil); len(a.at("findings").([]any)) != 0 {
		t.Errorf("a member sees %s", a.body)
	}
	h.Eventually("the member's search", func() bool {
		return member.want(200, "GET", "/api/v1/search?q=Kaufpreis", nil).at("total") == float64(1)
	})
	if a := member.want(200, "GET", "/api/v1/search?q=Kaufpreis", nil); strings.Contains(a.text("data", 0, "snippet"), "Beispiel") {
		t.Errorf("what is seen: %s", a.body)
	}
	if a := member.want(200, "GET", "/api/v1/search?q=Beispielmann", nil); a.at("total") != float64(0) {
		t.Errorf("what is under the bar is found: %s", a.body)
	}
}
