package pdf

import (
	"math"
	"strconv"
)

// gap is a point in a page's content between two operators at which the mark can be drawn: nothing is open, nothing clips.
type gap struct {
	at  int
	ctm matrix // of the content up to there: the mark's own matrix has to undo it
}

// matrix is a transformation as in the operator cm (ISO 32000-1, 8.3.3).
type matrix [6]float64

var identity = matrix{1, 0, 0, 1, 0, 0}

// times is the transformation that does m first and n after it.
func (m matrix) times(n matrix) matrix {
	return matrix{
		m[0]*n[0] + m[1]*n[2], m[0]*n[1] + m[1]*n[3],
		m[2]*n[0] + m[3]*n[2], m[2]*n[1] + m[3]*n[3],
		m[4]*n[0] + m[5]*n[2] + n[4], m[4]*n[1] + m[5]*n[3] + n[5],
	}
}

// inverse is false for a matrix that cannot be undone well.
func (m matrix) inverse() (matrix, bool) {
	det := m[0]*m[3] - m[1]*m[2]
	if math.Abs(det) < 1e-9 || math.IsNaN(det) || math.IsInf(det, 0) {
		return identity, false
	}
	return matrix{m[3] / det, -m[1] / det, -m[2] / det, m[0] / det,
		(m[2]*m[5] - m[3]*m[4]) / det, (m[1]*m[4] - m[0]*m[5]) / det}, true
}

// drawingState is the part of the graphics state that decides whether the mark would be seen.
type drawingState struct {
	ctm     matrix
	clipped bool
}

// gapFinder follows the operators of a page.
type gapFinder struct {
	scanner *contentScanner
	numbers []float64
	now     drawingState
	saved   []drawingState
	text    bool
	path    bool
	marked  int
	gaps    []gap
	covered int // places before this index may lie under a picture
}

// mostGaps bounds the memory for a page of a million operators; the last ones count.
const mostGaps = 64

// findGaps lists the places of the content that no later picture, shading or form covers, in their order. The very end is not one
// of them.
func findGaps(content []byte) []gap {
	s := contentScanner{b: content}
	f := &gapFinder{scanner: &s, now: drawingState{ctm: identity}}
	s.each = f.word
	for s.at < len(content) {
		s.token()
	}
	list := f.gaps[min(f.covered, len(f.gaps)):]
	if n := len(list); n > 0 && len(trimSpace(content[list[n-1].at:])) == 0 {
		list = list[:n-1]
	}
	return list
}

func trimSpace(b []byte) []byte {
	for len(b) > 0 && isSpace(b[0]) {
		b = b[1:]
	}
	return b
}

func (f *gapFinder) word(w []byte) {
	if c := w[0]; c >= '0' && c <= '9' || c == '.' || c == '-' || c == '+' {
		n, _ := strconv.ParseFloat(string(w), 64)
		if len(f.numbers) < 64 {
			f.numbers = append(f.numbers, n)
		}
		return
	}
	f.operator(string(w))
	f.numbers = f.numbers[:0]
}

func (f *gapFinder) operator(o string) {
	switch o {
	case "q":
		if len(f.saved) >= 10*mostBrackets {
			f.marked = math.MaxInt32 // no document: it gets no gap any more
			return
		}
		f.saved = append(f.saved, f.now)
		return
	case "Q":
		f.now = drawingState{ctm: identity} // of one Q too many: the state in which the page began
		if n := len(f.saved); n > 0 {
			f.now, f.saved = f.saved[n-1], f.saved[:n-1]
		}
	case "cm":
		if n := len(f.numbers); n >= 6 {
			f.now.ctm = matrix(f.numbers[n-6:]).times(f.now.ctm)
		}
		return
	case "W", "W*":
		f.now.clipped = true
		return
	case "Tr":
		if n := len(f.numbers); n > 0 && f.numbers[n-1] >= 4 {
			f.now.clipped = true
		}
		return
	case "BT":
		f.text = true
		return
	case "ET":
		f.text = false
	case "BMC", "BDC":
		f.marked++
		return
	case "EMC":
		f.marked = max(0, f.marked-1)
	case "m", "l", "c", "v", "y", "h", "re":
		f.path = true
		return
	case "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "n":
		f.path = false
	case "Do", "sh", "ID", "EI":
		f.covered = len(f.gaps)
	default:
		return
	}
	if f.text || f.path || f.marked > 0 || f.now.clipped || f.scanner.arrays > 0 || f.scanner.dicts > 0 {
		return
	}
	if len(f.gaps) >= 2*mostGaps {
		f.gaps = append(f.gaps[:0], f.gaps[len(f.gaps)-mostGaps:]...)
		f.covered = max(0, f.covered-mostGaps)
	}
	f.gaps = append(f.gaps, gap{at: f.scanner.at, ctm: f.now.ctm})
}
