package pdftest

import (
	"bytes"
	"fmt"
	"strings"
)

// Hostile is one file that means harm or is broken. Refused is the message key that must be the answer; "" means that it must be
// accepted; "*" that either will do.
type Hostile struct {
	Name    string
	Bytes   func() []byte
	Refused string
	Pages   int // when accepted
}

const (
	catalog = "<</Type/Catalog/Pages 2 0 R>>"
	onePage = "<</Type/Pages/Kids[3 0 R]/Count 1/Resources<</Font<</F 5 0 R>>>>>>"
	page    = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 6 0 R%s>>"
)

func single(content string) func() []byte {
	return func() []byte { return Pages(Page{Content: content}) }
}

func document(more map[int]string) func() []byte {
	return func() []byte {
		objects := map[int]string{1: catalog, 2: onePage, 3: fmt.Sprintf(page, ""), 5: Helvetica, 6: Stream("", Words("Inhalt"))}
		for n, o := range more {
			objects[n] = o
		}
		return Raw(objects)
	}
}

// HostileFiles lists the classes of documents.md, section 5, and what must happen.
func HostileFiles() []Hostile {
	good := Report(3)
	return []Hostile{
		{"empty", func() []byte { return nil }, "file.refused.empty", 0},
		{"HTML", func() []byte { return []byte(strings.Repeat("<html><body>Fehler 404</body></html>\n", 50)) }, "file.refused.not_pdf", 0},
		{"ZIP", func() []byte { return append([]byte("PK\x03\x04"), bytes.Repeat([]byte("a"), 9000)...) }, "file.refused.not_pdf", 0},
		{"header only", func() []byte { return []byte("%PDF-1.7\n") }, "file.refused.truncated", 0},
		{"truncated half", func() []byte { return good[:len(good)/2] }, "file.refused.truncated", 0},
		{"junk before", func() []byte { return append(bytes.Repeat([]byte("X"), 900), good...) }, "", 3},
		{"junk after", func() []byte { return append(bytes.Clone(good), make([]byte, 5000)...) }, "", 3},
		{"wrong startxref", func() []byte { return bytes.Replace(good, []byte("startxref\n"), []byte("startxref\n9"), 1) }, "", 3},
		{"count lies", document(map[int]string{2: strings.Replace(onePage, "/Count 1", "/Count 2000000000", 1)}), "", 1},
		{"page tree loop", document(map[int]string{2: "<</Type/Pages/Kids[2 0 R 3 0 R]/Count 2>>"}), "*", 1},
		{"page twice", document(map[int]string{2: strings.Replace(onePage, "[3 0 R]/Count 1", "[3 0 R 3 0 R]/Count 2", 1)}), "", 2},
		{"deep page tree", deepTree, "*", 1},
		{"length of itself", document(map[int]string{6: "<</Length 6 0 R>>\nstream\nq\nendstream"}), "*", 1},
		{"xref loop", func() []byte {
			b := document(nil)()
			at := bytes.LastIndex(b, []byte("xref\n0"))
			return bytes.Replace(b, []byte("/Root 1 0 R"), fmt.Appendf(nil, "/Root 1 0 R/Prev %d", at), 1)
		}, "*", 1},
		{"nested arrays", document(map[int]string{1: "<</Type/Catalog/Pages 2 0 R/X " + strings.Repeat("[", 200_000) + strings.Repeat("]", 200_000) + ">>"}), "*", 1},
		{"nested arrays in content", single(strings.Repeat("[", 300_000)), "*", 1},
		{"deflate bomb", document(map[int]string{6: Stream("/Filter/FlateDecode", Blanks(1_500_000_000))}), "file.refused.bomb", 0},
		{"deflate bomb twice", document(map[int]string{6: Stream("/Filter[/FlateDecode/FlateDecode]", Deflate([]byte(Blanks(1_500_000_000))))}), "file.refused.bomb", 0},
		{"picture of 30,000 x 30,000", document(map[int]string{3: fmt.Sprintf(page, "/Resources<</XObject<</I 7 0 R>>>>"), 6: Stream("", "595 0 0 842 0 0 cm /I Do"),
			7: Stream("/Type/XObject/Subtype/Image/Width 30000/Height 30000/BitsPerComponent 8/ColorSpace/DeviceRGB/Filter/FlateDecode", Blanks(2_700_000_000))}), "*", 1},
		{"form calls itself", document(map[int]string{3: fmt.Sprintf(page, "/Resources<</XObject<</I 7 0 R>>>>"), 6: Stream("", "/I Do"),
			7: Stream("/Type/XObject/Subtype/Form/BBox[0 0 100 100]/Resources<</XObject<</I 7 0 R>>>>", "/I Do /I Do")}), "*", 1},
		{"forms to the power of 25", laughs, "*", 1},
		{"huge page", document(map[int]string{3: "<</Type/Page/Parent 2 0 R/MediaBox[0 0 2000000000 2000000000]/Contents 6 0 R>>"}), "*", 1},
		{"tiny page", document(map[int]string{3: "<</Type/Page/Parent 2 0 R/MediaBox[0 0 3 3]/Contents 6 0 R>>"}), "*", 1},
		{"100,000 pages", manyPages, "file.refused.too_many_pages", 0},
		{"open q", single("q q 0.1 0 0 0.1 0 0 cm q 1 0 0 1 9000 9000 cm " + Words("offen")), "", 1},
		{"excess Q", single(Words("zu viele") + " Q Q Q 0 0 1 1 re W n"), "", 1},
		{"open BT", single("BT /F 24 Tf 50 700 Td (offen) Tj 7 Tr"), "", 1},
		{"open hidden layer", document(map[int]string{1: "<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[9 0 R]/D<</OFF[9 0 R]>>>>>>",
			2: strings.Replace(onePage, "/Resources<<", "/Resources<</Properties<</M 9 0 R>>", 1), 9: "<</Type/OCG/Name(x)>>", 6: Stream("", Words("davor")+" /OC /M BDC")}), "", 1},
		{"open string", single(Words("davor") + " BT (offen \\"), "*", 1},
		{"open inline picture", single(Words("davor") + " BI /W 9 /H 9 /BPC 8 /CS /G ID abc"), "*", 1},
		{"shared first stream", func() []byte {
			return Raw(map[int]string{1: catalog, 2: "<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2/MediaBox[0 0 595 842]/Resources<</Font<</F 5 0 R>>>>>>",
				3: "<</Type/Page/Parent 2 0 R/Contents[6 0 R 7 0 R]>>", 4: "<</Type/Page/Parent 2 0 R/Contents[6 0 R 8 0 R]/Rotate 90>>", 5: Helvetica,
				6: Stream("", "0.9 g 0 800 595 42 re f 0 g"), 7: Stream("", Words("Seite 1")), 8: Stream("", Words("Seite 2"))})
		}, "", 2},
		{"no content", document(map[int]string{3: "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"}), "", 1},
		{"covered by a stamp", document(map[int]string{3: fmt.Sprintf(page, "/Annots[8 0 R]"),
			8: "<</Type/Annot/Subtype/Stamp/Rect[0 0 595 842]/F 4/AP<</N 9 0 R>>>>",
			9: Stream("/Type/XObject/Subtype/Form/BBox[0 0 595 842]", "0.8 1 0.8 rg 0 0 595 842 re f")}), "", 1},
		{"active", func() []byte { return Active() }, "", 1},
	}
}

// Active does what a paper must not: JavaScript, programs, files, tracking; and says who made it.
func Active() []byte {
	return Raw(map[int]string{
		1: "<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>/AA<</WC 11 0 R>>/Metadata 12 0 R/AF[8 0 R]" +
			"/Names<</EmbeddedFiles<</Names[(a.exe) 8 0 R]>>/JavaScript<</Names[(x) 11 0 R]>>>>>>",
		2: onePage,
		3: fmt.Sprintf(page, "/AA<</O<</S/Launch/F(cmd.exe)>>>>/PieceInfo<</X<</Private(geheim-entwurf)>>>>/Thumb 13 0 R"+
			"/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 100 100]/A<</S/URI/URI(https://stadt.example/plan)>>>>"+
			"<</Type/Annot/Subtype/Link/Rect[0 100 100 200]/A<</S/Launch/F(calc.exe)>>>>"+
			"<</Type/Annot/Subtype/Link/Rect[0 200 100 300]/A<</S/URI/URI(javascript:evil\\(\\))>>>>"+
			"<</Type/Annot/Subtype/FileAttachment/Rect[0 300 20 320]/FS 8 0 R>>"+
			"<</Type/Annot/Subtype/Text/Rect[0 400 20 420]/T(Erika Verfasserin)/Contents(Eine Notiz)>>]"),
		5: Helvetica, 6: Stream("", Words("Aktiver Inhalt")),
		8: "<</Type/Filespec/F(a.exe)/EF<</F 9 0 R>>>>", 9: Stream("/Type/EmbeddedFile", "MZ-schadprogramm"),
		11: "<</S/JavaScript/JS(verborgener-code)>>",
		12: Stream("/Type/Metadata/Subtype/XML", "<x:xmpmeta xmlns:x='adobe:ns:meta/'><pdfaid:part>2</pdfaid:part><dc:creator>Erika Verfasserin</dc:creator></x:xmpmeta>"),
		13: Stream("/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray", "x"),
	})
}

func deepTree() []byte {
	objects := map[int]string{1: catalog}
	for n := 2; n < 5002; n++ {
		objects[n] = fmt.Sprintf("<</Type/Pages/Kids[%d 0 R]/Count 1>>", n+1)
	}
	objects[5002] = "<</Type/Page/Parent 5001 0 R/MediaBox[0 0 595 842]>>"
	return Raw(objects)
}

func manyPages() []byte {
	const n = 100_000
	objects := map[int]string{1: catalog}
	var kids strings.Builder
	for i := range n {
		fmt.Fprintf(&kids, "%d 0 R ", 10+i)
		objects[10+i] = "<</Type/Page/Parent 2 0 R>>"
	}
	objects[2] = fmt.Sprintf("<</Type/Pages/Kids[%s]/Count %d/MediaBox[0 0 595 842]>>", kids.String(), n)
	return Raw(objects)
}

func laughs() []byte {
	objects := map[int]string{1: catalog, 2: onePage, 3: fmt.Sprintf(page, "/Resources<</XObject<</I 10 0 R>>>>"), 5: Helvetica, 6: Stream("", "/I Do")}
	for n := 10; n < 35; n++ {
		objects[n] = Stream(fmt.Sprintf("/Type/XObject/Subtype/Form/BBox[0 0 100 100]/Resources<</XObject<</I %d 0 R>>>>", n+1), strings.Repeat("/I Do ", 10))
	}
	objects[35] = Stream("/Type/XObject/Subtype/Form/BBox[0 0 100 100]", "0 0 10 10 re f")
	return Raw(objects)
}
