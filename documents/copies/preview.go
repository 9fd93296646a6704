package copies

import (
	"strconv"

	"golang.org/x/image/font/sfnt"
)

// Picture is the drawing of the lines as the data of one SVG path (SVG 1.1, section 8.3), in a square of FormSize with the origin at
// the top left: what a page shows along its diagonal. For people who write a template.
func Picture(lines []string) string {
	var b []byte
	sizes, feet := layout(lines)
	for i, line := range lines {
		glyphs, scale, left := compose(line, sizes[i], feet[i])
		for _, g := range glyphs {
			b = appendSVG(b, g.segments, func(x, y float64) (float64, float64) {
				return left + (g.x+x)*scale, FormSize - feet[i] - (g.y-y)*scale
			})
		}
	}
	return string(b)
}

func appendSVG(b []byte, segments sfnt.Segments, place func(x, y float64) (float64, float64)) []byte {
	open := false
	for _, s := range segments {
		n := 1
		switch s.Op {
		case sfnt.SegmentOpMoveTo:
			if open {
				b = append(b, 'Z')
			}
			b, open = append(b, 'M'), true
		case sfnt.SegmentOpLineTo:
			b = append(b, 'L')
		case sfnt.SegmentOpQuadTo:
			b, n = append(b, 'Q'), 2
		case sfnt.SegmentOpCubeTo:
			b, n = append(b, 'C'), 3
		}
		for i, p := range s.Args[:n] {
			x, y := place(float64(p.X)/64, float64(p.Y)/64)
			if i > 0 {
				b = append(b, ' ')
			}
			b = append(strconv.AppendFloat(b, x, 'f', 1, 64), ' ')
			b = strconv.AppendFloat(b, y, 'f', 1, 64)
		}
	}
	if open {
		b = append(b, 'Z')
	}
	return b
}
