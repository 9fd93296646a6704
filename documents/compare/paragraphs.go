package compare

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// segment is a stretch of a page's text: bytes [from, to) of the page with this index.
type segment struct{ page, from, to int32 }

// marker is how a paragraph of a statute, a list or an agenda begins.
var marker = regexp.MustCompile(`^\s*(§+ ?\d|Art(ikel|\.) ?\d|\(\d{1,2}[a-z]?\) |\d{1,2}([.]\d{1,2})*[.)] |\d{1,2}([.]\d{1,2})+ |[a-z]{1,2}\) |[–•▪●·*-] |TOP \d)`)

// paragraphs are the document's, each as its segments. Running heads and feet are left out, and a paragraph goes on over them.
func (d *Document) paragraphs() (out [][]segment) {
	var last line // of the paragraph that is open
	var lastText string
	tight := d.tightest()
	for n := range d.pages {
		p := &d.pages[n]
		gap, right := p.shape()
		if tight >= 0 {
			gap = min(gap, tight+1)
		}
		first := true
		for _, l := range p.lines {
			if l.furniture || strings.TrimSpace(p.lineText(l)) == "" {
				continue
			}
			text := p.lineText(l)
			seg := segment{int32(n), l.from, l.to}
			var begins bool
			switch {
			case len(out) == 0:
				begins = true
			case first:
				begins = newOnNextPage(last, lastText, l, text)
			default:
				begins = newParagraph(last, lastText, l, text, gap, right)
			}
			if begins {
				out = append(out, []segment{seg})
			} else if para := out[len(out)-1]; para[len(para)-1].page == seg.page && strings.TrimSpace(p.text[para[len(para)-1].to:seg.from]) == "" {
				para[len(para)-1].to = seg.to
			} else {
				out[len(out)-1] = append(para, seg)
			}
			last, lastText, first = l, text, false
		}
	}
	return out
}

// tightest is the distance between lines inside paragraphs, in points: on a page of headings and short paragraphs there may be none. -1 =
// the document has no lines to tell.
func (d *Document) tightest() float32 {
	var gaps []float32
	for n := range d.pages {
		lines := d.pages[n].lines
		for i := 1; i < len(lines) && len(gaps) < 100_000; i++ {
			a, b := lines[i-1], lines[i]
			if g := a.y0 - b.y1; !a.furniture && !b.furniture && a.placed() && b.placed() && g > -3 && g < 40 && a.x1-a.x0 > 100 {
				gaps = append(gaps, g)
			}
		}
	}
	if len(gaps) == 0 {
		return -1
	}
	slices.Sort(gaps)
	return gaps[len(gaps)/10]
}

// shape is the usual distance between two lines of the page and its right margin, in points.
func (p *page) shape() (gap, right float32) {
	var gaps, ends []float32
	for i, l := range p.lines {
		if l.furniture || !l.placed() {
			continue
		}
		ends = append(ends, l.x1)
		if i > 0 && p.lines[i-1].placed() {
			if g := p.lines[i-1].y0 - l.y1; g > -5 && g < 40 {
				gaps = append(gaps, g)
			}
		}
	}
	slices.Sort(gaps)
	slices.Sort(ends)
	if len(gaps) > 0 {
		gap = gaps[len(gaps)/3] // most gaps are those inside paragraphs
	}
	if len(ends) > 0 {
		right = ends[len(ends)*9/10]
	}
	return gap, right
}

func newParagraph(a line, before string, b line, text string, gap, right float32) bool {
	if endsInHyphen(before) && startsLower(text) {
		return false
	}
	if a.wide || b.wide || marker.MatchString(text) {
		return true
	}
	if !a.placed() || !b.placed() {
		return false
	}
	if marker.MatchString(before) && a.x1-a.x0 < 0.6*(right-a.x0) && !endsSentence(before) && !startsLower(text) {
		return true // "§ 1 Geltungsbereich" stands above its text
	}
	high := max(a.y1-a.y0, b.y1-b.y0)
	between := a.y0 - b.y1
	switch {
	case between < -1.5*high: // upwards: another column
		return newOnNextPage(a, before, b, text)
	case between > gap+0.45*high:
		return true
	case ratio(a.y1-a.y0, b.y1-b.y0) > 1.35 && min(len(before), len(text)) > 12: // another size of letters
		return true
	case a.x1 < right-0.12*(right-a.x0) && endsSentence(before) && !startsLower(text):
		return true // it ended before the margin
	}
	return false
}

// newOnNextPage: the paragraph goes on when the line before did not end a sentence or the next begins small.
func newOnNextPage(a line, before string, b line, text string) bool {
	if a.wide || b.wide || marker.MatchString(text) {
		return true
	}
	if startsLower(text) {
		return false
	}
	return endsSentence(before) || ratio(a.y1-a.y0, b.y1-b.y0) > 1.35 || a.x1-a.x0 < 0.6*(b.x1-b.x0)
}

func ratio(a, b float32) float32 {
	if a <= 0 || b <= 0 {
		return 1
	}
	return max(a/b, b/a)
}

func endsSentence(s string) bool {
	return strings.ContainsRune(".:;!?", lastRune(strings.TrimRight(s, " \t\"“”»«)")))
}

func endsInHyphen(s string) bool { return strings.HasSuffix(strings.TrimRight(s, " "), "-") }

func startsLower(s string) bool { return unicode.IsLower(firstRune(strings.TrimLeft(s, " \t"))) }
