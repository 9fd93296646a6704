package raster

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"

	"github.com/klauspost/compress/zlib"
)

// Writer makes a stack. It holds one page at a time.
type Writer struct {
	w     io.Writer
	at    int64
	pages []Page
	dense map[[2]int][]byte // the densest mark, by size in pixels
	err   error
}

// NewWriter writes a stack to w. Call Close, or it is not whole.
func NewWriter(w io.Writer) *Writer { return &Writer{w: w, dense: map[[2]int][]byte{}} }

// Page appends a page: its size as readers see it in points, and its picture as 8-bit grey (0 black, 255 white), w*h bytes, rows
// from the top. An error is of the picture (too large, wrong length) or of the writer; after one nothing more is written.
func (w *Writer) Page(widthPt, heightPt float64, width, height int, gray []byte) error {
	if w.err != nil {
		return w.err
	}
	w.err = w.page(Page{Width: widthPt, Height: heightPt, W: width, H: height}, gray)
	return w.err
}

func (w *Writer) page(p Page, gray []byte) error {
	switch {
	case len(w.pages) >= maxPages:
		return fmt.Errorf("raster: more than %d pages", maxPages)
	case !p.sound():
		return fmt.Errorf("raster: a page of %.1f x %.1f points and %d x %d pixels", p.Width, p.Height, p.W, p.H)
	case len(gray) != p.W*p.H:
		return fmt.Errorf("raster: %d bytes for %d x %d pixels", len(gray), p.W, p.H)
	}
	packed := pack(p, gray)
	data, err := deflate(packed, zlib.DefaultCompression)
	if err != nil {
		return err
	}
	// The room is found with a mark denser than any that is printed, and a quarter on top; see Copy for what is done if it
	// should not be enough.
	key := [2]int{p.W, p.H}
	ink, ok := w.dense[key]
	if !ok {
		clear(w.dense) // pages of many sizes: one at a time in memory
		ink = denseInk(p.W, p.H)
		w.dense[key] = ink
	}
	for y := range p.H {
		burn(packed[y*p.stride():(y+1)*p.stride()], ink[y*p.W:(y+1)*p.W], fine)
	}
	marked, err := deflate(packed, personalLevel)
	if err != nil {
		return err
	}
	p.offset, p.length = w.at, int64(len(data))
	p.room = max(p.length, int64(len(marked)))*5/4 + 4096
	if p.room > sheetBudget {
		return errors.New("raster: a page that cannot be packed")
	}
	w.pages = append(w.pages, p)
	return w.write(data)
}

// Close writes the index. It does not close the writer behind it. A stack without a page is an error.
func (w *Writer) Close() error {
	if w.err != nil {
		return w.err
	}
	if len(w.pages) == 0 {
		return errors.New("raster: no pages")
	}
	var index []byte
	for _, p := range w.pages {
		index = appendPage(index, p)
	}
	trail := binary.BigEndian.AppendUint64(nil, uint64(w.at))
	trail = binary.BigEndian.AppendUint32(trail, uint32(len(w.pages)))
	trail = binary.BigEndian.AppendUint32(trail, crc32.ChecksumIEEE(index))
	trail = append(append(trail, make([]byte, 8)...), magic...)
	if err := w.write(index); err != nil {
		return err
	}
	err := w.write(trail)
	w.err = errors.New("raster: the stack is closed")
	return err
}

func (w *Writer) write(b []byte) error {
	n, err := w.w.Write(b)
	w.at += int64(n)
	return err
}

// pack rounds to 16 levels, two pixels in a byte.
func pack(p Page, gray []byte) []byte {
	out := make([]byte, p.stride()*p.H)
	for y := range p.H {
		row := out[y*p.stride():]
		for x, v := range gray[y*p.W : (y+1)*p.W] {
			level := byte((int(v)*15 + 127) / 255)
			if x%2 == 0 {
				level <<= 4
			}
			row[x/2] |= level
		}
	}
	return out
}

func deflate(data []byte, level int) ([]byte, error) {
	var b bytes.Buffer
	z, err := zlib.NewWriterLevel(&b, level)
	if err != nil {
		return nil, err
	}
	if _, err := z.Write(data); err != nil {
		return nil, err
	}
	err = z.Close()
	return b.Bytes(), err
}
