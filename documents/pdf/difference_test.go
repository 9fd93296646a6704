package pdf

import (
	"bytes"
	"fmt"
	"math"
	"testing"
	"time"

	"ris/documents/compare"
	"ris/documents/pdf/pdftest"
)

// plan is a drawing: a frame, parcels, a house, more.
func plan(more string) string {
	s := "0.5 w 50 50 500 700 re S "
	for i := range 12 {
		s += fmt.Sprintf("%d 50 m %d 750 l S ", 80+40*i, 85+40*i)
	}
	return s + "0.8 g 200 300 60 40 re f 0 g " + more
}

func difference(t *testing.T, old, new []byte, p compare.Pairs) (out []compare.PagePicture) {
	t.Helper()
	e, err := engine()
	if err != nil {
		t.Fatal(err)
	}
	all, err := e.Difference(Side{File: bytes.NewReader(old), Size: int64(len(old))}, Side{File: bytes.NewReader(new), Size: int64(len(new))}, p, time.Minute, func(string) {},
		func(p compare.PagePicture) error {
			out = append(out, p)
			return nil
		})
	if err != nil || !all {
		t.Fatalf("all %v, %v", all, err)
	}
	return out
}

func drawings(list ...pdftest.Page) []byte { return pdftest.Pages(list...) }

// What was drawn anew, taken out and left is found where it is, in user space, on turned and cut pages as well.
func TestDifferenceFindsRegions(t *testing.T) {
	house := "0 g 400 500 70 50 re f "
	for _, c := range []struct {
		name     string
		old, new pdftest.Page
		kind     compare.Kind
		at       [4]float64
	}{
		{"added", pdftest.Page{MediaBox: "0 0 600 800", Content: plan("")}, pdftest.Page{MediaBox: "0 0 600 800", Content: plan(house)}, compare.Added, [4]float64{400, 500, 470, 550}},
		{"removed", pdftest.Page{MediaBox: "0 0 600 800", Content: plan(house)}, pdftest.Page{MediaBox: "0 0 600 800", Content: plan("")}, compare.Removed, [4]float64{400, 500, 470, 550}},
		{"turned", pdftest.Page{MediaBox: "0 0 600 800", Rotate: 90, Content: plan("")}, pdftest.Page{MediaBox: "0 0 600 800", Rotate: 90, Content: plan(house)}, compare.Added, [4]float64{400, 500, 470, 550}},
		{"turned by 270, cut", pdftest.Page{MediaBox: "0 0 600 800", CropBox: "40 40 590 760", Rotate: 270, Content: plan("")},
			pdftest.Page{MediaBox: "0 0 600 800", CropBox: "40 40 590 760", Rotate: 270, Content: plan(house)}, compare.Added, [4]float64{400, 500, 470, 550}},
		{"upside down", pdftest.Page{MediaBox: "0 0 600 800", Rotate: 180, Content: plan("")}, pdftest.Page{MediaBox: "0 0 600 800", Rotate: 180, Content: plan(house)}, compare.Added, [4]float64{400, 500, 470, 550}},
		{"moved paper", pdftest.Page{MediaBox: "0 0 600 800", Content: plan("")}, pdftest.Page{MediaBox: "-4 3 596 803", Content: plan(house)}, compare.Added, [4]float64{400, 500, 470, 550}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := difference(t, drawings(c.old), drawings(c.new), compare.Pairs{Pairs: []compare.Pair{{Old: 1, New: 1}}})
			if len(got) != 1 || len(got[0].Regions) != 1 {
				t.Fatalf("%+v", got)
			}
			r := got[0].Regions[0]
			at := r.New
			if c.kind == compare.Removed {
				at = r.Old
			}
			for i := range at {
				if math.Abs(at[i]-c.at[i]) > 12 {
					t.Errorf("it stands at %v, found at %v", c.at, at)
					break
				}
			}
			if r.Kind != c.kind {
				t.Errorf("%s, want %s", r.Kind, c.kind)
			}
		})
	}
}

// The same drawing, drawn again, on a slightly other place of the sheet, is the same.
func TestDifferenceOfEqualPages(t *testing.T) {
	same := pdftest.Page{MediaBox: "0 0 600 800", Content: plan("")}
	pair := compare.Pairs{Pairs: []compare.Pair{{Old: 1, New: 1}}}
	if got := difference(t, drawings(same), drawings(same), pair); len(got) != 0 {
		t.Errorf("%+v", got)
	}
	moved := pdftest.Page{MediaBox: "-2.1 1.7 597.9 801.7", Content: plan("")}
	if got := difference(t, drawings(same), drawings(moved), pair); len(got) != 0 {
		t.Errorf("moved by two points: %+v", got)
	}
	report := pdftest.Report(2)
	if got := difference(t, report, report, compare.Pairs{Pairs: []compare.Pair{{Old: 1, New: 1, Text: true}, {Old: 2, New: 2, Text: true}}}); len(got) != 0 {
		t.Errorf("a report: %+v", got)
	}
	other := pdftest.Page{MediaBox: "0 0 800 600", Content: plan("")}
	if got := difference(t, drawings(same), drawings(other), pair); len(got) != 1 || len(got[0].Regions) != 1 || got[0].Regions[0].Old != [4]float64{0, 0, 600, 800} {
		t.Errorf("another shape of paper: %+v", got)
	}
}

// A page that was put in between does not make all that follow different.
func TestDifferenceFindsPartners(t *testing.T) {
	sheet := func(n int) pdftest.Page {
		return pdftest.Page{MediaBox: "0 0 600 800", Content: fmt.Sprintf("0 g %d %d 150 150 re f 50 50 %d 20 re f ", 40+90*n, 600-130*n, 60+90*n)}
	}
	old, new := drawings(sheet(0), sheet(1), sheet(2)), drawings(sheet(0), sheet(4), sheet(1), sheet(2))
	got := difference(t, old, new, compare.Pairs{Gaps: []compare.Gap{{Old: []int{1, 2, 3}, New: []int{1, 2, 3, 4}}}})
	if len(got) != 1 || got[0].OldPage != 0 || got[0].NewPage != 2 {
		t.Errorf("%+v", got)
	}
}
