package blob_test

import (
	"bytes"
	"context"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ris/app/council"
	"ris/documents/blob"
	"ris/documents/blob/blobtest"
)

func newFile(t *testing.T, opts ...blob.Option) (*blob.File, string) {
	t.Helper()
	dir := t.TempDir()
	s, err := blob.NewFile(dir, opts...)
	if err != nil {
		t.Fatal(err)
	}
	return s, dir
}

func TestFileBehaves(t *testing.T) {
	blobtest.Run(t, func(t *testing.T) blob.Store { s, _ := newFile(t); return s })
}

func TestFileVerifiedBehaves(t *testing.T) {
	blobtest.Run(t, func(t *testing.T) blob.Store { s, _ := newFile(t, blob.Verified()); return s })
}

func TestDamageIsFoundAndHealed(t *testing.T) {
	ctx := context.Background()
	s, _ := newFile(t, blob.Verified())
	key, _, err := s.Put(ctx, blob.Originals, strings.NewReader("Haushaltsplan"), 0)
	if err != nil {
		t.Fatal(err)
	}
	path, _ := s.Path(blob.Originals, key)
	if err := os.WriteFile(path, []byte("Haushaltsplam"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Open(ctx, blob.Originals, key); err == nil || council.KindOf(err) != council.Internal {
		t.Fatalf("damaged bytes were given out: %v", err)
	}
	if err := s.Check(ctx, blob.Originals, key); err == nil {
		t.Fatal("the scrubber did not see the damage")
	}
	if _, _, err := s.Put(ctx, blob.Originals, strings.NewReader("Haushaltsplan"), 0); err != nil {
		t.Fatal(err)
	}
	if err := s.Check(ctx, blob.Originals, key); err != nil {
		t.Fatalf("the same upload heals: %v", err)
	}
}

func TestNothingIsReadableByOthers(t *testing.T) {
	s, dir := newFile(t)
	if _, _, err := s.Put(context.Background(), blob.Originals, strings.NewReader("x"), 0); err != nil {
		t.Fatal(err)
	}
	sub := filepath.Join(dir, string(blob.Originals))
	err := filepath.WalkDir(sub, func(p string, d fs.DirEntry, err error) error {
		info, _ := d.Info()
		if info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s has mode %v", p, info.Mode())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestLeftoversOfACrashGo(t *testing.T) {
	s, dir := newFile(t)
	_ = s
	tmp := filepath.Join(dir, string(blob.Originals), ".tmp")
	old, fresh := filepath.Join(tmp, "in-old"), filepath.Join(tmp, "in-fresh")
	for _, p := range []string{old, fresh} {
		if err := os.WriteFile(p, []byte("half"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	past := time.Now().Add(-48 * time.Hour)
	if err := os.Chtimes(old, past, past); err != nil {
		t.Fatal(err)
	}
	if _, err := blob.NewFile(dir); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(old); err == nil {
		t.Error("an old half upload was kept")
	}
	if _, err := os.Stat(fresh); err != nil {
		t.Error("an upload that may still be running was taken away")
	}
}

// Each byte that is read is checked, whatever part of the blob is asked for.
func TestDamageIsNeverGivenOut(t *testing.T) {
	ctx := context.Background()
	told := 0
	s, dir := newFile(t, blob.Reporting(func(blob.Area, string, error) { told++ }))
	content := make([]byte, 300_000)
	for i := range content {
		content[i] = byte(i * 7)
	}
	key, _, err := s.Put(ctx, blob.Bases, bytes.NewReader(content), 0)
	if err != nil {
		t.Fatal(err)
	}
	place := filepath.Join(dir, string(blob.Bases), key[:2], key)
	for _, at := range []int{0, 65_535, 65_536, 200_000, 299_999} {
		spoilt := bytes.Clone(content)
		spoilt[at] ^= 1
		if err := os.WriteFile(place, spoilt, 0o600); err != nil {
			t.Fatal(err)
		}
		r, err := s.Open(ctx, blob.Bases, key)
		if err != nil {
			t.Fatal(err)
		}
		one := make([]byte, 1)
		if n, err := r.ReadAt(one, int64(at)); n != 0 || council.KindOf(err) != council.Internal {
			t.Errorf("byte %d: %d, %v", at, n, err)
		}
		if _, err := io.Copy(io.Discard, r); council.KindOf(err) != council.Internal {
			t.Errorf("byte %d, read through: %v", at, err)
		}
		other := (at + 150_000) % len(content)
		if n, err := r.ReadAt(one, int64(other)); n != 1 || err != nil || one[0] != content[other] {
			t.Errorf("byte %d of a piece that is well: %v", other, err)
		}
		r.Close()
		if _, ok := s.Path(blob.Bases, key); ok {
			t.Errorf("byte %d: the damaged file was handed on", at)
		}
	}
	if told == 0 {
		t.Error("nobody was told")
	}
	// Without its sums, and with damaged ones, the blob is read whole at its opening.
	if err := os.WriteFile(place, content, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, spoil := range []func() error{func() error { return os.Remove(place + ".sum") }, func() error { return os.WriteFile(place+".sum", []byte("RISSx"), 0o600) }} {
		if err := spoil(); err != nil {
			t.Fatal(err)
		}
		r, err := s.Open(ctx, blob.Bases, key)
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(r)
		if err != nil || !bytes.Equal(got, content) {
			t.Errorf("read back: %v", err)
		}
		r.Close()
	}
}

func BenchmarkRead46MB(b *testing.B) {
	s, err := blob.NewFile(b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	key, size, err := s.Put(context.Background(), blob.Bases, io.LimitReader(rand.NewChaCha8([32]byte{}), 46<<20), 0)
	if err != nil {
		b.Fatal(err)
	}
	path, _ := s.Path(blob.Bases, key)
	b.Run("checked", func(b *testing.B) {
		b.SetBytes(size)
		for b.Loop() {
			r, _ := s.Open(context.Background(), blob.Bases, key)
			_, _ = io.Copy(struct{ io.Writer }{io.Discard}, io.NewSectionReader(r, 0, size))
			r.Close()
		}
	})
	b.Run("os.File", func(b *testing.B) {
		b.SetBytes(size)
		for b.Loop() {
			f, _ := os.Open(path)
			_, _ = io.Copy(struct{ io.Writer }{io.Discard}, io.NewSectionReader(f, 0, size))
			f.Close()
		}
	})
	b.Run("first 64 kB", func(b *testing.B) {
		part := make([]byte, 64<<10)
		for b.Loop() {
			r, _ := s.Open(context.Background(), blob.Bases, key)
			_, _ = r.ReadAt(part, 100_000)
			r.Close()
		}
	})
}
