package compare

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"ris/app/council"
	"ris/documents/pagetext"
)

// Document is the text of one version, made page by page so that letters' boxes need not be in memory at once. The zero value is
// an empty document.
type Document struct {
	pages   []page
	running map[string]bool // what running heads and feet say that were known already
}

type page struct {
	number int
	text   string // joined: see pagetext.Join
	lines  []line
	words  int // counted on the way; running heads included
}

// line is a visual line: bytes [from, to) of the page's text and the box around its letters.
type line struct {
	from, to       int32
	x0, y0, x1, y1 float32
	wide           bool // a gap of more than three letters' height stands in it: the row of a table
	furniture      bool
}

func (l line) placed() bool { return l.y1 > l.y0 }

// mostLines bounds what is kept of one page: what comes behind belongs to its last line.
const mostLines = 3000

// Add appends a page. Pages come in their order; a page without text counts as well.
func (d *Document) Add(p council.PageText) {
	text, offsets := body(p)
	for _, f := range p.Furniture {
		if letters := []rune(p.Text); f.Kind != council.PageNumber && f.Start >= 0 && f.Start < f.End && f.End <= len(letters) {
			if d.running == nil {
				d.running = map[string]bool{}
			}
			d.running[sign(string(letters[f.Start:f.End]))] = true
		}
	}
	out := page{number: p.Page, text: text}
	cur, open := line{}, false
	var right float32 // of the letter before
	end := func(at int) {
		if open && int(cur.from) < at {
			cur.to = int32(at)
			out.lines = append(out.lines, cur)
		}
		open = false
	}
	inWord := false
	for at, r := range text {
		if r == '\n' {
			end(at)
			inWord = false
			continue
		}
		space := unicode.IsSpace(r)
		if !space && !inWord {
			out.words++
		}
		inWord = !space
		var b council.Box
		if i := int(offsets[at]); i < len(p.Boxes) && !space {
			b = p.Boxes[i]
		}
		drawn := b.X1 > b.X0 && b.Y1 > b.Y0
		if open && drawn && cur.placed() && below(cur, b) && len(out.lines) < mostLines {
			end(at) // the second half of a word that a line end has torn
		}
		if !open {
			if len(out.lines) >= mostLines {
				cur, open = out.lines[mostLines-1], true
				out.lines = out.lines[:mostLines-1]
			} else {
				cur, open = line{from: int32(at)}, true
			}
		}
		if drawn {
			if cur.placed() && b.X0-right > 3*(b.Y1-b.Y0) && b.Y1-b.Y0 > 1 {
				cur.wide = true
			}
			cur.grow(b)
			right = b.X1
		}
	}
	end(len(text))
	d.pages = append(d.pages, out)
}

// body is the page's text without its running head and foot and without letters that nobody sees.
func body(p council.PageText) (text string, offsets []int32) {
	p.Furniture = slices.Clone(p.Furniture)
	for i := range p.Furniture {
		p.Furniture[i].Kind = council.RunningAgain // on its first page as well
	}
	return pagetext.Shown(p)
}

// below: the letter stands lower than the line, and not beside it.
func below(l line, b council.Box) bool {
	return b.Y1 < l.y0+0.3*(l.y1-l.y0) && b.X0 < l.x1
}

func (l *line) grow(b council.Box) {
	if !l.placed() {
		l.x0, l.y0, l.x1, l.y1 = b.X0, b.Y0, b.X1, b.Y1
		return
	}
	l.x0, l.y0, l.x1, l.y1 = min(l.x0, b.X0), min(l.y0, b.Y0), max(l.x1, b.X1), max(l.y1, b.Y1)
}

func (p *page) lineText(l line) string { return p.text[l.from:l.to] }

// firstRune and lastRune are utf8.RuneError for an empty text.
func firstRune(s string) rune { r, _ := utf8.DecodeRuneInString(s); return r }
func lastRune(s string) rune  { r, _ := utf8.DecodeLastRuneInString(s); return r }
