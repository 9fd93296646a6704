package trace

import (
	"math"
	"slices"
)

// Gray is a picture of a page, 8 bits a pixel (0 black, 255 white), rows without padding.
type Gray struct {
	W, H int
	Pix  []byte
}

// workingSide is the longer side of the picture in which a mark is looked for, in pixels: an A4 page at 150 dpi. The letters of a mark
// are tall: more pixels would cost time and give nothing.
const workingSide = 1760

// Strips looks for what a mark looks like on a scanned or photographed page (a pale, even grey, in letters far bigger and bolder than
// those of the text, along the diagonal) and gives pictures of it for text recognition: upright, black on white, without the page's own
// text. The likeliest comes first, each followed by itself upside down. None: there is nothing like a mark.
//
// It runs in the sandbox child, in bounded memory: about ten bytes a pixel of the working size.
func Strips(page Gray) []Gray {
	g := shrink(page, workingSide)
	if g.W < 200 || g.H < 200 {
		return nil
	}
	paper := paperOf(g)
	thin := paleInk(g, paper, thinText)
	angles := directions(thin)
	var out []Gray
	for _, ink := range []Gray{thin, paleInk(g, paper, thickText)} {
		for n, angle := range angles {
			if s, ok := turned(ink, angle); ok && (n == 0 || len(out) < mostStrips) {
				s = shrink(s, max(s.W, s.H)/2) // letters of a good size for text recognition, and smooth
				out = append(out, s, upsideDown(s))
			}
		}
	}
	return out
}

// mostStrips bounds the pictures of one page; the second kind of ink comes with the best angle alone then.
const mostStrips = 6

// What is taken away as text, in pixels of the working size on each side of a stroke's middle: running text, and headings or noise as
// well. The letters of a code are twice as bold as the second.
const (
	thinText  = 3
	thickText = 4
)

// shrink makes the longer side at most most pixels, by averages over boxes.
func shrink(g Gray, most int) Gray {
	long := max(g.W, g.H)
	if long <= most {
		return g
	}
	w, h := max(1, g.W*most/long), max(1, g.H*most/long)
	out := Gray{w, h, make([]byte, w*h)}
	for y := range h {
		y0, y1 := y*g.H/h, max(y*g.H/h+1, (y+1)*g.H/h)
		for x := range w {
			x0, x1 := x*g.W/w, max(x*g.W/w+1, (x+1)*g.W/w)
			sum := 0
			for yy := y0; yy < y1; yy++ {
				for _, p := range g.Pix[yy*g.W+x0 : yy*g.W+x1] {
					sum += int(p)
				}
			}
			out.Pix[y*w+x] = byte(sum / ((y1 - y0) * (x1 - x0)))
		}
	}
	return out
}

// paleInk is how much darker than the paper around it each pixel is when everything thin is taken away; 255 = like the strongest
// mark, 0 = paper.
func paleInk(g, paper Gray, thin int) Gray {
	// Text is thinner than 2*thin+1: it is filled with what surrounds it. What is left of its edges is smoothed.
	open := blurred(spread(spread(g, thin, true), thin, false), 1)
	out := Gray{g.W, g.H, make([]byte, len(g.Pix))}
	for i, p := range open.Pix {
		d := int(paper.Pix[i]) - int(p)
		// A mark takes about a sixth of the light; pictures and bold headings take more and are no part of it.
		d = d * 255 / max(60, int(paper.Pix[i]))
		switch {
		case d < 10:
			d = 0
		case d > 110:
			d = 0
		default:
			d = min(255, (d-10)*9)
		}
		out.Pix[i] = byte(d)
	}
	return out
}

// paperOf is the light of the paper around each pixel, without what is printed on it.
func paperOf(g Gray) Gray {
	const around = 40 // more than a stroke of the largest mark
	return blurred(spread(g, around, true), around)
}

// spread is the greatest (or least) value within r pixels in each direction.
func spread(g Gray, r int, greatest bool) Gray {
	pick := func(a, b byte) byte { return min(a, b) }
	if greatest {
		pick = func(a, b byte) byte { return max(a, b) }
	}
	rows := Gray{g.W, g.H, make([]byte, len(g.Pix))}
	line := make([]byte, max(g.W, g.H))
	for y := range g.H {
		sliding(g.Pix[y*g.W:(y+1)*g.W], rows.Pix[y*g.W:(y+1)*g.W], r, pick)
	}
	out := Gray{g.W, g.H, make([]byte, len(g.Pix))}
	column := make([]byte, g.H)
	for x := range g.W {
		for y := range g.H {
			column[y] = rows.Pix[y*g.W+x]
		}
		sliding(column, line[:g.H], r, pick)
		for y := range g.H {
			out.Pix[y*g.W+x] = line[y]
		}
	}
	return out
}

// sliding is the best value in a window of 2r+1, in constant time for each place (van Herk and Gil-Werman: running bests of blocks
// from both ends).
func sliding(in, out []byte, r int, pick func(a, b byte) byte) {
	n, window := len(in), 2*r+1
	if n == 0 {
		return
	}
	forth, back := make([]byte, n), make([]byte, n)
	for i := range n {
		if i%window == 0 {
			forth[i] = in[i]
		} else {
			forth[i] = pick(forth[i-1], in[i])
		}
	}
	for i := n - 1; i >= 0; i-- {
		if i == n-1 || (i+1)%window == 0 {
			back[i] = in[i]
		} else {
			back[i] = pick(back[i+1], in[i])
		}
	}
	for i := range n {
		out[i] = pick(back[max(0, i-r)], forth[min(n-1, i+r)])
	}
}

// blurred is the mean within r pixels, by running sums.
func blurred(g Gray, r int) Gray {
	mean := func(in, out []byte) {
		sum := 0
		for i := -r; i < len(in); i++ {
			if i+r < len(in) {
				sum += int(in[i+r])
			}
			if i-r-1 >= 0 {
				sum -= int(in[i-r-1])
			}
			if i >= 0 {
				out[i] = byte(sum / (min(len(in)-1, i+r) - max(0, i-r) + 1))
			}
		}
	}
	rows, out := make([]byte, len(g.Pix)), Gray{g.W, g.H, make([]byte, len(g.Pix))}
	for y := range g.H {
		mean(g.Pix[y*g.W:(y+1)*g.W], rows[y*g.W:(y+1)*g.W])
	}
	column, line := make([]byte, g.H), make([]byte, g.H)
	for x := range g.W {
		for y := range g.H {
			column[y] = rows[y*g.W+x]
		}
		mean(column, line)
		for y := range g.H {
			out.Pix[y*g.W+x] = line[y]
		}
	}
	return out
}

// mostDirections is how many directions of text are tried.
const mostDirections = 2

// leastSlope keeps away from the edges of the page, where its own lines run, in degrees: the diagonal of a page twice as long as wide
// has 27 of them, seen from the side some less.
const leastSlope = 17

// directions are the angles (radians, counter-clockwise, of half a turn) in which the ink lies in lines: seen along it, ink and
// paper change most. The best comes first.
func directions(ink Gray) []float64 {
	small := shrink(ink, workingSide/4)
	type point struct{ x, y, v float64 }
	var points []point
	for y := range small.H {
		for x := range small.W {
			if v := small.Pix[y*small.W+x]; v > 60 {
				points = append(points, point{float64(x), float64(y), float64(v)})
			}
		}
	}
	if len(points) < 100 {
		return nil
	}
	if step := len(points) / 20_000; step > 0 { // a grey picture: a part of it will do
		var some []point
		for i := 0; i < len(points); i += step + 1 {
			some = append(some, points[i])
		}
		points = some
	}
	size := small.W + small.H
	bins := make([]float64, 2*size+2)
	score := func(degrees float64) float64 {
		clear(bins)
		sin, cos := math.Sincos(degrees * math.Pi / 180)
		for _, p := range points {
			at := p.x*sin + p.y*cos + float64(size) // the distance from the line through the corner
			k := int(at)
			bins[k] += p.v * (1 - (at - float64(k)))
			bins[k+1] += p.v * (at - float64(k))
		}
		sum := 0.0
		for k := 1; k < len(bins); k++ {
			d := bins[k] - bins[k-1]
			sum += d * d
		}
		return sum
	}
	scores := make([]float64, 180)
	for d := range scores {
		scores[d] = score(float64(d))
	}
	order := make([]int, 180)
	for d := range order {
		order[d] = d
	}
	order = slices.DeleteFunc(order, func(d int) bool { return d%90 < leastSlope || d%90 > 90-leastSlope })
	slices.SortFunc(order, func(a, b int) int { return int(math.Copysign(1, scores[b]-scores[a])) })
	var out []float64
	var chosen []int
	for _, d := range order {
		if slices.ContainsFunc(chosen, func(c int) bool { gap := (d - c + 180) % 180; return gap < 8 || gap > 172 }) {
			continue
		}
		chosen = append(chosen, d)
		best, most := float64(d), scores[d]
		for f := -1.0; f <= 1; f += 0.125 {
			if s := score(float64(d) + f); s > most {
				best, most = float64(d)+f, s
			}
		}
		out = append(out, best*math.Pi/180)
		if len(out) == mostDirections {
			break
		}
	}
	return out
}

// turned is the ink turned so that lines of that angle lie flat, cut to where there is ink, black on white. ok is false when too little
// is left.
func turned(ink Gray, angle float64) (Gray, bool) {
	sin, cos := math.Sincos(angle)
	side := int(math.Hypot(float64(ink.W), float64(ink.H))) + 1
	full := Gray{side, side, make([]byte, side*side)}
	cx, cy, c := float64(ink.W)/2, float64(ink.H)/2, float64(side)/2
	rows := make([]int, side)
	for y := range side {
		for x := range side {
			dx, dy := float64(x)-c, float64(y)-c
			sx, sy := cx+dx*cos+dy*sin, cy-dx*sin+dy*cos
			ix, iy := int(math.Floor(sx)), int(math.Floor(sy))
			if ix < 0 || iy < 0 || ix+1 >= ink.W || iy+1 >= ink.H {
				continue
			}
			fx, fy := sx-float64(ix), sy-float64(iy)
			at := iy*ink.W + ix
			v := (float64(ink.Pix[at])*(1-fx)+float64(ink.Pix[at+1])*fx)*(1-fy) + (float64(ink.Pix[at+ink.W])*(1-fx)+float64(ink.Pix[at+ink.W+1])*fx)*fy
			full.Pix[y*side+x] = byte(v)
			if v > 80 {
				rows[y]++
			}
		}
	}
	// The mark lies in the middle; what is far from it is the page's own.
	top, bottom := side/2, side/2
	for reach := side * 2 / 10; reach > 0; reach-- {
		if rows[side/2-reach] > 10 && top == side/2 {
			top = side/2 - reach
		}
		if rows[side/2+reach] > 10 && bottom == side/2 {
			bottom = side/2 + reach
		}
	}
	if bottom-top < 10 {
		return Gray{}, false
	}
	const edge = 20
	top, bottom = max(0, top-edge), min(side, bottom+edge)
	out := Gray{side, bottom - top, make([]byte, side*(bottom-top))}
	for i, v := range full.Pix[top*side : bottom*side] {
		out.Pix[i] = 255 - v
	}
	return out, true
}

func upsideDown(g Gray) Gray {
	out := Gray{g.W, g.H, slices.Clone(g.Pix)}
	slices.Reverse(out.Pix)
	return out
}
