package pagetext

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"ris/app/council"
)

// LineHyphen stands for a hyphen at a line end in council.PageText.Text; no line break need follow it.
const LineHyphen = '\u0002'

// Join makes the text of a whole page: words that a line end has torn are whole again, ligatures are letters, soft hyphens and
// control characters are gone. offsets has len(text)+1 entries: the letter (rune index into p.Text and p.Boxes) from which
// each byte of text comes; the last entry is the number of letters. So bytes [a, b) of text stand on the letters
// offsets[a] .. offsets[b-1], both included; a torn word's hyphen lies between them and is marked with it.
func Join(p council.PageText) (text string, offsets []int32) {
	return join([]rune(p.Text), nil)
}

// Shown is Join without what must not be found or quoted: headers and footers on pages after their first, page numbers, and
// letters that nobody sees. Index, snippets and marks are all made of it, so that they agree.
func Shown(p council.PageText) (text string, offsets []int32) {
	letters := []rune(p.Text)
	if len(p.Furniture) == 0 && len(p.Hidden) == 0 {
		return join(letters, nil)
	}
	out := make([]bool, len(letters))
	leave := func(r council.LetterRange) {
		for i := max(0, r.Start); i < min(r.End, len(out)); i++ {
			out[i] = true
		}
	}
	for _, f := range p.Furniture {
		if f.Kind != council.RunningFirst {
			leave(f.LetterRange)
		}
	}
	for _, h := range p.Hidden {
		leave(h)
	}
	return join(letters, out)
}

// joiner puts letters together; out are those left out.
type joiner struct {
	letters []rune
	out     []bool
	text    strings.Builder
	offsets []int32
}

func join(letters []rune, out []bool) (string, []int32) {
	j := &joiner{letters: letters, out: out, offsets: make([]int32, 0, len(letters)+len(letters)/16+1)}
	j.text.Grow(len(letters) + len(letters)/16)
	for i := 0; i < len(letters); i++ {
		if j.left(i) {
			if j.text.Len() > 0 && !j.left(i+1) {
				j.put("\n", i) // what was left out parts what stands around it
			}
			continue
		}
		switch r := letters[i]; {
		case r == LineHyphen, r == '\u00ad', isHyphen(r) && j.endsLine(i):
			i = j.hyphen(i)
		case r == '\ufeff' || r == '\u200b':
		case r >= 0xfb00 && r <= 0xfb06:
			j.put(ligatures[r-0xfb00], i)
		case r == '\n' || r == '\t':
			j.put(string(r), i)
		case r == '\ufffe' || r == '\uffff' || unicode.IsControl(r):
			j.put(" ", i)
		default:
			var b [utf8.UTFMax]byte
			j.put(string(b[:utf8.EncodeRune(b[:], r)]), i)
		}
	}
	return j.text.String(), append(j.offsets, int32(len(letters)))
}

func (j *joiner) left(i int) bool { return j.out != nil && i < len(j.out) && j.out[i] }

func (j *joiner) put(s string, letter int) {
	j.text.WriteString(s)
	for range len(s) {
		j.offsets = append(j.offsets, int32(letter))
	}
}

var ligatures = [7]string{"ff", "fi", "fl", "ffi", "ffl", "st", "st"}

func isHyphen(r rune) bool { return r == '-' || r == '\u2010' }

// endsLine: a written hyphen after a letter or digit, with a line break behind it.
func (j *joiner) endsLine(i int) bool {
	return i > 0 && i+1 < len(j.letters) && isBreak(j.letters[i+1]) && (unicode.IsLetter(j.letters[i-1]) || unicode.IsDigit(j.letters[i-1]))
}

func isBreak(r rune) bool { return r == '\n' || r == '\r' }

// hyphen works the hyphen at i and returns the last letter that went with it.
func (j *joiner) hyphen(i int) int {
	at := i + 1
	for at < len(j.letters) && at <= i+2 && isBreak(j.letters[at]) {
		at++
	}
	soft := j.letters[i] == '\u00ad'
	if soft && at == i+1 {
		return i // a place where the word may be torn, and is not
	}
	if at >= len(j.letters) || j.left(at) { // its other half is not here
		if !soft {
			j.put("-", i)
		}
		return i
	}
	next := j.letters[at]
	switch {
	case soft && unicode.IsLetter(next), !soft && joins(j.letters, i, at):
		return at - 1
	case isConjunction(j.letters[at:]):
		j.put("- ", i)
		return at - 1
	case unicode.IsLetter(next) || unicode.IsDigit(next):
		j.put("-", i)
		return at - 1 // a compound with a written hyphen goes on in the next line
	}
	j.put("-", i)
	return i
}

// joins decides whether the hyphen only tore the word. German tears words before a small letter; a capital or a digit after
// it means a written hyphen (Nord-Süd, 2024-2025) unless the whole word is in capitals; "Haupt- und" is two words. A hyphen
// after a number, an abbreviation in capitals or a single letter was written (100-jährig, EU-weit, E-Mail).
func joins(l []rune, hyphen, at int) bool {
	if at >= len(l) || isConjunction(l[at:]) {
		return false
	}
	before := wordBefore(l, hyphen)
	switch r := l[at]; {
	case unicode.IsLower(r):
		return len(before) >= 2 && !unicode.IsDigit(before[len(before)-1]) && !(unicode.IsUpper(before[len(before)-1]) && unicode.IsUpper(before[len(before)-2]))
	case unicode.IsUpper(r):
		return len(before) >= 2 && allUpper(before) && at+1 < len(l) && unicode.IsUpper(l[at+1])
	case unicode.IsLetter(r):
		return true // scripts without capitals
	default:
		return false
	}
}

// wordBefore are the letters and digits that end before index i.
func wordBefore(l []rune, i int) []rune {
	start := i
	for start > 0 && (unicode.IsLetter(l[start-1]) || unicode.IsDigit(l[start-1]) || l[start-1] == '\u00ad') {
		start--
	}
	return l[start:i]
}

func allUpper(l []rune) bool {
	for _, r := range l {
		if !unicode.IsUpper(r) {
			return false
		}
	}
	return true
}

func isConjunction(l []rune) bool {
	for _, w := range []string{"und", "oder", "bzw", "sowie", "beziehungsweise", "noch", "bis", "and", "or"} {
		n := len(w) // all ASCII
		if len(l) > n && string(l[:n]) == w && !unicode.IsLetter(l[n]) {
			return true
		}
	}
	return false
}
