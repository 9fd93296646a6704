package pdf

import (
	"math"

	"ris/documents/compare"
)

const (
	// changedLevel is the difference of a dot (of 255, after blurring) that counts, when no dot around it is closer: a line that is drawn
	// half a dot beside differs by less.
	changedLevel = 24
	// tile is the side of the squares in which changed dots are gathered, in dots; tileLeast of them make one changed.
	tile      = 8
	tileLeast = 4
	// mostRegions bounds what is shown of one page: past it, near ones are joined.
	mostRegions = 40
	// mostShift is how far one page may lie beside the other, in dots: 3 mm.
	mostShift = 12
)

// box is a rectangle of dots: x0, y0 inside, x1, y1 outside.
type box struct{ x0, y0, x1, y1 int }

// changedRegion is where the pictures differ: dots that went and that came. dx, dy is by how much the new page lies beside the old one.
type changedRegion struct {
	box
	gone, came int
	dx, dy     int
}

func (r changedRegion) kind() compare.Kind {
	switch {
	case r.gone >= 8*r.came:
		return compare.Removed
	case r.came >= 8*r.gone:
		return compare.Added
	}
	return compare.Changed
}

// moved is the region on the new page.
func (r changedRegion) moved() box { return box{r.x0 + r.dx, r.y0 + r.dy, r.x1 + r.dx, r.y1 + r.dy} }

// changedRegions compares two pictures of the same width.
func changedRegions(a, b *picture) []changedRegion {
	a.blur()
	b.blur()
	dx, dy := shiftOf(a, b)
	d := tiles(a, b, dx, dy)
	if dx != 0 || dy != 0 {
		if still := tiles(a, b, 0, 0); still.total <= d.total {
			d, dx, dy = still, 0, 0
		}
	}
	var out []changedRegion
	for reach := 2; ; reach *= 2 {
		if out = d.regions(reach); len(out) <= mostRegions {
			break
		}
	}
	for i := range out {
		r := &out[i]
		r.dx, r.dy = dx, dy
		r.box = box{max(0, r.x0-4), max(0, r.y0-4), min(a.w, r.x1+4), min(a.h, r.y1+4)}
	}
	return out
}

// blur makes each dot the mean of the nine around it: the ink of a thin line no longer depends on where it meets the grid of dots.
func (p *picture) blur() {
	mean := func(n, step, from int) { // along a line of n dots
		before, here := int(p.pix[from]), int(p.pix[from])
		for i := range n {
			at := from + i*step
			after := here
			if i+1 < n {
				after = int(p.pix[at+step])
			}
			p.pix[at] = byte((before + here + after) / 3)
			before, here = here, after
		}
	}
	for y := range p.h {
		mean(p.w, 1, y*p.w)
	}
	for x := range p.w {
		mean(p.h, p.w, x)
	}
}

// shiftOf finds by how much b lies beside a, from the ink in their columns and rows.
func shiftOf(a, b *picture) (dx, dy int) {
	profile := func(p *picture) (columns, rows []float64) {
		columns, rows = make([]float64, p.w), make([]float64, p.h)
		for y := range p.h {
			for x, v := range p.pix[y*p.w : (y+1)*p.w] {
				columns[x] += float64(255 - v)
				rows[y] += float64(255 - v)
			}
		}
		return columns, rows
	}
	best := func(p, q []float64) (at int) {
		least := math.Inf(1)
		for s := -mostShift; s <= mostShift; s++ {
			sum := 0.0
			for i := mostShift; i < min(len(p), len(q))-mostShift; i++ {
				sum += math.Abs(p[i] - q[i+s])
			}
			if sum < least || sum == least && s == 0 {
				least, at = sum, s
			}
		}
		return at
	}
	ca, ra := profile(a)
	cb, rb := profile(b)
	return best(ca, cb), best(ra, rb)
}

// tiled counts changed dots by square.
type tiled struct {
	w, h  int // squares
	gone  []int
	came  []int
	total int
}

func tiles(a, b *picture, dx, dy int) tiled {
	d := tiled{w: (a.w + tile - 1) / tile, h: (a.h + tile - 1) / tile}
	d.gone, d.came = make([]int, d.w*d.h), make([]int, d.w*d.h)
	for y := range a.h {
		for x := range a.w {
			p, q := int(a.pix[y*a.w+x]), b.level(x+dx, y+dy)
			if p-q <= changedLevel && q-p <= changedLevel {
				continue
			}
			at := y/tile*d.w + x/tile
			switch {
			case p < q && b.nearest(x+dx, y+dy, p) > changedLevel:
				d.gone[at]++
			case q < p && a.nearest(x, y, q) > changedLevel:
				d.came[at]++
			default:
				continue
			}
			d.total++
		}
	}
	return d
}

// level is the dot, white outside of the picture.
func (p *picture) level(x, y int) int {
	if x < 0 || y < 0 || x >= p.w || y >= p.h {
		return 255
	}
	return int(p.pix[y*p.w+x])
}

// nearest is how far a level lies outside of those around a place: an edge that is drawn half a dot beside is the same edge.
func (p *picture) nearest(x, y, level int) int {
	dark, light := 255, 0
	for v := y - 1; v <= y+1; v++ {
		for u := x - 1; u <= x+1; u++ {
			l := p.level(u, v)
			dark, light = min(dark, l), max(light, l)
		}
	}
	return max(dark-level, level-light, 0)
}

// regions joins changed squares that are at most reach squares apart.
func (d *tiled) regions(reach int) (out []changedRegion) {
	seen := make([]bool, d.w*d.h)
	active := func(at int) bool { return d.gone[at]+d.came[at] >= tileLeast }
	for start := range seen {
		if seen[start] || !active(start) {
			continue
		}
		r := changedRegion{box: box{x0: math.MaxInt}}
		r.y0 = math.MaxInt
		queue := []int{start}
		seen[start] = true
		for len(queue) > 0 {
			at := queue[len(queue)-1]
			queue = queue[:len(queue)-1]
			x, y := at%d.w, at/d.w
			r.box = box{min(r.x0, x*tile), min(r.y0, y*tile), max(r.x1, (x+1)*tile), max(r.y1, (y+1)*tile)}
			r.gone, r.came = r.gone+d.gone[at], r.came+d.came[at]
			for v := max(0, y-reach); v <= min(d.h-1, y+reach); v++ {
				for u := max(0, x-reach); u <= min(d.w-1, x+reach); u++ {
					if n := v*d.w + u; !seen[n] && active(n) {
						seen[n] = true
						queue = append(queue, n)
					}
				}
			}
		}
		if r.gone+r.came >= 12 {
			out = append(out, r)
		}
	}
	return out
}

// userSpace turns a rectangle of the picture into the page's user space: x0, y0, x1, y1 in points.
func (v viewed) userSpace(r box, p *picture) [4]float64 {
	l, t := float64(r.x0)/float64(p.w), float64(r.y0)/float64(p.h)
	rr, u := float64(r.x1)/float64(p.w), float64(r.y1)/float64(p.h)
	switch v.rotate { // the inverse of pixels
	case 90:
		l, rr, t, u = t, u, 1-rr, 1-l
	case 180:
		l, rr, t, u = 1-rr, 1-l, 1-u, 1-t
	case 270:
		l, rr, t, u = 1-u, 1-t, l, rr
	}
	width, height := float64(v.box.X1-v.box.X0), float64(v.box.Y1-v.box.Y0)
	tenth := func(x float64) float64 { return math.Round(10*x) / 10 }
	clip := func(x float64) float64 { return max(0, min(1, x)) }
	return [4]float64{tenth(float64(v.box.X0) + clip(l)*width), tenth(float64(v.box.Y1) - clip(u)*height),
		tenth(float64(v.box.X0) + clip(rr)*width), tenth(float64(v.box.Y1) - clip(t)*height)}
}

func (v viewed) whole() [4]float64 {
	return [4]float64{float64(v.box.X0), float64(v.box.Y0), float64(v.box.X1), float64(v.box.Y1)}
}
