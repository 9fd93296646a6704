package compare

import (
	"errors"

	"ris/app/council"
)

// Compare finds what changed from old to new. It takes time and memory in proportion to their sizes; see Note for what happens to
// documents that are too large. Call Locate afterwards for the places.
func Compare(old, new *Document) *Difference {
	dropFurniture(old, new)
	by := granularity(old, new)
	v := &vocabulary{ids: map[string]int32{}}
	m := &matching{a: v.cut(old, by), b: v.cut(new, by)}
	v.ids = nil
	m.match()
	d := &Difference{OldPages: len(old.pages), NewPages: len(new.pages), OldWords: len(m.a.words), NewWords: len(m.b.words), Note: by}
	m.rows(d)
	m.describe(d)
	for j := range m.b.words {
		if m.inB[j] >= 0 || m.softB[j] {
			d.Same++
		}
	}
	d.Pairs = m.pairs()
	if by == "" && (d.OldWords == 0 || d.NewWords == 0) && d.OldPages+d.NewPages > 0 {
		d.Note = NoText
	}
	return d
}

func granularity(docs ...*Document) Note {
	by := Note("")
	for _, d := range docs {
		words, lines := 0, 0
		for i := range d.pages {
			words += d.pages[i].words
			lines += len(d.pages[i].lines)
		}
		switch {
		case lines > lineLimit:
			return ByPages
		case words > mostWords:
			by = ByLines
		}
	}
	return by
}

// matching is the comparison at work: for each word its partner on the other side, or -1.
type matching struct {
	a, b         *side
	toB, toA     []int32 // partners in order
	inB          []int32 // of words of b: partner, moved ones included; -1 = none
	moveA, moveB []int32 // number of the move (from 1) in which the word lies
	moves        []move
	softA, softB []bool // words that only a line end or a blank made different
}

func (m *matching) match() {
	a, b := idsOf(m.a.words), idsOf(m.b.words)
	m.toB, m.toA = unmatched(len(a)), unmatched(len(b))
	m.inB = unmatched(len(b))
	m.moveA, m.moveB = make([]int32, len(a)), make([]int32, len(b))
	m.softA, m.softB = make([]bool, len(a)), make([]bool, len(b))

	kept, left := inOrder(atParagraphs(m.a, m.b, anchors(a, b, 5)))
	takenA, takenB := make([]bool, len(a)), make([]bool, len(b))
	for _, r := range kept {
		m.pair(r)
		mark(takenA, span{r.a, r.a + r.n})
		mark(takenB, span{r.b, r.b + r.n})
	}
	m.take(moves(m.a, m.b, left, takenA, takenB), a, b)

	var fromA, fromB int32
	for _, r := range append(kept, run{int32(len(a)), int32(len(b)), 0}) {
		m.gap(a, b, span{fromA, r.a}, span{fromB, r.b})
		fromA, fromB = r.a+r.n, r.b+r.n
	}
	m.unlink()
	m.secondLook(a, b)
	m.tidy()
	copy(m.inB, m.toA)
	for n, mv := range m.moves {
		for _, r := range mv.inside {
			for i := range r.n {
				if m.moveB[r.b+i] == int32(n+1) {
					m.inB[r.b+i] = r.a + i
				}
			}
		}
	}
}

func idsOf(words []word) []int32 {
	out := make([]int32, len(words))
	for i, w := range words {
		out[i] = w.id
	}
	return out
}

func unmatched(n int) []int32 {
	out := make([]int32, n)
	for i := range out {
		out[i] = -1
	}
	return out
}

func (m *matching) pair(r run) {
	for i := range r.n {
		m.toB[r.a+i], m.toA[r.b+i] = r.b+i, r.a+i
	}
}

// take notes the blocks that moved and compares what is inside them.
func (m *matching) take(found []move, a, b []int32) {
	for _, mv := range found {
		mv.inside = nil
		align(a[mv.a.from:mv.a.to], b[mv.b.from:mv.b.to], func(r run) {
			mv.inside = append(mv.inside, run{mv.a.from + r.a, mv.b.from + r.b, r.n})
		})
		m.moves = append(m.moves, mv)
		n := int32(len(m.moves))
		for i := mv.a.from; i < mv.a.to; i++ {
			m.moveA[i] = n
		}
		for j := mv.b.from; j < mv.b.to; j++ {
			m.moveB[j] = n
		}
	}
}

// gap compares what lies between two stretches that hold, without the blocks that moved away from there or to it.
func (m *matching) gap(a, b []int32, inA, inB span) {
	rest := func(ids, moved []int32, s span) (words, at []int32) {
		for i := s.from; i < s.to; i++ {
			if moved[i] == 0 {
				words, at = append(words, ids[i]), append(at, i)
			}
		}
		return words, at
	}
	wordsA, atA := rest(a, m.moveA, inA)
	wordsB, atB := rest(b, m.moveB, inB)
	if len(wordsA) == 0 || len(wordsB) == 0 {
		return
	}
	align(wordsA, wordsB, func(r run) {
		for i := range r.n {
			x, y := atA[r.a+i], atB[r.b+i]
			m.toB[x], m.toA[y] = y, x
		}
	})
}

// secondLook finds blocks that moved among what is still without a partner: paragraphs whose stretches of words stand elsewhere in the
// document too, and short ones.
func (m *matching) secondLook(a, b []int32) {
	takenA, takenB := make([]bool, len(a)), make([]bool, len(b))
	loose := func(ids, to, moved []int32, taken []bool) (words, at []int32) {
		for i := range ids {
			if to[i] < 0 && moved[i] == 0 {
				words, at = append(words, ids[i]), append(at, int32(i))
			} else {
				taken[i] = true
			}
			if n := len(at); n > 0 && at[n-1] != int32(i) && words[n-1] >= 0 {
				words, at = append(words, -int32(i)-1), append(at, int32(i)) // a wall, equal to nothing
			}
		}
		return words, at
	}
	wordsA, atA := loose(a, m.toB, m.moveA, takenA)
	wordsB, atB := loose(b, m.toA, m.moveB, takenB)
	for i, w := range wordsB {
		if w < 0 {
			wordsB[i] = w - int32(len(a)) // other walls than those of a
		}
	}
	var runs []run
	for _, r := range anchors(wordsA, wordsB, 4) {
		runs = append(runs, run{atA[r.a], atB[r.b], r.n})
	}
	m.take(moves(m.a, m.b, runs, takenA, takenB), a, b)
}

var errSide = errors.New("the page is not in the document")

// Locate fills in where the changed words stand. load gives a page of the old or the new version (number from 1) once more; pages
// on which nothing changed are not asked for.
func (d *Difference) Locate(load func(old bool, page int) (council.PageText, error)) error {
	return d.locate(load)
}

// Texts compares two lists of pages that are in memory, places included.
func Texts(old, new []council.PageText) *Difference {
	var a, b Document
	for _, p := range old {
		a.Add(p)
	}
	for _, p := range new {
		b.Add(p)
	}
	d := Compare(&a, &b)
	_ = d.Locate(func(isOld bool, page int) (council.PageText, error) { // the pages are there: no error
		list := new
		if isOld {
			list = old
		}
		for _, p := range list {
			if p.Page == page {
				return p, nil
			}
		}
		return council.PageText{}, errSide
	})
	return d
}
