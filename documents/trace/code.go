package trace

import (
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"strings"
	"unicode"
)

// spelling takes letters that the alphabet leaves out, or that are drawn alike, for what they must be (Crockford's rule), and the
// dashes and signs that text recognition makes of a hyphen.
var spelling = strings.NewReplacer("O", "0", "I", "1", "L", "1", "|", "1", "!", "1", "U", "V", "$", "S", "§", "S", "€", "E", "£", "E", "–", "-", "—", "-", "~", "-", "_", "-", "=", "-")

var (
	codePattern = regexp.MustCompile(`^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$`)
	// loosePattern finds what can be a code in recognised text: two groups of four and something between them.
	loosePattern = regexp.MustCompile(`(?:^|[^0-9A-Z|!$§€£])([0-9A-Z|!$§€£]{4})\s?[-–—~_=]\s?([0-9A-Z|!$§€£]{4})(?:$|[^0-9A-Z|!$§€£])`)
)

// Spelled is the code as it is written in the ledger, or "" when s is none: "7k3m–q9xa" and "7K3MQ9XA" are "7K3M-Q9XA".
func Spelled(s string) string {
	s = spelling.Replace(strings.ToUpper(strings.Join(strings.Fields(s), "")))
	if len(s) == 8 {
		s = s[:4] + "-" + s[4:]
	}
	if !codePattern.MatchString(s) {
		return ""
	}
	return s
}

// FindCodes gives all codes in a text that was read from a mark, in their order. A date ("1121-2026" after misreading) cannot be told
// from a code: the ledger does.
func FindCodes(text string) (codes []string) {
	for line := range strings.SplitSeq(text, "\n") {
		line = strings.ToUpper(line)
		for {
			m := loosePattern.FindStringSubmatchIndex(line)
			if m == nil {
				break
			}
			if code := Spelled(line[m[2]:m[3]] + "-" + line[m[4]:m[5]]); code != "" {
				codes = append(codes, code)
			}
			line = line[m[3]:]
		}
	}
	return codes
}

// distance counts the letters in which two codes differ.
func distance(a, b string) int {
	if len(a) != len(b) {
		return max(len(a), len(b))
	}
	n := 0
	for i := range len(a) {
		if a[i] != b[i] {
			n++
		}
	}
	return n
}

const digestBytes = 12

// leastLetters is how many letters a page must have to be told from others by its text.
const leastLetters = 20

// Digest stands for the letters and digits of a page, whatever blanks, line ends and signs a program adds when it writes it anew; 24
// hex digits, or "" when there are too few letters to tell pages apart.
func Digest(text string) string {
	n, h := 0, sha256.New()
	for _, r := range text {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			n++
			h.Write([]byte(string(unicode.ToLower(r))))
		}
	}
	if n < leastLetters {
		return ""
	}
	return hex.EncodeToString(h.Sum(nil)[:digestBytes])
}
