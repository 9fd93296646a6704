package compare

import (
	"cmp"
	"slices"
)

// run is a stretch of equal words: a[i] == b[j] for n words from there.
type run struct{ a, b, n int32 }

// shingles finds the places of stretches of k words that occur once; -1 = more often.
func shingles(s []int32, k int) map[uint64]int32 {
	if len(s) < k {
		return nil
	}
	out := make(map[uint64]int32, len(s)-k+1)
	for i := range len(s) - k + 1 {
		h := mix(s[i : i+k])
		if _, twice := out[h]; twice {
			out[h] = -1
		} else {
			out[h] = int32(i)
		}
	}
	return out
}

func mix(s []int32) uint64 {
	h := uint64(0x9e3779b97f4a7c15)
	for _, x := range s {
		h = (h ^ uint64(uint32(x))) * 0xff51afd7ed558ccd
		h ^= h >> 32
	}
	return h
}

// anchors are the maximal stretches around k words that occur once on each side, by their place in a. They may overlap in b.
func anchors(a, b []int32, k int) []run {
	if len(a) < k || len(b) < k {
		return nil
	}
	inA, inB := shingles(a, k), shingles(b, k)
	var out []run
	for i := int32(0); i <= int32(len(a)-k); i++ {
		if n := len(out); n > 0 && i+int32(k) <= out[n-1].a+out[n-1].n {
			continue // inside the last one
		}
		h := mix(a[i : i+int32(k)])
		j, ok := inB[h]
		if !ok || j < 0 || inA[h] != i || !slices.Equal(a[i:i+int32(k)], b[j:j+int32(k)]) {
			continue
		}
		r := run{i, j, int32(k)}
		least := int32(0)
		if n := len(out); n > 0 {
			least = out[n-1].a + out[n-1].n
		}
		for r.a > least && r.b > 0 && a[r.a-1] == b[r.b-1] {
			r.a, r.b, r.n = r.a-1, r.b-1, r.n+1
		}
		for r.a+r.n < int32(len(a)) && r.b+r.n < int32(len(b)) && a[r.a+r.n] == b[r.b+r.n] {
			r.n++
		}
		out = append(out, r)
	}
	return out
}

// inOrder picks the runs that stand in the same order on both sides with the most words; the others are left over. Where kept runs
// overlap in b, the later one is shortened.
func inOrder(runs []run) (kept, left []run) {
	if len(runs) == 0 {
		return nil, nil
	}
	// Heaviest increasing subsequence: for each run, the best chain that ends before it in b, by a Fenwick tree over b's order.
	order := make([]int, len(runs))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(x, y int) int { return cmp.Compare(runs[x].b, runs[y].b) })
	rank := make([]int, len(runs))
	for r, i := range order {
		rank[i] = r + 1
	}
	best := make([]int64, len(runs)+1) // tree of the best weight up to a rank
	who := make([]int, len(runs)+1)
	before := make([]int, len(runs))
	total := make([]int64, len(runs))
	for i, r := range runs {
		before[i] = -1
		var w int64
		for at := rank[i] - 1; at > 0; at -= at & -at {
			if best[at] > w {
				w, before[i] = best[at], who[at]-1
			}
		}
		total[i] = w + int64(r.n)
		for at := rank[i]; at <= len(runs); at += at & -at {
			if total[i] > best[at] {
				best[at], who[at] = total[i], i+1
			}
		}
	}
	last := 0
	for i := range runs {
		if total[i] > total[last] {
			last = i
		}
	}
	chosen := make([]bool, len(runs))
	for i := last; i >= 0; i = before[i] {
		chosen[i] = true
	}
	var endB int32
	for i, r := range runs {
		if !chosen[i] {
			left = append(left, r)
			continue
		}
		if over := endB - r.b; over > 0 {
			if over >= r.n {
				continue
			}
			r = run{r.a + over, r.b + over, r.n - over}
		}
		endB = r.b + r.n
		kept = append(kept, r)
	}
	return kept, left
}

// atParagraphs takes the few words off both ends of a run that belong to a paragraph which otherwise differs: "." before a block that
// moved must stay with what stood before it. The comparison of the gap finds them again where they belong.
func atParagraphs(a, b *side, runs []run) []run {
	const few = 4
	out := runs[:0]
	for _, r := range runs {
		if head := a.paras[a.words[r.a].para].to - r.a; head < few && head < r.n && b.paras[b.words[r.b].para].to-r.b == head &&
			a.paras[a.words[r.a].para].from < r.a {
			r = run{r.a + head, r.b + head, r.n - head}
		}
		lastA, lastB := r.a+r.n-1, r.b+r.n-1
		if tail := r.a + r.n - a.paras[a.words[lastA].para].from; tail < few && tail < r.n && r.b+r.n-b.paras[b.words[lastB].para].from == tail &&
			a.paras[a.words[lastA].para].to > r.a+r.n {
			r.n -= tail
		}
		out = append(out, r)
	}
	return out
}

// move is a block that stands elsewhere: words a of the old side became words b of the new one; inside lists what is equal.
type move struct {
	a, b   span
	inside []run
}

const (
	// leastMoved is how many equal words make a block that has been moved; fewer are a coincidence.
	leastMoved = 8
	// mostBetween is how many words may have changed between two stretches of one moved block.
	mostBetween = 25
)

// moves puts the runs that are out of order together to blocks. taken marks the words of a and b that stand in order: no block
// reaches over them.
func moves(a, b *side, left []run, takenA, takenB []bool) (out []move) {
	free := func(taken []bool, from, to int32) bool {
		return !slices.Contains(taken[from:to], true)
	}
	for i := 0; i < len(left); {
		group := []run{left[i]}
		words := left[i].n
		for i++; i < len(left); i++ {
			last, next := group[len(group)-1], left[i]
			gapA, gapB := next.a-last.a-last.n, next.b-last.b-last.n
			if gapA < 0 || gapB < 0 || gapA > mostBetween || gapB > mostBetween ||
				!free(takenA, last.a+last.n, next.a) || !free(takenB, last.b+last.n, next.b) {
				break
			}
			group, words = append(group, next), words+next.n
		}
		first, last := group[0], group[len(group)-1]
		m := move{a: span{first.a, last.a + last.n}, b: span{first.b, last.b + last.n}, inside: group}
		if !free(takenA, m.a.from, m.a.to) || !free(takenB, m.b.from, m.b.to) {
			m, words = trimmed(group, takenA, takenB)
		}
		if words < leastMoved && !wholeParagraphs(a, b, m, words) {
			continue
		}
		reach(a, b, &m, takenA, takenB)
		mark(takenA, m.a)
		mark(takenB, m.b)
		out = append(out, m)
	}
	return out
}

// trimmed is the longest free stretch of the group's runs, when another block took some of it.
func trimmed(group []run, takenA, takenB []bool) (m move, words int32) {
	for _, r := range group {
		for at := int32(0); at < r.n; {
			if takenA[r.a+at] || takenB[r.b+at] {
				at++
				continue
			}
			from := at
			for at < r.n && !takenA[r.a+at] && !takenB[r.b+at] {
				at++
			}
			if at-from > words {
				words = at - from
				m = move{a: span{r.a + from, r.a + at}, b: span{r.b + from, r.b + at}, inside: []run{{r.a + from, r.b + from, at - from}}}
			}
		}
	}
	return m, words
}

// wholeParagraphs: a short block counts as moved when it is nothing but whole paragraphs of more than a word or two.
func wholeParagraphs(a, b *side, m move, words int32) bool {
	if words < 4 || words != m.a.to-m.a.from || words != m.b.to-m.b.from {
		return false
	}
	whole := func(s *side, at span) bool {
		return s.paras[s.words[at.from].para].from == at.from && s.paras[s.words[at.to-1].para].to == at.to
	}
	return whole(a, m.a) && whole(b, m.b)
}

// reach grows a block to the ends of its paragraphs where only a few words are missing: their first or last words were changed.
func reach(a, b *side, m *move, takenA, takenB []bool) {
	const few = 8
	grow := func(s *side, at span, taken []bool) span {
		if begin := s.paras[s.words[at.from].para].from; at.from-begin <= few && !slices.Contains(taken[begin:at.from], true) {
			at.from = begin
		}
		if end := s.paras[s.words[at.to-1].para].to; end-at.to <= few && !slices.Contains(taken[at.to:end], true) {
			at.to = end
		}
		return at
	}
	m.a, m.b = grow(a, m.a, takenA), grow(b, m.b, takenB)
}

func mark(taken []bool, s span) {
	for i := s.from; i < s.to; i++ {
		taken[i] = true
	}
}
