package raster

import (
	"compress/zlib"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"math"
)

const (
	magic       = "RISRAST1"
	indexBytes  = 48
	trailBytes  = 32
	maxPages    = 5000
	maxPoints   = 14400 // of a page's side (ISO 32000-1, annex C)
	sheetBudget = 1 << 30
)

// MaxPixels is the most that one page may have (A3 at 200 dpi has half of it). A larger sheet is drawn more coarsely.
const MaxPixels = 16 << 20

// ErrBroken says that the bytes are not a stack that Writer made.
var ErrBroken = errors.New("raster: not a stack of pictures")

// Page is one page's place in the stack.
type Page struct {
	Width, Height float64 // points, as the reader sees the page
	W, H          int     // pixels
	offset        int64
	length        int64
	room          int64
}

// stride is the length of a packed row in bytes.
func (p Page) stride() int { return (p.W + 1) / 2 }

// Stack is a stored stack, opened. It may be used from many goroutines as long as the reader behind it may.
type Stack struct {
	r     io.ReaderAt
	Pages []Page
}

// Open reads the index of a stack of size bytes. It was made in a child that had foreign bytes before it: everything is checked.
func Open(r io.ReaderAt, size int64) (*Stack, error) {
	if size < trailBytes+indexBytes {
		return nil, ErrBroken
	}
	trail := make([]byte, trailBytes)
	if _, err := r.ReadAt(trail, size-trailBytes); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	at, count := binary.BigEndian.Uint64(trail), binary.BigEndian.Uint32(trail[8:])
	if string(trail[24:]) != magic || count == 0 || count > maxPages || at > math.MaxInt64/2 || int64(at)+int64(count)*indexBytes+trailBytes != size {
		return nil, ErrBroken
	}
	index := make([]byte, int(count)*indexBytes)
	if _, err := r.ReadAt(index, int64(at)); err != nil {
		return nil, err
	}
	if crc32.ChecksumIEEE(index) != binary.BigEndian.Uint32(trail[12:]) {
		return nil, ErrBroken
	}
	s := &Stack{r: r, Pages: make([]Page, count)}
	for i := range s.Pages {
		p := decodePage(index[i*indexBytes:])
		if !p.sound() || p.length <= 0 || p.room < p.length || p.room > sheetBudget || p.offset < 0 || p.length > int64(at) || p.offset > int64(at)-p.length {
			return nil, fmt.Errorf("%w: page %d", ErrBroken, i+1)
		}
		s.Pages[i] = p
	}
	return s, nil
}

func (p Page) sound() bool {
	ok := func(v float64) bool { return v >= 1 && v <= maxPoints } // false for NaN
	return ok(p.Width) && ok(p.Height) && p.W > 0 && p.H > 0 && p.W <= MaxPixels && p.H <= MaxPixels/p.W
}

func appendPage(b []byte, p Page) []byte {
	b = binary.BigEndian.AppendUint64(b, math.Float64bits(p.Width))
	b = binary.BigEndian.AppendUint64(b, math.Float64bits(p.Height))
	b = binary.BigEndian.AppendUint32(b, uint32(p.W))
	b = binary.BigEndian.AppendUint32(b, uint32(p.H))
	b = binary.BigEndian.AppendUint64(b, uint64(p.offset))
	b = binary.BigEndian.AppendUint32(b, uint32(p.length))
	b = binary.BigEndian.AppendUint32(b, uint32(p.room))
	return append(b, make([]byte, 8)...)
}

func decodePage(b []byte) Page {
	return Page{
		Width: math.Float64frombits(binary.BigEndian.Uint64(b)), Height: math.Float64frombits(binary.BigEndian.Uint64(b[8:])),
		W: int(binary.BigEndian.Uint32(b[16:])), H: int(binary.BigEndian.Uint32(b[20:])),
		offset: int64(binary.BigEndian.Uint64(b[24:]) & math.MaxInt64), length: int64(binary.BigEndian.Uint32(b[32:])), room: int64(binary.BigEndian.Uint32(b[36:])),
	}
}

// rows hands over the packed rows of page n (from 0), top first; the slice is used again for the next row.
func (s *Stack) rows(n int, each func(y int, packed []byte) error) error {
	p := s.Pages[n]
	z, err := zlib.NewReader(io.NewSectionReader(s.r, p.offset, p.length))
	if err != nil {
		return fmt.Errorf("%w: page %d: %w", ErrBroken, n+1, err)
	}
	defer z.Close()
	row := make([]byte, p.stride())
	for y := range p.H {
		if _, err := io.ReadFull(z, row); err != nil {
			return fmt.Errorf("%w: page %d: %w", ErrBroken, n+1, err)
		}
		if err := each(y, row); err != nil {
			return err
		}
	}
	return nil
}

// Gray gives page n (from 0) as 8-bit grey, W*H bytes, rows from the top: for thumbnails and proofs. The levels are the stack's 16.
func (s *Stack) Gray(n int) ([]byte, error) {
	if n < 0 || n >= len(s.Pages) {
		return nil, fmt.Errorf("raster: there is no page %d", n+1)
	}
	p := s.Pages[n]
	out := make([]byte, 0, p.W*p.H)
	err := s.rows(n, func(_ int, packed []byte) error {
		for x := range p.W {
			out = append(out, nibble(packed, x)*17)
		}
		return nil
	})
	return out, err
}

func nibble(packed []byte, x int) byte {
	if x%2 == 0 {
		return packed[x/2] >> 4
	}
	return packed[x/2] & 15
}
