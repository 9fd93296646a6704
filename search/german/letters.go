package german

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// letters is a word in lower case and composed form, ß as ss, soft hyphens and foreign accents taken out.
// at[i] is the byte in the original text where letter i starts; at[len(r)] is the end of the word.
type letters struct {
	r  []rune
	at []int
}

func (l letters) String() string { return string(l.r) }

// spell reads a word as it stands in a text.
func spell(word string) letters {
	l := letters{r: make([]rune, 0, len(word)+1), at: make([]int, 0, len(word)+2)}
	for i, r := range word {
		switch {
		case r < utf8.RuneSelf:
			if 'A' <= r && r <= 'Z' {
				r += 'a' - 'A'
			}
			l.add(r, i)
		case r == 'ß' || r == 'ẞ':
			l.add('s', i)
			l.add('s', i)
		case r == 0x0308: // combining diaeresis: the decomposed form of an umlaut
			l.diaeresis()
		case r == 0x00AD || unicode.Is(unicode.Mn, r):
			// soft hyphens and other accents do not count
		default:
			r = unicode.ToLower(r)
			if r != 'ä' && r != 'ö' && r != 'ü' {
				if base, _ := utf8.DecodeRuneInString(norm.NFKD.String(string(r))); unicode.IsLetter(base) || unicode.IsDigit(base) {
					r = unicode.ToLower(base)
				}
			}
			l.add(r, i)
		}
	}
	l.at = append(l.at, len(word))
	return l
}

func (l *letters) add(r rune, at int) {
	l.r = append(l.r, r)
	l.at = append(l.at, at)
}

func (l *letters) diaeresis() {
	if n := len(l.r); n > 0 {
		switch l.r[n-1] {
		case 'a':
			l.r[n-1] = 'ä'
		case 'o':
			l.r[n-1] = 'ö'
		case 'u':
			l.r[n-1] = 'ü'
		}
	}
}

// umlauted is the same word with the digraphs ae, oe, ue read as umlauts where folding reads them so; ok is false when it
// has none. For compounds written on keyboards without umlauts ("Muehlenweg").
func (l letters) umlauted() (letters, bool) {
	out := letters{}
	found, state := false, consonant
	for i := 0; i < len(l.r); i++ {
		r := l.r[i]
		if state == open && r == 'e' {
			out.r[len(out.r)-1] = map[rune]rune{'a': 'ä', 'o': 'ö', 'u': 'ü'}[out.r[len(out.r)-1]]
			found, state = true, vowel
			continue
		}
		out.add(r, l.at[i])
		state = state.after(r)
	}
	out.at = append(out.at, l.at[len(l.r)])
	return out, found
}

// reading is the state of the fold: an e is taken for the second half of an umlaut only after an a, o or u that no other
// vowel or q stands before ("Quelle", "neue", "Steuer" keep their e).
type reading int

const (
	consonant reading = iota
	vowel
	open
)

func (s reading) after(r rune) reading {
	switch r {
	case 'a', 'o':
		return open
	case 'u':
		if s == consonant {
			return open
		}
		return vowel
	case 'e', 'i', 'q', 'y', 'ä', 'ö', 'ü':
		return vowel
	}
	return consonant
}

// fold makes ä, ae and a one letter (so for o and u).
func fold(rs []rune) string {
	out := make([]rune, 0, len(rs))
	state := consonant
	for _, r := range rs {
		if state == open && r == 'e' {
			state = vowel
			continue
		}
		state = state.after(r)
		switch r {
		case 'ä':
			r = 'a'
		case 'ö':
			r = 'o'
		case 'ü':
			r = 'u'
		}
		out = append(out, r)
	}
	return string(out)
}

// Fold gives the form of a single word in which spellings do not count: lower case, ä = ae = a, ß = ss.
func Fold(word string) string { return fold(spell(word).r) }
