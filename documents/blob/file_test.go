package blob_test

import (
	"context"
	"io/fs"
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
