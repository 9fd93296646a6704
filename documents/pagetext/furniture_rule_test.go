package pagetext_test

import (
	"testing"

	"ris/app/council"
	"ris/documents/pagetext"
)

// lines sets a page of lines, 12 points apart from the top of an A4 page.
func lines(number int, texts ...string) council.PageText {
	p := council.PageText{Page: number}
	for i, text := range texts {
		y := float32(800 - 40*i)
		for n := range []rune(text) {
			p.Boxes = append(p.Boxes, council.Box{X0: 50 + 6*float32(n), Y0: y, X1: 55 + 6*float32(n), Y1: y + 10})
		}
		p.Text += text + "\n"
		p.Boxes = append(p.Boxes, council.Box{})
	}
	return p
}

func upright(int) int { return 0 }

func TestARepeatedLineIsFurnitureOnlyBesideOtherText(t *testing.T) {
	framed := []council.PageText{lines(1, "Stadt Auenrode", "Der Haushalt"), lines(2, "Stadt Auenrode", "Die Schule"), lines(3, "Stadt Auenrode", "Das Freibad")}
	pagetext.MarkFurniture(framed, upright)
	for _, p := range framed {
		if len(p.Furniture) != 1 {
			t.Errorf("page %d: %v, want its head", p.Page, p.Furniture)
		}
	}
	alike := []council.PageText{lines(1, "Der Kranichweg wird saniert."), lines(2, "Der Kranichweg wird saniert."), lines(3, "Der Kranichweg wird saniert.")}
	pagetext.MarkFurniture(alike, upright)
	for _, p := range alike {
		if len(p.Furniture) != 0 {
			t.Errorf("page %d: %v, but this is all that the paper says", p.Page, p.Furniture)
		}
	}
}
