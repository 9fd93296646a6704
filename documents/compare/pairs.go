package compare

// fewWords is the number below which words say little about how a page looks: plans, drawings, photographs, scans.
const fewWords = 80

// Pairs are the pages whose pictures are worth comparing: numbers from 1.
type Pairs struct {
	Pairs []Pair
	Gaps  []Gap
}

// Pair is an old page beside the new one that shows the same.
type Pair struct {
	Old, New int
	// Text: both have the same words, and more than a few; what differs is layout or drawing.
	Text bool
}

// Gap is pages of few words on both sides between two pairs, as many or not: which belongs to which only pictures tell. Lists of page
// numbers; one may be empty.
type Gap struct{ Old, New []int }

// pairs finds them from the words that are in order.
func (m *matching) pairs() Pairs {
	countA, countB := m.a.perPage(), m.b.perPage()
	shared := map[[2]int32]int32{}
	for i, j := range m.toB {
		if j >= 0 {
			shared[[2]int32{m.a.words[i].page, m.b.words[j].page}]++
		}
	}
	softA, softB := make([]int32, len(countA)), make([]int32, len(countB))
	for i, soft := range m.softA {
		if soft {
			softA[m.a.words[i].page]++
		}
	}
	for j, soft := range m.softB {
		if soft {
			softB[m.b.words[j].page]++
		}
	}
	knownA, knownB := make([]int32, len(countA)), make([]int32, len(countB)) // words with a partner on any page
	for pq, n := range shared {
		knownA[pq[0]] += n
		knownB[pq[1]] += n
	}
	bestA := make([]run, len(countA)) // for each old page the new one that shares most
	for pq, n := range shared {
		if b := &bestA[pq[0]]; n > b.n || n == b.n && pq[1] < b.b {
			*b = run{pq[0], pq[1], n}
		}
	}
	var runs []run
	taken := map[int32]bool{}
	for p, r := range bestA {
		if r.n > 0 && 2*r.n > max(countA[p], countB[r.b]) && !taken[r.b] {
			taken[r.b] = true
			runs = append(runs, r)
		}
	}
	kept := increasing(runs)
	var out Pairs
	fromA, fromB := int32(0), int32(0)
	for _, r := range append(kept, run{int32(len(countA)), int32(len(countB)), 0}) {
		out.between(m, countA, countB, knownA, knownB, span{fromA, r.a}, span{fromB, r.b})
		if r.n > 0 {
			same := r.n+softA[r.a] == countA[r.a] && r.n+softB[r.b] == countB[r.b]
			few := countA[r.a] < fewWords && countB[r.b] < fewWords
			if same || few {
				out.Pairs = append(out.Pairs, Pair{Old: m.a.doc.pages[r.a].number, New: m.b.doc.pages[r.b].number, Text: !few})
			}
		}
		fromA, fromB = r.a+1, r.b+1
	}
	return out
}

// increasing is the longest chain of pages in the same order, as inOrder without shortening.
func increasing(runs []run) []run {
	ones := make([]run, len(runs))
	for i, r := range runs {
		ones[i] = run{r.a, r.b, 1}
	}
	kept, _ := inOrder(ones)
	out := kept[:0]
	k := 0
	for _, r := range runs {
		if k < len(kept) && kept[k].a == r.a {
			out = append(out, r)
			k++
		}
	}
	return out
}

func (s *side) perPage() []int32 {
	out := make([]int32, len(s.doc.pages))
	for _, w := range s.words {
		out[w.page]++
	}
	return out
}

// between pairs the pages of few words in a stretch without partners: one by one when there are as many on both sides.
func (p *Pairs) between(m *matching, countA, countB, knownA, knownB []int32, a, b span) {
	few := func(s *side, count, known []int32, at span) (out []int) {
		for i := at.from; i < at.to; i++ {
			if count[i] < fewWords && 2*known[i] <= count[i] { // else it is the end of a text that slid onto a page of its own
				out = append(out, s.doc.pages[i].number)
			}
		}
		return out
	}
	g := Gap{Old: few(m.a, countA, knownA, a), New: few(m.b, countB, knownB, b)}
	if len(g.Old) == len(g.New) {
		for i := range g.Old {
			p.Pairs = append(p.Pairs, Pair{Old: g.Old[i], New: g.New[i]})
		}
		return
	}
	p.Gaps = append(p.Gaps, g)
}
