package pdf

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"ris/app/council"
	"ris/documents/pagetext"
	"ris/documents/pdf/pdftest"
)

func textEngine(t *testing.T) *Engine {
	t.Helper()
	e, err := engine()
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// readAll reads the text of all pages; facts are those of the last page.
func readAll(t *testing.T, e *Engine, file []byte) (pages []council.PageText, facts []PageFacts) {
	t.Helper()
	unread, err := e.Text(bytes.NewReader(file), int64(len(file)), 1, func(string) {}, func(p council.PageText, f PageFacts) error {
		pages, facts = append(pages, p), append(facts, f)
		return nil
	})
	if err != nil || unread > 0 {
		t.Fatalf("%d pages unread, %v", unread, err)
	}
	return pages, facts
}

// Words that line ends have torn must be found: the target is 0.998 of 500 pages (documents.md, section 8, row 7).
func TestTornWordsAreWhole(t *testing.T) {
	pages := 500
	if testing.Short() {
		pages = 60
	}
	file, words := pdftest.Hyphenated(pages)
	e := textEngine(t)
	began := time.Now()
	got, _ := readAll(t, e, file)
	took := time.Since(began)
	pagetext.MarkFurniture(got, func(int) int { return 0 })
	found := map[string]int{}
	torn, framed := 0, 0
	for _, p := range got {
		torn += strings.Count(p.Text, string(pagetext.LineHyphen)) + strings.Count(p.Text, "-\n")
		text, _ := pagetext.Shown(p)
		if strings.Contains(text, "Musterhausen") {
			framed++
		}
		if strings.Contains(text, fmt.Sprintf("Seite %d von", p.Page)) {
			t.Errorf("page %d: its number is in the index", p.Page)
		}
		for w := range strings.FieldsSeq(text) {
			found[w]++
		}
	}
	hit := 0
	var missed []string
	for _, w := range words {
		if found[w] > 0 {
			found[w]--
			hit++
		} else if len(missed) < 10 {
			missed = append(missed, w)
		}
	}
	recall := float64(hit) / float64(len(words))
	t.Logf("%d pages, %d words, %d line-end hyphens, recall %.5f, %.1f ms a page; missed %v", len(got), len(words), torn, recall, float64(took.Milliseconds())/float64(len(got)), missed)
	if recall < 0.998 || torn < pages {
		t.Errorf("recall %.5f, %d torn words", recall, torn)
	}
	if framed != 1 {
		t.Errorf("the running head is in the index of %d pages, want that of one", framed)
	}
}

// On a turned page the order follows what is seen, and boxes stay in user space.
func TestTurnedPagesReadAsTheyAreSeen(t *testing.T) {
	e := textEngine(t)
	// Written so that it is upright when the page is turned by 90 degrees clockwise: text runs upwards in user space.
	up := "BT /F 12 Tf 0 1 -1 0 100 100 Tm (erste Zeile) Tj ET BT /F 12 Tf 0 1 -1 0 120 100 Tm (zweite Zeile) Tj ET"
	got, _ := readAll(t, e, pdftest.Pages(pdftest.Page{MediaBox: "0 0 842 595", Rotate: 90, Content: up}))
	if got[0].Text != "erste Zeile\nzweite Zeile" {
		t.Fatalf("%q", got[0].Text)
	}
	if b := got[0].Boxes[0]; b.X0 < 85 || b.X1 > 105 || b.Y0 < 98 || b.Y1 > 112 {
		t.Fatalf("box %+v", b)
	}
}

// Two columns that were drawn line by line across the page are read one after the other; a table's rows stay rows.
func TestColumnsAreReadOneAfterTheOther(t *testing.T) {
	e := textEngine(t)
	var across, table strings.Builder
	across.WriteString("BT /F 14 Tf 60 780 Td (Amtsblatt der Stadt Musterhausen mit einer Zeile) Tj ET\n")
	for i := range 20 {
		y := 740 - 14*i
		fmt.Fprintf(&across, "BT /F 10 Tf 60 %d Td (links %02d eine Zeile mit laufendem Text xx) Tj ET BT /F 10 Tf 320 %d Td (rechts %02d eine Zeile mit laufendem Text) Tj ET\n", y, i, y, i)
		fmt.Fprintf(&table, "BT /F 10 Tf 60 %d Td (Konto %02d) Tj ET BT /F 10 Tf 420 %d Td (%d Euro) Tj ET\n", y, i, y, 1000+i)
	}
	got, _ := readAll(t, e, pdftest.Pages(pdftest.Page{Content: across.String()}, pdftest.Page{Content: table.String()}))
	text := got[0].Text
	if !strings.HasPrefix(text, "Amtsblatt") || strings.Index(text, "links 19") > strings.Index(text, "rechts 00") || strings.Count(text, "Zeile mit laufendem") != 40 {
		t.Errorf("columns: %q", text)
	}
	if len(got[0].Boxes) != len([]rune(text)) {
		t.Error("a box is missing")
	}
	if strings.Index(got[1].Text, "1000 Euro") > strings.Index(got[1].Text, "Konto 01") {
		t.Errorf("a table was read by columns: %q", got[1].Text)
	}
}

// Bars drawn over text are found, whatever draws them; text that is seen is not.
func TestTextUnderBarsIsFound(t *testing.T) {
	e := textEngine(t)
	line := "BT /F 12 Tf 60 700 Td (Der Kaufpreis von Frau Beispielmann ist hoch) Tj ET\n"
	black := "0 g 128 696 140 14 re f\n" // over "von Frau Beispielmann"
	square := "/Annots[<</Type/Annot/Subtype/Square/F 4/Rect[128 696 268 710]/C[0 0 0]/IC[0 0 0]/AP<</N 20 0 R>>>>]"
	for _, c := range []struct {
		name, content, more string
		covered, unseen     bool
		rotate              int
	}{
		{name: "nothing over it", content: line},
		{name: "black bar", content: line + black, covered: true},
		{name: "black bar on a turned page", content: line + black, covered: true, rotate: 90},
		{name: "black bar upside down", content: line + black, covered: true, rotate: 180},
		{name: "grey bar", content: line + "0.5 g 128 696 140 14 re f\n", covered: true},
		{name: "bar drawn as a thick line", content: line + "0 G 16 w 128 703 m 268 703 l S\n", covered: true},
		{name: "white cover", content: line + "1 g 128 696 140 14 re f\n", unseen: true},
		{name: "bar below the text", content: black + line},
		{name: "white text in a dark head", content: "0 g 40 690 500 30 re f 1 g " + line},
		{name: "white on white", content: "1 g " + line, unseen: true},
		{name: "off the page", content: line + "BT /F 12 Tf 60 -300 Td (verborgener Zusatz am Rand) Tj ET\n", unseen: true},
		{name: "a frame around it", content: line + "0 G 1 w 55 690 300 24 re S\n"},
		{name: "marker over it", content: line + "q /Mul gs 1 1 0 rg 128 696 140 14 re f Q\n", more: "/Resources<</Font<</F 3 0 R>>/ExtGState<</Mul<</BM/Multiply>>>>>>"},
		{name: "underlined", content: line + "0 g 60 698 250 0.7 re f\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			file := pdftest.Pages(pdftest.Page{Content: c.content, More: c.more, Rotate: c.rotate})
			checkHidden(t, e, file, c.covered, c.unseen)
		})
	}
	t.Run("bar as an annotation", func(t *testing.T) {
		objects := map[int]string{1: "<</Type/Catalog/Pages 2 0 R>>", 2: "<</Type/Pages/Kids[4 0 R]/Count 1>>", 3: pdftest.Helvetica,
			4: "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R/Resources<</Font<</F 3 0 R>>>>" + square + ">>",
			5: pdftest.Stream("", line), 20: pdftest.Stream("/Type/XObject/Subtype/Form/BBox[128 696 268 710]", "0 g 128 696 140 14 re f")}
		checkHidden(t, e, pdftest.Raw(objects), true, false)
	})
	t.Run("bar as a picture", func(t *testing.T) {
		objects := map[int]string{1: "<</Type/Catalog/Pages 2 0 R>>", 2: "<</Type/Pages/Kids[4 0 R]/Count 1>>", 3: pdftest.Helvetica,
			4: "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R/Resources<</Font<</F 3 0 R>>/XObject<</I 6 0 R>>>>>>",
			5: pdftest.Stream("", line+"q 140 0 0 14 128 696 cm /I Do Q"),
			6: pdftest.Stream("/Type/XObject/Subtype/Image/Width 2/Height 2/ColorSpace/DeviceGray/BitsPerComponent 8", "\x01\x01\x01\x01")}
		checkHidden(t, e, pdftest.Raw(objects), true, false)
	})
}

func checkHidden(t *testing.T, e *Engine, file []byte, covered, unseen bool) {
	t.Helper()
	pages, facts := readAll(t, e, file)
	var found HiddenText
	var suspects []int
	if facts[0].Suspect {
		suspects = []int{1}
	}
	err := e.Hidden(bytes.NewReader(file), int64(len(file)), suspects, func(string) {}, func(h HiddenText) error { found = h; return nil })
	if err != nil {
		t.Fatal(err)
	}
	if (len(found.Covered) > 0) != covered || (len(found.Unseen) > 0) != unseen {
		t.Fatalf("covered %v, unseen %v, suspect %v", found.Covered, found.Unseen, facts[0].Suspect)
	}
	letters := []rune(pages[0].Text)
	if covered {
		pages[0].Hidden = found.Covered
		text, _ := pagetext.Shown(pages[0])
		hidden := ""
		for _, r := range found.Covered {
			hidden += string(letters[r.Start:r.End])
		}
		if strings.Contains(text, "Beispiel") || !strings.Contains(hidden, "Beispielmann") || !strings.Contains(text, "Kaufpreis") {
			t.Errorf("hidden %q, shown %q", hidden, text)
		}
	}
}
