package pagetext

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"unicode/utf8"

	"ris/app/council"
)

const (
	version = 2 // 1 had no tail behind the boxes; it is still read
	// maxDecoded bounds what Decode unpacks: a stored value is ours, but a damaged one must not fill the memory.
	maxDecoded = 1 << 30
	// far is the largest coordinate kept, in tenths of a point: PDF's own limit is far below (ISO 32000-1, annex C).
	far = 100_000_000
)

// Encode packs pages, about 2 bytes per letter. A page whose Boxes do not fit its Text gets no box for the letters that lack one.
func Encode(pages []council.PageText) []byte {
	raw := binary.AppendUvarint(nil, uint64(len(pages)))
	for i := range pages {
		raw = appendPage(raw, &pages[i])
	}
	var out bytes.Buffer
	out.Write([]byte{'P', 'T', version})
	w, _ := flate.NewWriter(&out, flate.BestSpeed+2) // the level is valid, so there is no error
	_, _ = w.Write(raw)
	_ = w.Close()
	return out.Bytes()
}

func appendPage(b []byte, p *council.PageText) []byte {
	text := p.Text
	if !utf8.ValidString(text) {
		text = string([]rune(text)) // each wrong byte becomes one U+FFFD: letters and boxes stay in step
	}
	b = binary.AppendUvarint(b, uint64(max(0, p.Page)))
	b = binary.AppendUvarint(b, uint64(len(text)))
	b = append(b, text...)
	var px, py int64
	for i := range utf8.RuneCountInString(text) {
		if i >= len(p.Boxes) || !drawn(p.Boxes[i]) {
			b = append(b, 0)
			continue
		}
		box := p.Boxes[i]
		x0, y0, x1, y1 := tenths(box.X0), tenths(box.Y0), tenths(box.X1), tenths(box.Y1)
		b = binary.AppendUvarint(b, 1+zigzag(x0-px))
		b = binary.AppendUvarint(b, zigzag(y0-py))
		b = binary.AppendUvarint(b, zigzag(x1-x0))
		b = binary.AppendUvarint(b, zigzag(y1-y0))
		px, py = x1, y0
	}
	return appendTail(b, p)
}

// states are the recognition states in the order of their stored numbers: new ones go to the end.
var states = []council.OCRState{"", council.OCRNeeded, council.OCRDone, council.OCRFailed, council.OCRRunning}

func appendTail(b []byte, p *council.PageText) []byte {
	b = binary.AppendUvarint(b, uint64(max(0, slices.Index(states, p.OCR))))
	b = binary.AppendUvarint(b, uint64(max(0, p.Confidence)))
	b = binary.AppendUvarint(b, uint64(max(0, p.Unmapped)))
	b = binary.AppendUvarint(b, uint64(len(p.Furniture)))
	last := 0
	for _, f := range p.Furniture {
		b = binary.AppendUvarint(b, uint64(f.Kind))
		b, last = appendRange(b, f.LetterRange, last)
	}
	b = binary.AppendUvarint(b, uint64(len(p.Hidden)))
	last = 0
	for _, h := range p.Hidden {
		b, last = appendRange(b, h, last)
	}
	return b
}

func appendRange(b []byte, r council.LetterRange, last int) (out []byte, end int) {
	b = binary.AppendUvarint(b, zigzag(int64(r.Start-last)))
	return binary.AppendUvarint(b, uint64(max(0, r.End-r.Start))), max(r.Start, r.End)
}

// drawn reports whether the letter stands somewhere; blanks that the reader program made up have the zero Box.
func drawn(b council.Box) bool {
	sum := float64(b.X0) + float64(b.Y0) + float64(b.X1) + float64(b.Y1)
	return b != council.Box{} && !math.IsNaN(sum) && !math.IsInf(sum, 0)
}

func tenths(v float32) int64 {
	return int64(min(far, max(-far, math.Round(float64(v)*10))))
}

func zigzag(v int64) uint64   { return uint64(v<<1) ^ uint64(v>>63) }
func unzigzag(u uint64) int64 { return int64(u>>1) ^ -int64(u&1) }

var errDamaged = errors.New("stored page text is damaged")

// Decode unpacks what Encode made. Empty input is no pages. Boxes has one entry per rune of Text.
func Decode(b []byte) ([]council.PageText, error) {
	if len(b) == 0 {
		return nil, nil
	}
	if len(b) < 3 || b[0] != 'P' || b[1] != 'T' {
		return nil, errDamaged
	}
	if b[2] != version && b[2] != 1 {
		return nil, fmt.Errorf("page text has format %d, this program reads %d", b[2], version)
	}
	raw, err := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(b[3:])), maxDecoded+1))
	if err != nil || len(raw) > maxDecoded {
		return nil, errDamaged
	}
	r := &reader{b: raw, tail: b[2] >= 2}
	n := r.count(2) // a page has at least its number and the length of its text
	pages := make([]council.PageText, 0, n)
	for range n {
		pages = append(pages, r.page())
	}
	if r.bad || len(r.b) != 0 {
		return nil, errDamaged
	}
	return pages, nil
}

// reader takes numbers off b; bad stays set after the first that is not there.
type reader struct {
	b    []byte
	bad  bool
	tail bool // pages have what appendTail writes
}

func (r *reader) uint() uint64 {
	v, n := binary.Uvarint(r.b)
	if n <= 0 {
		r.bad, r.b = true, nil
		return 0
	}
	r.b = r.b[n:]
	return v
}

// count reads a number of things of at least size bytes each; more than can be left is damage.
func (r *reader) count(size int) int {
	n := r.uint()
	if n > uint64(len(r.b)/size) {
		r.bad, r.b = true, nil
		return 0
	}
	return int(n)
}

func (r *reader) page() council.PageText {
	p := council.PageText{Page: int(r.uint())}
	n := r.count(1)
	p.Text, r.b = string(r.b[:n]), r.b[n:]
	letters := utf8.RuneCountInString(p.Text)
	if letters > len(r.b) {
		r.bad, r.b = true, nil
		return p
	}
	p.Boxes = make([]council.Box, letters)
	var px, py int64
	for i := range p.Boxes {
		u := r.uint()
		if u == 0 {
			continue
		}
		x0 := px + unzigzag(u-1)
		y0 := py + unzigzag(r.uint())
		x1 := x0 + unzigzag(r.uint())
		y1 := y0 + unzigzag(r.uint())
		p.Boxes[i] = council.Box{X0: points(x0), Y0: points(y0), X1: points(x1), Y1: points(y1)}
		px, py = x1, y0
	}
	if r.tail {
		r.readTail(&p)
	}
	return p
}

func (r *reader) readTail(p *council.PageText) {
	if n := r.uint(); n < uint64(len(states)) {
		p.OCR = states[n]
	} else {
		r.bad = true
	}
	p.Confidence, p.Unmapped = int(r.uint()&0x7fff_ffff), int(r.uint()&0x7fff_ffff)
	last := 0
	for range r.count(3) {
		f := council.Furniture{Kind: council.FurnitureKind(r.uint())}
		f.LetterRange, last = r.letters(last, len(p.Boxes))
		p.Furniture = append(p.Furniture, f)
	}
	last = 0
	for range r.count(2) {
		var h council.LetterRange
		h, last = r.letters(last, len(p.Boxes))
		p.Hidden = append(p.Hidden, h)
	}
}

// letters reads a range that lies inside of n letters.
func (r *reader) letters(last, n int) (council.LetterRange, int) {
	start := int64(last) + unzigzag(r.uint())
	size := r.uint()
	if start < 0 || start > int64(n) || size > uint64(int64(n)-start) {
		r.bad = true
		return council.LetterRange{}, 0
	}
	out := council.LetterRange{Start: int(start), End: int(start) + int(size)}
	return out, out.End
}

func points(v int64) float32 { return float32(float64(v) / 10) }
