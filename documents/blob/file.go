package blob

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"ris/app/council"
	"ris/documents"
)

// File is the Store in a local folder. Folders are 0700 and files 0600: no other account of the machine reads papers.
type File struct {
	dir    string
	verify bool
}

// Option changes how a File store works.
type Option func(*File)

// Verified makes Open compute the hash of the whole blob before the first byte is given out: for small blobs and for the
// scrubber. A damaged blob is then an error of kind Internal and never served.
func Verified() Option { return func(f *File) { f.verify = true } }

// staleAfter is the age at which bytes of an interrupted upload are taken away when the store is opened.
const staleAfter = 24 * time.Hour

// NewFile opens (and makes, when missing) the store in dir.
func NewFile(dir string, opts ...Option) (*File, error) {
	f := &File{dir: dir}
	for _, o := range opts {
		o(f)
	}
	for _, a := range Areas() {
		tmp := f.tmp(a)
		if err := os.MkdirAll(tmp, 0o700); err != nil {
			return nil, council.E(council.Unavailable, "error.unavailable").Because(err)
		}
		left, _ := os.ReadDir(tmp)
		for _, e := range left {
			if info, err := e.Info(); err == nil && time.Since(info.ModTime()) > staleAfter {
				_ = os.Remove(filepath.Join(tmp, e.Name()))
			}
		}
	}
	return f, nil
}

func (f *File) tmp(a Area) string { return filepath.Join(f.dir, string(a), ".tmp") }

// place is the path of a blob; false for anything that is no key, so that a name from outside never becomes a path.
func (f *File) place(a Area, sum string) (string, bool) {
	if !knownArea(a) || len(sum) != 64 {
		return "", false
	}
	for i := 0; i < len(sum); i++ {
		if c := sum[i]; !(c >= '0' && c <= '9' || c >= 'a' && c <= 'f') {
			return "", false
		}
	}
	return filepath.Join(f.dir, string(a), sum[:2], sum), true
}

func knownArea(a Area) bool { return slices.Contains(Areas(), a) }

// Put implements Store. A blob that is already there is replaced by the same bytes: that heals a damaged one.
func (f *File) Put(ctx context.Context, area Area, r io.Reader, limit int64) (string, int64, error) {
	if !knownArea(area) {
		return "", 0, council.E(council.Internal, "error.internal").Because(fmt.Errorf("unknown blob area %q", area))
	}
	tmp, err := os.CreateTemp(f.tmp(area), "in-")
	if err != nil {
		return "", 0, council.E(council.Unavailable, "error.unavailable").Because(err)
	}
	defer os.Remove(tmp.Name()) // after the rename there is nothing left under this name
	defer tmp.Close()
	src := r
	if limit > 0 {
		src = io.LimitReader(r, limit+1)
	}
	h := sha256.New()
	n, err := io.Copy(io.MultiWriter(tmp, h), &ctxReader{ctx, src})
	if err != nil {
		return "", 0, fmt.Errorf("store blob after %d bytes: %w", n, err)
	}
	if limit > 0 && n > limit {
		return "", 0, council.E(council.TooLarge, documents.RefusedTooLarge, "limit", MegaBytes(limit))
	}
	if err := tmp.Sync(); err != nil {
		return "", 0, council.E(council.Unavailable, "error.unavailable").Because(err)
	}
	if err := tmp.Close(); err != nil {
		return "", 0, council.E(council.Unavailable, "error.unavailable").Because(err)
	}
	sum := hex.EncodeToString(h.Sum(nil))
	path, _ := f.place(area, sum)
	if err := f.keep(tmp.Name(), path); err != nil {
		return "", 0, council.E(council.Unavailable, "error.unavailable").Because(err)
	}
	return sum, n, nil
}

// keep renames and flushes the folders too: without that the name itself can be lost with the power.
func (f *File) keep(from, to string) error {
	dir := filepath.Dir(to)
	_, missing := os.Stat(dir)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	if err := os.Rename(from, to); err != nil {
		return err
	}
	if err := syncDir(dir); err != nil {
		return err
	}
	if missing != nil {
		return syncDir(filepath.Dir(dir))
	}
	return nil
}

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Sync()
}

// Open implements Store.
func (f *File) Open(ctx context.Context, area Area, sum string) (Reader, error) {
	path, ok := f.place(area, sum)
	if !ok {
		return nil, council.ErrNotFound()
	}
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, council.ErrNotFound()
	}
	if err != nil {
		return nil, council.E(council.Unavailable, "error.unavailable").Because(err)
	}
	info, err := file.Stat()
	if err != nil {
		file.Close()
		return nil, council.E(council.Unavailable, "error.unavailable").Because(err)
	}
	if f.verify {
		if err := check(ctx, file, sum); err != nil {
			file.Close()
			return nil, err
		}
	}
	return &fileReader{File: file, size: info.Size()}, nil
}

// Check reads the whole blob and compares its hash: council.NotFound when it is not there, Internal when it is damaged.
func (f *File) Check(ctx context.Context, area Area, sum string) error {
	path, ok := f.place(area, sum)
	if !ok {
		return council.ErrNotFound()
	}
	file, err := os.Open(path)
	if err != nil {
		return council.ErrNotFound().Because(err)
	}
	defer file.Close()
	return check(ctx, file, sum)
}

func check(ctx context.Context, file *os.File, sum string) error {
	h := sha256.New()
	if _, err := io.Copy(h, &ctxReader{ctx, file}); err != nil {
		return council.E(council.Unavailable, "error.unavailable").Because(err)
	}
	if got := hex.EncodeToString(h.Sum(nil)); got != sum {
		return council.E(council.Internal, "error.internal").Because(fmt.Errorf("blob %s is damaged: its bytes have the hash %s", sum, got))
	}
	_, err := file.Seek(0, io.SeekStart)
	return err
}

// Delete implements Store. A blob that is not there is no error: a repeated job finds its work done.
func (f *File) Delete(_ context.Context, area Area, sum string) error {
	path, ok := f.place(area, sum)
	if !ok {
		return nil
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return council.E(council.Unavailable, "error.unavailable").Because(err)
	}
	return nil
}

// Path implements Store.
func (f *File) Path(area Area, sum string) (string, bool) {
	path, ok := f.place(area, sum)
	if !ok {
		return "", false
	}
	if _, err := os.Stat(path); err != nil {
		return "", false
	}
	return path, true
}

// MegaBytes writes a size for people in whole MB (1,000,000 bytes), at least 1.
func MegaBytes(n int64) string { return strconv.FormatInt(max(1, n/1_000_000), 10) + " MB" }

type fileReader struct {
	*os.File
	size int64
}

func (r *fileReader) Size() int64 { return r.size }

// ctxReader stops a long copy when the request is gone.
type ctxReader struct {
	ctx context.Context
	r   io.Reader
}

func (c *ctxReader) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(p)
}
