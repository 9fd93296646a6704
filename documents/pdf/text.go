package pdf

import (
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"ris/app/council"
	"ris/documents/pagetext"
)

// PageFacts is what reading the text of a page found besides the text.
type PageFacts struct {
	Scan    bool // a picture without text over most of the page
	Suspect bool // something on the page could lie over letters, or letters have a light colour: Hidden should look at it
	Links   []council.PageLink
	view    viewed
}

// Text reads pages first.. (from 1) of a base and hands over each page in reading order. A page that cannot be read is left out and
// counted. step is called before each page.
func (e *Engine) Text(base io.ReaderAt, size int64, first int, step func(string), each func(council.PageText, PageFacts) error) (unread int, err error) {
	i, err := e.New()
	if err != nil {
		return 0, err
	}
	defer i.Close()
	d, err := i.open(base, size)
	if err != nil {
		return 0, err
	}
	defer d.close()
	for n := max(0, first-1); n < d.pages; n++ {
		step("text")
		var text council.PageText
		var facts PageFacts
		err := d.page(n, func(page uint64) (err error) {
			if text, err = d.text(page, n+1); err != nil {
				return err
			}
			if facts, err = d.facts(page, len(text.Boxes), text.Boxes...); err != nil {
				return err
			}
			facts.Links, err = d.links(page, n+1)
			return err
		})
		if err != nil {
			unread++
			continue
		}
		if err := each(text, facts); err != nil {
			return unread, err
		}
	}
	return unread, nil
}

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
	if _, err := i.call("FPDFText_ClosePage", t); err != nil {
		return out, err
	}
	turned, err := i.call("FPDFPage_GetRotation", page)
	if err != nil {
		return out, err
	}
	return pagetext.Order(out, int(int32(turned))*90), nil
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
	unmapped, err := i.function("FPDFText_HasUnicodeMapError")
	if err != nil {
		return err
	}
	lost := 0
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
		case r == 0:
			out.Unmapped++
			continue
		case r == '\r':
			continue
		case r == 0xfffe || r == 0xffff:
			r = 2
		case !utf8.ValidRune(r):
			r = utf8.RuneError
		}
		if n%sampled == 0 {
			bad, err := i.invoke(unmapped, t, uint64(n))
			if err != nil {
				return err
			}
			if int32(bad) > 0 {
				lost++
			}
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
	if lost > 1 {
		out.Unmapped += min(lost*sampled, count)
	}
	return nil
}

// sampled: every eighth letter is asked whether its font knows what it means; all of them would cost a third of the reading.
const sampled = 8

func ordered(b council.Box) council.Box {
	if b.X0 > b.X1 {
		b.X0, b.X1 = b.X1, b.X0
	}
	if b.Y0 > b.Y1 {
		b.Y0, b.Y1 = b.Y1, b.Y0
	}
	return b
}
