package main

import (
	"context"
	"os"
	"path/filepath"

	"ris/documents/documentsbench"
)

// documentRows measures personal copies against whole-file watermarking, and text against pdftotext, on made reports.
func documentRows(_ context.Context, _ Options) ([]Row, error) {
	cache := filepath.Join(os.TempDir(), "ris-bench-pdfium")
	copies, err := documentsbench.CopyRows(cache, 10, 100, 500)
	if err != nil {
		return nil, err
	}
	text, err := documentsbench.TextRows(cache)
	if err != nil {
		return nil, err
	}
	var out []Row
	for _, r := range append(copies, text...) {
		out = append(out, Row{Name: r.Name, Value: r.Value, Unit: r.Unit, Competitor: r.Competitor, Ratio: r.Ratio})
	}
	return out, nil
}
