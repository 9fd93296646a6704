package pagetext

import "ris/app/council"

// Quads returns the rectangles that cover letters [start, end) of the page, one per line, in PDF points
// (x0, y0, x1, y1; origin bottom left, unrotated). Letters without a box are left out.
func Quads(p council.PageText, start, end int) [][4]float64 {
	var out [][4]float64
	for i := max(0, start); i < end && i < len(p.Boxes); i++ {
		b := p.Boxes[i]
		if !drawn(b) || b.X1 <= b.X0 {
			continue
		}
		q := [4]float64{float64(b.X0), float64(b.Y0), float64(b.X1), float64(b.Y1)}
		if n := len(out); n > 0 && sameLine(out[n-1], q) {
			l := &out[n-1]
			*l = [4]float64{min(l[0], q[0]), min(l[1], q[1]), max(l[2], q[2]), max(l[3], q[3])}
			continue
		}
		out = append(out, q)
	}
	return out
}

// sameLine holds when b continues the line of a: they share height and b is not far to either side, or, in text that runs up or down the
// page (turned pages, margins of tables), they share width and b is next to it.
func sameLine(a, b [4]float64) bool {
	across := overlap(a[1], a[3], b[1], b[3]) > 0.4 && gap(a[0], a[2], b[0], b[2]) < 1.5*(b[3]-b[1])+2
	along := overlap(a[0], a[2], b[0], b[2]) > 0.8 && gap(a[1], a[3], b[1], b[3]) < 0.5*(b[2]-b[0])
	return across || along
}

func overlap(a0, a1, b0, b1 float64) float64 {
	return (min(a1, b1) - max(a0, b0)) / max(0.1, min(a1-a0, b1-b0))
}

func gap(a0, a1, b0, b1 float64) float64 { return max(a0, b0) - min(a1, b1) }
