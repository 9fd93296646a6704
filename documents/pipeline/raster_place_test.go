package pipeline_test

import (
	"context"
	"fmt"
	"io"
	"testing"

	"ris/app/council"
	"ris/documents/blob"
	"ris/documents/pdf/pdftest"
	"ris/documents/raster"
)

// A paper of pictures: words and links stand where the picture shows them, on turned and cropped pages too. There is nothing else on the
// pages, so no ink may be outside of the letters' boxes.
func TestPlacesInRasterModeAreThoseOfThePicture(t *testing.T) {
	const link = `/Annots[<</Type/Annot/Subtype/Link/Border[0 0 0]/Rect[390 395 560 425]/A<</S/URI/URI(https://stadt.example/)>>>>]`
	words := "BT /F 24 Tf 400 400 Td (Haushalt) Tj ET"
	var pages []pdftest.Page
	for _, turn := range []int{0, 90, 180, 270} {
		pages = append(pages, pdftest.Page{MediaBox: "0 0 595 842", Rotate: turn, Content: words, More: link},
			pdftest.Page{MediaBox: "-50 20 1000 900", CropBox: "380 300 700 460", Rotate: turn, Content: words, More: link})
	}
	b := open(t)
	r := b.processAs(t, pdftest.Pages(pages...), council.Raster)
	if r.Refused != "" || len(r.Text) != len(pages) || len(r.Links) != len(pages) || r.Marked != len(pages) {
		t.Fatalf("refused %q, %d texts, %d links, %d marked", r.Refused, len(r.Text), len(r.Links), r.Marked)
	}
	base, err := b.blobs.Open(context.Background(), blob.Bases, r.Prepared.Blob)
	if err != nil {
		t.Fatal(err)
	}
	defer base.Close()
	s, err := raster.Open(struct {
		io.ReaderAt
	}{base}, r.Prepared.Size)
	if err != nil {
		t.Fatal(err)
	}
	for n, p := range r.Text {
		t.Run(fmt.Sprint(n+1), func(t *testing.T) {
			grey, err := s.Gray(n)
			if err != nil {
				t.Fatal(err)
			}
			page := s.Pages[n]
			scale := float64(page.W) / page.Width
			all := p.Boxes[0]
			for _, box := range p.Boxes {
				all = council.Box{X0: min(all.X0, box.X0), Y0: min(all.Y0, box.Y0), X1: max(all.X1, box.X1), Y1: max(all.Y1, box.Y1)}
			}
			inside, outside := 0, 0
			for i, v := range grey {
				if v > 100 {
					continue
				}
				x, y := (float64(i%page.W)+0.5)/scale, page.Height-(float64(i/page.W)+0.5)/scale
				if x > float64(all.X0)-1 && x < float64(all.X1)+1 && y > float64(all.Y0)-1 && y < float64(all.Y1)+1 {
					inside++
				} else {
					outside++
				}
			}
			if inside < 1000 || outside > 0 {
				t.Errorf("%d dark pixels in %v, %d beside it", inside, all, outside)
			}
			if l := r.Links[n].Box; l.X0 > all.X0 || l.Y0 > all.Y0 || l.X1 < all.X1 || l.Y1 < all.Y1 {
				t.Errorf("the link %v does not lie over the word %v", l, all)
			}
		})
	}
}
