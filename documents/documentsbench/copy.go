package documentsbench

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"ris/documents"
	"ris/documents/copies"
	"ris/documents/pdf"
	"ris/documents/pdf/pdftest"
)

// CopyRows measures making a personal copy of 10, 100 and 500 pages for a name that was never used before, all bytes written to a
// file, against pdfcpu's whole-file watermark in this process and `qpdf --overlay` (when it is installed). One row per file and
// competitor. cacheDir keeps compiled code; "" = none. sizes are counts of pages to measure in place of these three.
func CopyRows(cacheDir string, sizes ...int) ([]Row, error) {
	if len(sizes) == 0 {
		sizes = []int{10, 100, 500}
	}
	dir, err := os.MkdirTemp("", "ris-bench-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	engine, err := pdf.NewEngine(cacheDir)
	if err != nil {
		return nil, err
	}
	defer engine.Close()
	var rows []Row
	for _, pages := range sizes {
		r, err := copyRows(engine, dir, pages)
		if err != nil {
			return nil, fmt.Errorf("%d pages: %w", pages, err)
		}
		rows = append(rows, r...)
	}
	return rows, nil
}

func copyRows(engine *pdf.Engine, dir string, pages int) ([]Row, error) {
	original := pdftest.Report(pages)
	base, prepared, err := prepareFile(engine, dir, original)
	if err != nil {
		return nil, err
	}
	defer base.Close()
	person := 0
	ours := contender{"ours", func() error {
		person++ // a new name each time: nothing is in a cache
		mark := documents.Mark{Name: fmt.Sprintf("Person Nummer %d", person), Account: fmt.Sprintf("p%d@demo.example", person), Date: "21.11.2026"}
		c, err := copies.Open(file{io.NewSectionReader(base, 0, prepared.Prepared.Size)}, prepared.Prepared, mark)
		if err != nil {
			return err
		}
		return writeFile(filepath.Join(dir, "ours.pdf"), c)
	}, 20}
	all := []contender{ours, {"pdfcpu AddWatermarks", func() error { return pdfcpuStamp(original, filepath.Join(dir, "pdfcpu.pdf")) }, 1}}
	if _, err := exec.LookPath("qpdf"); err == nil {
		in, stamp := filepath.Join(dir, "in.pdf"), filepath.Join(dir, "stamp.pdf")
		if err := os.WriteFile(in, original, 0o600); err != nil {
			return nil, err
		}
		if err := os.WriteFile(stamp, pdftest.Pages(pdftest.Page{Content: pdftest.Words("Person")}), 0o600); err != nil {
			return nil, err
		}
		all = append(all, contender{"qpdf --overlay", func() error {
			return exec.Command("qpdf", in, "--overlay", stamp, "--repeat=1", "--", filepath.Join(dir, "qpdf.pdf")).Run()
		}, 1})
	}
	seconds, err := compare(all)
	if err != nil {
		return nil, err
	}
	var rows []Row
	for i, c := range all[1:] {
		rows = append(rows, Row{Name: fmt.Sprintf("personal copy, %d pages", pages), Value: seconds[0] * 1000, Unit: "ms", Competitor: c.name, Ratio: seconds[i+1] / seconds[0]})
	}
	return rows, nil
}

// prepareFile makes the base in a file; the caller closes it.
func prepareFile(engine *pdf.Engine, dir string, original []byte) (*os.File, pdf.Base, error) {
	out, err := os.CreateTemp(dir, "base-")
	if err != nil {
		return nil, pdf.Base{}, err
	}
	scratch, err := os.CreateTemp(dir, "scratch-")
	if err != nil {
		return nil, pdf.Base{}, err
	}
	defer scratch.Close()
	b, err := engine.Prepare(bytes.NewReader(original), int64(len(original)), out, scratch, pdf.Options{Pages: 5000, Step: func(string) {}})
	return out, b, err
}

func pdfcpuStamp(original []byte, path string) error {
	api.DisableConfigDir()
	conf := model.NewDefaultConfiguration()
	mark, err := api.TextWatermark("Person Nummer 1", "opacity:.25, diagonal:1", true, false, types.POINTS)
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := api.AddWatermarks(bytes.NewReader(original), &out, nil, mark, conf); err != nil {
		return err
	}
	return os.WriteFile(path, out.Bytes(), 0o600)
}

func writeFile(path string, r io.Reader) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	if _, err := io.CopyBuffer(struct{ io.Writer }{f}, r, make([]byte, 256<<10)); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

// file lets a part of an open file stand for a stored blob; closing it is the opener's.
type file struct{ *io.SectionReader }

func (file) Close() error { return nil }
