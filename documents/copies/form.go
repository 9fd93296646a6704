package copies

import (
	"bytes"
	"compress/zlib"
	"math"
	"strconv"
	"strings"
	"sync"
)

// drawing geometry, in units of the form (FormSize wide): letters of the first line, of the others, and between lines.
const (
	mainLetter  = 78.0
	otherLetter = 60.0
	lineGap     = 1.25
	formWidth   = 980.0
	// Off the diagonal the page is narrower: for pages up to 16:9 by 2.4 times the distance. Behind the form's square there is
	// still some page (documents/pdf draws it 0.82 diagonals wide), so the narrowing starts from more than FormSize.
	pageWidth = 1130.0
	narrowing = 2.4
)

// room is the widest that a line of letters of this size may be whose middle is so far from the diagonal.
func room(off, size float64) float64 {
	return min(formWidth, pageWidth-narrowing*(math.Abs(off)+size/2))
}

// Form draws the lines centred in the square and returns zlib data. Grey with a thin white edge: grey alone vanishes on
// dark pages. The same lines give the same bytes. The result is shared: do not change it.
func Form(lines []string) []byte {
	key := strings.Join(lines, "\n")
	if b, ok := forms.get(key); ok {
		return b
	}
	var out bytes.Buffer
	w := deflaters.Get().(*zlib.Writer)
	w.Reset(&out)
	_, _ = w.Write(draw(lines)) // a bytes.Buffer takes everything
	_ = w.Close()
	deflaters.Put(w)
	forms.put(key, out.Bytes())
	return out.Bytes()
}

var deflaters = sync.Pool{New: func() any {
	w, _ := zlib.NewWriterLevel(nil, 5) // a valid level: there is no error
	return w
}}

func draw(lines []string) []byte {
	b := []byte("0.35 g 1 G 26 w 1 j\n")
	size := func(i int) float64 {
		if i == 0 {
			return mainLetter
		}
		return otherLetter
	}
	total := 0.0
	for i := range lines {
		total += size(i) * lineGap
	}
	y := FormSize/2 + total/2
	for i, line := range lines {
		y -= size(i) * lineGap
		b = appendLine(b, line, size(i), y+size(i)*0.3)
	}
	return b
}

// appendLine draws one line with its foot at y, smaller when it would be wider than the form.
func appendLine(b []byte, line string, size, y float64) []byte {
	width := 0.0
	for _, r := range line {
		width += face().glyph(r).advance
	}
	scale := size / 1000
	if most := room(y+size*0.35-FormSize/2, size); width*scale > most {
		scale = most / width
	}
	b = append(b, "q "...)
	b = strconv.AppendFloat(b, scale, 'f', 5, 64)
	b = append(b, " 0 0 "...)
	b = strconv.AppendFloat(b, scale, 'f', 5, 64)
	b = append(b, ' ')
	b = strconv.AppendFloat(b, FormSize/2-width*scale/2, 'f', 2, 64)
	b = append(b, ' ')
	b = strconv.AppendFloat(b, y, 'f', 2, 64)
	b = append(b, " cm\n"...)
	for _, r := range line {
		g := face().glyph(r)
		b = append(b, g.path...)
		b = append(b, "1 0 0 1 "...)
		b = strconv.AppendFloat(b, g.advance, 'f', 0, 64)
		b = append(b, " 0 cm\n"...)
	}
	return append(b, "Q\n"...)
}

// cache keeps the drawings of the day: one per person, used for all papers. About 3 kB each.
type cache struct {
	mu sync.RWMutex
	m  map[string][]byte
}

var forms = &cache{m: map[string][]byte{}}

const maxForms = 4096

func (c *cache) get(k string) ([]byte, bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	b, ok := c.m[k]
	return b, ok
}

func (c *cache) put(k string, b []byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.m) >= maxForms {
		clear(c.m)
	}
	c.m[k] = b
}
