package german

import (
	"slices"
	"strings"

	"ris/search"
)

// Marker is Marks as the contract's search.Marker.
type Marker struct{}

// Marks implements search.Marker.
func (Marker) Marks(query, text string) []search.Range { return Marks(query, text) }

// Marks returns where the words of a query stand in a text: byte ranges in order, without overlaps. A word is marked where its
// stem stands, alone or in a compound (Part: only that part is the range); the last word also where a longer word begins
// with it; a phrase as one range. Only a word that stands nowhere in this text is looked for with misspellings.
func Marks(query, text string) []search.Range {
	var out []search.Range
	for _, m := range match(Parse(query), text) {
		out = append(out, m.Range)
	}
	return out
}

// matched is a range and the clause it answers.
type matched struct {
	search.Range
	clause int
}

func match(clauses []Clause, text string) []matched {
	tokens := Analyse(text)
	var all []matched
	for i, c := range clauses {
		hits := phraseRanges(c, tokens)
		if !c.Phrase() {
			hits = wordRanges(c, tokens, text)
		}
		for _, r := range hits {
			all = append(all, matched{r, i})
		}
	}
	// the longer range wins where two begin together; what overlaps a range already taken goes
	slices.SortStableFunc(all, func(a, b matched) int {
		if a.Start != b.Start {
			return a.Start - b.Start
		}
		return b.End - a.End
	})
	out := all[:0]
	end := 0
	for _, m := range all {
		if m.Start >= end {
			out = append(out, m)
			end = m.End
		}
	}
	return out
}

func wordRanges(c Clause, tokens []Token, text string) []search.Range {
	terms := append(c.Completions(), c.Terms[0])
	var out []search.Range
	for _, t := range tokens {
		if slices.Contains(terms, t.Term) || c.Open && len(c.Fold) >= 2 && !t.Special && continues(c, t, text) {
			out = append(out, search.Range{Start: t.Start, End: t.End, Part: t.Part})
		}
	}
	if len(out) == 0 {
		out = pieces(c.Parts(), tokens)
	}
	if n := c.Misspellings(); len(out) == 0 && n > 0 {
		for _, t := range tokens {
			if !t.Special && t.Term[0] == c.Terms[0][0] && Distance(t.Term, c.Terms[0], n) <= n {
				out = append(out, search.Range{Start: t.Start, End: t.End, Part: t.Part})
			}
		}
	}
	return out
}

// pieces are the parts of a compound where the text says them in several words; none unless all stand there.
func pieces(parts []string, tokens []Token) []search.Range {
	met := map[string]bool{}
	var out []search.Range
	for _, t := range tokens {
		if slices.Contains(parts, t.Term) {
			met[t.Term] = true
			out = append(out, search.Range{Start: t.Start, End: t.End, Part: t.Part})
		}
	}
	for _, p := range parts {
		if !met[p] {
			return nil
		}
	}
	return out
}

// continues: the token's term, or the word as written, begins with what was typed.
func continues(c Clause, t Token, text string) bool {
	return strings.HasPrefix(t.Term, c.Fold) || strings.HasPrefix(t.Term, c.Terms[0]) && strings.HasPrefix(Fold(text[t.Start:t.End]), c.Fold)
}

func phraseRanges(c Clause, tokens []Token) []search.Range {
	if !c.Phrase() {
		return nil
	}
	var words []Token // whole words in order of position
	for _, t := range tokens {
		if !t.Part && !t.Special {
			words = append(words, t)
		}
	}
	var out []search.Range
	for i, first := range words {
		if first.Term != c.Terms[0] {
			continue
		}
		end, k := first.End, i+1
		for _, term := range c.Terms[1:] {
			want := words[k-1].Position + 1
			for k < len(words) && (words[k].Position < want || words[k].Position == want && words[k].Term != term) {
				k++
			}
			if k == len(words) || words[k].Position != want {
				end = -1
				break
			}
			end = words[k].End
			k++
		}
		if end > 0 {
			out = append(out, search.Range{Start: first.Start, End: end})
		}
	}
	return out
}

// Distance is the number of letters to insert, drop, change or swap with a neighbour to make b of a; more than max gives max+1.
func Distance(a, b string, max int) int {
	x, y := []rune(a), []rune(b)
	if d := len(x) - len(y); d > max || -d > max {
		return max + 1
	}
	before, last, now := make([]int, len(y)+1), make([]int, len(y)+1), make([]int, len(y)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(x); i++ {
		now[0] = i
		least := i
		for j := 1; j <= len(y); j++ {
			cost := 1
			if x[i-1] == y[j-1] {
				cost = 0
			}
			now[j] = min(last[j]+1, now[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				now[j] = min(now[j], before[j-2]+1)
			}
			least = min(least, now[j])
		}
		if least > max {
			return max + 1
		}
		before, last, now = last, now, before
	}
	return min(last[len(y)], max+1)
}
