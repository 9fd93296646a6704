package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
)

// corpusRows brings every file of the corpus of real and hostile documents through `ris inspect`. Targets 5 and 8: at least 130 of the
// 137 files that can be opened are prepared, 99 % of their pages look as before, all that are delivered are marked; no file longer than
// its deadline, no worker over 600 MB, no crash. Nothing is measured, and it is said, where the corpus is not there.
func corpusRows(ctx context.Context, o Options) ([]Row, error) {
	files, err := filepath.Glob(filepath.Join(o.Corpus, "*", "*.pdf"))
	if err != nil {
		return nil, err
	}
	here, err := filepath.Glob(filepath.Join(o.Corpus, "*.pdf"))
	if files = append(files, here...); err != nil || len(files) == 0 {
		fmt.Fprintf(os.Stderr, "there is no corpus in %s: targets 5 and 8 were NOT measured\n", o.Corpus)
		return nil, err
	}
	cmd := exec.CommandContext(ctx, "bin/ris", append([]string{"inspect"}, files...)...)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("ris inspect: %w", err)
	}
	var answered, prepared, pages, identical, marked, longest, peak float64
	lines := bufio.NewScanner(bytes.NewReader(out))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var r struct {
			State          string  `json:"state"`
			Reason         string  `json:"reason"`
			Prepared       bool    `json:"prepared"`
			Pages          float64 `json:"pages"`
			IdenticalPages float64 `json:"identical_pages"`
			MarkedPages    float64 `json:"marked_pages"`
			Seconds        float64 `json:"seconds"`
			Peak           float64 `json:"sandbox_peak_mb"`
		}
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			return nil, err
		}
		if r.State == "refused" && r.Reason == "" {
			return nil, errors.New("a file was refused without a reason")
		}
		answered++
		longest, peak = max(longest, r.Seconds), max(peak, r.Peak)
		if r.Prepared {
			prepared++
			pages += r.Pages
			identical += r.IdenticalPages
			marked += r.MarkedPages
		}
	}
	memory := 0.0
	if u, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		memory = float64(u.Maxrss) / 1024
	}
	all := float64(len(files))
	return []Row{
		{"5: corpus, files prepared", prepared, "files", "at least 130", prepared / 130},
		{"5: corpus, pages that look as before", identical / pages, "of them", "at least 0.99", identical / pages / 0.99},
		{"5: corpus, delivered pages marked", marked / pages, "of them", "all", marked / pages},
		{"8: corpus, files answered", answered, "files", fmt.Sprintf("all %d", len(files)), answered / all},
		{"8: corpus, the longest", longest, "s", "at most 120", 120 / longest},
		{"8: corpus, the largest worker", peak, "MB", "at most 600", 600 / peak},
		{"8: corpus, this program itself", memory, "MB", "", 0},
	}, nil
}
