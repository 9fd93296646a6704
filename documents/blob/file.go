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
	"strings"
	"time"

	"ris/app/council"
	"ris/documents"
)

// File is the Store in a local folder. Folders are 0700 and files 0600: no other account of the machine reads papers.
type File struct {
	dir    string
	verify bool
	report func(area Area, sum string, err error)
}

// Option changes how a File store works.
type Option func(*File)

// Verified makes Open compute the hash of the whole blob before the first byte is given out.
func Verified() Option { return func(f *File) { f.verify = true } }

// Reporting has damage told to report, besides the error that goes to the reader: whoever mends it hears of it at once.
func Reporting(report func(area Area, sum string, err error)) Option {
	return func(f *File) { f.report = report }
}

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
	if !knownArea(a) || !isSum(sum) {
		return "", false
	}
	return filepath.Join(f.dir, string(a), sum[:2], sum), true
}

// isSum reports whether sum is 64 lower-case hex digits.
func isSum(sum string) bool {
	if len(sum) != 64 {
		return false
	}
	for i := 0; i < len(sum); i++ {
		if c := sum[i]; !(c >= '0' && c <= '9' || c >= 'a' && c <= 'f') {
			return false
		}
	}
	return true
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
	h, pieces := sha256.New(), &summer{}
	n, err := io.Copy(io.MultiWriter(tmp, h, pieces), &ctxReader{ctx, src})
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
	// The sums first: a blob without them is read whole at its first opening, sums without a blob are nothing.
	if err := f.keepSums(area, path, pieces.sums().encode(n)); err != nil {
		return "", 0, council.E(council.Unavailable, "error.unavailable").Because(err)
	}
	if err := f.keep(tmp.Name(), path); err != nil {
		return "", 0, council.E(council.Unavailable, "error.unavailable").Because(err)
	}
	return sum, n, nil
}

// sumsEnding is the end of the name of a blob's sums, beside the blob.
const sumsEnding = ".sum"

func (f *File) keepSums(area Area, path string, data []byte) error {
	tmp, err := os.CreateTemp(f.tmp(area), "sum-")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name())
	_, err = tmp.Write(data)
	if err := errors.Join(err, tmp.Close()); err != nil { // not flushed: damaged by a power cut it is made anew
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	return os.Rename(tmp.Name(), path+sumsEnding)
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
	out := &checked{size: info.Size(), most: piece, close: file.Close,
		fetch: func(b []byte, at int64) error {
			if _, err := file.ReadAt(b, at); err != nil {
				return council.E(council.Unavailable, "error.unavailable").Because(err)
			}
			return nil
		},
		found: func(how error) error { return f.damage(area, sum, how) }}
	if out.sums, ok = f.sums(path, info.Size()); f.verify || !ok {
		if out.sums, err = f.check(ctx, file, area, sum); err != nil {
			file.Close()
			return nil, err
		}
		if !ok { // of an older version of this program, or damaged themselves
			_ = f.keepSums(area, path, out.sums.encode(out.size))
		}
	}
	return out, nil
}

// sums are those stored beside the blob; false when there are none that fit.
func (f *File) sums(path string, size int64) (sums, bool) {
	b, err := os.ReadFile(path + sumsEnding)
	if err != nil {
		return nil, false
	}
	return decodeSums(b, size)
}

func (f *File) damage(area Area, sum string, how error) error {
	err := damaged(area, sum, how)
	if f.report != nil {
		f.report(area, sum, err)
	}
	return err
}

// Check implements Keeper.
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
	_, err = f.check(ctx, file, area, sum)
	return err
}

// check reads all of the file and makes its sums on the way.
func (f *File) check(ctx context.Context, file *os.File, area Area, sum string) (sums, error) {
	h, pieces := sha256.New(), &summer{}
	if _, err := io.Copy(io.MultiWriter(h, pieces), &ctxReader{ctx, file}); err != nil {
		return nil, council.E(council.Unavailable, "error.unavailable").Because(err)
	}
	if got := hex.EncodeToString(h.Sum(nil)); got != sum {
		return nil, f.damage(area, sum, fmt.Errorf("its bytes have the hash %s", got))
	}
	return pieces.sums(), nil
}

// List implements Keeper. Sums whose blob is not there (a crash between the two) are taken away when they are old.
func (f *File) List(ctx context.Context, area Area, each func(Info) error) error {
	if !knownArea(area) {
		return nil
	}
	folders, err := os.ReadDir(filepath.Join(f.dir, string(area)))
	if err != nil {
		return council.E(council.Unavailable, "error.unavailable").Because(err)
	}
	for _, folder := range folders {
		if len(folder.Name()) != 2 {
			continue
		}
		files, err := os.ReadDir(filepath.Join(f.dir, string(area), folder.Name()))
		if err != nil {
			return council.E(council.Unavailable, "error.unavailable").Because(err)
		}
		for _, e := range files {
			if err := ctx.Err(); err != nil {
				return err
			}
			path, ok := f.place(area, strings.TrimSuffix(e.Name(), sumsEnding))
			info, err := e.Info()
			if !ok || err != nil { // not ours, or deleted meanwhile
				continue
			}
			if strings.HasSuffix(e.Name(), sumsEnding) {
				if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) && time.Since(info.ModTime()) > staleAfter {
					_ = os.Remove(path + sumsEnding)
				}
				continue
			}
			if err := each(Info{SHA256: e.Name(), Size: info.Size(), Modified: info.ModTime()}); err != nil {
				return err
			}
		}
	}
	return nil
}

// Delete implements Store. A blob that is not there is no error: a repeated job finds its work done.
func (f *File) Delete(_ context.Context, area Area, sum string) error {
	path, ok := f.place(area, sum)
	if !ok {
		return nil
	}
	for _, p := range []string{path, path + sumsEnding} {
		if err := os.Remove(p); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return council.E(council.Unavailable, "error.unavailable").Because(err)
		}
	}
	return nil
}

// Path implements Store.
func (f *File) Path(area Area, sum string) (string, bool) {
	path, ok := f.place(area, sum)
	if !ok {
		return "", false
	}
	r, err := f.Open(context.Background(), area, sum)
	if err != nil {
		return "", false
	}
	defer r.Close()
	_, err = io.Copy(io.Discard, r)
	return path, err == nil
}

// MegaBytes writes a size for people in whole MB (1,000,000 bytes), at least 1.
func MegaBytes(n int64) string { return strconv.FormatInt(max(1, n/1_000_000), 10) + " MB" }

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
