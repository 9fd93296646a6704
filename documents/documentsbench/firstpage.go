package documentsbench

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"ris/documents/pdf"
)

// FirstPageRows counts what pdf.js asks for until it can draw page 1 of a personal copy of 500 pages. script is the project's
// first_page.mjs beside its modules. The base is put in order by qpdf, as the product does where that is installed.
// Targets: a tenth of the bytes, four requests (the first, whose head tells of ranges, not counted). An error when node or qpdf is not there.
func (b *Bench) FirstPageRows(script string) ([]Row, error) {
	node, err := exec.LookPath("node")
	if err != nil {
		return nil, errors.New("node is not installed: what pdf.js asks for was NOT measured")
	}
	return b.each([]string{"r500"}, func(x subject) ([]Row, error) {
		x, err := b.arranged(x)
		if err != nil {
			return nil, err
		}
		defer x.base.Close()
		c, err := x.open(1)
		if err != nil {
			return nil, err
		}
		path := filepath.Join(x.dir, "first.pdf")
		if err := writeFile(path, c); err != nil {
			return nil, err
		}
		answer, err := exec.Command(node, script, path).Output()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", script, err)
		}
		var asked struct{ Requests, Bytes, Size float64 }
		if err := json.Unmarshal(answer, &asked); err != nil {
			return nil, fmt.Errorf("%s: %w: %s", script, err, answer)
		}
		percent := 100 * asked.Bytes / asked.Size
		return []Row{
			{Name: "9: page 1 in pdf.js, r500", Value: percent, Unit: "% of the bytes", Competitor: "at most 10", Ratio: 10 / percent},
			{Name: "9: page 1 in pdf.js, r500", Value: asked.Requests - 1, Unit: "requests", Competitor: "at most 4", Ratio: 4 / (asked.Requests - 1)},
		}, nil
	})
}

// arranged is the file with its base in an order that is good for ranges; the caller closes that.
func (b *Bench) arranged(x subject) (_ subject, err error) {
	in, out := filepath.Join(x.dir, "plain.pdf"), filepath.Join(x.dir, "arranged.pdf")
	w, err := os.Create(in)
	if err != nil {
		return x, err
	}
	tag, err := pdf.Retag(w, x.base, x.prepared)
	if err := errors.Join(err, w.Close()); err != nil {
		return x, err
	}
	if said, err := exec.Command("qpdf", "--object-streams=generate", "--stream-data=preserve", in, out).CombinedOutput(); err != nil {
		return x, fmt.Errorf("qpdf: %w: %s", err, said)
	}
	f, err := os.OpenFile(out, os.O_RDWR, 0)
	if err != nil {
		return x, err
	}
	info, err := f.Stat()
	if err == nil {
		x.prepared, err = b.engine.Arranged(x.base, x.prepared, f, info.Size(), tag, func(string) {})
	}
	if err != nil {
		return x, errors.Join(err, f.Close())
	}
	x.base = f
	return x, nil
}
