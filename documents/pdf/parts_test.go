package pdf

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"ris/app/council"
	"ris/documents/copies"
	"ris/documents/pdf/pdftest"
)

const someTag = "0123456789abcdef"

// tagged is a small file with a slot, shifts of some pages and an identifier, as a writer might lay it out.
func tagged(shifts ...int) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%%PDF-1.7\n9 0 obj\n<< /Type /XObject /Length %d >>\nstream\n%s\nendstream\nendobj\n", fillingBytes, filling(someTag, fillingBytes))
	for _, page := range shifts {
		fmt.Fprintf(&b, "%d 0 obj\n<</Length 1>>\nstream\n%s\nendstream\nendobj\n", 10+page, shiftOpening(someTag, page, 2))
	}
	at := b.Len()
	fmt.Fprintf(&b, "99 0 obj\n<</Type/XRef/ID [ <%s> <%s>]/W[1 2 1]>>\nstream\nxx\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n", strings.Repeat("ab", 16), strings.Repeat("cd", 16), at)
	return b.Bytes()
}

// file is bytes that can be written at places.
type memoryFile struct{ b []byte }

func (f memoryFile) ReadAt(p []byte, at int64) (int, error) {
	return bytes.NewReader(f.b).ReadAt(p, at)
}
func (f memoryFile) WriteAt(p []byte, at int64) (int, error) {
	return copy(f.b[at:at+int64(len(p))], p), nil
}

func TestFindSlots(t *testing.T) {
	good := tagged(2, 1)
	p, err := findSlots(bytes.NewReader(good), int64(len(good)), someTag, 2)
	if err != nil || p.SlotObject != 9 || len(p.Parts.Shifts) != 2 || p.Parts.Shifts[0] < p.Parts.Shifts[1] {
		t.Fatalf("%+v, %v", p, err)
	}
	f := memoryFile{good}
	if err := settle(f, p); err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(good, []byte(someTag)) {
		t.Error("a tag stayed in the file")
	}
	if got := string(good[p.Parts.ID : p.Parts.ID+32]); got != strings.Repeat("ab", 16) {
		t.Errorf("the second string is %q", got)
	}
	var again bytes.Buffer
	tag, err := Retag(&again, f, p)
	if err != nil {
		t.Fatal(err)
	}
	if q, err := findSlots(bytes.NewReader(again.Bytes()), int64(again.Len()), tag, 2); err != nil || fmt.Sprint(q) != fmt.Sprint(p) {
		t.Errorf("found again: %+v, %v", q, err)
	}
	for name, b := range map[string][]byte{
		"no slot":            bytes.Replace(tagged(1, 2), []byte("%S"), []byte("%X"), 1),
		"two slots":          append(tagged(1, 2), tagged()...),
		"a page missing":     tagged(1),
		"a page twice":       tagged(1, 1),
		"a page beyond":      tagged(1, 3),
		"page 0":             tagged(0, 1),
		"another shift":      bytes.Replace(tagged(1, 2), []byte(noShift), []byte("+0.0001 +0.0000"), 1),
		"cut in the slot":    tagged(1, 2)[:4000],
		"no identifier":      bytes.Replace(tagged(1, 2), []byte("/ID"), []byte("/IX"), 1),
		"a short identifier": bytes.Replace(tagged(1, 2), []byte(strings.Repeat("cd", 16)+">"), []byte(strings.Repeat("cd", 15)+"> "), 1),
		"empty":              nil,
	} {
		if p, err := findSlots(bytes.NewReader(b), int64(len(b)), someTag, 2); err == nil {
			t.Errorf("%s: %+v", name, p)
		}
	}
}

// Whatever the file says, what is found lies inside it, apart from each other, and can be written.
func FuzzFindSlots(f *testing.F) {
	f.Add(tagged(), 0)
	f.Add(tagged(1), 1)
	f.Add(tagged(2, 1), 2)
	f.Add([]byte("%S"+someTag+"startxref 1"), 0)
	f.Fuzz(func(t *testing.T, b []byte, shifts int) {
		if shifts < 0 || shifts > 100 {
			return
		}
		b = bytes.Clone(b)
		size := int64(len(b))
		p, err := findSlots(bytes.NewReader(b), size, someTag, shifts)
		if err != nil {
			return
		}
		if p.SlotOffset <= 0 || p.SlotOffset+p.SlotLength > size || p.SlotLength < copies.SlotBytes || p.Parts.ID <= 0 || p.Parts.ID+32 > size || len(p.Parts.Shifts) != shifts {
			t.Fatalf("%+v of %d bytes", p, size)
		}
		for _, at := range p.Parts.Shifts {
			if at < int64(beforeShift) || at+council.ShiftBytes > size {
				t.Fatalf("a shift at %d of %d bytes", at, size)
			}
		}
		if err := settle(memoryFile{b}, p); err == nil && int64(len(b)) != size {
			t.Fatal("the file changed its size")
		}
	})
}

func TestGaps(t *testing.T) {
	for _, c := range []struct {
		name, content string
		want          []string // what follows each gap, trimmed
	}{
		{"between groups", "q 1 0 0 1 5 5 cm 0 0 1 1 re f Q BT (a) Tj ET q Q", []string{"Q BT (a) Tj ET q Q", "BT (a) Tj ET q Q", "q Q"}},
		{"never in a text, a layer, a path or a clip", "BT (a) Tj 0 0 1 1 re f ET /OC /M BDC 0 0 1 1 re f EMC 0 0 m 1 1 l S q 0 0 9 9 re W n 0 0 1 1 re f Q (end) pop", []string{"/OC /M BDC", "0 0 m 1 1 l S q", "q 0 0 9 9 re W n", "(end) pop"}},
		{"only behind the last picture", "q Q 0 0 1 1 re f /I Do 0 0 1 1 re f q Q", []string{"0 0 1 1 re f q Q", "q Q"}},
		{"nothing", "", nil},
	} {
		gaps := findGaps([]byte(c.content))
		if len(gaps) != len(c.want) {
			t.Errorf("%s: %d gaps, want %d: %+v", c.name, len(gaps), len(c.want), gaps)
			continue
		}
		for i, g := range gaps {
			if rest := strings.TrimSpace(c.content[g.at:]); !strings.HasPrefix(rest, c.want[i]) {
				t.Errorf("%s: gap %d is in front of %q", c.name, i, rest)
			}
		}
	}
	gaps := findGaps([]byte("q 2 0 0 3 10 20 cm 0 0 1 1 re f 1 0 0 1 5 0 cm 0 0 1 1 re f Q"))
	if len(gaps) != 2 || gaps[0].ctm != (matrix{2, 0, 0, 3, 10, 20}) || gaps[1].ctm != (matrix{2, 0, 0, 3, 20, 20}) {
		t.Errorf("%+v", gaps)
	}
}

// A mark put into a gap changes nothing of what the content leaves open.
func FuzzFindGaps(f *testing.F) {
	for _, s := range []string{"q 1 0 0 1 5 5 cm 0 0 1 1 re f Q BT (a) Tj ET q Q", "/A BMC EMC q Q Q", "0 0 m S (", "[ q Q ]", "BI /W 1 ID x EI q Q"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 10_000 || strings.Contains(s, "ID") { // inline pictures end by a guess; the proof's pictures decide there
			return
		}
		before := scanContent([]byte(s))
		for _, g := range findGaps([]byte(s)) {
			if front := scanContent([]byte(s[:g.at])); front.inText || front.marked != 0 || front.closers != "" {
				t.Fatalf("%q in front of a gap leaves %+v", s[:g.at], front)
			}
			if got := scanContent([]byte(s[:g.at] + "\nq /Artifact BMC 1 0 0 1 0 0 cm /W Do EMC Q\n" + s[g.at:])); got != before {
				t.Fatalf("%q with a mark at %d: %+v, without %+v", s, g.at, got, before)
			}
		}
	})
}

// An annotation over the whole page hides the mark: it becomes part of the page, under the mark; others stay what they are.
func TestCoveringAnnotationsBecomePartOfThePage(t *testing.T) {
	for _, mode := range []council.PreparationMode{council.Standard, council.Interleaved} {
		file := pdftest.Pages(pdftest.Page{Content: pdftest.Words("darunter"), More: "/Annots[<</Type/Annot/Subtype/Stamp/Rect[0 0 595 842]/F 4/AP<</N 90 0 R>>>>" +
			"<</Type/Annot/Subtype/Link/Rect[0 0 100 100]/A<</S/URI/URI(https://stadt.example/)>>>>]"})
		file = bytes.Replace(file, []byte("xref\n0"), []byte("90 0 obj\n"+pdftest.Stream("/BBox[0 0 100 100]/Matrix[0 1 -1 0 0 0]", "0.8 g 0 0 100 100 re f 0 g 10 10 20 20 re f")+"\nendobj\nxref\n0"), 1)
		b, out, err := prepared(t, file, mode)
		if err != nil || b.Marked != 1 {
			t.Fatalf("%+v, %v", b, err)
		}
		e, _ := engine()
		i, err := e.New()
		if err != nil {
			t.Fatal(err)
		}
		defer i.Close()
		d, err := i.open(out, b.Prepared.Size)
		if err != nil {
			t.Fatal(err)
		}
		err = d.page(0, func(page uint64) error {
			n, err := i.call("FPDFPage_GetAnnotCount", page)
			if int32(n) != 1 {
				t.Errorf("%d annotations are left, want the link alone", int32(n))
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}
