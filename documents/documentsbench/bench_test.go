package documentsbench_test

import (
	"os"
	"path/filepath"
	"testing"

	"ris/documents/documentsbench"
)

// The figures themselves belong to `make bench`; here only that rows come out and that the order of things is right.
func TestRows(t *testing.T) {
	if testing.Short() {
		t.Skip("measures for some seconds")
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		cache = t.TempDir()
	}
	cache = filepath.Join(cache, "ris", "pdfium")
	if err := os.MkdirAll(cache, 0o700); err != nil {
		t.Fatal(err)
	}
	b, err := documentsbench.New(cache)
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	rows, err := b.CopyRows("r10")
	if err != nil {
		t.Fatal(err)
	}
	text, err := documentsbench.TextRows(cache)
	if err != nil {
		t.Skip(err)
	}
	for _, r := range append(rows, text...) {
		t.Logf("%-40s %10.3f %-8s %-22s %8.1f", r.Name, r.Value, r.Unit, r.Competitor, r.Ratio)
		if r.Value <= 0 || r.Ratio <= 0 || r.Name == "" || r.Competitor == "" {
			t.Errorf("an empty row: %+v", r)
		}
	}
}
