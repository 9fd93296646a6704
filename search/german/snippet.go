package german

import (
	"html"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Snippet cuts a stretch of about max characters (80 at least) out of a text, where the most words of the query stand close
// together, and marks them. The result is safe HTML: the text is escaped piece by piece and only then set between <mark> and
// </mark>, which are the only markup in it. Runs of blanks become one, "…" stands where something is left out. A text without
// a match gives its beginning.
func Snippet(query, text string, max int) string {
	if max < 80 {
		max = 80
	}
	marks := match(Parse(query), text)
	from, to := window(marks, text, max)
	var b strings.Builder
	if from > 0 {
		b.WriteString("… ")
	}
	pos := from
	for _, m := range marks {
		if m.Start < from || m.End > to {
			continue
		}
		b.WriteString(escape(text[pos:m.Start]))
		b.WriteString("<mark>")
		b.WriteString(escape(text[m.Start:m.End]))
		b.WriteString("</mark>")
		pos = m.End
	}
	b.WriteString(escape(text[pos:to]))
	if to < len(text) {
		b.WriteString(" …")
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

func escape(s string) string {
	return html.EscapeString(strings.Map(func(r rune) rune {
		if r == 0x00AD || r != '\n' && r != '\t' && unicode.IsControl(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "")))
}

// window chooses the bytes [from, to): the stretch that begins at a mark and covers the most different clauses, then the most
// marks, with some text before it; cut between words.
func window(marks []matched, text string, max int) (from, to int) {
	if len(marks) == 0 {
		return 0, forward(text, 0, max)
	}
	best, bestScore := 0, -1
	for i := range marks {
		end := forward(text, marks[i].Start, max*3/4)
		clauses := map[int]bool{}
		n := 0
		for _, m := range marks[i:] {
			if m.End > end {
				break
			}
			clauses[m.clause] = true
			n++
		}
		if score := len(clauses)*1000 + n; score > bestScore {
			best, bestScore = i, score
		}
	}
	from = backward(text, marks[best].Start, max/4)
	return from, larger(forward(text, from, max), marks[best].End)
}

func larger(a, b int) int { return max(a, b) }

// forward is the end of the last word that ends within n characters of from.
func forward(text string, from, n int) int {
	i := from
	for ; n > 0 && i < len(text); n-- {
		_, size := utf8.DecodeRuneInString(text[i:])
		i += size
	}
	if i >= len(text) {
		return len(text)
	}
	if cut := strings.LastIndexAny(text[from:i], " \n\t"); cut > 0 {
		return from + cut
	}
	return i
}

// backward is the start of the first word that starts within n characters before from.
func backward(text string, from, n int) int {
	i := from
	for ; n > 0 && i > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(text[:i])
		i -= size
	}
	if i == 0 {
		return 0
	}
	if cut := strings.IndexAny(text[i:from], " \n\t"); cut >= 0 {
		return i + cut + 1
	}
	return from
}
