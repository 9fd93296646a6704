//go:build !race

// With the race detector it takes minutes: make test runs it once more without.

package pdf

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"ris/documents/pdf/pdftest"
)

// TestMergeOfTheCorpus puts the files of the corpus that can be prepared into packets of twenty: every seventh, all with RIS_LONG.
func TestMergeOfTheCorpus(t *testing.T) {
	names, _ := filepath.Glob("../../../shared/corpus/*/*.pdf")
	if len(names) == 0 || testing.Short() {
		t.Skip("no corpus here")
	}
	if os.Getenv("RIS_LONG") == "" { // make test-documents takes all
		names = everySeventh(names)
	}
	taken, left := 0, []string{}
	for chunk := range slices.Chunk(names, 20) {
		var files [][]byte
		var kept []string
		for _, n := range chunk {
			b, err := os.ReadFile(n)
			if err != nil {
				t.Fatal(err)
			}
			if len(b) < 20<<20 {
				files, kept = append(files, b), append(kept, n)
			}
		}
		all, list := parts(t, pdftest.Report(1), files...)
		for len(list) > 1 {
			begun := time.Now()
			m, out, err := merge(t, all, Packet{Title: "Korpus", Parts: list, Bookmarks: []Bookmark{{Level: 1, Title: "Alles", Part: 1, Outline: true}}})
			var bad *PartError
			if errors.As(err, &bad) && bad.Part > 0 {
				left = append(left, fmt.Sprintf("%v (of %s)", bad, filepath.Base(kept[0])))
				list = slices.Delete(list, bad.Part, bad.Part+1)
				continue
			}
			if err != nil {
				t.Fatal(err)
			}
			taken += len(list) - 1
			marked, pages := len(m.Sizes), len(m.Sizes)
			if m.Marked != marked {
				t.Errorf("%d of %d marked", m.Marked, pages)
			}
			t.Logf("%d parts, %d pages, %d kB, %v", len(list), pages, m.Prepared.Size>>10, time.Since(begun).Round(time.Millisecond))
			check(t, personal(t, out, m.Prepared), all, list)
			break
		}
	}
	t.Logf("%d parts merged, %d left out: %s", taken, len(left), strings.Join(left, "; "))
	if len(left)*50 > taken {
		t.Error("more than 2 % of the parts could not be merged")
	}
}

func everySeventh(names []string) (out []string) {
	for i := 0; i < len(names); i += 7 {
		out = append(out, names[i])
	}
	return out
}
