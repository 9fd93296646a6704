package copies

import (
	"bytes"
	"math"
	"strconv"
	"sync"

	"github.com/klauspost/compress/zlib"
)

// drawing geometry, in units of the form (FormSize wide): letters of the first line, of the others, and between lines.
const (
	mainLetter  = 78.0
	otherLetter = 60.0
	lineGap     = 1.25
	formWidth   = 980.0
	// Off the diagonal the page is narrower (Span). Behind the form's square there is still some page, so the narrowing starts from
	// more than FormSize.
	pageWidth = 1130.0
	narrowing = 2.4
)

// room is the widest that a line of letters of this size may be whose middle is so far from the diagonal.
func room(off, size float64) float64 {
	return min(formWidth, pageWidth-narrowing*(math.Abs(off)+size/2))
}

// Form draws the lines centred in the square and returns zlib data. Grey with a thin white edge: grey alone vanishes on
// dark pages. The same lines give the same bytes.
func Form(lines []string) []byte {
	room := rooms.Get().(*[]byte)
	defer rooms.Put(room)
	*room = draw((*room)[:0], lines)
	out := deflate(*room, fast)
	if len(out)+aroundDrawing > SlotBytes { // a long mark: three times the work for a sixth fewer bytes
		out = deflate(*room, small)
	}
	return out
}

func deflate(b []byte, packers *sync.Pool) []byte {
	var out bytes.Buffer
	out.Grow(6 << 10)
	w := packers.Get().(*zlib.Writer)
	defer packers.Put(w)
	w.Reset(&out)
	_, _ = w.Write(b) // a bytes.Buffer takes everything
	_ = w.Close()
	return out.Bytes()
}

var rooms = sync.Pool{New: func() any { return new([]byte) }}

var fast, small = packers(zlib.BestSpeed), packers(zlib.BestCompression)

func packers(level int) *sync.Pool {
	return &sync.Pool{New: func() any {
		w, _ := zlib.NewWriterLevel(nil, level) // a valid level: there is no error
		return w
	}}
}

func draw(b []byte, lines []string) []byte {
	b = append(b, "0.35 g 1 G 26 w 1 j\n"...)
	sizes, feet := layout(lines)
	for i, line := range lines {
		b = appendLine(b, line, sizes[i], feet[i])
	}
	return b
}

// appendLine draws one line with its foot at y, smaller when it would be wider than the form.
func appendLine(b []byte, line string, size, y float64) []byte {
	glyphs, scale, left := compose(line, size, y)
	b = append(b, "q "...)
	b = strconv.AppendFloat(b, scale, 'f', 5, 64)
	b = append(b, " 0 0 "...)
	b = strconv.AppendFloat(b, scale, 'f', 5, 64)
	b = append(b, ' ')
	b = strconv.AppendFloat(b, left, 'f', 2, 64)
	b = append(b, ' ')
	b = strconv.AppendFloat(b, y, 'f', 2, 64)
	b = append(b, " cm\n"...)
	atX, atY := 0.0, 0.0
	for _, g := range glyphs {
		if x, y := math.Round(g.x), math.Round(g.y); len(g.path) > 0 && (x != atX || y != atY) {
			b = append(b, "1 0 0 1 "...)
			b = strconv.AppendInt(b, int64(x-atX), 10)
			b = append(b, ' ')
			b = strconv.AppendInt(b, int64(y-atY), 10)
			b = append(b, " cm\n"...)
			atX, atY = x, y
		}
		b = append(b, g.path...)
	}
	return append(b, "Q\n"...)
}

// compose places the letters of a line (in 1/1000 em) and says how much a unit of theirs is in the form and where the line begins.
func compose(line string, size, y float64) (glyphs []placed, scale, left float64) {
	set, _ := set([]rune(line)) // Lines lets no other letters through
	glyphs, width := place(set)
	scale = size / 1000
	if most := room(y+size*0.35-FormSize/2, size); width*scale > most {
		scale = most / width
	}
	return glyphs, scale, FormSize/2 - width*scale/2
}

// layout gives each line its size and the height of its foot, the block in the middle of the form.
func layout(lines []string) (sizes, feet []float64) {
	total := 0.0
	for i := range lines {
		sizes = append(sizes, otherLetter)
		if i == 0 {
			sizes[0] = mainLetter
		}
		total += sizes[i] * lineGap
	}
	y := FormSize/2 + total/2
	for _, size := range sizes {
		y -= size * lineGap
		feet = append(feet, y+size*0.3)
	}
	return sizes, feet
}
