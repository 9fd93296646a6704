package trace

import (
	"cmp"
	"math"
	"slices"

	"ris/app/council"
	"ris/documents/copies"
)

// Finding is a copy to which evidence leads. Chance is how likely it is that one of all copies of the ledger would fit so well by
// accident: 0.000001 is one in a million.
type Finding struct {
	Receipt council.Receipt
	Ways    []string
	Code    string // as read, when it differs in one letter from the receipt's
	Pages   int    // of the fingerprint: pages whose shift fits
	Chance  float64
}

// Copy is a line of the ledger with what Match needs to know of what was given.
type Copy struct {
	council.Receipt
	Pages int // of the version or packet, when its copies have shifts; else 0
	// Digests are those of its pages, by page from 1 (see Digest); nil = not known. Asked only for copies that come near.
	Digests func() map[int]string
}

// weak is the chance above which a fingerprint or an unclear code is no finding.
const weak = 0.001

// Matcher collects findings while the ledger passes.
type Matcher struct {
	evidence Evidence
	key      []byte
	moved    map[[2]int][]Moved
	total    int
	near     []near
	found    []Finding
	fuzzy    map[string][]Finding // by the code as read
}

// near is a copy with pages that fit by their shift.
type near struct {
	copy Copy
	fits int // different shifts that fit
	same int // and stand on the page with the same text
}

// NewMatcher begins; key is the installation's.
func NewMatcher(e Evidence, key []byte) *Matcher {
	m := &Matcher{evidence: e, key: key, moved: map[[2]int][]Moved{}, fuzzy: map[string][]Finding{}}
	for _, s := range e.Shifts {
		at := [2]int{s.X, s.Y}
		m.moved[at] = append(m.moved[at], s)
	}
	return m
}

// Take looks at one copy of the ledger.
func (m *Matcher) Take(c Copy) {
	m.total++
	seed := Seed(m.key, c.Person, c.Copied())
	if len(m.evidence.IDs) > 0 && slices.Contains(m.evidence.IDs, copies.FileID(seed)) {
		m.add(Finding{Receipt: c.Receipt, Ways: []string{WayID}})
	}
	for _, code := range m.evidence.Codes {
		way := WayPicture
		if code.Drawn {
			way = WayCode
		}
		switch {
		case c.Code == "":
		case c.Code == code.Text:
			m.add(Finding{Receipt: c.Receipt, Ways: []string{way}})
		case !code.Drawn && comesNear(c.Code, code.Text):
			m.fuzzy[code.Text] = append(m.fuzzy[code.Text], Finding{Receipt: c.Receipt, Ways: []string{WayPicture}, Code: code.Text})
		}
	}
	if c.Pages > 0 && len(m.moved) > 0 {
		m.fingerprint(c, seed)
	}
}

// fingerprint counts the shifts of the file that this copy has on any of its pages: pages may be missing or in another order.
func (m *Matcher) fingerprint(c Copy, seed [32]byte) {
	n := near{copy: c}
	fit := map[[2]int]int{}
	for page := 1; page <= c.Pages; page++ {
		x, y := copies.Shift(seed, page)
		if _, ok := m.moved[[2]int{x, y}]; ok {
			fit[[2]int{x, y}] = page
		}
	}
	if n.fits = len(fit); n.fits == 0 {
		return
	}
	var digests map[int]string
	if c.Digests != nil {
		digests = c.Digests()
	}
	for at, page := range fit {
		if slices.ContainsFunc(m.moved[at], func(s Moved) bool { return s.Text != "" && s.Text == digests[page] }) {
			n.same++
		}
	}
	m.near = append(m.near, n)
}

// add notes a finding; of one copy found in several ways, the surest way gives the chance.
func (m *Matcher) add(f Finding) {
	for i := range m.found {
		if x := &m.found[i]; x.Receipt.Person == f.Receipt.Person && x.Receipt.Copied() == f.Receipt.Copied() {
			for _, way := range f.Ways {
				if !slices.Contains(x.Ways, way) {
					x.Ways = append(x.Ways, way)
				}
			}
			x.Chance, x.Pages = min(x.Chance, f.Chance), max(x.Pages, f.Pages)
			return
		}
	}
	m.found = append(m.found, f)
}

// Findings ends the search; the surest comes first.
func (m *Matcher) Findings() []Finding {
	for i := range m.found {
		m.found[i].Chance = m.ofWay(m.found[i].Ways)
	}
	for _, n := range m.near {
		f := Finding{Receipt: n.copy.Receipt, Ways: []string{WayFingerprint}, Pages: n.fits, Chance: m.byAccident(n)}
		if f.Chance <= weak {
			m.add(f)
		}
	}
	m.near = nil
	for read, list := range m.fuzzy {
		// A wrong letter is forgiven when it leads to one copy only, and the code itself to none.
		if len(list) == 1 && !slices.ContainsFunc(m.found, func(f Finding) bool { return f.Receipt.Code == read }) {
			if list[0].Chance = min(1, m.codes()*neighbours(read)); list[0].Chance <= weak {
				m.add(list[0])
			}
		}
	}
	clear(m.fuzzy)
	slices.SortStableFunc(m.found, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Chance, b.Chance), cmp.Compare(a.Receipt.Code, b.Receipt.Code))
	})
	return m.found
}

// codes is the chance that one of the codes read is by accident one of the ledger: 40 bits each.
func (m *Matcher) codes() float64 {
	return float64(len(m.evidence.Codes)) * float64(m.total) / (1 << 40)
}

func (m *Matcher) ofWay(ways []string) float64 {
	if slices.Contains(ways, WayID) {
		return float64(len(m.evidence.IDs)) * float64(m.total) / math.Pow(2, 128)
	}
	return m.codes()
}

// byAccident is the chance that one of all copies of the ledger fits in so many pages. Each shift is one of 801 by 801; without
// the text any page of the copy may give it, with it only the one.
func (m *Matcher) byAccident(n near) float64 {
	const values = (2*copies.MostShift + 1) * (2*copies.MostShift + 1)
	loose := atLeast(n.fits, len(m.moved), float64(n.copy.Pages)/values)
	strict := atLeast(n.same, len(m.moved), 1.0/values)
	return min(1, float64(m.total)*min(loose, strict))
}

// atLeast is the chance of k or more hits in n tries, each with chance p (binomial distribution).
func atLeast(k, n int, p float64) float64 {
	if k <= 0 {
		return 1
	}
	logOf := func(i int) float64 {
		a, _ := math.Lgamma(float64(n + 1))
		b, _ := math.Lgamma(float64(i + 1))
		c, _ := math.Lgamma(float64(n - i + 1))
		return a - b - c + float64(i)*math.Log(p) + float64(n-i)*math.Log1p(-p)
	}
	sum := 0.0
	for i := k; i <= min(n, k+50); i++ { // what follows is smaller still
		sum += math.Exp(logOf(i))
	}
	return min(1, sum)
}
