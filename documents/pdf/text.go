package pdf

import (
	"errors"
	"fmt"
	"unicode/utf8"

	"ris/app/council"
)

// maxLettersPerPage bounds the text of one page: more is no page that somebody reads.
const maxLettersPerPage = 200_000

// text reads the letters of an open page (number from 1) with one box each. A hyphen at a line end stays U+0002.
// pdfium ends a line with CR LF; one \n is kept.
func (d *document) text(page uint64, number int) (council.PageText, error) {
	out := council.PageText{Page: number}
	i := d.i
	t, err := i.call("FPDFText_LoadPage", page)
	if err != nil {
		return out, err
	}
	if uint32(t) == 0 {
		return out, fmt.Errorf("the text of page %d cannot be read", number)
	}
	n, err := i.call("FPDFText_CountChars", t)
	if err != nil {
		return out, err
	}
	count := min(int(int32(n)), maxLettersPerPage)
	if count > 0 {
		if err := d.letters(t, count, &out); err != nil {
			return out, err
		}
	}
	_, err = i.call("FPDFText_ClosePage", t)
	return out, err
}

func (d *document) letters(t uint64, count int, out *council.PageText) error {
	i := d.i
	unicode, err := i.function("FPDFText_GetUnicode")
	if err != nil {
		return err
	}
	charBox, err := i.function("FPDFText_GetCharBox")
	if err != nil {
		return err
	}
	at, err := i.scratch(32)
	if err != nil {
		return err
	}
	text := make([]byte, 0, count+count/8)
	out.Boxes = make([]council.Box, 0, count)
	var high rune
	for n := range count {
		u, err := i.invoke(unicode, t, uint64(n))
		if err != nil {
			return err
		}
		r := rune(uint32(u))
		switch {
		case r >= 0xd800 && r < 0xdc00: // first half of a UTF-16 pair
			high = r
			continue
		case r >= 0xdc00 && r < 0xe000:
			if high == 0 {
				continue
			}
			r, high = 0x10000+(high-0xd800)<<10+(r-0xdc00), 0
		case r == '\r' || r == 0:
			continue
		case r == 0xfffe || r == 0xffff:
			r = 2
		case !utf8.ValidRune(r):
			r = utf8.RuneError
		}
		ok, err := i.invoke(charBox, t, uint64(n), uint64(at), uint64(at+8), uint64(at+16), uint64(at+24))
		if err != nil {
			return err
		}
		var box council.Box
		if uint32(ok) != 0 && r != '\n' {
			b, in := i.module.Memory().Read(at, 32)
			if !in {
				return errors.New("pdfium: a box lies outside its memory")
			}
			box = ordered(council.Box{X0: float(b), X1: float(b[8:]), Y0: float(b[16:]), Y1: float(b[24:])})
		}
		text = utf8.AppendRune(text, r)
		out.Boxes = append(out.Boxes, box)
	}
	out.Text = string(text)
	return nil
}

func ordered(b council.Box) council.Box {
	if b.X0 > b.X1 {
		b.X0, b.X1 = b.X1, b.X0
	}
	if b.Y0 > b.Y1 {
		b.Y0, b.Y1 = b.Y1, b.Y0
	}
	return b
}

// fewLetters is the number below which a page with a picture over most of it counts as a scan.
const fewLetters = 20

// isScan reports whether an open page is a picture without text: images cover more than 60 % of it.
func (d *document) isScan(page uint64, letters int) (bool, error) {
	if letters >= fewLetters {
		return false, nil
	}
	const imageObject = 3 // FPDF_PAGEOBJ_IMAGE
	i := d.i
	size, err := d.size(page)
	if err != nil {
		return false, err
	}
	n, err := i.call("FPDFPage_CountObjects", page)
	if err != nil {
		return false, err
	}
	at, err := i.scratch(32)
	if err != nil {
		return false, err
	}
	covered := 0.0
	for k := range min(int(int32(n)), 2000) { // a scan is one picture or some dozen strips
		object, err := i.call("FPDFPage_GetObject", page, uint64(k))
		if err != nil {
			return false, err
		}
		kind, err := i.call("FPDFPageObj_GetType", object)
		if err != nil {
			return false, err
		}
		if uint32(kind) != imageObject {
			continue
		}
		ok, err := i.call("FPDFPageObj_GetBounds", object, uint64(at), uint64(at+4), uint64(at+8), uint64(at+12))
		if err != nil {
			return false, err
		}
		m := i.module.Memory()
		x0, _ := m.ReadFloat32Le(at)
		y0, _ := m.ReadFloat32Le(at + 4)
		x1, _ := m.ReadFloat32Le(at + 8)
		y1, _ := m.ReadFloat32Le(at + 12)
		if uint32(ok) != 0 {
			covered += float64(x1-x0) * float64(y1-y0)
		}
	}
	return covered > 0.6*size.Width*size.Height, nil
}
