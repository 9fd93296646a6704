package documentsbench

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"

	"ris/app/council"
	"ris/documents/pagetext"
	"ris/documents/pdf"
	"ris/documents/pdf/pdftest"
)

// structuredPages bounds what go-pdfium's own text call is asked for: it takes about 100 MB of garbage a page.
const structuredPages = 10

// TextRows measures reading the text of 100 pages with a box for every letter, in pages per processor second, against
// `pdftotext -bbox` (a box for every word; its start included) and go-pdfium's GetPageTextStructured (letters). The compiled modules are
// loaded before the clock starts, as in a child that has begun. An error when pdftotext is not installed.
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
	structured, closeStructured, err := structuredText(pdftest.Report(structuredPages))
	if err != nil {
		return nil, fmt.Errorf("go-pdfium: %w", err)
	}
	defer closeStructured()
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
		{"go-pdfium GetPageTextStructured", structured, 1},
	})
	if err != nil {
		return nil, err
	}
	row := func(competitor string, perPage float64) Row {
		return Row{Name: "7: text with a box per letter, 100 pages", Value: pages / seconds[0], Unit: "pages/s", Competitor: competitor, Ratio: perPage / (seconds[0] / pages)}
	}
	found, err := tornWordsFound(engine, dir)
	return []Row{row("pdftotext -bbox", seconds[1]/pages), row("go-pdfium GetPageTextStructured", seconds[2]/structuredPages), found}, err
}

// tornWordsFound is the share of the words of a German report, many of them torn at line ends, that its text holds in one piece.
// Target: 0.998.
func tornWordsFound(engine *pdf.Engine, dir string) (Row, error) {
	file, words := pdftest.Hyphenated(500)
	in := filepath.Join(dir, "torn.pdf")
	if err := os.WriteFile(in, file, 0o600); err != nil {
		return Row{}, err
	}
	f, err := os.Open(in)
	if err != nil {
		return Row{}, err
	}
	defer f.Close()
	found := map[string]int{}
	if _, err := engine.Text(f, int64(len(file)), 1, func(string) {}, func(p council.PageText, _ pdf.PageFacts) error {
		text, _ := pagetext.Shown(p)
		for w := range strings.FieldsSeq(text) {
			found[w]++
		}
		return nil
	}); err != nil {
		return Row{}, err
	}
	hit := 0.0
	for _, w := range words {
		if found[w] > 0 {
			found[w]--
			hit++
		}
	}
	recall := hit / float64(len(words))
	return Row{Name: "7: words in one piece, 500 pages", Value: recall, Unit: "of them", Competitor: "at least 0.998", Ratio: recall / 0.998}, nil
}

// structuredText reads a document with the library's own call, letters with boxes.
func structuredText(file []byte) (read func() error, done func(), err error) {
	pool, err := webassembly.Init(webassembly.Config{MinIdle: 1, MaxIdle: 1, MaxTotal: 1, FSConfig: wazero.NewFSConfig()})
	if err != nil {
		return nil, nil, err
	}
	i, err := pool.GetInstance(30 * time.Second)
	if err != nil {
		return nil, nil, errors.Join(err, pool.Close())
	}
	done = func() { _ = errors.Join(i.Close(), pool.Close()) }
	return func() error { return structuredPagesOf(i, file) }, done, nil
}

func structuredPagesOf(i pdfium.Pdfium, file []byte) error {
	d, err := i.OpenDocument(&requests.OpenDocument{File: &file})
	if err != nil {
		return err
	}
	letters := 0
	for n := range structuredPages {
		t, err := i.GetPageTextStructured(&requests.GetPageTextStructured{
			Page: requests.Page{ByIndex: &requests.PageByIndex{Document: d.Document, Index: n}}, Mode: requests.GetPageTextStructuredModeChars})
		if err != nil {
			return err
		}
		letters += len(t.Chars)
	}
	if letters < structuredPages*1000 {
		return errors.New("letters are missing")
	}
	_, err = i.FPDF_CloseDocument(&requests.FPDF_CloseDocument{Document: d.Document})
	return err
}
