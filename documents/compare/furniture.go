package compare

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// outer is how many lines at the top and at the bottom of a page may be its running head and foot.
const outer = 4

// pageNumber is a line that is nothing but a page's number, after numbers became "#".
var pageNumber = regexp.MustCompile(`^[-–|]?(seite|page|s\.)?#((von|of|/|\|)#)?[-–|]?$`)

// edge is a running line: what it says, at which edge, and how high it stands, in steps of four points.
type edge struct {
	sign   string
	top    bool
	height int
	apart  bool // it stands away from the text
}

// dropFurniture marks running heads and feet that are not yet known (texts kept by an older program, a single page). A line that runs through one of the versions is one in the other, which may
// have a single page. Amounts are never part of what makes lines alike: rows of a budget must not vanish.
func dropFurniture(docs ...*Document) {
	running, known := map[edge]bool{}, map[string]bool{}
	for _, d := range docs {
		maps.Copy(known, d.running)
		seen := map[edge]int{}
		for i := range d.pages {
			d.pages[i].edges(func(_ int, e edge) bool {
				seen[e]++
				return true
			})
		}
		for e, n := range seen {
			other := e
			other.apart = !e.apart
			n += seen[other]
			// Two pages may end in the same word by chance; three at the same height do not.
			if (n >= 3 || n == 2 && e.apart && len(d.pages) <= 3) && n >= (len(d.pages)+3)/4 && letters(e.sign) >= 3 {
				e.apart = false
				running[e] = true
			}
		}
	}
	for _, d := range docs {
		for i := range d.pages {
			p := &d.pages[i]
			p.edges(func(at int, e edge) bool {
				near := func(by int) edge { return edge{sign: e.sign, top: e.top, height: e.height + by} }
				p.lines[at].furniture = known[e.sign] || running[near(0)] || running[near(1)] || running[near(-1)] ||
					e.apart && pageNumber.MatchString(e.sign)
				return p.lines[at].furniture // what stands behind other text is text
			})
		}
	}
}

// edges visits the outer lines of the page from its edges inwards; f answers whether to go on from this edge.
func (p *page) edges(f func(at int, e edge) bool) {
	order := make([]int, 0, len(p.lines))
	for i, l := range p.lines {
		if l.placed() {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(p.lines[b].y1, p.lines[a].y1) })
	visit := func(list []int, top bool) {
		for n, at := range list {
			l := p.lines[at]
			apart := true
			if n+1 < len(list) {
				next := p.lines[list[n+1]]
				apart = max(l.y0-next.y1, next.y0-l.y1) > l.y1-l.y0
			}
			if n == outer || !f(at, edge{sign(p.lineText(l)), top, int(max(-1e6, min(1e6, l.y0/4))), apart}) {
				return
			}
		}
	}
	half := (len(order) + 1) / 2 // a page of two lines has one at each edge
	visit(order[:half], true)
	back := slices.Clone(order[half:])
	slices.Reverse(back)
	visit(back, false)
}

// sign is a line without blanks, in small letters, with each small whole number as "#".
func sign(s string) string {
	var out strings.Builder
	for _, w := range strings.Fields(s) {
		for w != "" {
			digits := strings.IndexFunc(w, func(r rune) bool { return !unicode.IsDigit(r) })
			if digits < 0 {
				digits = len(w)
			}
			if digits > 0 && digits <= 4 && (digits == len(w) || !strings.ContainsRune(".,", rune(w[digits]))) {
				out.WriteByte('#')
				w = w[digits:]
				continue
			}
			if digits == 0 {
				digits = strings.IndexFunc(w, unicode.IsDigit)
				if digits < 0 {
					digits = len(w)
				}
				out.WriteString(strings.ToLower(w[:digits]))
				w = w[digits:]
				continue
			}
			out.WriteString(w) // an amount or a date: as it is
			w = ""
		}
	}
	return out.String()
}

func letters(s string) int {
	n := 0
	for _, r := range s {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n
}
