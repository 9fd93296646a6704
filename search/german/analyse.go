package german

import (
	"sync"
	"sync/atomic"
)

// Token is one thing that can be found. Start and End are bytes of the text; Position counts words from 1, and all tokens of
// one word share it (phrases go by it). Part marks a run of parts of a compound. Special marks paper numbers, paragraphs,
// dates and amounts; they may span several words and stand at the position of the first.
type Token struct {
	Term       string
	Start, End int
	Position   int
	Part       bool
	Special    bool
}

// Analyse gives the tokens of a text, ordered by position.
func Analyse(text string) []Token {
	raw := scan(text)
	out := make([]Token, 0, len(raw)*3/2)
	for i, r := range raw {
		if r.paragraph {
			for _, f := range paragraphs(text, raw, i, false) {
				out = append(out, Token{f.term, r.start, f.end, r.position, false, true})
			}
			continue
		}
		for _, f := range finds(text, raw, i) {
			out = append(out, Token{f.term, r.start, f.end, r.position, false, true})
		}
		surface := text[r.start:r.end]
		if r.number {
			out = append(out, Token{trimZeros(surface), r.start, r.end, r.position, false, false})
			continue
		}
		w := analysed(surface)
		out = append(out, Token{w.term, r.start, r.end, r.position, false, false})
		for _, p := range w.parts {
			out = append(out, Token{p.term, r.start + p.start, r.start + p.end, r.position, true, false})
		}
		if whole, end, ok := hyphened(text, raw, i); ok {
			out = append(out, Token{whole, r.start, end, r.position, false, false})
		}
	}
	return out
}

// word is what the analysis says of one written form; bytes count from its start.
type word struct {
	term  string
	fold  string
	parts []run
}

type run struct {
	term       string
	start, end int
}

// single are the parts themselves, without the longer runs.
func (w *word) single() []string {
	var out []string
	for i, p := range w.parts {
		if i == 0 || w.parts[i-1].start != p.start { // the first run from each start is one part
			out = append(out, p.term)
		}
	}
	return out
}

// The forms met so far. Council texts repeat themselves: most words come from here. Emptied when full.
var (
	forms     sync.Map // string -> *word
	formCount atomic.Int64
)

const maxForms = 200_000

func analysed(surface string) *word {
	if v, ok := forms.Load(surface); ok {
		return v.(*word)
	}
	l := spell(surface)
	w := &word{term: stem(l.String()), fold: fold(l.r)}
	if w.term == "" {
		w.term = w.fold
	}
	if !isLaw(surface) {
		w.parts = runs(l)
	}
	if formCount.Add(1) > maxForms {
		forms.Clear()
		formCount.Store(0)
	}
	forms.Store(string([]byte(surface)), w) // a copy: the surface is a slice of a whole page
	return w
}

// runs are all contiguous runs of a compound's parts except the whole.
func runs(l letters) []run {
	s := Splitter{lexicon()}
	parts := s.split(l.r)
	if parts == nil {
		if u, ok := l.umlauted(); ok {
			l, parts = u, s.split(u.r)
		}
	}
	var out []run
	for i := range parts {
		for j := i; j < len(parts); j++ {
			if i == 0 && j == len(parts)-1 {
				continue
			}
			from, to := parts[i].from, parts[j].base
			out = append(out, run{stem(string(l.r[from:to])), l.at[from], l.at[to]})
		}
	}
	return out
}
