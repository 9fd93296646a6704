package copies

import (
	"strconv"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// glyph is one letter's outline as PDF path operators in units of 1/1000 em, and its advance.
type glyph struct {
	path    []byte
	advance float64
	known   bool // the font has this letter
}

// typeface caches outlines: a council has some dozen different letters in its names.
type typeface struct {
	font   *sfnt.Font
	mu     sync.RWMutex
	glyphs map[rune]glyph
}

// face has Latin, Greek and Cyrillic letters (WGL4). A wider one can be put beside it.
var face = sync.OnceValue(func() *typeface {
	f, err := sfnt.Parse(gobold.TTF)
	if err != nil {
		panic("the built-in font cannot be read: " + err.Error()) // a broken build, not a broken input
	}
	return &typeface{font: f, glyphs: map[rune]glyph{}}
})

// maxGlyphs bounds the cache: names come from outside.
const maxGlyphs = 4096

func (t *typeface) glyph(r rune) glyph {
	t.mu.RLock()
	g, ok := t.glyphs[r]
	t.mu.RUnlock()
	if ok {
		return g
	}
	g = t.load(r)
	t.mu.Lock()
	if len(t.glyphs) >= maxGlyphs {
		clear(t.glyphs)
	}
	t.glyphs[r] = g
	t.mu.Unlock()
	return g
}

func (t *typeface) load(r rune) glyph {
	var buf sfnt.Buffer // sfnt buffers may not be shared between goroutines
	em := fixed.I(1000)
	index, err := t.font.GlyphIndex(&buf, r)
	if err != nil || index == 0 {
		return glyph{}
	}
	advance, err := t.font.GlyphAdvance(&buf, index, em, font.HintingNone)
	if err != nil {
		return glyph{}
	}
	segments, err := t.font.LoadGlyph(&buf, index, em, nil)
	if err != nil {
		return glyph{}
	}
	return glyph{path: outline(segments), advance: float64(advance) / 64, known: true}
}

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
