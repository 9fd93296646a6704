package pipeline_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"ris/app/council"
	"ris/documents"
	"ris/documents/blob"
	"ris/documents/pagetext"
	"ris/documents/pdf/pdftest"
	"ris/documents/pipeline"
	"ris/documents/recognise"
)

func recognition(t *testing.T, b bench) *pipeline.Recognition {
	t.Helper()
	reader, err := recognise.New(recognise.Config{TempDir: b.temp})
	if err != nil {
		t.Skip(err)
	}
	return &pipeline.Recognition{Pipeline: b.Pipeline, Reader: reader}
}

func (b bench) put(t *testing.T, file []byte) documents.Input {
	t.Helper()
	key, _, err := b.blobs.Put(context.Background(), blob.Originals, bytes.NewReader(file), 0)
	if err != nil {
		t.Fatal(err)
	}
	return documents.Input{SHA256: key}
}

var printed = []string{"Beschlussvorlage für den Ausschuss", "Die Verwaltung wird beauftragt, die Öffentlichkeits-", "beteiligung durchzuführen. Die Straßenbeleuchtung",
	"im Ortsteil Übungsdorf kostet 4.250.000 Euro.", "Der Rat beschließt den Bebauungsplan Nummer 58.", "Anregungen der Bürgerinnen und Bürger werden geprüft.",
	"Die Niederschrift ist zu genehmigen.", "Weitere Mittel stehen im Haushaltsplan bereit."}

// However the page was put into the scanner and however it is turned for the reader: its words are read, and stand where they are seen.
func TestScansAreReadWhicheverWayTheyLie(t *testing.T) {
	b := open(t)
	rec := recognition(t, b)
	for _, c := range []struct{ turned, rotate int }{{0, 0}, {90, 0}, {180, 0}, {0, 90}, {90, 270}} {
		t.Run(fmt.Sprintf("scanned %d shown %d", c.turned, c.rotate), func(t *testing.T) {
			in := b.put(t, pdftest.PrintedScan(printed, 150, c.turned, c.rotate))
			r, err := b.Process(context.Background(), in)
			if err != nil || r.OCRPages != 1 || len(r.Text) != 1 || r.Text[0].OCR != council.OCRNeeded {
				t.Fatalf("%v, %d pages for OCR, %+v", err, r.OCRPages, r.Refused)
			}
			began := time.Now()
			got, err := rec.Page(context.Background(), in, r.Text[0])
			if err != nil || got.OCR != council.OCRDone || got.Page != 1 || got.Confidence < 70 {
				t.Fatalf("%v %+v", err, got)
			}
			text, offsets := pagetext.Shown(got)
			t.Logf("%.1f s, confidence %d", time.Since(began).Seconds(), got.Confidence)
			for _, w := range []string{"Öffentlichkeitsbeteiligung", "Straßenbeleuchtung", "Übungsdorf", "Bürgerinnen", "Bebauungsplan"} {
				at := strings.Index(text, w)
				if at < 0 {
					t.Errorf("%q is missing in %q", w, text)
					continue
				}
				quads := pagetext.Quads(got, int(offsets[at]), int(offsets[at+len(w)-1])+1)
				if want := strings.Count(w, "Öffentlichkeits"); len(quads) < 1 || len(quads) > 1+want {
					t.Errorf("%q stands at %v", w, quads)
				}
			}
			if len(got.Boxes) != utf8.RuneCountInString(got.Text) {
				t.Error("letters and boxes are out of step")
			}
			standing := func(w string) (x, y float32) {
				b := got.Boxes[utf8.RuneCountInString(got.Text[:strings.Index(got.Text, w)])]
				return (b.X0 + b.X1) / 2, (b.Y0 + b.Y1) / 2
			}
			// The first line is printed 1.1 inch from the top and 0.9 inch from the left of the paper.
			x, y := standing("Beschlussvorlage")
			want := map[int][2]float32{0: {69, 766}, 90: {766, 526}, 180: {526, 76}}[c.turned]
			if dx, dy := x-want[0], y-want[1]; dx*dx+dy*dy > 8*8 {
				t.Errorf("the first word stands at %v %v, want about %v", x, y, want)
			}
			layered(t, b, rec, in, r, got)
		})
	}
	if left, _ := os.ReadDir(b.temp); len(left) > 0 {
		t.Errorf("%d temporary files were left", len(left))
	}
}

// layered prepares the file again with its layer: text for programs, the same look, the same picture.
func layered(t *testing.T, b bench, rec *pipeline.Recognition, in documents.Input, before documents.Result, page council.PageText) {
	key, err := rec.Layer(context.Background(), in, []council.PageText{page})
	if err != nil || key == "" {
		t.Fatalf("no layer: %v", err)
	}
	in.Converted = key
	r, err := b.Process(context.Background(), in)
	if err != nil || r.Refused != "" || r.OCRPages != 0 || r.Identical != 1 || r.Marked != 1 || len(r.Findings) != 0 {
		t.Fatalf("%v, refused %q, %d for OCR, %d identical, findings %v", err, r.Refused, r.OCRPages, r.Identical, r.Findings)
	}
	if r.Prepared.Blob == before.Prepared.Blob {
		t.Error("the base is the old one")
	}
	path, _ := b.copyFile(t, r.Prepared)
	tool(t, "qpdf", "--check", path)
	words := regexp.MustCompile(`\s+`).ReplaceAllString(tool(t, "pdftotext", path, "-"), " ")
	if !strings.Contains(words, "Bebauungsplan Nummer 58") {
		t.Errorf("another program reads %q", words)
	}
	old, _ := b.copyFile(t, before.Prepared)
	a, c := tool(t, "pdfimages", "-all", old, filepath.Join(b.temp, "a")), tool(t, "pdfimages", "-all", path, filepath.Join(b.temp, "c"))
	one, err1 := os.ReadFile(filepath.Join(b.temp, "a-000.jpg"))
	two, err2 := os.ReadFile(filepath.Join(b.temp, "c-000.jpg"))
	if err1 != nil || err2 != nil || !bytes.Equal(one, two) {
		t.Errorf("the picture has changed: %v %v %s%s", err1, err2, a, c)
	}
	for _, f := range []string{"a-000.jpg", "c-000.jpg"} {
		_ = os.Remove(filepath.Join(b.temp, f))
	}
	size := func(p council.Prepared) int64 { return p.Size }
	t.Logf("+%d bytes for the layer", size(r.Prepared)-size(before.Prepared))
}

// A page without anything to read is done, not failed; a page that is not there fails and costs nothing else.
func TestNothingToRead(t *testing.T) {
	b := open(t)
	rec := recognition(t, b)
	in := b.put(t, pdftest.PrintedScan(nil, 100, 0, 0))
	got, err := rec.Page(context.Background(), in, council.PageText{Page: 1, OCR: council.OCRNeeded})
	if err != nil || got.OCR != council.OCRDone || len(got.Boxes) > 5 {
		t.Fatalf("%v %+v", err, got)
	}
	got, err = rec.Page(context.Background(), in, council.PageText{Page: 7, OCR: council.OCRNeeded})
	if err != nil || got.OCR != council.OCRFailed {
		t.Fatalf("%v %+v", err, got)
	}
}

// The true texts of the made scans, when the corpus is there: words found, as the index finds them.
func TestCorpusScans(t *testing.T) {
	files, _ := filepath.Glob("../../../shared/corpus/scans/made*.pdf")
	if len(files) == 0 {
		t.Skip("no ../shared/corpus beside the repository")
	}
	if testing.Short() {
		t.Skip("reads seven pages")
	}
	if os.Getenv("RIS_LONG") == "" { // make test-documents takes all
		files = files[:min(2, len(files))]
	}
	b := open(t)
	rec := recognition(t, b)
	word := regexp.MustCompile(`[\p{L}\p{N}]+`)
	for _, f := range files {
		truth, err := os.ReadFile(strings.TrimSuffix(f, ".pdf") + ".txt")
		if err != nil {
			continue
		}
		file, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		in := b.put(t, file)
		r, err := b.Process(context.Background(), in)
		if err != nil || r.Refused != "" {
			t.Fatal(f, err, r.Refused)
		}
		found := map[string]int{}
		began := time.Now()
		for _, p := range r.Text {
			got, err := rec.Page(context.Background(), in, p)
			if err != nil {
				t.Fatal(err)
			}
			text, _ := pagetext.Shown(got)
			for _, w := range word.FindAllString(text, -1) {
				found[w]++
			}
		}
		took := time.Since(began).Seconds() / float64(len(r.Text))
		true1, _ := pagetext.Join(council.PageText{Text: string(truth)}) // its words are torn at line ends, too
		all := word.FindAllString(true1, -1)
		hit := 0
		for _, w := range all {
			if found[w] > 0 {
				found[w]--
				hit++
			}
		}
		recall := float64(hit) / float64(len(all))
		t.Logf("%-32s %4d words, recall %.3f, %.1f s a page", filepath.Base(f), len(all), recall, took)
		least := 0.93
		if strings.Contains(f, "fax") { // 204 by 102 dots per inch
			least = 0.65
		}
		if recall < least {
			t.Errorf("%s: recall %.3f, want %.2f", filepath.Base(f), recall, least)
		}
	}
}
