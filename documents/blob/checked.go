package blob

import (
	"errors"
	"io"
	"sync"
)

// checked is a Reader that gives out no byte whose piece it has not checked. It holds one window of whole pieces; where a read
// continues the one before, the window grows to most, so that remote stores are asked for few large ranges.
type checked struct {
	size  int64
	sums  sums
	most  int64                          // largest window, a multiple of piece
	fetch func(b []byte, at int64) error // fills b; shorter is an error
	close func() error
	found func(error) error // turns a finding into the error that goes out, and may report it

	mu     sync.Mutex
	window []byte
	start  int64 // of the window in the blob
	step   int64 // size of the next window, when reading on
	offset int64 // of Read and Seek
}

var windows = sync.Pool{New: func() any { b := make([]byte, piece); return &b }}

func (c *checked) Size() int64 { return c.size }

func (c *checked) ReadAt(p []byte, off int64) (n int, err error) {
	if off < 0 {
		return 0, errors.New("blob: negative offset")
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	for n < len(p) {
		at := off + int64(n)
		if at >= c.size {
			return n, io.EOF
		}
		if at < c.start || at >= c.start+int64(len(c.window)) {
			if err := c.load(at, int64(len(p)-n)); err != nil {
				return n, err
			}
		}
		n += copy(p[n:], c.window[at-c.start:])
	}
	return n, nil
}

// load fetches and checks the pieces from at on: as many as are wanted, or more when reading goes on.
func (c *checked) load(at, want int64) error {
	start := at / piece * piece
	goesOn := c.window != nil && start == c.start+int64(len(c.window))
	if c.step = max(c.step*2, piece); !goesOn {
		c.step = piece
	}
	need := (at + want - start + piece - 1) / piece * piece
	length := min(max(c.step, need), c.most, c.size-start)
	if int64(cap(c.window)) < length {
		c.give()
		if length <= piece {
			c.window = *windows.Get().(*[]byte)
		} else {
			c.window = make([]byte, length)
		}
	}
	b := c.window[:length]
	c.window, c.start = b[:0], start
	if err := c.fetch(b, start); err != nil {
		return err
	}
	if err := c.sums.check(b, start/piece); err != nil {
		return c.found(err)
	}
	c.window = b
	return nil
}

// give hands a small window on to the next reader.
func (c *checked) give() {
	if cap(c.window) == piece {
		b := c.window[:piece]
		windows.Put(&b)
	}
	c.window = nil
}

func (c *checked) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	n, err := c.ReadAt(p, c.offset)
	c.offset += int64(n)
	if n > 0 && errors.Is(err, io.EOF) {
		err = nil
	}
	return n, err
}

func (c *checked) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case io.SeekCurrent:
		offset += c.offset
	case io.SeekEnd:
		offset += c.size
	}
	if offset < 0 {
		return 0, errors.New("blob: negative offset")
	}
	c.offset = offset
	return offset, nil
}

func (c *checked) Close() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.give()
	return c.close()
}
