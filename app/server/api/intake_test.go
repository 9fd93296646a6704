package api_test

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"ris/app/apptest/halltest"
	"ris/app/council"
	"ris/app/jobs"
	"ris/app/papers"
	"ris/auth/policy"
	"ris/documents/convert"
	"ris/documents/sandbox"
	"ris/documents/scan"
	"ris/documents/scan/clamtest"
)

var anybody = policy.System("test")

// intake is a hall with a paper on a draft agenda, and with what looks at uploads first.
func intake(t *testing.T, scanner papers.Scanner) (*halltest.Hall, council.Meeting, council.Paper) {
	h := halltest.Open(t, "")
	if scanner != nil {
		h.Papers.Scanner = scanner
	}
	h.Papers.Converter = &convert.Converter{Pool: sandbox.NewPool(1, sandbox.Limits{}), Soffice: convert.FindSoffice("")}
	m := h.Meeting()
	item := h.Item(m.ID, "Haushalt", false)
	p, err := h.Papers.Add(context.Background(), h.As(h.Town.Clerk), papers.NewPaper{Name: "Haushalt", AgendaItem: item.ID})
	if err != nil {
		t.Fatal(err)
	}
	return h, m, p
}

func clamd(t *testing.T, d *clamtest.Daemon) *scan.Clamd {
	t.Helper()
	c, err := scan.New(d.Setting)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func version(h *halltest.Hall, file string) council.FileVersion {
	h.T.Helper()
	all, err := h.Store.FileVersions(context.Background(), anybody, council.ID(file))
	if err != nil || len(all) == 0 {
		h.T.Fatalf("%v %v", all, err)
	}
	return all[len(all)-1]
}

// An infected upload is refused in words that name nothing dangerous; its bytes are for nobody and are deleted after their days.
func TestInfectedUpload(t *testing.T) {
	h, m, p := intake(t, clamd(t, clamtest.Start(t, 10<<20)))
	clerk := as(h, h.Town.Clerk)
	content := append(halltest.PDF(t, halltest.Texts("Wasser", 1)...), "\n% "+clamtest.Marker+"\n"...)
	f := clerk.want(201, "POST", "/api/v1/papers/"+string(p.ID)+"/files", upload(t, "brief.pdf", content)).text("id")
	clean := clerk.want(201, "POST", "/api/v1/papers/"+string(p.ID)+"/files", upload(t, "gut.pdf", halltest.PDF(t, "Gut"))).text("id")
	h.Eventually("refused", func() bool { return version(h, f).Processing == council.Refused })
	h.Searchable(council.ID(clean))
	info := clerk.want(200, "GET", "/api/v1/files/"+f+"/info", nil)
	if info.text("problem", "key") != papers.ProblemInfected || strings.Contains(string(info.body), "Ris.Test") {
		t.Errorf("what the clerk is told: %s", info.body)
	}
	clerk.want(409, "POST", "/api/v1/files/"+f+"/original", nil)
	clerk.want(409, "GET", "/api/v1/files/"+f, nil)
	work := clerk.want(200, "GET", "/api/v1/work", nil)
	if work.at("count") != float64(1) || work.text("data", 0, "items", 0, "kind") != "infected" || work.text("data", 0, "meeting", "id") != string(m.ID) {
		t.Errorf("work: %s", work.body)
	}
	clerk.want(409, "POST", "/api/v1/meetings/"+string(m.ID)+"/publish", nil)
	// The deletion: only when its days are over, and only those bytes.
	ctx := context.Background()
	if n, err := h.Papers.EmptyQuarantine(ctx, 24*time.Hour); n != 0 || err != nil {
		t.Errorf("deleted before its time: %d, %v", n, err)
	}
	h.Turn(25 * time.Hour)
	if n, err := h.Papers.EmptyQuarantine(ctx, 24*time.Hour); n != 1 || err != nil {
		t.Errorf("deleted: %d, %v", n, err)
	}
	if v := version(h, f); v.SHA256 != "" || v.Problem != papers.ProblemInfected {
		t.Errorf("after the deletion: %+v", v)
	}
	as(h, h.Town.Clerk).want(409, "POST", "/api/v1/files/"+f+"/again", nil)
}

// Without an answer of the scanner an upload stays closed, is asked again slowly, then not any more; "again" goes on.
func TestTheScannerIsDown(t *testing.T) {
	d := clamtest.Start(t, 10<<20)
	d.Kill()
	h, m, p := intake(t, clamd(t, d))
	clerk := as(h, h.Town.Clerk)
	f := clerk.want(201, "POST", "/api/v1/papers/"+string(p.ID)+"/files", upload(t, "brief.pdf", halltest.PDF(t, "Brief"))).text("id")
	h.Eventually("in quarantine", func() bool { return version(h, f).Problem == papers.ProblemScanWaits })
	info := clerk.want(200, "GET", "/api/v1/files/"+f+"/info", nil)
	if info.text("processing") != "checking" || info.text("problem", "key") != papers.ProblemScanWaits {
		t.Errorf("info: %s", info.body)
	}
	if b := clerk.want(409, "POST", "/api/v1/meetings/"+string(m.ID)+"/publish", nil); !strings.Contains(string(b.body), "auf Viren geprüft") {
		t.Errorf("publishing says %s", b.body)
	}
	clerk.want(409, "POST", "/api/v1/files/"+f+"/original", nil)
	if kind := clerk.want(200, "GET", "/api/v1/work", nil).text("data", 0, "items", 0, "kind"); kind != "quarantine" {
		t.Errorf("work: %s", kind)
	}
	job, later := jobs.ProcessFile{Version: version(h, f).ID}, 0
	for range 10 {
		if err := h.Papers.ProcessJob(context.Background(), job); err != nil {
			if !strings.HasPrefix(err.Error(), "waits for ") {
				t.Fatal(err)
			}
			later++
			continue
		}
		break
	}
	if later >= papers.MaxTries || version(h, f).Problem != papers.ProblemScanGivenUp {
		t.Errorf("asked %d times more, then %q", later, version(h, f).Problem)
	}
	steps := clerk.want(200, "GET", "/api/v1/files/"+f+"/steps", nil)
	if steps.text("steps", 0, "step") != "scan" || steps.text("steps", 0, "state") != "failed" {
		t.Errorf("steps: %s", steps.body)
	}
	h.Papers.Scanner = clamd(t, clamtest.Start(t, 10<<20))
	clerk.want(200, "POST", "/api/v1/files/"+f+"/again", nil)
	h.Searchable(council.ID(f))
	if work := clerk.want(200, "GET", "/api/v1/work", nil); work.at("count") != float64(0) {
		t.Errorf("work: %s", work.body)
	}
}

// A file larger than the scanner takes is not passed on, and not asked about for ever.
func TestTooLargeForTheScanner(t *testing.T) {
	h, _, p := intake(t, clamd(t, clamtest.Start(t, 64<<10)))
	clerk := as(h, h.Town.Clerk)
	content := append(halltest.PDF(t, "Groß"), bytes.Repeat([]byte("% aufgeblasen\n"), 200_000)...)
	f := clerk.want(201, "POST", "/api/v1/papers/"+string(p.ID)+"/files", upload(t, "gross.pdf", content)).text("id")
	h.Eventually("in quarantine", func() bool { return version(h, f).Problem == papers.ProblemScanTooLarge })
	if v := version(h, f); v.Processing != council.Checking {
		t.Errorf("%+v", v)
	}
}

func wordFile(t *testing.T) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, part := range [][2]string{
		{"[Content_Types].xml", `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`},
		{"_rels/.rels", `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`},
		{"word/document.xml", `<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>Beschlussvorschlag zum Freibad</w:t></w:r><w:del w:id="1"><w:r><w:delText>GEHEIM</w:delText></w:r></w:del></w:p></w:body></w:document>`},
	} {
		w, err := z.Create(part[0])
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprint(w, part[1])
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// A Word file is read as a PDF by everybody; its original is for the clerk alone, and each time written down.
func TestOfficeFile(t *testing.T) {
	h, m, p := intake(t, nil)
	if convert.FindSoffice("") == "" {
		t.Skip("LibreOffice is not installed")
	}
	clerk, member := as(h, h.Town.Clerk), as(h, h.Town.MainMember)
	docx := wordFile(t)
	f := clerk.want(201, "POST", "/api/v1/papers/"+string(p.ID)+"/files", upload(t, "Vorlage Freibad.docx", docx)).text("id")
	h.Searchable(council.ID(f))
	info := clerk.want(200, "GET", "/api/v1/files/"+f+"/info", nil)
	if info.text("fileName") != "Vorlage Freibad.pdf" || !strings.Contains(string(info.body), "nachverfolgte Änderungen") {
		t.Errorf("info: %s", info.body)
	}
	v := version(h, f)
	text, err := h.Store.Text(context.Background(), anybody, v.ID, 0)
	if err != nil || len(text) != 1 || !strings.Contains(text[0].Text, "Beschlussvorschlag zum Freibad") || strings.Contains(text[0].Text, "GEHEIM") {
		t.Errorf("text: %v, %v", text, err)
	}
	if v.MediaType != convert.Docx.MediaType() || v.Converted == "" {
		t.Errorf("version: %+v", v)
	}
	h.Publish(m.ID)
	if own := member.want(200, "GET", "/api/v1/files/"+f, nil); !bytes.HasPrefix(own.body, []byte("%PDF-")) {
		t.Error("a member gets something else than a PDF")
	}
	original := clerk.want(200, "POST", "/api/v1/files/"+f+"/original", nil)
	if !bytes.Equal(original.body, docx) || !strings.Contains(original.header.Get("Content-Disposition"), "Vorlage Freibad.docx") {
		t.Errorf("original: %d bytes, %v", len(original.body), original.header)
	}
	acts, err := h.Store.AuditEntries(context.Background(), anybody, council.AuditFilter{Body: h.Town.Body, Object: council.ID(f), Act: "file.original"})
	if err != nil || len(acts) != 1 || acts[0].Actor != h.Town.Clerk {
		t.Errorf("acts: %+v, %v", acts, err)
	}
	steps := clerk.want(200, "GET", "/api/v1/files/"+f+"/steps", nil)
	for _, name := range []string{`"convert"`, `"prepare"`, `"proof"`, `"text"`, `"index"`} {
		if !strings.Contains(string(steps.body), `"step":`+name) {
			t.Errorf("%s is missing: %s", name, steps.body)
		}
	}
	if strings.Contains(string(steps.body), `"running"`) || strings.Contains(string(steps.body), `"failed"`) {
		t.Errorf("steps at the end: %s", steps.body)
	}
	// Nobody else learns of steps, original or work.
	unknown := "/api/v1/files/" + string(council.NewID(h.Now()))
	for name, id := range h.Town.Everybody() {
		if id == h.Town.Clerk || id == h.Town.Clerk2 {
			continue
		}
		who := as(h, id)
		reader := who.do("GET", "/api/v1/files/"+f+"/info", nil).status == 200
		for _, route := range []string{"GET /steps", "POST /original"} {
			method, path, _ := strings.Cut(route, " ")
			got, none := who.do(method, "/api/v1/files/"+f+path, nil), who.do(method, unknown+path, nil)
			if reader && got.status != 403 || !reader && (got.status != 404 || got.text("detail") != none.text("detail")) {
				t.Errorf("%s %s: %d (reads it: %v)", name, route, got.status, reader)
			}
		}
		want := 403
		if id == h.Town.OtherClerk {
			want = 200
		}
		if got := who.do("GET", "/api/v1/work", nil); got.status != want || strings.Contains(string(got.body), "Freibad") {
			t.Errorf("%s: work %d %s", name, got.status, got.body)
		}
		if got := who.do("GET", "/api/v1/work?body="+string(h.Town.Body), nil); got.status != 404 {
			t.Errorf("%s: work of the body %d", name, got.status)
		}
	}
}

// What came with an e-mail becomes files of the paper, once.
func TestMailAttachments(t *testing.T) {
	h, _, p := intake(t, nil)
	clerk := as(h, h.Town.Clerk)
	var mail bytes.Buffer
	mail.WriteString("From: a@example.org\r\nTo: b@example.org\r\nSubject: Unterlagen\r\nDate: Sat, 21 Nov 2026 10:00:00 +0100\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n" +
		"--x\r\nContent-Type: text/plain\r\n\r\nAnbei der Lageplan.\r\n--x\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename=\"Lageplan.pdf\"\r\n\r\n")
	mail.Write(halltest.PDF(t, halltest.Texts("Lageplan", 1)...))
	mail.WriteString("\r\n--x\r\nContent-Type: application/zip\r\nContent-Disposition: attachment; filename=\"alles.zip\"\r\n\r\nPK\x03\x04" + strings.Repeat("x", 50) + "\r\n--x--\r\n")
	f := clerk.want(201, "POST", "/api/v1/papers/"+string(p.ID)+"/files", upload(t, "Nachricht.eml", mail.Bytes())).text("id")
	h.Searchable(council.ID(f))
	names := func() (out []string) {
		files, err := h.Store.Files(context.Background(), anybody, council.FileFilter{Paper: p.ID})
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range files {
			out = append(out, x.Name+" "+string(x.Role))
			h.Searchable(x.ID)
		}
		return out
	}
	want := []string{"Nachricht main", "Lageplan auxiliary"}
	if got := names(); !slices.Equal(got, want) {
		t.Errorf("files: %v", got)
	}
	// The job once more from the start, as after a crash: no second plan.
	v := version(h, f)
	v.Processing, v.Converted = council.Received, ""
	if err := h.Store.SaveFileVersion(context.Background(), &v); err != nil {
		t.Fatal(err)
	}
	if err := h.Papers.ProcessJob(context.Background(), jobs.ProcessFile{Version: v.ID}); err != nil {
		t.Fatal(err)
	}
	if got := names(); !slices.Equal(got, want) {
		t.Errorf("files after a repetition: %v", got)
	}
	info := clerk.want(200, "GET", "/api/v1/files/"+f+"/info", nil)
	if !strings.Contains(string(info.body), "alles.zip") {
		t.Errorf("what was not taken over is not named: %s", info.body)
	}
}
