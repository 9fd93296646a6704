package pagetext

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"ris/app/council"
)

// LineHyphen stands for a hyphen at a line end in council.PageText.Text; no line break follows it.
const LineHyphen = '\u0002'

// Join makes the text for the index: words that a line end has torn are whole again, ligatures are letters, soft hyphens and
// control characters are gone. offsets has len(text)+1 entries: the letter (rune index into p.Text and p.Boxes) from which
// each byte of text comes; the last entry is the number of letters. So bytes [a, b) of text stand on the letters
// offsets[a] .. offsets[b-1], both included; a torn word's hyphen lies between them and is marked with it.
func Join(p council.PageText) (text string, offsets []int32) {
	letters := []rune(p.Text)
	var out strings.Builder
	out.Grow(len(p.Text))
	offsets = make([]int32, 0, len(p.Text)+1)
	put := func(s string, letter int) {
		out.WriteString(s)
		for range len(s) {
			offsets = append(offsets, int32(letter))
		}
	}
	for i := 0; i < len(letters); i++ {
		switch r := letters[i]; {
		case r == LineHyphen:
			if at := next(letters, i); at > i+1 && joins(letters, i, at) {
				i = at - 1 // a line break after the hyphen goes with it
			} else if !joins(letters, i, at) {
				put("-", i)
				if isConjunction(letters[at:]) {
					put(" ", i)
				}
			}
		case r == '\u00ad' || r == '\ufeff' || r == '\u200b':
		case r >= 0xfb00 && r <= 0xfb06:
			put(ligatures[r-0xfb00], i)
		case r == '\n' || r == '\t':
			put(string(r), i)
		case r == '\ufffe' || r == '\uffff' || unicode.IsControl(r):
			put(" ", i)
		default:
			var b [utf8.UTFMax]byte
			put(string(b[:utf8.EncodeRune(b[:], r)]), i)
		}
	}
	return out.String(), append(offsets, int32(len(letters)))
}

var ligatures = [7]string{"ff", "fi", "fl", "ffi", "ffl", "st", "st"}

// next is the index of the letter after the hyphen at i, skipping one line break.
func next(l []rune, i int) int {
	at := i + 1
	for at < len(l) && at <= i+2 && (l[at] == '\n' || l[at] == '\r') {
		at++
	}
	return at
}

// joins decides whether the hyphen only tore the word. German tears words before a small letter; a capital or a digit after
// it means a written hyphen (Nord-Süd, 2024-2025) unless the whole word is in capitals; "Haupt- und" is two words.
func joins(l []rune, hyphen, at int) bool {
	if at >= len(l) || isConjunction(l[at:]) {
		return false
	}
	switch r := l[at]; {
	case unicode.IsLower(r):
		return true
	case unicode.IsUpper(r):
		return hyphen >= 2 && unicode.IsUpper(l[hyphen-1]) && unicode.IsUpper(l[hyphen-2]) &&
			at+1 < len(l) && unicode.IsUpper(l[at+1])
	case unicode.IsLetter(r):
		return true // scripts without capitals
	default:
		return false
	}
}

func isConjunction(l []rune) bool {
	for _, w := range []string{"und", "oder", "bzw", "sowie", "beziehungsweise", "noch"} {
		n := len(w) // all ASCII
		if len(l) > n && string(l[:n]) == w && !unicode.IsLetter(l[n]) {
			return true
		}
	}
	return false
}

// Quads returns the rectangles that cover letters [start, end) of the page, one per line, in PDF points
// (x0, y0, x1, y1; origin bottom left, unrotated). Letters without a box are left out.
func Quads(p council.PageText, start, end int) [][4]float64 {
	var out [][4]float64
	for i := max(0, start); i < end && i < len(p.Boxes); i++ {
		b := p.Boxes[i]
		if !drawn(b) || b.X1 <= b.X0 {
			continue
		}
		q := [4]float64{float64(b.X0), float64(b.Y0), float64(b.X1), float64(b.Y1)}
		if n := len(out); n > 0 && sameLine(out[n-1], q) {
			l := &out[n-1]
			*l = [4]float64{min(l[0], q[0]), min(l[1], q[1]), max(l[2], q[2]), max(l[3], q[3])}
			continue
		}
		out = append(out, q)
	}
	return out
}

// sameLine holds when b continues the line of a: they share height, and b is not far to the left or right.
// Text that runs upwards (turned pages, margins of tables) is joined along the other axis.
func sameLine(a, b [4]float64) bool {
	wide := overlap(a[1], a[3], b[1], b[3]) > 0.4 && b[0] > a[0]-1 && b[0]-a[2] < 1.5*(b[3]-b[1])+2
	high := overlap(a[0], a[2], b[0], b[2]) > 0.8 && a[3]-a[1] > 1.3*(a[2]-a[0]) && gap(a[1], a[3], b[1], b[3]) < (b[2]-b[0])
	return wide || high
}

func overlap(a0, a1, b0, b1 float64) float64 {
	return (min(a1, b1) - max(a0, b0)) / max(0.1, min(a1-a0, b1-b0))
}

func gap(a0, a1, b0, b1 float64) float64 { return max(a0, b0) - min(a1, b1) }
