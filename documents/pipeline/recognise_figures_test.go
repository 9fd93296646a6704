package pipeline_test

import (
	"context"
	"crypto/sha256"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"ris/app/council"
	"ris/documents/pagetext"
)

// TestCorpusScanFigures prints, for the scans whose true text is known: share of wrong letters and words (edit distance by the length of
// the truth), seconds a page, bytes that the layer adds a page; and holds that no picture of the file changes. make test-documents.
func TestCorpusScanFigures(t *testing.T) {
	files, _ := filepath.Glob("../../../shared/corpus/scans/made*.pdf")
	if len(files) == 0 || os.Getenv("RIS_LONG") == "" {
		t.Skip("a long target: RIS_LONG=1, with ../shared/corpus beside the repository")
	}
	b := open(t)
	rec := recognition(t, b)
	ctx := context.Background()
	for _, f := range files {
		truth, err := os.ReadFile(strings.TrimSuffix(f, ".pdf") + ".txt")
		if err != nil {
			continue
		}
		file, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		in := b.put(t, file)
		before, err := b.Process(ctx, in)
		if err != nil || before.Refused != "" {
			t.Fatal(f, err, before.Refused)
		}
		var pages []council.PageText
		var read []string
		began := time.Now()
		for _, p := range before.Text {
			got, err := rec.Page(ctx, in, p)
			if err != nil {
				t.Fatal(err)
			}
			text, _ := pagetext.Shown(got)
			pages, read = append(pages, got), append(read, text)
		}
		seconds := time.Since(began).Seconds() / float64(len(pages))
		key, err := rec.Layer(ctx, in, pages)
		if err != nil || key == "" {
			t.Fatalf("%s: no layer, %v", f, err)
		}
		in.Converted = key
		after, err := b.Process(ctx, in)
		if err != nil || after.Refused != "" {
			t.Fatal(f, err, after.Refused)
		}
		if was, is := b.pictures(t, before.Prepared), b.pictures(t, after.Prepared); len(was) == 0 || !slices.Equal(was, is) {
			t.Errorf("%s: %d pictures before, %d after, or their bytes changed", filepath.Base(f), len(was), len(is))
		}
		joined, _ := pagetext.Join(council.PageText{Text: string(truth)})
		want, got := strings.Fields(joined), strings.Fields(strings.Join(read, " "))
		wrongLetters := distance([]rune(strings.Join(want, " ")), []rune(strings.Join(got, " ")))
		t.Logf("%-28s %d pages: letters wrong %.2f %%, words wrong %.2f %%, %.1f s a page, %+.1f kB a page", filepath.Base(f), len(pages),
			100*float64(wrongLetters)/float64(len([]rune(joined))), 100*float64(distance(want, got))/float64(len(want)), seconds,
			float64(after.Prepared.Size-before.Prepared.Size)/1024/float64(len(pages)))
	}
}

// pictures are the hashes of a copy's pictures as they are packed in it.
func (b bench) pictures(t *testing.T, p council.Prepared) (sums []string) {
	t.Helper()
	path, _ := b.copyFile(t, p)
	dir := t.TempDir()
	tool(t, "pdfimages", "-all", path, filepath.Join(dir, "p"))
	list, _ := filepath.Glob(filepath.Join(dir, "*"))
	for _, f := range list {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(data)
		sums = append(sums, string(sum[:]))
	}
	return sums
}

// distance is the least number of insertions, deletions and exchanges that make b of a (Levenshtein).
func distance[T comparable](a, b []T) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i, x := range a {
		diagonal := row[0]
		row[0] = i + 1
		for j, y := range b {
			cost := diagonal
			if x != y {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
