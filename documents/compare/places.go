package compare

import (
	"math"
	"sort"

	"ris/app/council"
	"ris/documents/pagetext"
)

const (
	// shownText is how much of a change's text stands with it, in bytes.
	shownText = 2000
	// mostQuads bounds the places of one change on one page: a page has fewer lines.
	mostQuads = 200
)

// describe fills pages and short texts in, before the sides are let go.
func (m *matching) describe(d *Difference) {
	for n := range d.Changes {
		c := &d.Changes[n]
		one := func(s *side, spans []span) (page int, text string, places []Place) {
			for _, at := range spans {
				if page == 0 {
					page = s.page(at.from)
				}
				if len(text) < shownText {
					if text != "" {
						text += "\n"
					}
					text += s.text(at.from, at.to, shownText-len(text))
				}
				places = append(places, s.letters(at)...)
			}
			return page, text, places
		}
		c.OldPage, c.OldText, c.Old = one(m.a, c.oldWords)
		c.NewPage, c.NewText, c.New = one(m.b, c.newWords)
		c.oldWords, c.newWords = nil, nil
	}
}

// letters is where words stand as byte ranges of their pages' texts; Locate turns them into quads. A range is kept in a quad's first two
// numbers meanwhile.
func (s *side) letters(at span) (out []Place) {
	add := func(page, from, to int32) {
		number := s.doc.pages[page].number
		if n := len(out); n > 0 && out[n-1].Page == number {
			q := &out[n-1].Quads[len(out[n-1].Quads)-1]
			if int32(q[1]) <= from {
				q[1] = float64(to)
				return
			}
		}
		out = append(out, Place{Page: number, Quads: [][4]float64{{float64(from), float64(to)}}})
	}
	for i := at.from; i < at.to; i++ {
		w := s.words[i]
		if i > at.from && s.furnitureBetween(s.words[i-1], w) {
			out = append(out, Place{Page: s.doc.pages[w.page].number, Quads: [][4]float64{{float64(w.from), float64(w.to)}}})
		} else {
			add(w.page, w.from, w.to)
		}
		if w.tail > 0 {
			t := s.tails[w.tail-1]
			add(t.page, t.from, t.to)
		}
	}
	return out
}

// furnitureBetween: a running line stands between two words of one page.
func (s *side) furnitureBetween(a, b word) bool {
	if a.page != b.page || a.para == b.para {
		return false
	}
	for _, l := range s.doc.pages[a.page].lines {
		if l.furniture && l.from >= a.to && l.to <= b.from {
			return true
		}
	}
	return false
}

func (d *Difference) locate(load func(old bool, page int) (council.PageText, error)) error {
	for _, old := range []bool{true, false} {
		type wanted struct{ change, place int }
		pages := map[int][]wanted{}
		places := func(n int) []Place {
			if old {
				return d.Changes[n].Old
			}
			return d.Changes[n].New
		}
		for n := range d.Changes {
			for k, p := range places(n) {
				pages[p.Page] = append(pages[p.Page], wanted{n, k})
			}
		}
		numbers := make([]int, 0, len(pages))
		for p := range pages {
			numbers = append(numbers, p)
		}
		sort.Ints(numbers)
		for _, number := range numbers {
			p, err := load(old, number)
			if err != nil {
				return err
			}
			_, offsets := body(p)
			for _, w := range pages[number] {
				place := &places(w.change)[w.place]
				from, to := int(place.Quads[0][0]), int(place.Quads[0][1])
				place.Quads = nil
				if to > from && to < len(offsets) {
					place.Quads = pagetext.Quads(p, int(offsets[from]), int(offsets[to-1])+1)
				}
				if len(place.Quads) > mostQuads {
					place.Quads = place.Quads[:mostQuads]
				}
				for _, q := range place.Quads {
					for i := range q {
						q[i] = math.Round(q[i]*10) / 10
					}
				}
			}
		}
	}
	for n := range d.Changes {
		d.Changes[n].Old = together(d.Changes[n].Old)
		d.Changes[n].New = together(d.Changes[n].New)
	}
	return nil
}

// together joins places of the same page and drops those without a box.
func together(places []Place) []Place {
	var out []Place
	for _, p := range places {
		if len(p.Quads) == 0 {
			continue
		}
		if n := len(out); n > 0 && out[n-1].Page == p.Page {
			if room := mostQuads - len(out[n-1].Quads); room > 0 {
				out[n-1].Quads = append(out[n-1].Quads, p.Quads[:min(room, len(p.Quads))]...)
			}
			continue
		}
		out = append(out, p)
	}
	return out
}
