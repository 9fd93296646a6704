package pdf

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"ris/app/council"
	"ris/documents/pdf/pdftest"
)

// withOutline is a document of two pages with the objects given for its bookmarks; 30 is the root.
func withOutline(catalog string, more map[int]string) []byte {
	objects := map[int]string{1: "<</Type/Catalog/Pages 2 0 R/Outlines 30 0 R" + catalog + ">>", 2: "<</Type/Pages/Kids[4 0 R 6 0 R]/Count 2/MediaBox[0 0 595 842]>>",
		3: pdftest.Helvetica, 4: "<</Type/Page/Parent 2 0 R/Contents 5 0 R/Resources<</Font<</F 3 0 R>>>>/Annots[40 0 R 41 0 R 42 0 R 43 0 R 44 0 R 45 0 R 46 0 R]>>",
		5: pdftest.Stream("", pdftest.Words("eins")), 6: "<</Type/Page/Parent 2 0 R/Contents 7 0 R/Resources<</Font<</F 3 0 R>>>>>>", 7: pdftest.Stream("", pdftest.Words("zwei"))}
	for n, o := range more {
		objects[n] = o
	}
	return pdftest.Raw(objects)
}

func outlineOf(t *testing.T, file []byte) ([]council.OutlineEntry, string) {
	t.Helper()
	entries, language, err := textEngine(t).Outline(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	return entries, language
}

func TestOutline(t *testing.T) {
	entries, language := outlineOf(t, withOutline("/Lang(de_de)/Names<</Dests<</Names[(ziel)[6 0 R/XYZ 0 400 0]]>>>>", map[int]string{
		30: "<</First 31 0 R/Last 34 0 R/Count 3>>",
		31: "<</Title(Erster\\nTeil)/Parent 30 0 R/Next 33 0 R/First 32 0 R/Last 32 0 R/Dest[4 0 R/XYZ 0 700 0]>>",
		32: "<</Title<FEFF00DC00620065007200620061007500>/Parent 31 0 R/A<</S/GoTo/D(ziel)>>>>",
		33: "<</Title(Im Netz)/Parent 30 0 R/Next 34 0 R/A<</S/URI/URI(https://stadt.example)>>>>",
		34: "<</Title()/Parent 30 0 R/Dest[4 0 R/Fit]>>"}))
	want := []council.OutlineEntry{{Level: 1, Title: "Erster Teil", Page: 1, Top: 700}, {Level: 2, Title: "Überbau", Page: 2, Top: 400}, {Level: 1, Title: "Im Netz"}}
	if fmt.Sprint(entries) != fmt.Sprint(want) || language != "de-DE" {
		t.Fatalf("%q %+v", language, entries)
	}
}

// Loops, depth and numbers are bounded.
func TestHostileOutlines(t *testing.T) {
	loop, _ := outlineOf(t, withOutline("", map[int]string{30: "<</First 31 0 R>>", 31: "<</Title(a)/Next 32 0 R/First 31 0 R>>", 32: "<</Title(b)/Next 31 0 R/First 30 0 R>>"}))
	if len(loop) > 10 {
		t.Errorf("%d entries of a loop", len(loop))
	}
	deep := map[int]string{30: "<</First 100 0 R>>"}
	for n := range 1000 {
		deep[100+n] = fmt.Sprintf("<</Title(%d)/First %d 0 R>>", n, 101+n)
	}
	deep[1100] = "<</Title(Ende)>>"
	if entries, _ := outlineOf(t, withOutline("", deep)); len(entries) != deepestMark {
		t.Errorf("%d levels", len(entries))
	}
	wide := map[int]string{30: "<</First 100 0 R>>"}
	for n := range 6000 {
		wide[100+n] = fmt.Sprintf("<</Title(%d)/Next %d 0 R>>", n, 101+n)
	}
	if entries, _ := outlineOf(t, withOutline("", wide)); len(entries) != mostBookmarks {
		t.Errorf("%d entries", len(entries))
	}
}

// Of all that a link can do only pages, web and mail are left.
func TestLinks(t *testing.T) {
	link := func(rest string) string { return "<</Type/Annot/Subtype/Link/Rect[60 395 200 425]" + rest + ">>" }
	file := withOutline("/Names<</Dests<</Names[(ziel)[6 0 R/Fit]]>>>>", map[int]string{30: "<<>>",
		40: link("/Dest[6 0 R/Fit]"), 41: link("/A<</S/GoTo/D(ziel)>>"), 42: link("/A<</S/URI/URI(HTTPS://stadt.example/plan?x=1)>>"),
		43: link("/A<</S/URI/URI(javascript:alert\\(1\\))>>"), 44: link("/A<</S/Launch/F(cmd.exe)>>"), 45: link("/A<</S/URI/URI(mailto:rat@stadt.example)>>"),
		46: link("/A<</S/URI/URI(https://bank.example@boese.example/)>>")})
	_, facts := readAll(t, textEngine(t), file)
	var got []string
	for _, l := range facts[0].Links {
		got = append(got, fmt.Sprintf("%d %d %s", l.Page, l.Target, l.URL))
		if l.Box != (council.Box{X0: 60, Y0: 395, X1: 200, Y1: 425}) {
			t.Errorf("box %+v", l.Box)
		}
	}
	if s := strings.Join(got, " | "); s != "1 2  | 1 2  | 1 0 https://stadt.example/plan?x=1 | 1 0 mailto:rat@stadt.example" {
		t.Fatal(s)
	}
}
