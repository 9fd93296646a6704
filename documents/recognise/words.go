package recognise

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// word is what tesseract read at one place of the picture.
type word struct {
	text       string
	box        pixelBox
	confidence float64 // percent
	line       int     // words of one line have the same
}

const (
	leastConfidence = 25 // percent: below it is noise of pictures, stamps and folds
	leastOfSigns    = 70 // the same for words without a letter or digit
	mostWords       = 20_000
)

// readWords reads tesseract's table (tsv: level page block par line word left top width height conf text) and leaves the noise out.
func readWords(tsv string) []word {
	var out []word
	line, last := 0, ""
	for row := range strings.SplitSeq(tsv, "\n") {
		f := strings.SplitN(strings.TrimRight(row, "\r"), "\t", 12)
		if len(f) < 12 || f[0] != "5" || len(out) >= mostWords {
			continue
		}
		text := clean(f[11])
		confidence, err := strconv.ParseFloat(f[10], 64)
		if err != nil || text == "" || confidence < leastConfidence || !strings.ContainsFunc(text, spoken) && confidence < leastOfSigns {
			continue
		}
		var n [4]float64
		ok := true
		for i := range n {
			v, err := strconv.Atoi(f[6+i])
			n[i], ok = float64(v), ok && err == nil && v >= 0 && v < 1_000_000
		}
		if !ok || n[2] < 1 || n[3] < 1 {
			continue
		}
		if at := strings.Join(f[1:5], "."); at != last {
			line, last = line+1, at
		}
		out = append(out, word{text: text, box: pixelBox{n[0], n[1], n[0] + n[2], n[1] + n[3]}, confidence: min(100, confidence), line: line})
	}
	return out
}

func spoken(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

func clean(s string) string {
	if !utf8.ValidString(s) {
		return ""
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) || r == utf8.RuneError {
			return -1
		}
		return r
	}, s)
}

// quality is how much a reading is worth: letters times their confidence.
func quality(words []word) (sum, mean float64) {
	letters := 0
	for _, w := range words {
		n := utf8.RuneCountInString(w.text)
		letters += n
		sum += float64(n) * w.confidence
	}
	if letters == 0 {
		return 0, 0
	}
	return sum, sum / float64(letters)
}
