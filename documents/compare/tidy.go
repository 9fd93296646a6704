package compare

import (
	"strings"
	"unicode"
)

// small are words that mean nothing alone: between two changes they are part of a change.
var small = map[string]bool{}

func init() {
	for _, w := range strings.Fields("der die das den dem des ein eine einen einem einer eines und oder in im an am auf aus bei beim mit nach von vom zu zum zur für " +
		"als es ist sind wird werden auch sich nicht so um the a of to and or in on for is are be") {
		small[w] = true
	}
}

// isWeak: a small word or a mark of punctuation.
func isWeak(t string) bool {
	return small[strings.ToLower(t)] || !strings.ContainsFunc(t, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}

// unlink takes partners apart where two paragraphs share so little that nobody would call one the new wording of the other, and where
// a paragraph shares more with another one: "§ 4 Fälligkeit" is what was "§ 5 Fälligkeit", not what was "§ 4 Ermäßigung".
func (m *matching) unlink() {
	type pair [2]int32
	words, weight := map[pair]int32{}, map[pair]int32{}
	for i := 0; i < len(m.toB); {
		j := m.toB[i]
		if j < 0 {
			i++
			continue
		}
		run := 1
		for i+run < len(m.toB) && m.toB[i+run] == j+int32(run) {
			run++
		}
		pairOf := func(k int) pair { return pair{m.a.words[i+k].para, m.b.words[j+int32(k)].para} }
		first, last := pairOf(0), pairOf(run-1)
		for k := range run {
			pq := pairOf(k)
			weight[pq] += m.a.weight(int32(i + k))
			if words[pq]++; pq != first && pq != last {
				words[pq] += 8 // in the middle of something longer: the paragraphs were only cut otherwise
			}
		}
		i += run
	}
	bestA, bestB := map[int32]int32{}, map[int32]int32{}
	for pq, n := range weight {
		bestA[pq[0]], bestB[pq[1]] = max(bestA[pq[0]], n), max(bestB[pq[1]], n)
	}
	cut := map[pair]bool{}
	for pq, n := range words {
		least := min(length(m.a.paras[pq[0]]), length(m.b.paras[pq[1]]))
		poor := n < 8 && float64(n) < 0.3*float64(least)
		second := n < 4 && weight[pq] == n && 5*n < 4*least && 2*n <= max(bestA[pq[0]], bestB[pq[1]]) // a number alone is no kinship
		cut[pq] = poor || second
	}
	for i, j := range m.toB {
		if j >= 0 && cut[pair{m.a.words[i].para, m.b.words[j].para}] {
			m.toB[i], m.toA[j] = -1, -1
		}
	}
	m.relink()
}

// relink compares the words before and behind a pair of partners once more, inside their two paragraphs.
func (m *matching) relink() {
	free := func(to, moved []int32, p span, at, step int32) span {
		end := at
		for end+step >= p.from && end+step < p.to && to[end+step] < 0 && moved[end+step] == 0 {
			end += step
		}
		if step > 0 {
			return span{at + 1, end + 1}
		}
		return span{end, at}
	}
	for i := range m.toB {
		j := m.toB[i]
		if j < 0 {
			continue
		}
		p, q := m.a.paras[m.a.words[i].para], m.b.paras[m.b.words[j].para]
		for _, step := range []int32{-1, 1} {
			a, b := free(m.toB, m.moveA, p, int32(i), step), free(m.toA, m.moveB, q, j, step)
			if length(a) == 0 || length(b) == 0 || length(a)+length(b) > 60 {
				continue
			}
			align(idsOf(m.a.words[a.from:a.to]), idsOf(m.b.words[b.from:b.to]), func(r run) {
				m.pair(run{a.from + r.a, b.from + r.b, r.n})
			})
		}
	}
}

// weight is how much a word says about what its paragraph is about.
func (s *side) weight(i int32) int32 {
	if s.words[i].number || s.words[i].weak {
		return 1
	}
	return 4
}

func length(s span) int32 { return s.to - s.from }

// tidy removes islands: one or two small words that are equal by chance between two changes of the same paragraph.
func (m *matching) tidy() {
	isIsland := func(from, n int32) bool {
		if n > 2 {
			return false
		}
		for i := from; i < from+n; i++ {
			if !m.a.words[i].weak {
				return false
			}
		}
		return true
	}
	for i := int32(0); i < int32(len(m.toB)); {
		j := m.toB[i]
		if j < 0 {
			i++
			continue
		}
		n := int32(1)
		for i+n < int32(len(m.toB)) && m.toB[i+n] == j+n {
			n++
		}
		if isIsland(i, n) && m.changedAround(i, j, n) {
			for k := range n {
				m.toB[i+k], m.toA[j+k] = -1, -1
			}
		}
		i += n
	}
}

// changedAround: words were replaced on both sides of the stretch, within its paragraphs.
func (m *matching) changedAround(i, j, n int32) bool {
	pa, pb := m.a.paras[m.a.words[i].para], m.b.paras[m.b.words[j].para]
	loose := func(to, moved []int32, s span, at int32) int32 {
		if at < s.from || at >= s.to || to[at] >= 0 || moved[at] != 0 {
			return 0
		}
		return 1
	}
	before := loose(m.toB, m.moveA, pa, i-1) + loose(m.toA, m.moveB, pb, j-1)
	after := loose(m.toB, m.moveA, pa, i+n) + loose(m.toA, m.moveB, pb, j+n)
	return before > 0 && after > 0 && before+after > 2
}

// alike: the two stretches say the same, only a line end or a blank stands elsewhere.
func (m *matching) alike(a, b span) bool {
	if length(a) == 0 || length(b) == 0 || length(a) > 40 || length(b) > 40 {
		return false
	}
	squash := func(s *side, at span) string {
		return strings.Map(func(r rune) rune {
			if unicode.IsSpace(r) || r == '-' || r == '‐' {
				return -1
			}
			return r
		}, s.text(at.from, at.to, 1<<16))
	}
	return squash(m.a, a) == squash(m.b, b)
}

// oneByOne: as many amounts became as many others. They are shown one by one.
func (m *matching) oneByOne(a, b span) bool {
	if length(a) != length(b) || length(a) < 2 {
		return false
	}
	for i := range length(a) {
		if !m.a.words[a.from+i].number || !m.b.words[b.from+i].number {
			return false
		}
	}
	return true
}
