package documentsbench

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"ris/documents/archive"
	"ris/documents/copies"
)

// WholeRows checks personal copies of all files: clean for `qpdf --check` where the original is, text as the original's for pdftotext,
// ranges equal to slices of the whole, the tag known before and stable. A row's value is how many files hold; a file that does not is
// an error that says what is wrong.
func (b *Bench) WholeRows() ([]Row, error) {
	names := []string{"r10", "r100", "r500", "scan60", "mixed"}
	held := map[string]int{}
	_, err := b.each(names, func(x subject) ([]Row, error) {
		c, err := x.open(3)
		if err != nil {
			return nil, err
		}
		var all bytes.Buffer
		if _, err := c.WriteTo(&all); err != nil {
			return nil, err
		}
		if tag, err := copies.ETag(x.prepared, person(3)); err != nil || tag != c.ETag() {
			return nil, errors.Join(errors.New("the tag is another one"), err)
		}
		held["tag stable"]++
		r := rand.New(rand.NewPCG(seedOfFiles, 2))
		for range 300 {
			from := r.Int64N(c.Size())
			part := make([]byte, r.IntN(100_000))
			n, _ := c.ReadAt(part, from)
			if !bytes.Equal(part[:n], all.Bytes()[from:min(int64(all.Len()), from+int64(len(part)))]) {
				return nil, fmt.Errorf("a range of %d at %d is no slice", len(part), from)
			}
		}
		held["300 ranges are slices"]++
		in, own := filepath.Join(x.dir, "in.pdf"), filepath.Join(x.dir, "own.pdf")
		if err := errors.Join(os.WriteFile(in, x.original, 0o600), os.WriteFile(own, all.Bytes(), 0o600)); err != nil {
			return nil, err
		}
		return nil, outside(x.name, in, own, held)
	})
	if err != nil {
		return nil, err
	}
	var rows []Row
	for _, what := range []string{"tag stable", "300 ranges are slices", "qpdf --check clean", "text as pdftotext reads the original"} {
		if held[what] > 0 {
			rows = append(rows, Row{Name: "6: personal copies, " + what, Value: float64(held[what]), Unit: "files", Competitor: fmt.Sprintf("of %d", len(names)), Ratio: float64(held[what]) / float64(len(names))})
		}
	}
	return rows, nil
}

func outside(name, in, own string, held map[string]int) error {
	if _, err := exec.LookPath("qpdf"); err == nil {
		before := exec.Command("qpdf", "--check", in).Run()
		if out, err := exec.Command("qpdf", "--check", own).CombinedOutput(); err != nil && before == nil {
			return fmt.Errorf("qpdf: %w\n%s", err, out)
		}
		held["qpdf --check clean"]++
	}
	if _, err := exec.LookPath("pdftotext"); err == nil {
		a, errA := exec.Command("pdftotext", in, "-").Output()
		b, errB := exec.Command("pdftotext", own, "-").Output()
		if err := errors.Join(errA, errB); err != nil || !bytes.Equal(a, b) {
			return fmt.Errorf("%s: the text is another one: %w", name, err)
		}
		held["text as pdftotext reads the original"]++
	}
	return nil
}

// countedBase counts the bytes that are read.
type countedBase struct {
	file
	bytes int64
}

func (c *countedBase) ReadAt(p []byte, off int64) (int, error) {
	n, err := c.file.ReadAt(p, off)
	c.bytes += int64(n)
	return n, err
}

// ArchiveRows measures the ZIP of a member's 40 papers (r100), stored: how often a byte of a base is read, and the time to the last byte
// against archive/zip, which has to read everything once more to know the checksums before. Target: no base byte is read twice.
func (b *Bench) ArchiveRows() ([]Row, error) {
	const papers = 40
	return b.each([]string{"r100"}, func(x subject) ([]Row, error) {
		var err error
		if x.prepared.Parts.CRC, err = copies.Pieces(x.base, x.prepared); err != nil {
			return nil, err
		}
		base := &countedBase{file: file{io.NewSectionReader(x.base, 0, x.prepared.Size)}}
		opened := func() ([]*copies.Copy, error) {
			var out []*copies.Copy
			for n := range papers {
				c, err := copies.Open(base, x.prepared, person(n))
				if err != nil {
					return nil, err
				}
				out = append(out, c)
			}
			return out, nil
		}
		ours := func() error {
			all, err := opened()
			if err != nil {
				return err
			}
			var entries []archive.Entry
			for n, c := range all {
				entries = append(entries, archive.Entry{Name: fmt.Sprintf("%02d.pdf", n), Content: c, Size: c.Size(), Tag: c.ETag(), Modified: time.Now(), CRC: c.CRC})
			}
			a, err := archive.New(entries)
			if err != nil {
				return err
			}
			n, err := io.CopyBuffer(struct{ io.Writer }{io.Discard}, struct{ io.Reader }{io.NewSectionReader(a, 0, a.Size())}, make([]byte, 256<<10))
			if err == nil && n != a.Size() {
				err = io.ErrUnexpectedEOF
			}
			return err
		}
		theirs := func() error {
			all, err := opened()
			if err != nil {
				return err
			}
			z := zip.NewWriter(io.Discard)
			for n, c := range all {
				sum := crc32.NewIEEE()
				if _, err := c.WriteTo(sum); err != nil {
					return err
				}
				size := uint64(c.Size())
				w, err := z.CreateRaw(&zip.FileHeader{Name: fmt.Sprintf("%02d.pdf", n), Method: zip.Store, CRC32: sum.Sum32(), CompressedSize64: size, UncompressedSize64: size})
				if err != nil {
					return err
				}
				if _, err := io.Copy(w, io.NewSectionReader(c, 0, c.Size())); err != nil {
					return err
				}
			}
			return z.Close()
		}
		if err := ours(); err != nil {
			return nil, err
		}
		read := float64(base.bytes) / float64(papers*x.prepared.Size)
		seconds, err := compare([]contender{{"ours", ours, 2}, {"archive/zip", theirs, 2}})
		if err != nil {
			return nil, err
		}
		return []Row{
			{Name: "10: archive of 40 papers, reads of a base byte", Value: read, Unit: "times", Competitor: "once", Ratio: 1 / read},
			{Name: "10: archive of 40 papers, r100", Value: seconds[0] * 1000, Unit: "ms", Competitor: "archive/zip", Ratio: seconds[1] / seconds[0]},
		}, nil
	})
}
