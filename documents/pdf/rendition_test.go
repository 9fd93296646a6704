package pdf

import (
	"bytes"
	"errors"
	"image/jpeg"
	"os"
	"path/filepath"
	"testing"
	"time"

	"ris/app/council"
	"ris/documents/pdf/pdftest"
)

func baseOf(t testing.TB, file []byte) (*os.File, council.Prepared, int) {
	t.Helper()
	e, err := packetEngine()
	if err != nil {
		t.Fatal(err)
	}
	out := emptyFile(t)
	b, err := e.Prepare(bytes.NewReader(file), int64(len(file)), out, emptyFile(t), Options{Pages: 5000, Step: noStep})
	if err != nil {
		t.Fatal(err)
	}
	return out, b.Prepared, len(b.PageSizes)
}

// Small pictures have the pages' proportions, are small, and their running text cannot be read: 36 dots per inch.
func TestPicturesOfPages(t *testing.T) {
	e, _ := packetEngine()
	for name, file := range map[string][]byte{"report": pdftest.Report(3), "mixed": pdftest.Mixed(), "scan": pdftest.Scan(2, 150)} {
		base, p, pages := baseOf(t, file)
		seen, bytesAll := 0, 0
		begun := time.Now()
		err := e.Pictures(base, p.Size, 1, 200, noStep, func(page, w, h int, b []byte) error {
			seen++
			bytesAll += len(b)
			c, err := jpeg.DecodeConfig(bytes.NewReader(b))
			if err != nil || c.Width != w || c.Height != h || max(w, h) > thumbnailSide || page != seen {
				t.Errorf("%s page %d: %d x %d, %v", name, page, w, h, err)
			}
			return nil
		})
		if err != nil || seen != pages {
			t.Errorf("%s: %d of %d pictures, %v", name, seen, pages, err)
		}
		t.Logf("%s: %d pictures, %d bytes each, %v each", name, seen, bytesAll/max(1, seen), (time.Since(begun) / time.Duration(max(1, seen))).Round(time.Millisecond))
	}
}

func TestReadingCopyOfAScan(t *testing.T) {
	e, _ := packetEngine()
	base, p, pages := baseOf(t, pdftest.Scan(3, 300))
	out := emptyFile(t)
	begun := time.Now()
	made, err := e.Reduce(base, p, out, noStep)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d kB became %d kB (%d %%), %v for %d pages", p.Size>>10, made.Size>>10, 100*made.Size/p.Size, time.Since(begun).Round(time.Millisecond), pages)
	if marked, n := markedPages(t, out, made); marked != pages || n != pages {
		t.Errorf("%d of %d pages marked", marked, n)
	}
	personal(t, out, made)
	base, p, _ = baseOf(t, pdftest.Report(5))
	if _, err := e.Reduce(base, p, out, noStep); !errors.Is(err, ErrNotHeavy) {
		t.Errorf("a report: %v", err)
	}
}

func TestAccessibilityReport(t *testing.T) {
	e, _ := packetEngine()
	for name, c := range map[string]struct {
		file []byte
		text bool
	}{"report": {pdftest.Report(2), true}, "scan": {pdftest.Scan(1, 100), false}} {
		base, p, _ := baseOf(t, c.file)
		r, err := e.Accessibility(base, p.Size, noStep)
		if err != nil || r.Text != c.text || r.Tagged {
			t.Errorf("%s: %+v, %v", name, r, err)
		}
		if c.text && (r.Contrast < 10 || !r.Fonts) {
			t.Errorf("black on white: %+v", r)
		}
	}
	grey := pdftest.Pages(pdftest.Page{Content: "0.7 g " + pdftest.Words("hellgraue Schrift auf weissem Grund")})
	base, p, _ := baseOf(t, grey)
	if r, err := e.Accessibility(base, p.Size, noStep); err != nil || r.Contrast < 1.5 || r.Contrast > 3 {
		t.Errorf("light grey on white: %+v, %v", r, err)
	}
}

// TestRenditionsOfTheCorpus only asks that nothing breaks, and prints what it takes.
func TestRenditionsOfTheCorpus(t *testing.T) {
	names, _ := filepath.Glob("../../../shared/corpus/*/*.pdf")
	if len(names) == 0 || testing.Short() {
		t.Skip("no corpus here")
	}
	if os.Getenv("RIS_LONG") == "" { // make test-documents takes all
		var some []string
		for n := 0; n < len(names); n += 8 {
			some = append(some, names[n])
		}
		names = some
	}
	e, err := packetEngine()
	if err != nil {
		t.Fatal(err)
	}
	var pictures, drawn, reports, tagged, heavy int
	var took, before, after int64
	for _, n := range names {
		b, err := os.ReadFile(n)
		if err != nil {
			t.Fatal(err)
		}
		out := emptyFile(t)
		made, err := e.Prepare(bytes.NewReader(b), int64(len(b)), out, emptyFile(t), Options{Pages: 5000, Step: noStep})
		if err != nil {
			continue
		}
		p := made.Prepared
		begun := time.Now()
		err = e.Pictures(out, p.Size, 1, 20, noStep, func(_, _, _ int, jpeg []byte) error {
			pictures++
			if jpeg != nil {
				drawn++
			}
			return nil
		})
		took += int64(time.Since(begun))
		if err != nil {
			t.Logf("%s: pictures: %v", filepath.Base(n), err)
		}
		if r, err := e.Accessibility(out, p.Size, noStep); err != nil {
			t.Logf("%s: accessibility: %v", filepath.Base(n), err)
		} else {
			reports++
			if r.Tagged {
				tagged++
			}
		}
		small, err := e.Reduce(out, p, emptyFile(t), noStep)
		switch {
		case err == nil:
			heavy++
			before, after = before+p.Size, after+small.Size
		case !errors.Is(err, ErrNotHeavy):
			t.Errorf("%s: reduce: %v", filepath.Base(n), err)
		}
	}
	t.Logf("%d of %d pictures drawn, %d ms each; %d reports, %d tagged; %d reduced, %d kB to %d kB", drawn, pictures,
		took/int64(max(1, pictures))/1e6, reports, tagged, heavy, before>>10, after>>10)
}
