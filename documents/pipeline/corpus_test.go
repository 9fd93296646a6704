//go:build !race

package pipeline_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"ris/app/council"
	"ris/documents"
	"ris/documents/blob"
	"ris/documents/copies"
)

// corpusFiles are real and broken papers beside the repository, when they are there. They stay there.
func corpusFiles(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("../../../shared/corpus/*/*.pdf")
	if err != nil || len(files) == 0 {
		t.Skip("no ../shared/corpus beside the repository: the made files of this package are tested all the same")
	}
	return files
}

// unopenable are the files of the corpus that the rendering library itself cannot open, by the reason that people are given.
// 137 of 152 can be opened; of these at least 130 must be prepared, and every page that goes out is marked. make test takes every fifth
// file, make test-documents (RIS_LONG) all of them.
const (
	corpusOpenable = 137
	corpusPrepared = 130
)

func TestCorpus(t *testing.T) {
	files := corpusFiles(t)
	if os.Getenv("RIS_LONG") == "" {
		var some []string
		for n := 0; n < len(files); n += 5 {
			some = append(some, files[n])
		}
		files = some
	}
	b := open(t)
	type outcome struct {
		file string
		r    documents.Result
		took time.Duration
	}
	var (
		mu       sync.Mutex
		outcomes []outcome
		next     = make(chan string)
		group    sync.WaitGroup
	)
	started := time.Now()
	for range 2 {
		group.Go(func() {
			for f := range next {
				begun := time.Now()
				in, err := os.Open(f)
				if err != nil {
					t.Error(err)
					continue
				}
				key, _, err := b.blobs.Put(context.Background(), blob.Originals, in, 0)
				in.Close()
				if err != nil {
					t.Error(err)
					continue
				}
				r, err := b.Process(context.Background(), documents.Input{SHA256: key})
				if err != nil {
					t.Errorf("%s: %v", filepath.Base(f), err)
					continue
				}
				r.Text = nil // what the test needs are the counts
				mu.Lock()
				outcomes = append(outcomes, outcome{f, r, time.Since(begun)})
				mu.Unlock()
			}
		})
	}
	for _, f := range files {
		next <- f
	}
	close(next)
	group.Wait()

	prepared, pages, ocr := 0, 0, 0
	var peak int64
	refused := map[string][]string{}
	for _, o := range outcomes {
		peak = max(peak, o.r.PeakBytes)
		if o.took > 120*time.Second {
			t.Errorf("%s took %v", filepath.Base(o.file), o.took)
		}
		if o.r.Refused != "" {
			refused[o.r.Refused] = append(refused[o.r.Refused], filepath.Base(o.file))
			continue
		}
		prepared++
		if o.r.Marked != len(o.r.PageSizes) {
			t.Errorf("%s: %d of %d pages were seen with the mark", filepath.Base(o.file), o.r.Marked, len(o.r.PageSizes))
		}
		pages += len(o.r.PageSizes)
		ocr += o.r.OCRPages
		checkCopy(t, b, filepath.Base(o.file), o.r.Prepared)
	}
	t.Logf("%d files: %d prepared, %d pages, %d of them scans without text; child's peak %d MB; %.0f s", len(files), prepared, pages, ocr, peak>>20, time.Since(started).Seconds())
	for key, names := range refused {
		t.Logf("%s: %s", key, strings.Join(names, ", "))
	}
	if prepared < len(files)*8/10 {
		t.Errorf("only %d of %d files prepared", prepared, len(files))
	}
	if len(files) == 152 && prepared < corpusPrepared {
		t.Errorf("%d files prepared of %d that can be opened, want at least %d", prepared, corpusOpenable, corpusPrepared)
	}
	if peak > 630_000_000 && !raceDetector {
		t.Errorf("a child had %d MB", peak>>20)
	}
}

// checkCopy: the proof in the child has seen the mark on every page of what was accepted; here, that a copy can be made of it.
func checkCopy(t *testing.T, b bench, name string, p council.Prepared) {
	base, err := b.blobs.Open(context.Background(), blob.Bases, p.Blob)
	if err != nil {
		t.Errorf("%s: %v", name, err)
		return
	}
	c, err := copies.Open(base, p, anna)
	if err != nil {
		t.Errorf("%s: %v", name, err)
		base.Close()
		return
	}
	c.Close()
}
