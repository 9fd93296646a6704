package pdf

import (
	"bytes"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"ris/app/council"
	"ris/documents/pdf/pdftest"
)

// engine is loaded once for all tests of the package: compiling it takes some seconds.
var engine = sync.OnceValues(func() (*Engine, error) {
	dir, err := os.UserCacheDir()
	if err != nil {
		dir = os.TempDir()
	}
	dir = filepath.Join(dir, "ris", "pdfium")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	return NewEngine(dir)
})

func prepared(t testing.TB, file []byte, mode council.PreparationMode) (Base, *os.File, error) {
	t.Helper()
	e, err := engine()
	if err != nil {
		t.Fatal(err)
	}
	out, err := os.Create(filepath.Join(t.TempDir(), "base.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	scratch, err := os.Create(filepath.Join(t.TempDir(), "scratch.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { out.Close(); scratch.Close() })
	b, err := e.Prepare(bytes.NewReader(file), int64(len(file)), out, scratch, Options{Pages: 5000, Mode: mode, Step: func(string) {}})
	return b, out, err
}

// BenchmarkPrepare prints pages per second of rewriting and proof together, as one upload costs.
func BenchmarkPrepare(b *testing.B) {
	for _, c := range []struct {
		name  string
		file  []byte
		pages int
		mode  council.PreparationMode
	}{
		{"text", pdftest.Report(50), 50, council.Standard},
		{"text interleaved", pdftest.Report(50), 50, council.Interleaved},
		{"scan 300 dpi", pdftest.Scan(6, 300), 6, council.Standard},
	} {
		b.Run(c.name, func(b *testing.B) {
			start := time.Now()
			for b.Loop() {
				if _, _, err := prepared(b, c.file, c.mode); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(c.pages*b.N)/time.Since(start).Seconds(), "pages/s")
		})
	}
}
