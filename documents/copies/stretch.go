package copies

import (
	"errors"
	"io"
	"sync"
)

// stretch is a part of a content on its way to a client: [at, end). Servers that look for io.WriterTo get it in large pieces.
type stretch struct {
	from    io.ReaderAt
	at, end int64
}

// Read implements io.Reader.
func (s *stretch) Read(p []byte) (int, error) {
	if s.at >= s.end {
		return 0, io.EOF
	}
	n, err := s.from.ReadAt(p[:min(int64(len(p)), s.end-s.at)], s.at)
	s.at += int64(n)
	if n > 0 && errors.Is(err, io.EOF) {
		err = nil
	}
	return n, err
}

// WriteTo implements io.WriterTo.
func (s *stretch) WriteTo(w io.Writer) (int64, error) {
	n, err := writeStretch(w, s.from, s.at, s.end)
	s.at += n
	return n, err
}

// Pieces begin small, so that the first byte of a large file goes out as soon as that of a small one.
const (
	firstPiece = 16 << 10
	mostPiece  = 256 << 10
)

var pieces = sync.Pool{New: func() any { return new([mostPiece]byte) }}

func writeStretch(w io.Writer, from io.ReaderAt, at, end int64) (total int64, err error) {
	buffer := pieces.Get().(*[mostPiece]byte)
	defer pieces.Put(buffer)
	for size := int64(firstPiece); at < end; size = min(size*4, mostPiece) {
		n, err := from.ReadAt(buffer[:min(size, end-at)], at)
		if n > 0 {
			k, err := w.Write(buffer[:n])
			total, at = total+int64(k), at+int64(k)
			if err != nil {
				return total, err
			}
		}
		if err != nil && at < end {
			if errors.Is(err, io.EOF) {
				err = io.ErrUnexpectedEOF
			}
			return total, err
		}
	}
	return total, nil
}
