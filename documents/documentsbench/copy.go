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

	"ris/app/council"
	"ris/documents"
	"ris/documents/copies"
	"ris/documents/pdf"
	"ris/documents/pdf/pdftest"
)

// CopyRows measures making a personal copy for a name that was never used before, all bytes written to a file, against pdfcpu's
// whole-file watermark in this process and `qpdf --overlay` (when it is installed). One row per file and competitor. names are files
// of files.go; none = r10, r100, r500 and scan60.
// Targets (documents): r500 300 times pdfcpu and 100 times qpdf, r10 20 times pdfcpu.
func (b *Bench) CopyRows(names ...string) ([]Row, error) {
	if len(names) == 0 {
		names = []string{"r10", "r100", "r500", "scan60"}
	}
	return b.each(names, copyRows)
}

// subject is a measured file with its base.
type subject struct {
	name, dir string
	original  []byte
	base      *os.File
	prepared  council.Prepared
}

// open makes the n-th person's copy.
func (s subject) open(n int) (*copies.Copy, error) {
	return copies.Open(file{io.NewSectionReader(s.base, 0, s.prepared.Size)}, s.prepared, person(n))
}

// person is the n-th recipient, with a mark as the product prints it.
func person(n int) documents.Mark {
	return documents.Mark{Name: fmt.Sprintf("Person Nummer %d", n), Account: fmt.Sprintf("p%d@demo.example", n), Date: "21.11.2026", Code: "7K3M-Q9XA",
		Seed: [32]byte{byte(n), byte(n >> 8), byte(n >> 16), 1}}
}

func copyRows(x subject) ([]Row, error) {
	n := 0
	ours := contender{"ours", func() error {
		n++ // a new name each time: nothing is in a cache
		c, err := x.open(n)
		if err != nil {
			return err
		}
		return writeFile(filepath.Join(x.dir, "ours.pdf"), c)
	}, max(1, min(40, 40_000_000/len(x.original)))}
	all := []contender{ours, {"pdfcpu AddWatermarks", func() error { return pdfcpuStamp(x.original, filepath.Join(x.dir, "pdfcpu.pdf")) }, 1}}
	if overlay, err := qpdfOverlay(x); err != nil {
		return nil, err
	} else if overlay != nil {
		all = append(all, *overlay)
	}
	seconds, err := compare(all)
	if err != nil {
		return nil, err
	}
	var rows []Row
	for i, c := range all[1:] {
		rows = append(rows, Row{Name: "1: personal copy written, new name, " + x.name, Value: seconds[0] * 1000, Unit: "ms", Competitor: c.name, Ratio: seconds[i+1] / seconds[0]})
	}
	return rows, nil
}

// qpdfOverlay is nil when qpdf is not installed.
func qpdfOverlay(x subject) (*contender, error) {
	if _, err := exec.LookPath("qpdf"); err != nil {
		return nil, nil
	}
	in, stamp := filepath.Join(x.dir, "in.pdf"), filepath.Join(x.dir, "stamp.pdf")
	if err := os.WriteFile(in, x.original, 0o600); err != nil {
		return nil, err
	}
	if err := os.WriteFile(stamp, pdftest.Pages(pdftest.Page{Content: pdftest.Words("Person")}), 0o600); err != nil {
		return nil, err
	}
	return &contender{"qpdf --overlay", func() error {
		return exec.Command("qpdf", in, "--overlay", stamp, "--repeat=1", "--", filepath.Join(x.dir, "qpdf.pdf")).Run()
	}, 1}, nil
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
	var out bytes.Buffer
	if err := pdfcpuStampTo(original, &out); err != nil {
		return err
	}
	return os.WriteFile(path, out.Bytes(), 0o600)
}

func pdfcpuStampTo(original []byte, out *bytes.Buffer) error {
	api.DisableConfigDir()
	mark, err := api.TextWatermark("Person Nummer 1", "opacity:.25, diagonal:1", true, false, types.POINTS)
	if err != nil {
		return err
	}
	return api.AddWatermarks(bytes.NewReader(original), out, nil, mark, model.NewDefaultConfiguration())
}

func writeFile(path string, w io.WriterTo) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	if _, err := w.WriteTo(f); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

// file lets a part of an open file stand for a stored blob; closing it is the opener's.
type file struct{ *io.SectionReader }

func (file) Close() error { return nil }
