package pagetext

import (
	"slices"
	"unicode"

	"ris/app/council"
)

// piece is a run of letters that stand side by side on one line, without a gap in which a column's edge could lie. Its box is
// upright for the reader: y grows upwards, whatever the page's rotation.
type piece struct {
	council.LetterRange
	box council.Box
}

func (p piece) width() float32  { return p.box.X1 - p.box.X0 }
func (p piece) height() float32 { return p.box.Y1 - p.box.Y0 }
func (p piece) middle() float32 { return (p.box.Y0 + p.box.Y1) / 2 }

// Upright turns a box of user space as the reader sees it; rotate is the page's /Rotate in degrees clockwise. Only distances and
// order have a meaning, so nothing is moved back to the origin.
func Upright(b council.Box, rotate int) council.Box {
	switch (rotate%360 + 360) % 360 {
	case 90:
		return council.Box{X0: b.Y0, X1: b.Y1, Y0: -b.X1, Y1: -b.X0}
	case 180:
		return council.Box{X0: -b.X1, X1: -b.X0, Y0: -b.Y1, Y1: -b.Y0}
	case 270:
		return council.Box{X0: -b.Y1, X1: -b.Y0, Y0: b.X0, Y1: b.X1}
	}
	return b
}

// pieces cuts a page. Blanks and line ends between two pieces belong to none.
func pieces(letters []rune, boxes []council.Box, rotate int) []piece {
	var out []piece
	open := false
	for i, r := range letters {
		if isBreak(r) {
			open = false
			continue
		}
		if i >= len(boxes) || unicode.IsSpace(r) || !drawn(boxes[i]) {
			continue
		}
		b := Upright(boxes[i], rotate)
		if open {
			last := &out[len(out)-1]
			high := max(last.height(), b.Y1-b.Y0, 4)
			near := b.X0-last.box.X1 < 1.5*high && b.X0 > last.box.X1-high && b.Y0 < last.box.Y1+high/2 && b.Y1 > last.box.Y0-high/2
			if near {
				last.End = i + 1
				last.box = council.Box{X0: min(last.box.X0, b.X0), Y0: min(last.box.Y0, b.Y0), X1: max(last.box.X1, b.X1), Y1: max(last.box.Y1, b.Y1)}
				continue
			}
		}
		out = append(out, piece{council.LetterRange{Start: i, End: i + 1}, b})
		open = true
	}
	return out
}

// byLines sorts pieces as one column is read: line by line from the top, from left to right.
func byLines(all []piece) {
	slices.SortStableFunc(all, func(a, b piece) int { return compare(b.middle(), a.middle()) })
	for start := 0; start < len(all); {
		end := start + 1
		for end < len(all) && all[end].middle() > all[start].box.Y0 {
			end++
		}
		slices.SortStableFunc(all[start:end], func(a, b piece) int { return compare(a.box.X0, b.box.X0) })
		start = end
	}
}

func compare(a, b float32) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

func median(v []float32) float32 {
	if len(v) == 0 {
		return 0
	}
	slices.Sort(v)
	return v[len(v)/2]
}
