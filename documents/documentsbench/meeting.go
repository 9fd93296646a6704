package documentsbench

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// A meeting's papers: 36 reports and 4 printed and scanned ones of 30 pages each make 1,200 pages, a tenth of them scanned.
const (
	MeetingPapers   = 40
	MeetingScanned  = 4
	PagesOfOnePaper = 30
)

// Meeting makes the papers of a whole meeting, each different from the others, and hands them over; a scanned one is a report that was
// printed at 200 dpi (needs pdftoppm).
func Meeting(each func(n int, scanned bool, file []byte) error) error {
	dir, err := os.MkdirTemp("", "ris-meeting-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	for n := range MeetingPapers {
		file, isScan := reportOf(PagesOfOnePaper, uint64(100+n)), n%(MeetingPapers/MeetingScanned) == 5
		if isScan {
			if file, err = printed(dir, file); err != nil {
				return err
			}
		}
		if err := each(n, isScan, file); err != nil {
			return err
		}
	}
	return nil
}

// printed is a document as it comes from a scanner.
func printed(dir string, file []byte) ([]byte, error) {
	in := filepath.Join(dir, "in.pdf")
	if err := os.WriteFile(in, file, 0o600); err != nil {
		return nil, err
	}
	if out, err := exec.Command("pdftoppm", "-jpeg", "-r", "200", in, filepath.Join(dir, "page")).CombinedOutput(); err != nil {
		return nil, fmt.Errorf("pdftoppm: %w: %s", err, out)
	}
	names, err := filepath.Glob(filepath.Join(dir, "page*.jpg"))
	if err != nil {
		return nil, err
	}
	var pictures [][]byte
	for _, name := range names { // in the order of the pages: the program fills numbers with noughts
		b, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		pictures = append(pictures, b)
		_ = os.Remove(name)
	}
	return pictured(len(pictures), pictures), nil
}

// StampAndRead is the processor time of one pdfcpu watermark and one pdftotext for each file: what one person's copies and an index
// cost without a preparation.
func StampAndRead(files [][]byte) (time.Duration, error) {
	dir, err := os.MkdirTemp("", "ris-bench-")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(dir)
	path, before := filepath.Join(dir, "in.pdf"), processorTime()
	for _, file := range files {
		var out bytes.Buffer
		if err := pdfcpuStampTo(file, &out); err != nil {
			return 0, err
		}
		if err := errors.Join(os.WriteFile(path, file, 0o600), exec.Command("pdftotext", "-bbox", path, os.DevNull).Run()); err != nil {
			return 0, err
		}
	}
	return processorTime() - before, nil
}
