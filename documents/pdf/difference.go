package pdf

import (
	"errors"
	"io"
	"time"

	"ris/app/council"
	"ris/documents/compare"
)

const (
	// differenceDPI is the resolution at which pages are compared: a line of a plan is a dot wide.
	differenceDPI = 100
	// differenceSide bounds a picture, in pixels: A1 at 100 dpi, A0 at 70.
	differenceSide = 3400
	// thumbSide is the longer side of the small pictures by which pages find their partners.
	thumbSide = 96
	// mostThumbs bounds a gap on each side: its pages are then taken as gone and come.
	mostThumbs = 150
)

var errEnough = errors.New("the time for pictures is used up")

// Side is one version of a file, Size bytes long. Upright: it goes out as pictures of its pages, and places are given on these.
type Side struct {
	File    io.ReaderAt
	Size    int64
	Upright bool
}

// Difference compares how pages look in two versions of a file: those of p.Pairs, and those of p.Gaps after it has found which belong
// to which. each is called for every pair that looks different, and for pages that came or went. step is called before each picture.
// After budget it stops; all = false then. A page that cannot be drawn on either side is left out.
func (e *Engine) Difference(old, new Side, p compare.Pairs, budget time.Duration, step func(string), each func(compare.PagePicture) error) (all bool, err error) {
	end := time.Now().Add(budget)
	i, err := e.New()
	if err != nil {
		return false, err
	}
	defer i.Close()
	j, err := e.New() // an instance for each document: its memory holds pictures and fonts of one
	if err != nil {
		return false, err
	}
	defer j.Close()
	step("open")
	a, err := i.open(old.File, old.Size)
	if err != nil {
		return false, err
	}
	defer a.close()
	step("open")
	b, err := j.open(new.File, new.Size)
	if err != nil {
		return false, err
	}
	defer b.close()
	c := &pageComparison{a: a, b: b, step: step, upright: map[*document]bool{a: old.Upright, b: new.Upright}}
	pairs := p.Pairs
	for _, g := range p.Gaps {
		found, err := c.partners(g, end)
		if errors.Is(err, errEnough) {
			return false, nil
		}
		if err != nil {
			return false, err
		}
		for _, pair := range found {
			if pair.Old != 0 && pair.New != 0 {
				pairs = append(pairs, pair)
			} else if err := each(compare.PagePicture{OldPage: pair.Old, NewPage: pair.New}); err != nil {
				return false, err
			}
		}
	}
	// Drawings first: the pages whose words are the same are only looked at for completeness.
	for _, text := range []bool{false, true} {
		for _, pair := range pairs {
			if pair.Text != text {
				continue
			}
			if time.Now().After(end) {
				return false, nil
			}
			regions, err := c.pair(pair)
			if errors.Is(err, errUnread) {
				continue
			}
			if err != nil {
				return false, err
			}
			if len(regions) > 0 {
				if err := each(compare.PagePicture{OldPage: pair.Old, NewPage: pair.New, Regions: regions}); err != nil {
					return false, err
				}
			}
		}
	}
	return true, nil
}

// pageComparison holds the two documents and the pictures under work.
type pageComparison struct {
	a, b    *document
	upright map[*document]bool // places are given on pictures of the pages
	step    func(string)
	pa      picture
	pb      picture
}

// draw makes the picture of a page; v leads back from its dots to the page.
func (c *pageComparison) draw(d *document, number int, scale float64, most int, into *picture) (v viewed, err error) {
	c.step("draw")
	err = d.page(number-1, func(page uint64) (err error) {
		if v, err = d.view(page); err != nil {
			return err
		}
		return d.render(page, scale, most, into)
	})
	if c.upright[d] {
		v = v.upright()
	}
	return v, err
}

// pair compares two pages. The new one is drawn to the width of the old one, so that a plan on another paper size can be compared.
func (c *pageComparison) pair(p compare.Pair) ([]compare.Region, error) {
	va, err := c.draw(c.a, p.Old, differenceDPI/72.0, differenceSide, &c.pa)
	if err != nil {
		return nil, err
	}
	var old, new council.PageSize
	for _, side := range []struct {
		d      *document
		number int
		size   *council.PageSize
	}{{c.a, p.Old, &old}, {c.b, p.New, &new}} {
		err := side.d.page(side.number-1, func(page uint64) (err error) {
			*side.size, err = side.d.size(page)
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	scale, most := differenceDPI/72.0, differenceSide
	if wide := new.Width / max(1, old.Width); wide < 0.995 || wide > 1.005 {
		scale, most = (float64(c.pa.w)+0.5)/max(1, new.Width), 2*differenceSide
	}
	vb, err := c.draw(c.b, p.New, scale, most, &c.pb)
	if err != nil {
		return nil, err
	}
	if high, low := max(c.pa.h, c.pb.h), min(c.pa.h, c.pb.h); high-low > high/40+3 {
		return []compare.Region{{Kind: compare.Changed, Old: va.whole(), New: vb.whole()}}, nil // another shape of paper
	}
	var out []compare.Region
	for _, r := range changedRegions(&c.pa, &c.pb) {
		out = append(out, compare.Region{Kind: r.kind(), Old: va.userSpace(r.box, &c.pa), New: vb.userSpace(r.moved(), &c.pb)})
	}
	return out, nil
}

// partners finds which pages of a gap belong together by small pictures of them, in order (dynamic programming over both lists).
func (c *pageComparison) partners(g compare.Gap, end time.Time) ([]compare.Pair, error) {
	var out []compare.Pair
	alone := func(old, new []int) {
		for _, p := range old {
			out = append(out, compare.Pair{Old: p})
		}
		for _, p := range new {
			out = append(out, compare.Pair{New: p})
		}
	}
	if len(g.Old) == 0 || len(g.New) == 0 || len(g.Old) > mostThumbs || len(g.New) > mostThumbs {
		alone(g.Old, g.New)
		return out, nil
	}
	small := func(d *document, pages []int) ([]picture, error) {
		list := make([]picture, len(pages))
		for n, number := range pages {
			if time.Now().After(end) {
				return nil, errEnough
			}
			if _, err := c.draw(d, number, 0.12, thumbSide, &list[n]); err != nil && !errors.Is(err, errUnread) {
				return nil, err
			}
		}
		return list, nil
	}
	as, err := small(c.a, g.Old)
	if err != nil {
		return nil, err
	}
	bs, err := small(c.b, g.New)
	if err != nil {
		return nil, err
	}
	for _, p := range inStep(len(as), len(bs), func(i, j int) float64 { return likeness(&as[i], &bs[j]) - 0.4 }) {
		switch {
		case p[0] < 0:
			alone(nil, g.New[p[1]:p[1]+1])
		case p[1] < 0:
			alone(g.Old[p[0]:p[0]+1], nil)
		default:
			out = append(out, compare.Pair{Old: g.Old[p[0]], New: g.New[p[1]]})
		}
	}
	return out, nil
}

// inStep is the best pairing of two lists in order: pairs of indexes, -1 = without partner. score is above 0 for those worth pairing.
func inStep(n, m int, score func(i, j int) float64) (out [][2]int) {
	best := make([][]float64, n+1)
	for i := range best {
		best[i] = make([]float64, m+1)
	}
	worth := make([][]float64, n)
	for i := n - 1; i >= 0; i-- {
		worth[i] = make([]float64, m)
		for j := m - 1; j >= 0; j-- {
			worth[i][j] = score(i, j)
			best[i][j] = max(best[i+1][j], best[i][j+1], best[i+1][j+1]+worth[i][j])
		}
	}
	for i, j := 0, 0; i < n || j < m; {
		switch {
		case i < n && j < m && worth[i][j] > 0 && best[i][j] == best[i+1][j+1]+worth[i][j]:
			out = append(out, [2]int{i, j})
			i, j = i+1, j+1
		case j == m || i < n && best[i][j] == best[i+1][j]:
			out = append(out, [2]int{i, -1})
			i++
		default:
			out = append(out, [2]int{-1, j})
			j++
		}
	}
	return out
}

// likeness of two small pictures by their ink: 1 = the same, 0 = nothing in common.
func likeness(a, b *picture) float64 {
	if a.w != b.w || a.h != b.h || len(a.pix) == 0 {
		return 0
	}
	ink, apart := 1.0, 0.0
	for i, p := range a.pix {
		x, y := 255-int(p), 255-int(b.pix[i])
		ink += float64(x + y)
		apart += float64(max(x-y, y-x))
	}
	return 1 - apart/ink
}
