package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"ris/documents/documentsbench"
)

// documentRows measures documents against the usual tools on made files. A row's name begins with the number of its target. What one
// group cannot measure is said, and the others are measured.
func documentRows(_ context.Context, _ Options) (out []Row, err error) {
	cache := filepath.Join(os.TempDir(), "ris-bench-pdfium")
	if err := os.MkdirAll(cache, 0o700); err != nil {
		return nil, err
	}
	b, err := documentsbench.New(cache)
	if err != nil {
		return nil, err
	}
	defer b.Close()
	copies := func() ([]documentsbench.Row, error) { return b.CopyRows() }
	first := func() ([]documentsbench.Row, error) { return b.FirstPageRows("web/test/range/first_page.mjs") }
	text := func() ([]documentsbench.Row, error) { return documentsbench.TextRows(cache) }
	var all error
	for _, group := range []func() ([]documentsbench.Row, error){copies, b.ServeRows, b.RecipientRows, b.PrepareRows, b.WholeRows, text, first, b.ArchiveRows} {
		rows, err := group()
		all = errors.Join(all, err)
		for _, r := range rows {
			out = append(out, Row{Name: r.Name, Value: r.Value, Unit: r.Unit, Competitor: r.Competitor, Ratio: r.Ratio})
		}
	}
	return out, all
}
