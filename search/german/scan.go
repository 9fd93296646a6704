package german

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// raw is a stretch of letters and digits, or a paragraph sign (which has no position of its own).
type raw struct {
	start, end int
	position   int
	number     bool // digits only
	paragraph  bool // § or a word for it before a number
}

// scan cuts a text into words. A soft hyphen and combining accents belong to the word.
func scan(text string) []raw {
	out := make([]raw, 0, len(text)/7+1)
	position := 0
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		if r == '§' {
			out = append(out, raw{start: i, end: i + n, position: position + 1, paragraph: true})
			i += n
			continue
		}
		if !wordRune(r) {
			i += n
			continue
		}
		j, digits := i, true
		for j < len(text) {
			c := text[j]
			if c < utf8.RuneSelf {
				if 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' {
					digits = false
				} else if c < '0' || c > '9' {
					break
				}
				j++
				continue
			}
			r, n := utf8.DecodeRuneInString(text[j:])
			if !wordRune(r) && r != 0x00AD && !unicode.Is(unicode.Mn, r) {
				break
			}
			digits = false
			j += n
		}
		position++
		out = append(out, raw{start: i, end: j, position: position, number: digits})
		i = j
	}
	return out
}

func wordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

// hyphened joins words that hyphens tie ("Radweg-Ausbau", the second may be small: "E-Mail"), so that the spelling in one
// word finds them; i must be the first of them.
func hyphened(text string, raws []raw, i int) (term string, end int, ok bool) {
	if !tight(text, raws, i, "-") || i > 0 && tight(text, raws, i-1, "-") {
		return "", 0, false
	}
	var joined strings.Builder
	k := i
	for ; ; k++ {
		if raws[k].number || raws[k].paragraph {
			return "", 0, false
		}
		joined.WriteString(text[raws[k].start:raws[k].end])
		if !tight(text, raws, k, "-") {
			break
		}
	}
	if k == i || joined.Len() > 60 {
		return "", 0, false
	}
	return analysed(joined.String()).term, raws[k].end, true
}

// tight reports whether exactly one of the given characters stands between word i and the next.
func tight(text string, raws []raw, i int, chars string) bool {
	return i+1 < len(raws) && raws[i+1].start == raws[i].end+1 && strings.IndexByte(chars, text[raws[i].end]) >= 0
}

func trimZeros(s string) string {
	if t := strings.TrimLeft(s, "0"); t != "" {
		return t
	}
	return "0"
}

// isLaw reports whether a word is written like the abbreviation of a law: BauGB, BauNVO, GemO; or is a known one.
func isLaw(w string) bool {
	if len(w) < 2 || len(w) > 14 {
		return false
	}
	if laws[Fold(w)] {
		return true
	}
	upper := 0
	for i, r := range w {
		if !unicode.IsLetter(r) || i == 0 && !unicode.IsUpper(r) {
			return false
		}
		if unicode.IsUpper(r) {
			upper++
		}
	}
	return upper >= 2
}
