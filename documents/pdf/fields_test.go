package pdf

import (
	"bytes"
	"fmt"
	"io"
	"testing"

	"ris/app/council"
	"ris/documents/pdf/pdftest"
	"ris/documents/raster"
)

// filled is a page with a text field of the name "Betrag" and no drawing of it: programs are asked to draw the value.
func filled(value, more string) []byte {
	return pdftest.Raw(map[int]string{
		1: "<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[6 0 R]/NeedAppearances true/DA(/Helv 0 Tf 0 g)/DR<</Font<</Helv 3 0 R>>>>>>>>",
		2: "<</Type/Pages/Kids[4 0 R]/Count 1/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>>>",
		3: pdftest.Helvetica, 4: "<</Type/Page/Parent 2 0 R/Contents 5 0 R/Annots[6 0 R]>>",
		5: pdftest.Stream("", pdftest.Words("Antrag")),
		6: "<</Type/Annot/Subtype/Widget/FT/Tx/T(Betrag)/F 4/Rect[60 100 360 160]/DA(/Helv 40 Tf 0 g)/V(" + value + ")" + more + ">>",
		7: pdftest.Stream("/Type/XObject/Subtype/Form/BBox[0 0 595 842]", "0.9 g 0 0 595 842 re f"),
	})
}

// inkIn is the share of dark pixels in the area of the field "Betrag".
func inkIn(w, h int, pix []byte) float64 {
	dark, all := 0, 0
	for y := h * (842 - 160) / 842; y < h*(842-100)/842; y++ {
		for x := w * 60 / 595; x < w*360/595; x++ {
			if all++; pix[y*w+x] < 90 { // the mark is never so dark
				dark++
			}
		}
	}
	return float64(dark) / float64(all)
}

func pictureOf(t *testing.T, e *Engine, file []byte, page int) (w, h int, pix []byte) {
	t.Helper()
	p, err := e.Picture(bytes.NewReader(file), int64(len(file)), page, 72, noStep)
	if err != nil {
		t.Fatal(err)
	}
	return p.Width, p.Height, p.Pix
}

// What somebody filled in is seen on pictures of the page, on the pictures of raster mode, and in packets, also when two papers have
// fields of the same name.
func TestFilledFieldsAreSeen(t *testing.T) {
	e, err := packetEngine()
	if err != nil {
		t.Fatal(err)
	}
	for value, least := range map[string]float64{"": 0, "12345": 0.02} {
		file := filled(value, "")
		if got := inkIn(pictureOf(t, e, file, 1)); got < least || value == "" && got > 0 {
			t.Errorf("%q: the picture shows %.3f", value, got)
		}
		out := emptyFile(t)
		b, err := e.Prepare(bytes.NewReader(file), int64(len(file)), out, emptyFile(t), Options{Pages: 9, Mode: council.Raster, Step: noStep})
		if err != nil {
			t.Fatal(err)
		}
		s, err := raster.Open(out, b.Prepared.Size)
		if err != nil {
			t.Fatal(err)
		}
		grey, err := s.Gray(0)
		if err != nil {
			t.Fatal(err)
		}
		if got := inkIn(s.Pages[0].W, s.Pages[0].H, grey); got < least || value == "" && got > 0 {
			t.Errorf("%q: the stack shows %.3f", value, got)
		}
	}
	all, list := parts(t, pdftest.Report(1), filled("11111", ""), filled("88888", ""), filled("", ""), pdftest.Report(1))
	m, out, err := merge(t, all, Packet{Title: "Mappe", Parts: list})
	if err != nil {
		t.Fatal(err)
	}
	check(t, personal(t, out, m.Prepared), all, list)
	packet := make([]byte, m.Prepared.Size)
	if _, err := out.ReadAt(packet, 0); err != nil {
		t.Fatal(err)
	}
	var ink []float64
	for page := 2; page <= 4; page++ {
		ink = append(ink, inkIn(pictureOf(t, e, packet, page)))
	}
	if !(ink[0] > 0.01 && ink[1] > ink[0]*1.5 && ink[2] == 0) {
		t.Errorf("in the packet the fields show %.3f", ink)
	}
}

// A field over the whole page is drawn over the mark by every program: it becomes part of the page, under the mark.
func TestAFieldOverTheMarkIsNoticed(t *testing.T) {
	for _, mode := range []council.PreparationMode{council.Standard, council.Interleaved} {
		file := bytes.Replace(filled("1", "/AP<</N 7 0 R>>"), []byte("/Rect[60 100 360 160]"), []byte("/Rect[0 0 595 842]   "), 1)
		file = bytes.Replace(file, []byte("/NeedAppearances true"), []byte(fmt.Sprintf("%-21s", "")), 1)
		b, out, err := prepared(t, file, mode)
		if err != nil || b.Marked != 1 {
			t.Fatalf("%s: %+v, %v", mode, b, err)
		}
		if left := annotations(t, out, b.Prepared.Size); left != 0 {
			t.Errorf("%s: the field still lies over the page", mode)
		}
	}
}

// annotations counts those of the first page.
func annotations(t *testing.T, file io.ReaderAt, size int64) (count int) {
	t.Helper()
	e, err := packetEngine()
	if err != nil {
		t.Fatal(err)
	}
	i, err := e.New()
	if err != nil {
		t.Fatal(err)
	}
	defer i.Close()
	d, err := i.open(file, size)
	if err != nil {
		t.Fatal(err)
	}
	err = d.page(0, func(page uint64) error {
		n, err := i.call("FPDFPage_GetAnnotCount", page)
		count = int(int32(n))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return count
}
