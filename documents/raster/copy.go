package raster

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"sort"
	"sync"

	"github.com/klauspost/compress/zlib"
)

// personalLevel of zlib: half the time of the default for two per cent more bytes.
const personalLevel = 5

// Options of a PDF made of a stack.
type Options struct {
	Ink Ink    // the mark; nil = none (the public rendition)
	ID  string // second string of the file's /ID, 32 hex digits
	Doc string // first string of /ID, 32 hex digits: the same for all copies of a paper
	// Key names this mark on this stack, for the memory of finished pages; "" = nothing is kept.
	Key string
}

// Copy is a PDF of a stack as bytes at offsets: all offsets are known, a page's picture is made when one of its bytes is asked for
// (some 20 to 40 ms). ReadAt may be called from many goroutines. The same stack and options give the same bytes.
type Copy struct {
	stack  *Stack
	o      Options
	starts []int64 // of head, each picture's object, foot; and the end
	head   []byte
	foot   []byte

	mu   sync.Mutex
	last int // the picture read last (from 1; 0 = none) and its bytes: reading goes forward in small pieces
	data []byte
}

var _ io.ReaderAt = (*Copy)(nil)

// errRoom: a mark that packs worse than any thought of. Nothing unmarked is sent instead.
var errRoom = errors.New("raster: the marked page does not fit into its room")

var errKey = errors.New("raster: the page kept under this key is of another length")

// New describes the PDF. It makes no page.
func New(s *Stack, o Options) *Copy {
	c := &Copy{stack: s, o: o}
	c.layout()
	return c
}

// Size is the length in bytes, the same for every mark.
func (c *Copy) Size() int64 { return c.starts[len(c.starts)-1] }

// ReadAt implements io.ReaderAt. A page that cannot be made is an error, never an unmarked page.
func (c *Copy) ReadAt(p []byte, off int64) (int, error) {
	if off < 0 {
		return 0, errors.New("negative offset")
	}
	n := 0
	for n < len(p) && off < c.Size() {
		part := sort.Search(len(c.starts), func(i int) bool { return c.starts[i] > off }) - 1
		b, err := c.part(part)
		if err != nil {
			return n, err
		}
		if int64(len(b)) != c.starts[part+1]-c.starts[part] { // a key that names two different stacks
			return n, errKey
		}
		k := copy(p[n:], b[off-c.starts[part]:])
		n, off = n+k, off+int64(k)
	}
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

// part 0 is the head, the last one the foot, those between are the pictures.
func (c *Copy) part(i int) ([]byte, error) {
	switch {
	case i == 0:
		return c.head, nil
	case i == len(c.starts)-2:
		return c.foot, nil
	}
	c.mu.Lock()
	last, data := c.last, c.data
	c.mu.Unlock()
	if last == i {
		return data, nil
	}
	data, err := finished.get(c.o.Key, i-1, func() ([]byte, error) { return c.picture(i - 1) })
	if err == nil {
		c.mu.Lock()
		c.last, c.data = i, data
		c.mu.Unlock()
	}
	return data, err
}

// WriteTo writes the whole, each page made once and one at a time in memory.
func (c *Copy) WriteTo(w io.Writer) (int64, error) {
	var total int64
	for i := range len(c.starts) - 1 {
		b, err := c.part(i)
		if err != nil {
			return total, err
		}
		n, err := w.Write(b)
		total += int64(n)
		if err != nil {
			return total, err
		}
	}
	return total, nil
}

// picture makes the object of page n's picture (from 0), filled up with blanks to its fixed length.
func (c *Copy) picture(n int) ([]byte, error) {
	p, length := c.stack.Pages[n], c.starts[n+2]-c.starts[n+1]
	data, err := c.packed(n)
	if err != nil {
		return nil, err
	}
	out := make([]byte, 0, length)
	out = fmt.Appendf(out, pictureHead, pictureObject(n, len(c.stack.Pages)), p.W, p.H, len(data))
	out = append(append(out, data...), "\nendstream"...)
	room := int(length) - len(out) - len(pictureTail)
	if room < 0 {
		return nil, errRoom
	}
	return append(append(out, bytes.Repeat([]byte(" "), room)...), pictureTail...), nil
}

// packed is the picture's zlib data: as it is stored, or with the mark burnt in. Should the marked page need more than its room, it
// gets hard edges, and then fewer greys: worse to look at, and marked as well.
func (c *Copy) packed(n int) ([]byte, error) {
	p := c.stack.Pages[n]
	if c.o.Ink == nil {
		data := make([]byte, p.length)
		_, err := c.stack.r.ReadAt(data, p.offset)
		return data, err
	}
	ink := c.o.Ink(p.Width, p.Height, p.W, p.H)
	if len(ink) != p.W*p.H {
		return nil, fmt.Errorf("raster: ink of %d bytes for %d x %d pixels", len(ink), p.W, p.H)
	}
	for _, t := range []*table{fine, coarse, few} {
		data, err := c.burnt(n, ink, t)
		if err != nil || int64(len(data)) <= p.room {
			return data, err
		}
	}
	return nil, errRoom
}

func (c *Copy) burnt(n int, ink []byte, t *table) ([]byte, error) {
	working <- struct{}{}
	defer func() { <-working }()
	p := c.stack.Pages[n]
	var out bytes.Buffer
	out.Grow(int(p.room))
	z := deflaters.Get().(*zlib.Writer)
	defer deflaters.Put(z)
	z.Reset(&out)
	err := c.stack.rows(n, func(y int, packed []byte) error {
		line := ink[y*p.W : (y+1)*p.W]
		if t == few {
			coarsen(packed)
		}
		burn(packed, line, t)
		_, err := z.Write(packed)
		return err
	})
	err = errors.Join(err, z.Close())
	return out.Bytes(), err
}

// WritePlain writes the unmarked PDF (the public rendition of a public paper) and returns its size in bytes. doc is the /ID.
func WritePlain(w io.Writer, s *Stack, doc string) (int64, error) {
	return New(s, Options{Doc: doc, ID: doc}).WriteTo(w)
}
