package pagetext

import (
	"slices"

	"ris/app/council"
)

// Order puts the letters of a page into reading order where the order of drawing is not: two columns of running text that were
// drawn line by line across, and lines that were drawn from the bottom up. Everything else stays as it was drawn: authors'
// programs know their text better than geometry does, and rows of tables must not become columns. rotate is the page's /Rotate.
func Order(p council.PageText, rotate int) council.PageText {
	letters := []rune(p.Text)
	all := pieces(letters, p.Boxes, rotate)
	if len(all) < 12 || !runsAcross(all) {
		return p
	}
	if sorted, ok := columns(all); ok {
		return arrange(p, letters, sorted)
	}
	if climbs(all) {
		sorted := slices.Clone(all)
		byLines(sorted)
		return arrange(p, letters, sorted)
	}
	return p
}

// runsAcross: the words lie along the lines of the upright page; text that stands on its side is left alone.
func runsAcross(all []piece) bool {
	standing := 0
	for _, p := range all {
		if p.End-p.Start >= 4 && p.height() > 1.5*p.width() {
			standing++
		}
	}
	return standing*5 < len(all)
}

// climbs: half of the steps from piece to piece go up by more than a line.
func climbs(all []piece) bool {
	up := 0
	for i := 1; i < len(all); i++ {
		if all[i].box.Y0 > all[i-1].box.Y1 {
			up++
		}
	}
	return up*2 > len(all)
}

// minColumn is the least number of lines that makes a column.
const minColumn = 6

// columns answers the pieces in reading order when the page has two columns of running text that were drawn across.
func columns(all []piece) ([]piece, bool) {
	edge, ok := gutter(all)
	if !ok {
		return nil, false
	}
	var left, right []float32 // widths
	sides := make([]int, len(all))
	crossings, last := 0, 0
	lo, hi := all[0].box.X0, all[0].box.X1
	for i, p := range all {
		lo, hi = min(lo, p.box.X0), max(hi, p.box.X1)
		switch {
		case p.box.X1 <= edge:
			sides[i], left = -1, append(left, p.width())
		case p.box.X0 >= edge:
			sides[i], right = 1, append(right, p.width())
		}
		if sides[i] != 0 {
			if last == -sides[i] {
				crossings++
			}
			last = sides[i]
		} else {
			last = 0
		}
	}
	lines := len(left) + len(right)
	running := len(left) >= minColumn && len(right) >= minColumn &&
		median(left) > 0.6*(edge-lo) && median(right) > 0.6*(hi-edge) // cells of a table are short
	if !running || crossings*10 < lines*3 {
		return nil, false
	}
	return read(all, sides), true
}

// gutter is the middle of an empty strip near the middle of the text that at most a quarter of the pieces cross.
func gutter(all []piece) (float32, bool) {
	lo, hi := all[0].box.X0, all[0].box.X1
	for _, p := range all {
		lo, hi = min(lo, p.box.X0), max(hi, p.box.X1)
	}
	width := hi - lo
	if width < 150 || width > 5000 {
		return 0, false
	}
	cover := make([]int, int(width)+2)
	for _, p := range all {
		for x := int(p.box.X0 - lo); x <= int(p.box.X1-lo); x++ {
			cover[x]++
		}
	}
	from, to := int(0.35*width), int(0.65*width)
	least := slices.Min(cover[from:to])
	if least*4 > len(all) {
		return 0, false
	}
	bestStart, bestEnd := 0, 0
	for x := from; x < to; x++ {
		if cover[x] > least {
			continue
		}
		end := x
		for end < to && cover[end] <= least {
			end++
		}
		if end-x > bestEnd-bestStart {
			bestStart, bestEnd = x, end
		}
		x = end
	}
	return lo + float32(bestStart+bestEnd)/2, bestEnd-bestStart >= 6
}

// read goes from one piece that spans the page to the next; between them first the left column, then the right one.
func read(all []piece, sides []int) []piece {
	var spanning, left, right []piece
	for i, p := range all {
		switch sides[i] {
		case -1:
			left = append(left, p)
		case 1:
			right = append(right, p)
		default:
			spanning = append(spanning, p)
		}
	}
	byLines(spanning)
	byLines(left)
	byLines(right)
	out := make([]piece, 0, len(all))
	above := func(column []piece, y float32) []piece {
		n := 0
		for n < len(column) && column[n].middle() > y {
			n++
		}
		out = append(out, column[:n]...)
		return column[n:]
	}
	for _, s := range spanning {
		left = above(left, s.middle())
		right = above(right, s.middle())
		out = append(out, s)
	}
	return append(append(out, left...), right...)
}

// arrange writes the letters anew in the order of the pieces, one line each. Nothing that is drawn is lost.
func arrange(p council.PageText, letters []rune, sorted []piece) council.PageText {
	text := make([]rune, 0, len(letters))
	boxes := make([]council.Box, 0, len(letters))
	for i, s := range sorted {
		if i > 0 && text[len(text)-1] != LineHyphen {
			text = append(text, '\n')
			boxes = append(boxes, council.Box{})
		}
		text = append(text, letters[s.Start:s.End]...)
		boxes = append(boxes, p.Boxes[s.Start:s.End]...)
	}
	p.Text, p.Boxes = string(text), boxes
	return p
}
