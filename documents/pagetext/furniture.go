package pagetext

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"ris/app/council"
)

const (
	outermost  = 4 // lines from the top and from the bottom in which furniture is looked for
	samePlace  = 4 // points that a repeated line may move up or down
	leastPages = 3 // on which a line must stand to be a header or footer; in a document of two pages both
)

// candidate is a piece near the top or the bottom of a page.
type candidate struct {
	page   int // index into the pages
	number int // of the page, from 1
	at     council.LetterRange
	y      float32
	ahead  int // lines between it and the edge of the text
	bottom bool
	words  string
	digits []int // the numbers in it
}

// MarkFurniture finds headers, footers and page numbers: lines near the edge that stand at the same place on several pages, whose
// numbers stay the same or count with the pages. It sets Furniture of each page. rotate gives the /Rotate of a page number.
func MarkFurniture(pages []council.PageText, rotate func(page int) int) {
	groups := map[string][]candidate{}
	for i := range pages {
		for _, c := range candidates(pages, i, rotate(pages[i].Page)) {
			groups[c.words] = append(groups[c.words], c)
		}
	}
	found := make([][]marked, len(pages))
	for words, all := range groups {
		for _, same := range atOnePlace(all) {
			kind := judge(words, same, len(pages))
			for n, c := range same {
				k := kind
				if k == council.RunningFirst && n > 0 {
					k = council.RunningAgain
				}
				if k == 0 && saysPage(pages[c.page], c) {
					k = council.PageNumber
				}
				if k != 0 {
					found[c.page] = append(found[c.page], marked{c, k})
				}
			}
		}
	}
	framed := false // some page says more than its frame
	for i := range pages {
		pages[i].Furniture = unbroken(found[i])
		framed = framed || saysMore(pages[i])
	}
	if framed {
		return
	}
	// Nothing but repeated lines: then they are what the document says.
	for i := range pages {
		pages[i].Furniture = slices.DeleteFunc(pages[i].Furniture, func(f council.Furniture) bool { return f.Kind != council.PageNumber })
	}
}

// saysMore reports whether a page has letters that are no furniture.
func saysMore(p council.PageText) bool {
	for n, r := range []rune(p.Text) {
		if unicode.IsLetter(r) && !slices.ContainsFunc(p.Furniture, func(f council.Furniture) bool { return n >= f.Start && n < f.End }) {
			return true
		}
	}
	return false
}

// marked is a candidate that is furniture by itself.
type marked struct {
	candidate
	kind council.FurnitureKind
}

// unbroken keeps what lies between the edge and the first line of the page's own text: the heads of a table that goes on from page
// to page are a part of the text.
func unbroken(all []marked) []council.Furniture {
	var lines [2][outermost]bool
	side := func(m marked) int {
		if m.bottom {
			return 1
		}
		return 0
	}
	for _, m := range all {
		lines[side(m)][m.ahead] = true
	}
	var out []council.Furniture
	for _, m := range all {
		if !slices.Contains(lines[side(m)][:m.ahead], false) {
			out = append(out, council.Furniture{LetterRange: m.at, Kind: m.kind})
		}
	}
	slices.SortFunc(out, func(a, b council.Furniture) int { return a.Start - b.Start })
	return out
}

// candidates are the pieces of the outermost lines, each counted from the edge that is nearer.
func candidates(pages []council.PageText, index, rotate int) []candidate {
	p := pages[index]
	letters := []rune(p.Text)
	all := pieces(letters, p.Boxes, rotate)
	byLines(all)
	lines := make([]int, len(all)) // from the top
	for n := 1; n < len(all); n++ {
		if lines[n] = lines[n-1]; all[n].middle() < all[n-1].box.Y0 {
			lines[n]++
		}
	}
	var out []candidate
	for n := range all {
		ahead, bottom := lines[n], false
		if below := lines[len(all)-1] - lines[n]; below < ahead {
			ahead, bottom = below, true
		}
		if ahead < outermost {
			c := describe(letters, all[n], index, p.Page, ahead)
			c.bottom = bottom
			out = append(out, c)
		}
	}
	return out
}

func describe(letters []rune, p piece, index, page, ahead int) candidate {
	c := candidate{page: index, number: page, at: p.LetterRange, y: p.middle(), ahead: ahead}
	var words strings.Builder
	run := ""
	for _, r := range append(slices.Clone(letters[p.Start:p.End]), ' ') {
		if r >= '0' && r <= '9' && len(run) < 9 {
			run += string(r)
			continue
		}
		if run != "" {
			n, _ := strconv.Atoi(run)
			c.digits = append(c.digits, n)
			words.WriteByte('#')
			run = ""
		}
		if !unicode.IsSpace(r) {
			words.WriteRune(unicode.ToLower(r))
		}
	}
	c.words = words.String()
	if n := roman(c.words); n > 0 {
		c.words, c.digits = "#", []int{n}
	}
	return c
}

// atOnePlace parts equal lines by where they stand; each part is in the order of pages, one line per page.
func atOnePlace(all []candidate) [][]candidate {
	slices.SortStableFunc(all, func(a, b candidate) int { return compare(b.y, a.y) })
	var out [][]candidate
	for start := 0; start < len(all); {
		end := start + 1
		for end < len(all) && all[start].y-all[end].y <= samePlace {
			end++
		}
		part := slices.Clone(all[start:end])
		slices.SortStableFunc(part, func(a, b candidate) int { return a.page - b.page })
		out = append(out, slices.CompactFunc(part, func(a, b candidate) bool { return a.page == b.page && a.at == b.at }))
		start = end
	}
	return out
}

// judge says what a repeated line is; 0 = a part of the text.
func judge(words string, same []candidate, pages int) council.FurnitureKind {
	on := 1
	for i := 1; i < len(same); i++ {
		if same[i].page != same[i-1].page {
			on++
		}
	}
	if on < leastPages && !(pages == 2 && on == 2 && same[0].ahead < 2) {
		return 0
	}
	if on < len(same) {
		return 0 // twice on a page at one height: a row of a table
	}
	letters := strings.Count(words, "") - 1 - strings.Count(words, "#")
	counting, fixed := 0, 0
	for k := range same[0].digits {
		switch steady, counts := numbers(same, k); {
		case counts:
			counting++
		case steady:
			fixed++
		default:
			return 0 // rows of numbers
		}
	}
	switch {
	case counting > 0 && onlyNumber(words):
		return council.PageNumber
	case letters >= 3:
		return council.RunningFirst
	}
	return 0
}

// numbers: does the k-th number stay the same, or does it count with the pages (on most of them)?
func numbers(same []candidate, k int) (steady, counts bool) {
	steady = true
	distances := map[int]int{}
	for _, c := range same {
		if k >= len(c.digits) {
			return false, false
		}
		steady = steady && c.digits[k] == same[0].digits[k]
		distances[c.digits[k]-c.number]++
	}
	for _, n := range distances {
		if n*10 >= len(same)*7 && n >= 2 {
			counts = true
		}
	}
	return steady, counts
}

var pageWords = regexp.MustCompile(`^[-–—|/.:()\[\]]*(seite|seiten|s\.|s|page|p\.|blatt|bl\.)?:?#((von|of|/|-|–)#)?[-–—|/.:()\[\]]*$`)

func onlyNumber(words string) bool { return pageWords.MatchString(words) }

var pageSaid = regexp.MustCompile(`(?i)^[-–— ]*(seite|page|blatt)[: ]*[0-9]{1,4}( *(von|of|/) *[0-9]{1,4})?[-–— ]*$`)

// saysPage: a line at the very edge that names itself ("Seite 1 von 1").
func saysPage(p council.PageText, c candidate) bool {
	if c.ahead > 1 || len(c.digits) == 0 {
		return false
	}
	return pageSaid.MatchString(string([]rune(p.Text)[c.at.Start:c.at.End]))
}

var romans = map[rune]int{'i': 1, 'v': 5, 'x': 10, 'l': 50, 'c': 100}

// roman reads a small roman number of at most 9 letters; 0 when it is none.
func roman(s string) int {
	if s == "" || len(s) > 9 {
		return 0
	}
	sum, last := 0, 1000
	for _, r := range s {
		n, ok := romans[r]
		if !ok {
			return 0
		}
		if n > last {
			sum -= 2 * last
		}
		sum += n
		last = n
	}
	return sum
}
