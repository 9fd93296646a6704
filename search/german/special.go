package german

import (
	"fmt"
	"strconv"
	"strings"
)

// found is a special token that starts at a word: its term, its last byte, and the index of the last word it covers.
// Terms begin with z and a letter for the kind and end with zz: closed, so that neither a prefix nor a misspelling runs on.
type found struct {
	term string
	end  int
	last int
}

// finds gives the special tokens that start at word i, the most specific one first. The index takes all, a query the first.
func finds(text string, raws []raw, i int) []found {
	if raws[i].number {
		if out := dates(text, raws, i); out != nil {
			return append(out, paperNumbers(text, raws, i)...)
		}
		if f, ok := amount(text, raws, i); ok {
			return []found{f}
		}
		return paperNumbers(text, raws, i)
	}
	if referenceKind(text, raws, i) != 0 {
		return paragraphs(text, raws, i, false)
	}
	if f, ok := monthYear(text, raws, i); ok {
		return []found{f}
	}
	return paperNumbers(text, raws, i)
}

// dates: 3.4.2026, 03.04.26, 3. April 2026, 3. Apr. 2026, 2026-04-03: one token for the day, one for the month.
func dates(text string, raws []raw, i int) []found {
	if i+2 >= len(raws) || !raws[i+2].number {
		return nil
	}
	at := func(k int) string { return text[raws[k].start:raws[k].end] }
	a, b, c := at(i), at(i+1), at(i+2)
	var day, month, year int
	switch {
	case len(a) == 4 && len(b) == 2 && len(c) == 2 && raws[i+1].number && tight(text, raws, i, "-") && tight(text, raws, i+1, "-"):
		year, month, day = number(a), number(b), number(c)
	case len(a) <= 2 && len(b) <= 2 && raws[i+1].number && dotted(text, raws, i) && dotted(text, raws, i+1):
		day, month, year = number(a), number(b), number(c)
	case len(a) <= 2 && !raws[i+1].number && near(text, raws, i) && near(text, raws, i+1):
		day, month, year = number(a), months[Fold(b)], number(c)
	default:
		return nil
	}
	if year < 100 && len(c) == 2 {
		year += 2000
		if year >= 2070 {
			year -= 100
		}
	}
	if day < 1 || day > 31 || month < 1 || month > 12 || year < 1000 || year > 2999 {
		return nil
	}
	end := raws[i+2].end
	return []found{{fmt.Sprintf("zd%04d%02d%02dzz", year, month, day), end, i + 2}, {fmt.Sprintf("zd%04d%02dzz", year, month), end, i + 2}}
}

// monthYear: "März 2026", "Mrz. 2026".
func monthYear(text string, raws []raw, i int) (found, bool) {
	if i+1 >= len(raws) || !raws[i+1].number || raws[i+1].end-raws[i+1].start != 4 || !near(text, raws, i) {
		return found{}, false
	}
	m := months[Fold(text[raws[i].start:raws[i].end])]
	if m == 0 {
		return found{}, false
	}
	return found{fmt.Sprintf("zd%s%02dzz", text[raws[i+1].start:raws[i+1].end], m), raws[i+1].end, i + 1}, true
}

// amount: 1.250.000 is the number 1250000.
func amount(text string, raws []raw, i int) (found, bool) {
	s := text[raws[i].start:raws[i].end]
	if len(s) > 3 || i > 0 && tight(text, raws, i-1, ".,") && raws[i-1].number {
		return found{}, false
	}
	k := i
	for tight(text, raws, k, ".") && raws[k+1].number && raws[k+1].end-raws[k+1].start == 3 {
		k++
		s += text[raws[k].start:raws[k].end]
	}
	if k == i {
		return found{}, false
	}
	return found{trimZeros(s), raws[k].end, k}, true
}

// paperNumbers: pieces tied by / - _ of which at least two are numbers and at least one tie is a slash: V/2026/0123-1.
// All contiguous forms of it are found: with or without kind and suffix, with or without leading zeros.
func paperNumbers(text string, raws []raw, i int) []found {
	if !tight(text, raws, i, "/-_") || i > 0 && !raws[i-1].paragraph && tight(text, raws, i-1, "/-_") {
		return nil // not tied, or found already at its first piece
	}
	k, slash, numbers := i, false, 0
	var pieces []string
	for ; ; k++ {
		piece := text[raws[k].start:raws[k].end]
		if raws[k].paragraph || len(piece) > 10 || !raws[k].number && len(piece) > 5 {
			return nil
		}
		if raws[k].number {
			piece = trimZeros(piece)
			numbers++
		} else {
			piece = Fold(piece)
		}
		pieces = append(pieces, piece)
		if !tight(text, raws, k, "/-_") || len(pieces) == 6 {
			break
		}
		slash = slash || text[raws[k].end] == '/'
	}
	if !slash || numbers < 2 {
		return nil
	}
	out := []found{{"zn" + strings.Join(pieces, "z") + "zz", raws[k].end, k}}
	for from := range pieces {
		for to := from + 2; to <= len(pieces); to++ {
			if to-from < len(pieces) && countNumbers(raws[i+from:i+to]) >= 2 {
				out = append(out, found{"zn" + strings.Join(pieces[from:to], "z") + "zz", raws[k].end, k})
			}
		}
	}
	return out
}

func countNumbers(rs []raw) (n int) {
	for _, r := range rs {
		if r.number {
			n++
		}
	}
	return n
}

func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return -1
	}
	return n
}

// near: only dots and blanks stand between word i and the next, at most three bytes.
func near(text string, raws []raw, i int) bool {
	if i+1 >= len(raws) {
		return false
	}
	gap := text[raws[i].end:raws[i+1].start]
	return len(gap) <= 3 && strings.Trim(gap, ". \u00a0\n") == ""
}

// dotted: a dot, and perhaps a blank, stands between word i and the next.
func dotted(text string, raws []raw, i int) bool {
	return near(text, raws, i) && text[raws[i].end] == '.'
}
