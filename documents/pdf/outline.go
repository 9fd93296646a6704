package pdf

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf16"

	"ris/app/council"
	"ris/documents/pagetext"
)

const (
	mostBookmarks = 5000
	deepestMark   = 20  // levels of bookmarks
	longestTitle  = 300 // letters
)

// Outline reads the bookmarks of a base, down to level 20 and at most 5,000 of them, and the language that the document declares (BCP 47;
// empty = none or no language). Bookmarks that come back to themselves are read once.
func (e *Engine) Outline(base io.ReaderAt, size int64) (entries []council.OutlineEntry, language string, err error) {
	i, err := e.New()
	if err != nil {
		return nil, "", err
	}
	defer i.Close()
	d, err := i.open(base, size)
	if err != nil {
		return nil, "", err
	}
	defer d.close()
	said, err := d.string16("FPDFCatalog_GetLanguage", d.handle)
	if err != nil {
		return nil, "", err
	}
	r := outlineReader{d: d, seen: map[uint32]bool{}}
	err = r.level(0, 1)
	return r.out, pagetext.LanguageTag(said), err
}

// outlineReader collects bookmarks in reading order.
type outlineReader struct {
	d    *document
	seen map[uint32]bool // by the address of the bookmark inside the module
	out  []council.OutlineEntry
}

func (r *outlineReader) level(parent uint64, level int) error {
	if level > deepestMark {
		return nil
	}
	mark, err := r.d.i.call("FPDFBookmark_GetFirstChild", r.d.handle, parent)
	for ; err == nil && uint32(mark) != 0 && !r.seen[uint32(mark)] && len(r.out) < mostBookmarks; mark, err = r.d.i.call("FPDFBookmark_GetNextSibling", r.d.handle, mark) {
		r.seen[uint32(mark)] = true
		title, err := r.d.string16("FPDFBookmark_GetTitle", mark)
		if err != nil {
			return err
		}
		dest, err := r.d.i.call("FPDFBookmark_GetDest", r.d.handle, mark)
		if err != nil {
			return err
		}
		if uint32(dest) == 0 {
			if dest, err = r.destination("FPDFBookmark_GetAction", mark); err != nil {
				return err
			}
		}
		entry := council.OutlineEntry{Level: level, Title: oneLine(title, longestTitle)}
		if entry.Page, entry.Top, err = r.d.place(dest); err != nil {
			return err
		}
		at := len(r.out)
		r.out = append(r.out, entry)
		if err := r.level(mark, level+1); err != nil {
			return err
		}
		if entry.Title == "" && len(r.out) == at+1 { // without a name and without children it says nothing
			r.out = r.out[:at]
		}
	}
	return err
}

// destination of the GoTo action of a bookmark; 0 when it has another one or none.
func (r *outlineReader) destination(function string, owner uint64) (uint64, error) {
	action, err := r.d.i.call(function, owner)
	if err != nil || uint32(action) == 0 {
		return 0, err
	}
	return r.d.actionDest(action)
}

const (
	actionGoTo = 1 // PDFACTION_GOTO of fpdf_doc.h
	actionURI  = 3
)

func (d *document) actionDest(action uint64) (uint64, error) {
	kind, err := d.i.call("FPDFAction_GetType", action)
	if err != nil || uint32(kind) != actionGoTo {
		return 0, err
	}
	return d.i.call("FPDFAction_GetDest", d.handle, action)
}

// place is the page (from 1; 0 = none of this document) and the height on it of a destination.
func (d *document) place(dest uint64) (page int, top float64, err error) {
	if uint32(dest) == 0 {
		return 0, 0, nil
	}
	n, err := d.i.call("FPDFDest_GetDestPageIndex", d.handle, dest)
	if err != nil || int32(n) < 0 || int(int32(n)) >= d.pages {
		return 0, 0, err
	}
	at, err := d.i.scratch(32)
	if err != nil {
		return 0, 0, err
	}
	ok, err := d.i.call("FPDFDest_GetLocationInPage", dest, uint64(at), uint64(at+4), uint64(at+8), uint64(at+12), uint64(at+16), uint64(at+20))
	if err != nil {
		return 0, 0, err
	}
	m := d.i.module.Memory()
	if has, _ := m.ReadUint32Le(at + 4); uint32(ok) != 0 && has != 0 {
		y, _ := m.ReadFloat32Le(at + 16)
		if y > -20000 && y < 20000 {
			top = float64(y)
		}
	}
	return int(int32(n)) + 1, top, nil
}

// string16 calls a function that fills a buffer with UTF-16LE and returns the bytes needed, the final zero included.
func (d *document) string16(function string, args ...uint64) (string, error) {
	b, err := d.bytes(function, args...)
	if err != nil {
		return "", err
	}
	units := make([]uint16, 0, len(b)/2)
	for i := 0; i+1 < len(b); i += 2 {
		if u := uint16(b[i]) | uint16(b[i+1])<<8; u != 0 {
			units = append(units, u)
		}
	}
	return string(utf16.Decode(units)), nil
}

const longestString = 16 << 10 // bytes that are taken of a string

func (d *document) bytes(function string, args ...uint64) ([]byte, error) {
	at, err := d.i.scratch(longestString)
	if err != nil {
		return nil, err
	}
	n, err := d.i.call(function, append(args, uint64(at), longestString)...)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", function, err)
	}
	if uint32(n) > longestString { // nothing was written
		return nil, nil
	}
	b, ok := d.i.module.Memory().Read(at, uint32(n))
	if !ok {
		return nil, errors.New("pdfium: a string lies outside its memory")
	}
	return b, nil
}

// oneLine makes a title of foreign text: no control characters, no bidirectional tricks, single blanks.
func oneLine(s string, most int) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r) || unicode.IsControl(r):
			return ' '
		case unicode.Is(unicode.Cf, r) || r == '\ufffd':
			return -1
		}
		return r
	}, s)
	letters := []rune(strings.Join(strings.Fields(s), " "))
	if len(letters) > most {
		letters = append(letters[:most-1], '…')
	}
	return string(letters)
}
