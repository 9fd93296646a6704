package inspect

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"sync"

	"ris/app/council"
	"ris/documents"
	"ris/documents/blob"
)

// shelf is a blob store for one file under inspection. Its files have no name in any folder: the system takes their room back
// when they are closed or the process is killed. What inspecting never asks of a store is not there (the embedded one is nil).
type shelf struct {
	blob.Store
	mu    sync.Mutex
	files map[string]*os.File // by area and hash
}

func newShelf() *shelf { return &shelf{files: map[string]*os.File{}} }

func (s *shelf) close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for key, f := range s.files {
		f.Close()
		delete(s.files, key)
	}
}

// Put implements blob.Store.
func (s *shelf) Put(_ context.Context, area blob.Area, r io.Reader, limit int64) (string, int64, error) {
	f, err := os.CreateTemp("", "ris-inspect-")
	if err != nil {
		return "", 0, council.E(council.Unavailable, "error.unavailable").Because(err)
	}
	if err := os.Remove(f.Name()); err != nil {
		f.Close()
		return "", 0, council.E(council.Unavailable, "error.unavailable").Because(err)
	}
	if limit > 0 {
		r = io.LimitReader(r, limit+1)
	}
	h := sha256.New()
	n, err := io.Copy(io.MultiWriter(f, h), r)
	if err == nil && limit > 0 && n > limit {
		err = council.E(council.TooLarge, documents.RefusedTooLarge, "limit", blob.MegaBytes(limit))
	}
	if err != nil {
		f.Close()
		return "", 0, err
	}
	sum := hex.EncodeToString(h.Sum(nil))
	s.mu.Lock()
	defer s.mu.Unlock()
	if old := s.files[string(area)+sum]; old != nil {
		old.Close()
	}
	s.files[string(area)+sum] = f
	return sum, n, nil
}

// Path implements blob.Store: the door to the open file that Linux has for this process.
func (s *shelf) Path(area blob.Area, sum string) (string, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f := s.files[string(area)+sum]
	if f == nil {
		return "", false
	}
	return fmt.Sprintf("/proc/self/fd/%d", f.Fd()), true
}

// Open implements blob.Store.
func (s *shelf) Open(_ context.Context, area blob.Area, sum string) (blob.Reader, error) {
	path, ok := s.Path(area, sum)
	if !ok {
		return nil, council.ErrNotFound()
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, council.E(council.Unavailable, "error.unavailable").Because(err)
	}
	info, err := f.Stat()
	if err != nil {
		f.Close()
		return nil, council.E(council.Unavailable, "error.unavailable").Because(err)
	}
	return opened{f, info.Size()}, nil
}

// Delete implements blob.Store.
func (s *shelf) Delete(_ context.Context, area blob.Area, sum string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if f := s.files[string(area)+sum]; f != nil {
		f.Close()
		delete(s.files, string(area)+sum)
	}
	return nil
}

type opened struct {
	*os.File
	size int64
}

// Size implements blob.Reader.
func (o opened) Size() int64 { return o.size }
