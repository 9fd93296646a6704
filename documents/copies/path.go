package copies

import (
	"strconv"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// outline writes path operators (ISO 32000-1, 8.5.2). TrueType curves are quadratic and become the same cubic ones.
func outline(segments sfnt.Segments) []byte {
	var p []byte
	var at fixed.Point26_6
	point := func(q fixed.Point26_6) {
		p = append(strconv.AppendInt(p, int64(int(q.X)+32)>>6, 10), ' ')
		p = append(strconv.AppendInt(p, int64(int(-q.Y)+32)>>6, 10), ' ')
	}
	toward := func(a, control fixed.Point26_6) fixed.Point26_6 {
		return fixed.Point26_6{X: a.X + (control.X-a.X)*2/3, Y: a.Y + (control.Y-a.Y)*2/3}
	}
	open := false
	for _, s := range segments {
		switch s.Op {
		case sfnt.SegmentOpMoveTo:
			if open {
				p = append(p, "h\n"...)
			}
			point(s.Args[0])
			p = append(p, "m\n"...)
			at, open = s.Args[0], true
		case sfnt.SegmentOpLineTo:
			point(s.Args[0])
			p = append(p, "l\n"...)
			at = s.Args[0]
		case sfnt.SegmentOpQuadTo:
			point(toward(at, s.Args[0]))
			point(toward(s.Args[1], s.Args[0]))
			point(s.Args[1])
			p = append(p, "c\n"...)
			at = s.Args[1]
		case sfnt.SegmentOpCubeTo:
			for _, q := range s.Args {
				point(q)
			}
			p = append(p, "c\n"...)
			at = s.Args[2]
		}
	}
	if open {
		p = append(p, "h B\n"...)
	}
	return p
}
