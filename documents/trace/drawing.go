package trace

import (
	"math"
	"strconv"
	"strings"
	"sync"

	"ris/documents/copies"
)

// letter is what an outline means.
type letter struct {
	rune
	advance float64
}

// drawn are all letters that marks are made of, by their outline.
var drawn = sync.OnceValue(func() map[string]letter {
	out := map[string]letter{}
	for _, span := range [][2]rune{{0x21, 0x24f}, {0x2b0, 0x2ff}, {0x370, 0x52f}, {0x1e00, 0x1fff}, {0x2010, 0x2122}, {0x2190, 0x2200}} {
		for r := span[0]; r <= span[1]; r++ {
			for _, o := range copies.Outlines(r) {
				t := tracer{}
				t.read(o.Path)
				if _, twice := out[t.key()]; !twice { // Latin A and Greek Alpha look alike: the first is meant
					out[t.key()] = letter{r, o.Advance}
				}
			}
		}
	}
	return out
})

// ReadDrawing reads the lines of a mark out of the operators of a content stream (ISO 32000-1, 8.5), letter by letter by their
// outlines; other drawings are passed over. It works on whatever a program makes of the stream as long as the letters keep their
// units of 1/1000 em. It runs in the sandbox child.
func ReadDrawing(content []byte) []string {
	t := tracer{letters: drawn()}
	t.read(content)
	t.endLine()
	return t.lines
}

// tracer follows the path operators.
type tracer struct {
	letters map[string]letter // nil: only the path of one letter is taken
	numbers []float64
	path    []byte
	x, y    float64
	after   float64 // how far the pen goes after the last letter when another follows at once
	line    strings.Builder
	lines   []string
}

func (t *tracer) key() string { return string(t.path) }

const (
	mostOperands = 12
	longestPath  = 16 << 10 // bytes of one letter; no letter of the fonts comes near
	mostLines    = 1000
	blank        = 120 // 1/1000 em: a gap of so much is a blank; kerning is less
)

func (t *tracer) read(b []byte) {
	for at := 0; at < len(b); {
		c := b[at]
		switch {
		case c <= ' ':
			at++
		case c == '%':
			for at < len(b) && b[at] != '\n' && b[at] != '\r' {
				at++
			}
		case strings.IndexByte("()<>[]{}/", c) >= 0: // strings and names do not stand in outlines
			at++
			t.numbers = t.numbers[:0]
		default:
			start := at
			for at < len(b) && b[at] > ' ' && strings.IndexByte("()<>[]{}/%", b[at]) < 0 {
				at++
			}
			word := string(b[start:at])
			if n, err := strconv.ParseFloat(word, 64); err == nil && !math.IsNaN(n) && !math.IsInf(n, 0) {
				if len(t.numbers) < mostOperands {
					t.numbers = append(t.numbers, n)
				}
				continue
			}
			t.operator(word)
			t.numbers = t.numbers[:0]
		}
	}
}

func (t *tracer) operator(word string) {
	n := t.numbers
	switch {
	case word == "m" && len(n) == 2, word == "l" && len(n) == 2:
		t.add(word[0], n...)
	case word == "c" && len(n) == 6:
		t.add('c', n...)
	case word == "v" && len(n) == 4: // the first control point is where we are
		t.add('c', t.x, t.y, n[0], n[1], n[2], n[3])
	case word == "y" && len(n) == 4: // the second is where we go
		t.add('c', n[0], n[1], n[2], n[3], n[2], n[3])
	case word == "cm" && len(n) == 6:
		if n[0] == 1 && n[1] == 0 && n[2] == 0 && n[3] == 1 {
			t.endLetter()
			if t.line.Len() > 0 && n[4] > t.after+blank {
				t.line.WriteByte(' ')
			}
		} else {
			t.endLine()
		}
	case word == "Q" || word == "BT":
		t.endLine()
	}
}

func (t *tracer) add(op byte, numbers ...float64) {
	if len(t.path) > longestPath {
		return
	}
	t.path = append(t.path, op)
	for _, n := range numbers {
		t.path = append(strconv.AppendInt(t.path, int64(math.Round(n)), 10), ' ')
	}
	t.x, t.y = numbers[len(numbers)-2], numbers[len(numbers)-1]
}

// endLetter: the pen moves on.
func (t *tracer) endLetter() {
	if l, known := t.letters[t.key()]; known {
		t.line.WriteRune(l.rune)
		t.after = l.advance
	}
	t.path = t.path[:0]
}

func (t *tracer) endLine() {
	t.endLetter()
	if line := strings.TrimSpace(t.line.String()); line != "" && len(t.lines) < mostLines {
		t.lines = append(t.lines, line)
	}
	t.line.Reset()
}

// ReadShift finds the shift with which a page's content begins: a movement by less than a tenth of a point, before anything is
// drawn. In ten-thousandths of a point; ok is false when there is none, or when it is zero as in a base.
func ReadShift(content []byte) (x, y int, ok bool) {
	var numbers []float64
	words := 0
	for at := 0; at < len(content) && words < 24; {
		c := content[at]
		if c <= ' ' {
			at++
			continue
		}
		if c == '%' {
			for at < len(content) && content[at] != '\n' && content[at] != '\r' {
				at++
			}
			continue
		}
		start := at
		for at < len(content) && content[at] > ' ' {
			at++
		}
		word := string(content[start:at])
		words++
		if n, err := strconv.ParseFloat(word, 64); err == nil {
			numbers = append(numbers, n)
			continue
		}
		if n := numbers; word == "cm" && len(n) == 6 && n[0] == 1 && n[1] == 0 && n[2] == 0 && n[3] == 1 && math.Abs(n[4]) < 0.1 && math.Abs(n[5]) < 0.1 {
			x, y = int(math.Round(n[4]*10000)), int(math.Round(n[5]*10000))
			return x, y, x != 0 || y != 0
		}
		if word != "q" && word != "cm" {
			return 0, 0, false
		}
		numbers = numbers[:0]
	}
	return 0, 0, false
}
