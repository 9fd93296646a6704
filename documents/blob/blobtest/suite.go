// Package blobtest is the behaviour that every blob.Store must show. A backend's test calls Run.
//
// What does not belong here: anything that only one backend can do.
package blobtest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"maps"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"ris/app/council"
	"ris/documents/blob"
)

// Run checks the store that open makes; each subtest gets a fresh, empty one.
func Run(t *testing.T, open func(t *testing.T) blob.Store) {
	ctx := context.Background()
	sum := func(b []byte) string { h := sha256.Sum256(b); return hex.EncodeToString(h[:]) }
	put := func(t *testing.T, s blob.Store, a blob.Area, b []byte) string {
		t.Helper()
		key, n, err := s.Put(ctx, a, bytes.NewReader(b), 0)
		if err != nil || n != int64(len(b)) || key != sum(b) {
			t.Fatalf("Put: %s %d %v, want %s %d", key, n, err, sum(b), len(b))
		}
		return key
	}
	get := func(t *testing.T, s blob.Store, a blob.Area, key string) []byte {
		t.Helper()
		r, err := s.Open(ctx, a, key)
		if err != nil {
			t.Fatalf("Open: %v", err)
		}
		defer r.Close()
		b, err := io.ReadAll(r)
		if err != nil || r.Size() != int64(len(b)) {
			t.Fatalf("read: %v, Size %d of %d", err, r.Size(), len(b))
		}
		return b
	}
	missing := func(t *testing.T, s blob.Store, a blob.Area, key string) {
		t.Helper()
		if r, err := s.Open(ctx, a, key); council.KindOf(err) != council.NotFound || err == nil {
			if r != nil {
				r.Close()
			}
			t.Fatalf("Open(%s, %s) = %v, want not found", a, key, err)
		}
	}

	t.Run("what is put is read", func(t *testing.T) {
		s := open(t)
		for _, n := range []int{0, 1, 4095, 1 << 20} {
			b := make([]byte, n)
			for i := range b {
				b[i] = byte(rand.Uint32())
			}
			key := put(t, s, blob.Originals, b)
			if !bytes.Equal(get(t, s, blob.Originals, key), b) {
				t.Fatalf("%d bytes came back changed", n)
			}
			r, err := s.Open(ctx, blob.Originals, key)
			if err != nil {
				t.Fatal(err)
			}
			if n > 100 {
				got := make([]byte, 50)
				if _, err := r.ReadAt(got, 37); err != nil || !bytes.Equal(got, b[37:87]) {
					t.Fatalf("ReadAt: %v", err)
				}
				if _, err := r.Seek(-10, io.SeekEnd); err != nil {
					t.Fatal(err)
				}
				rest, _ := io.ReadAll(r)
				if !bytes.Equal(rest, b[n-10:]) {
					t.Fatal("Seek to the end")
				}
			}
			r.Close()
		}
	})
	t.Run("areas are apart", func(t *testing.T) {
		s := open(t)
		key := put(t, s, blob.Bases, []byte("not for the public"))
		missing(t, s, blob.Public, key)
		missing(t, s, blob.Originals, key)
	})
	t.Run("twice is once", func(t *testing.T) {
		s := open(t)
		a, b := put(t, s, blob.Originals, []byte("x")), put(t, s, blob.Originals, []byte("x"))
		if a != b {
			t.Fatal("two keys for the same bytes")
		}
		if err := s.Delete(ctx, blob.Originals, a); err != nil {
			t.Fatal(err)
		}
		missing(t, s, blob.Originals, a)
		if err := s.Delete(ctx, blob.Originals, a); err != nil {
			t.Fatalf("a second Delete is no error: %v", err)
		}
	})
	t.Run("over the limit leaves nothing", func(t *testing.T) {
		s := open(t)
		b := bytes.Repeat([]byte("y"), 1001)
		if _, _, err := s.Put(ctx, blob.Originals, bytes.NewReader(b), 1000); council.KindOf(err) != council.TooLarge {
			t.Fatalf("want too large, got %v", err)
		}
		missing(t, s, blob.Originals, sum(b))
		missing(t, s, blob.Originals, sum(b[:1000]))
		if _, n, err := s.Put(ctx, blob.Originals, bytes.NewReader(b[:1000]), 1000); err != nil || n != 1000 {
			t.Fatalf("exactly the limit: %d %v", n, err)
		}
	})
	t.Run("a broken reader leaves nothing", func(t *testing.T) {
		s := open(t)
		lost := errors.New("connection lost")
		_, _, err := s.Put(ctx, blob.Originals, io.MultiReader(strings.NewReader("half"), failing{lost}), 0)
		if !errors.Is(err, lost) {
			t.Fatalf("the reader's error must come through, got %v", err)
		}
		missing(t, s, blob.Originals, sum([]byte("half")))
		gone, cancel := context.WithCancel(ctx)
		cancel()
		if _, _, err := s.Put(gone, blob.Originals, strings.NewReader("z"), 0); err == nil {
			t.Fatal("a cancelled request must not store")
		}
	})
	t.Run("no key, no blob", func(t *testing.T) {
		s := open(t)
		for _, k := range []string{"", "..", "../../etc/passwd", strings.Repeat("A", 64), strings.Repeat("0", 63), strings.Repeat("0", 64), strings.Repeat("/", 64)} {
			missing(t, s, blob.Originals, k)
			if _, ok := s.Path(blob.Originals, k); ok {
				t.Fatalf("Path(%q) is a path", k)
			}
			if err := s.Delete(ctx, blob.Originals, k); err != nil {
				t.Fatalf("Delete(%q): %v", k, err)
			}
		}
		missing(t, s, blob.Area("../originals"), strings.Repeat("0", 64))
	})
	t.Run("the list has each blob once", func(t *testing.T) {
		s := open(t).(blob.Keeper)
		want := map[string]int64{}
		for _, text := range []string{"", "a", "bb", "ccc"} {
			want[put(t, s, blob.Public, []byte(text))] = int64(len(text))
		}
		put(t, s, blob.Public, []byte("bb"))
		put(t, s, blob.Originals, []byte("elsewhere"))
		got := map[string]int64{}
		if err := s.List(ctx, blob.Public, func(i blob.Info) error {
			if _, twice := got[i.SHA256]; twice {
				t.Errorf("%s twice", i.SHA256)
			}
			if age := time.Since(i.Modified); age > time.Hour || age < -time.Hour {
				t.Errorf("%s was written %v ago", i.SHA256, age)
			}
			got[i.SHA256] = i.Size
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		if !maps.Equal(got, want) {
			t.Errorf("listed %v, want %v", got, want)
		}
		stop := errors.New("stop")
		if err := s.List(ctx, blob.Public, func(blob.Info) error { return stop }); !errors.Is(err, stop) {
			t.Errorf("an error of the caller must end the list: %v", err)
		}
		for key := range want {
			if err := s.Check(ctx, blob.Public, key); err != nil {
				t.Errorf("Check: %v", err)
			}
		}
		if err := s.Check(ctx, blob.Public, strings.Repeat("0", 64)); council.KindOf(err) != council.NotFound {
			t.Errorf("Check of nothing: %v", err)
		}
	})
	t.Run("any part is read", func(t *testing.T) {
		s := open(t)
		b := make([]byte, 300_001)
		for i := range b {
			b[i] = byte(rand.Uint32())
		}
		key := put(t, s, blob.Bases, b)
		r, err := s.Open(ctx, blob.Bases, key)
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		for range 200 {
			from := rand.IntN(len(b) + 10)
			p := make([]byte, rand.IntN(200_000))
			n, err := r.ReadAt(p, int64(from))
			have := b[min(from, len(b)):min(from+len(p), len(b))]
			if !bytes.Equal(p[:n], have) || (n < len(p)) != errors.Is(err, io.EOF) {
				t.Fatalf("ReadAt(%d bytes at %d): %d, %v", len(p), from, n, err)
			}
		}
	})
	t.Run("many at once", func(t *testing.T) {
		s := open(t)
		b := bytes.Repeat([]byte("same"), 5000)
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				if key, _, err := s.Put(ctx, blob.Bases, bytes.NewReader(b), 0); err != nil || key != sum(b) {
					t.Errorf("Put: %v", err)
				}
			})
		}
		wg.Wait()
		if !bytes.Equal(get(t, s, blob.Bases, sum(b)), b) {
			t.Fatal("bytes changed")
		}
	})
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }
