package embedded

import (
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"ris/app/council"
	"ris/auth/policy"
	"ris/search"
)

func open(t *testing.T, dir string) search.Engine {
	t.Helper()
	e, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = e.Close() })
	return e
}

func file(n int, sequence int64, text string) search.Document {
	return search.Document{File: council.ID(fmt.Sprintf("00000000-0000-7000-8000-%012d", n)), Paper: "p", Version: "v", Sequence: sequence,
		Audience: council.Audience{Allowed: []council.Label{policy.LabelPublic}}, Pages: []search.Page{{Number: 1, Text: text}}}
}

func total(t *testing.T, e search.Engine, text string) int {
	t.Helper()
	a, err := e.Search(t.Context(), policy.Anonymous(), search.Query{Text: text})
	if err != nil {
		t.Fatal(err)
	}
	return a.Total
}

// What was written, sequence numbers included, is there after a restart; so is what a killed process had been told is written
// (the copy of the folder is what a kill leaves).
func TestRestart(t *testing.T) {
	dir := t.TempDir()
	e := open(t, dir)
	for n := range 30 {
		if err := e.Replace(t.Context(), file(n, 5, "Wasserturm")); err != nil {
			t.Fatal(err)
		}
	}
	if err := e.Delete(t.Context(), file(3, 0, "").File, 6); err != nil {
		t.Fatal(err)
	}
	killed := t.TempDir()
	if err := os.CopyFS(killed, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	for name, d := range map[string]string{"closed": dir, "killed": killed} {
		e := open(t, d)
		if n := total(t, e, "Wasserturm "); n != 29 {
			t.Errorf("%s: %d files, want 29", name, n)
		}
		for n := range 4 {
			if err := e.Replace(t.Context(), file(n, 4, "Spätzünder")); err != nil {
				t.Fatal(err)
			}
		}
		if n := total(t, e, "Spätzünder "); n != 0 {
			t.Errorf("%s: %d late changes went through", name, n)
		}
	}
}

func TestOldVersionIsRemoved(t *testing.T) {
	dir := t.TempDir()
	old := filepath.Join(dir, "pages-v0")
	if err := os.MkdirAll(old, 0o700); err != nil {
		t.Fatal(err)
	}
	open(t, dir)
	if _, err := os.Stat(old); !os.IsNotExist(err) {
		t.Error("the index of an old analysis is still there")
	}
}

func TestSecondProcessIsRefused(t *testing.T) {
	dir := t.TempDir()
	open(t, dir)
	if e, err := Open(dir); err == nil {
		_ = e.Close()
		t.Error("the same folder was opened twice")
	}
}

func TestClosed(t *testing.T) {
	e := open(t, t.TempDir())
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := e.Search(t.Context(), policy.Anonymous(), search.Query{Text: "wort"}); council.KindOf(err) != council.Unavailable {
		t.Error(err)
	}
	if err := e.Replace(t.Context(), file(1, 1, "")); council.KindOf(err) != council.Unavailable {
		t.Error(err)
	}
}

// Searches go on while files change and the index is reset; each sees a file as it was or as it is: one of two words, never both
// and never a reader's file without its audience.
func TestSearchWhileWriting(t *testing.T) {
	e := open(t, t.TempDir())
	var writers, readers sync.WaitGroup
	done := make(chan struct{})
	for w := range 2 {
		writers.Go(func() {
			for i := range 40 {
				d := file(w, int64(i), []string{"alpha gemeinsam", "beta gemeinsam"}[i%2])
				if i%5 == 4 {
					d.Audience = council.Audience{}
				}
				if err := e.Replace(t.Context(), d); err != nil {
					t.Error(err)
				}
				if w == 0 && i == 20 {
					if err := e.Reset(t.Context()); err != nil {
						t.Error(err)
					}
				}
			}
		})
	}
	for range 4 {
		readers.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				for _, q := range []string{"alpha ", "gemei", "alpha beta "} {
					a, err := e.Search(t.Context(), policy.Anonymous(), search.Query{Text: q})
					if err != nil {
						t.Error(err)
						return
					}
					if a.Total > 2 || len(a.Hits) != a.Total || q == "alpha beta " && a.Total > 0 {
						t.Errorf("%q: %+v", q, a)
					}
				}
			}
		})
	}
	writers.Wait()
	close(done)
	readers.Wait()
}

// The guard of the filter: without it the suite's readers would see everything. The zero set has nothing, and every set is a
// subset of the system's.
func TestNoPageWithoutTheFilter(t *testing.T) {
	e := open(t, t.TempDir()).(*Engine)
	d := file(1, 1, "geheim")
	d.Audience = council.Audience{Allowed: []council.Label{"org:x@y"}}
	if err := e.Replace(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	v, err := e.current(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer v.release()
	for who, want := range map[*policy.Viewer]int{ptr(policy.Viewer{}): 0, ptr(policy.Anonymous()): 0, ptr(policy.System("test")): 2} {
		may, err := v.readable(t.Context(), *who)
		if err != nil || may.count != want {
			t.Errorf("%+v may read %d documents, want %d (%v)", who, may.count, want, err)
		}
	}
}

func ptr[T any](v T) *T { return &v }
