package trace

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// spelling takes letters that the alphabet leaves out, or that are drawn alike, for what they must be (Crockford's rule), and the
// dashes and signs that text recognition makes of a hyphen.
var spelling = strings.NewReplacer("O", "0", "I", "1", "L", "1", "|", "1", "!", "1", "U", "V", "$", "S", "§", "S", "€", "E", "£", "E", "–", "-", "—", "-", "~", "-", "_", "-", "=", "-")

var (
	codePattern = regexp.MustCompile(`^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$`)
	// loosePattern finds what can be a code in recognised text: two groups of four and something between them. One letter of a group
	// may have been read twice ("I1" for a 1).
	loosePattern = regexp.MustCompile(`(?:^|[^0-9A-Z|!$§€£])([0-9A-Z|!$§€£]{4,5})\s?[-–—~_=]\s?([0-9A-Z|!$§€£]{4,5})(?:$|[^0-9A-Z|!$§€£])`)
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
			for _, first := range groups(line[m[2]:m[3]]) {
				for _, second := range groups(line[m[4]:m[5]]) {
					if code := Spelled(first + "-" + second); code != "" {
						codes = append(codes, code)
					}
				}
			}
			line = line[m[3]:]
		}
	}
	return codes
}

// groups gives what a group of a code can be: itself, or when it has a letter too many, itself without one that stands there twice.
func groups(read string) (out []string) {
	letters := []rune(spelling.Replace(read))
	if len(letters) == 4 {
		return []string{read}
	}
	for i := 1; i < len(letters); i++ {
		if letters[i] == letters[i-1] {
			out = append(out, string(letters[:i])+string(letters[i+1:]))
		}
	}
	return slices.Compact(out)
}

// upright are signs that a text was read the right way up: the date of a mark, the word of a non-public paper, an account.
var upright = regexp.MustCompile(`\d\d?\s?\.\s?\d\d?\s?\.\s?20\d\d|NICHT|FFENTLI|@`)

// Upright reports whether a recognised text of a mark stands the right way up: a code can also be read out of one that does not.
func Upright(text string) bool { return upright.MatchString(text) }

// alike are letters that text recognition takes for each other in bold, blurred print.
var alike = []string{"0DGQ", "8BS6", "5S", "2Z", "17T", "VY", "WVN", "XK", "HNM", "CG", "4A", "1J", "MR"}

func looksLike(a, b byte) bool {
	for _, group := range alike {
		if strings.IndexByte(group, a) >= 0 && strings.IndexByte(group, b) >= 0 {
			return true
		}
	}
	return false
}

// A code read from a picture may differ from the ledger's in one letter, and in letters that look alike, in three altogether.
const (
	mostWrong = 1
	mostOther = 3
)

// comesNear reports whether the code can have been read as read.
func comesNear(code, read string) bool {
	if len(code) != len(read) {
		return false
	}
	wrong, other := 0, 0
	for i := range len(code) {
		if code[i] == read[i] {
			continue
		}
		if other++; !looksLike(code[i], read[i]) {
			wrong++
		}
	}
	return wrong <= mostWrong && other <= mostOther
}

// neighbours counts the codes that come near a code as read, itself included.
func neighbours(read string) float64 {
	// ways[w][o]: choices for the letters so far with w wrong and o other letters
	var ways [mostWrong + 1][mostOther + 1]float64
	ways[0][0] = 1
	for i := range len(read) {
		if read[i] == '-' {
			continue
		}
		like := 0.0
		for k := range len(alphabet) {
			if alphabet[k] != read[i] && looksLike(alphabet[k], read[i]) {
				like++
			}
		}
		next := ways
		for w := range ways {
			for o := range mostOther {
				next[w][o+1] += ways[w][o] * like
				if w < mostWrong {
					next[w+1][o+1] += ways[w][o] * (float64(len(alphabet)) - 1 - like)
				}
			}
		}
		ways = next
	}
	sum := 0.0
	for _, row := range ways {
		for _, n := range row {
			sum += n
		}
	}
	return sum
}

const digestBytes = 12

// leastLetters is how many letters a page must have to be told from others by its text.
const leastLetters = 20

// Digest stands for the letters and digits of a page, whatever blanks, line ends, signs and order a program gives them when it writes
// it anew: it is made of how often each occurs. 24 hex digits, or "" when there are too few letters to tell pages apart.
func Digest(text string) string {
	counts, sum := map[rune]int{}, 0
	for _, r := range text {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			counts[unicode.ToLower(r)]++
			sum++
		}
	}
	if sum < leastLetters {
		return ""
	}
	h := sha256.New()
	for _, r := range slices.Sorted(maps.Keys(counts)) {
		_, _ = fmt.Fprintf(h, "%d %d\n", r, counts[r]) // a hash takes everything
	}
	return hex.EncodeToString(h.Sum(nil)[:digestBytes])
}
