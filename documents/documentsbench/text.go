package documentsbench

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"

	"ris/app/council"
	"ris/documents/pdf"
	"ris/documents/pdf/pdftest"
)

// TextRows measures reading the text of 100 pages with a box for every letter, in pages per processor second, against
// `pdftotext -bbox` (a box for every word; its start included). The compiled module is loaded before the clock starts, as in a
// child that has begun. An error when pdftotext is not installed.
func TextRows(cacheDir string) ([]Row, error) {
	const pages = 100
	if _, err := exec.LookPath("pdftotext"); err != nil {
		return nil, errors.New("pdftotext is not installed (Debian: poppler-utils)")
	}
	dir, err := os.MkdirTemp("", "ris-bench-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	in := filepath.Join(dir, "in.pdf")
	original := pdftest.Report(pages)
	if err := os.WriteFile(in, original, 0o600); err != nil {
		return nil, err
	}
	engine, err := pdf.NewEngine(cacheDir)
	if err != nil {
		return nil, err
	}
	defer engine.Close()
	f, err := os.Open(in)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	seconds, err := compare([]contender{
		{"ours", func() error {
			letters := 0
			_, err := engine.Text(f, int64(len(original)), 1, func(string) {}, func(p council.PageText, _ pdf.PageFacts) error {
				letters += len(p.Boxes)
				return nil
			})
			if err == nil && letters < pages*1000 {
				err = errors.New("letters are missing")
			}
			return err
		}, 1},
		{"pdftotext -bbox", func() error { return exec.Command("pdftotext", "-bbox", in, filepath.Join(dir, "out.html")).Run() }, 1},
	})
	if err != nil {
		return nil, err
	}
	return []Row{{Name: "text with a box per letter, 100 pages", Value: pages / seconds[0], Unit: "pages/s", Competitor: "pdftotext -bbox", Ratio: seconds[1] / seconds[0]}}, nil
}
