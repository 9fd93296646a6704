package copies_test

import (
	"bytes"
	"testing"

	"ris/documents"
	"ris/documents/copies"
	"ris/documents/raster"
)

// On a page of any one grey the mark of usual length is seen on at least this share of the pixels: the level below which
// documents/pdf refuses a page.
func TestEveryGreyShowsTheMark(t *testing.T) {
	ink, err := copies.Ink(documents.Mark{Name: "Maria Mustermann", Account: "m.mustermann@stadt.example", Date: "01.01.2026"})
	if err != nil {
		t.Fatal(err)
	}
	for _, size := range [][2]int{{1653, 2339}, {2339, 1653}, {2667, 1500}, {331, 468}} {
		drawn := ink(0, 0, size[0], size[1])
		for level := range 16 {
			share := raster.Seen(bytes.Repeat([]byte{byte(17 * level)}, len(drawn)), drawn)
			if share < 0.006 {
				t.Errorf("%v, level %d: %.4f of the page", size, level, share)
			}
		}
	}
	if _, err := copies.Ink(documents.Mark{}); err == nil {
		t.Error("a mark of nobody")
	}
}
