package copies

import "math"

// placed is a glyph of a line: x and y are where its origin goes, in 1/1000 em from the line's beginning.
type placed struct {
	glyph
	x, y float64
}

// place sets the glyphs of a line side by side and returns the line's width in 1/1000 em. A mark (an accent that has no letter of its
// own together with the one before) stands in the middle over or under that letter, higher over a tall one.
func place(glyphs []glyph) (out []placed, width float64) {
	out = make([]placed, 0, len(glyphs))
	base := -1
	var top float64 // of the base with the marks that it has
	for _, g := range glyphs {
		if !g.mark || base < 0 {
			if g.mark { // nothing before it: it stands alone
				out = append(out, placed{g, width - g.left, 0})
				width += g.right - g.left
				continue
			}
			out = append(out, placed{g, width, 0})
			base, top = len(out)-1, g.high
			width += g.advance
			continue
		}
		b := out[base]
		middle := b.x + b.advance/2
		if b.right > b.left {
			middle = b.x + (b.left+b.right)/2
		}
		p := placed{g, middle - (g.left+g.right)/2, 0}
		if g.low > smallLetter*0.8 { // over the letter
			p.y = math.Max(0, top+markGap-g.low)
			top = g.high + p.y
		}
		out = append(out, p)
	}
	return out, width
}

// In 1/1000 em: the height of a small letter in both faces, and the air between a letter and its mark.
const (
	smallLetter = 530
	markGap     = 30
)
