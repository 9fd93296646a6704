package pdf

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"ris/app/council"
	"ris/documents/pdf/pdftest"
)

// lettersOf writes words side by side into a line of boxes, as recognition gives them.
func lettersOf(text string, x, y, high float32, turn int) council.PageText {
	p := council.PageText{Page: 1, Text: text, OCR: council.OCRDone}
	for i, r := range []rune(text) {
		if r == ' ' || r == '\n' {
			p.Boxes = append(p.Boxes, council.Box{})
			continue
		}
		at := x + float32(i)*7
		b := council.Box{X0: at, Y0: y, X1: at + 6, Y1: y + high}
		if turn == 90 { // upwards
			b = council.Box{X0: x - high, Y0: y + float32(i)*7, X1: x, Y1: y + float32(i)*7 + 6}
		}
		p.Boxes = append(p.Boxes, b)
	}
	return p
}

// The layer is text for programs, where the words stand, and nothing for the eye; pictures keep their bytes.
func TestLayer(t *testing.T) {
	e := textEngine(t)
	for _, c := range []struct {
		name, text   string
		turn, rotate int
	}{{"upright", "Der Übungsplatz Łódź 1.250 €", 0, 0}, {"turned page", "Der Übungsplatz Łódź", 90, 90}} {
		t.Run(c.name, func(t *testing.T) {
			scan := pdftest.PrintedScan([]string{"Der Übungsplatz"}, 100, 0, c.rotate)
			out, err := os.Create(filepath.Join(t.TempDir(), "layered.pdf"))
			if err != nil {
				t.Fatal(err)
			}
			defer out.Close()
			p := lettersOf(c.text, 100, 500, 11, c.turn)
			size, pages, err := e.Layer(bytes.NewReader(scan), int64(len(scan)), out, []council.PageText{p}, func(string) {})
			if err != nil || pages != 1 {
				t.Fatalf("%d pages, %v", pages, err)
			}
			layered, err := os.ReadFile(out.Name())
			if err != nil || int64(len(layered)) != size {
				t.Fatal(size, err)
			}
			picture := scan[bytes.Index(scan, []byte("\xff\xd8\xff")):bytes.LastIndex(scan, []byte("\nendstream"))]
			if !bytes.Contains(layered, picture) {
				t.Error("the picture's bytes have changed")
			}
			got, facts := readAll(t, e, layered)
			if words := strings.Join(strings.Fields(got[0].Text), " "); words != c.text {
				t.Errorf("the text is %q", words)
			}
			if facts[0].Scan {
				t.Error("it still counts as a page without text")
			}
			if tool, err := exec.LookPath("pdftotext"); err == nil {
				said, err := exec.Command(tool, "-bbox", out.Name(), "-").Output()
				if err != nil || !strings.Contains(string(said), ">Übungsplatz</word>") {
					t.Errorf("pdftotext: %v %s", err, said)
				}
			}
			if tool, err := exec.LookPath("qpdf"); err == nil {
				if said, err := exec.Command(tool, "--check", out.Name()).CombinedOutput(); err != nil {
					t.Errorf("qpdf: %s", said)
				}
			}
			again, err := os.Create(filepath.Join(t.TempDir(), "again.pdf"))
			if err != nil {
				t.Fatal(err)
			}
			defer again.Close()
			if _, n, err := e.Layer(bytes.NewReader(layered), size, again, []council.PageText{p}, func(string) {}); err == nil || n != 0 {
				t.Error("a page got a second layer")
			}
		})
	}
}

// A page whose own drawing is left open would move the layer: it gets none.
func TestNoLayerOverOpenContent(t *testing.T) {
	file := pdftest.Pages(pdftest.Page{Content: "q 0.5 0 0 0.5 0 0 cm " + pdftest.Words("offen")})
	out, err := os.Create(filepath.Join(t.TempDir(), "layered.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	if _, n, err := textEngine(t).Layer(bytes.NewReader(file), int64(len(file)), out, []council.PageText{lettersOf("Wort", 100, 500, 11, 0)}, func(string) {}); err == nil || n != 0 {
		t.Fatalf("%d pages, %v", n, err)
	}
}
