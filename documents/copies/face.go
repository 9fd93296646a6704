package copies

import (
	_ "embed"
	"sync"
	"unicode"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"golang.org/x/text/unicode/norm"
)

// NotoSans-Bold has every letter of Latin, Greek and Cyrillic that a name can hold; its licence (SIL OFL 1.1) lies beside it.
//
//go:embed noto/NotoSans-Bold.ttf
var notoBold []byte

// glyph is one letter's outline in units of 1/1000 em, as PDF path operators and as segments, and its advance. low and high are the
// outline's lowest and highest point, left and right its sides.
type glyph struct {
	path                   []byte
	segments               sfnt.Segments
	advance                float64
	left, right, low, high float64
	known                  bool // a face has this letter
	mark                   bool // it stands over or under the letter before
}

// typeface caches outlines: a council has some dozen different letters in its names.
type typeface struct {
	font   *sfnt.Font
	mu     sync.RWMutex
	glyphs map[rune]glyph
}

// faces in the order in which they are asked: Go Bold has WGL4's letters, Noto Sans Bold all of Latin, Greek and Cyrillic.
var faces = sync.OnceValue(func() [2]*typeface {
	var out [2]*typeface
	for i, ttf := range [][]byte{gobold.TTF, notoBold} {
		f, err := sfnt.Parse(ttf)
		if err != nil {
			panic("a built-in font cannot be read: " + err.Error()) // a broken build, not a broken input
		}
		out[i] = &typeface{font: f, glyphs: map[rune]glyph{}}
	}
	return out
})

// set gives the glyphs of a line. All of them come from one face when one has them all: letters of two faces in a word look
// like a mistake. ok is false when no face has one of the letters.
func set(line []rune) (out []glyph, ok bool) {
	out = make([]glyph, len(line))
	for _, f := range faces() {
		if f.all(line, out) {
			return out, true
		}
	}
	for i, r := range line {
		if out[i] = pick(r); !out[i].known {
			return out, false
		}
	}
	return out, true
}

func (t *typeface) all(line []rune, out []glyph) bool {
	for i, r := range line {
		if !printable(r) {
			return false
		}
		if out[i] = t.glyph(r); !out[i].known {
			return false
		}
	}
	return true
}

func pick(r rune) (g glyph) {
	if printable(r) {
		for _, f := range faces() {
			if g = f.glyph(r); g.known {
				return g
			}
		}
	}
	return glyph{}
}

// printable says that a letter can be drawn by itself. Other scripts join or move their letters: one glyph after the other would be
// another word, even where a face has them.
func printable(r rune) bool {
	return unicode.In(r, unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Common, unicode.Inherited)
}

// legible replaces letters that no face has by what Unicode says is the same to read (full-width and raised letters), and keeps
// those for which that does not help.
func legible(s string) string {
	var out []rune
	for _, r := range s {
		if r == ' ' || pick(r).known {
			out = append(out, r)
			continue
		}
		same := []rune(norm.NFKC.String(string(r)))
		for _, x := range same {
			if !pick(x).known {
				same = []rune{r}
				break
			}
		}
		out = append(out, same...)
	}
	return string(out)
}

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
	g := glyph{path: outline(segments), segments: segments, advance: float64(advance) / 64, known: true, mark: unicode.Is(unicode.Mn, r)}
	if len(segments) == 0 && !unicode.IsSpace(r) {
		return glyph{} // a letter that leaves nothing on the paper is no letter
	}
	b := segments.Bounds() // y grows downwards
	g.left, g.right = float64(b.Min.X)/64, float64(b.Max.X)/64
	g.low, g.high = -float64(b.Max.Y)/64, -float64(b.Min.Y)/64
	return g
}
