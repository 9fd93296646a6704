// Command bench measures acts of the product against named competitors in the same run, on the same machine and data, and
// prints one table row per act and competitor. It writes bench.json into the current folder (the root of the repository).
//
//	make bench                      or  go run ./app/apptest/bench
//	go run ./app/apptest/bench -only search -pages 50000
//
// A row is {name, value, unit, competitor, ratio}: name is act and file ("personal copy, 500 pages"), value is ours, ratio is
// competitor / ours, so above 1 is better for us. Acts are registered in acts.go. What does not belong here: product code.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"text/tabwriter"

	"ris/documents/sandbox"
)

// Row is one line of the table; values are medians.
type Row struct {
	Name       string  `json:"name"`
	Value      float64 `json:"value"`
	Unit       string  `json:"unit"`
	Competitor string  `json:"competitor"`
	Ratio      float64 `json:"ratio"`
}

// Options are the flags.
type Options struct {
	Pages  int    // of the search corpus
	Corpus string // folder of real and hostile documents
}

func main() {
	sandbox.MaybeChild() // the product's data folder is settled by this process: what is compiled there, its child compiles
	var o Options
	only := flag.String("only", "", "run only acts whose name contains this")
	out := flag.String("out", "bench.json", "where to write the rows")
	flag.IntVar(&o.Pages, "pages", 10_000, "pages of the search corpus")
	flag.StringVar(&o.Corpus, "corpus", "../shared/corpus", "folder of real and hostile documents")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, o, *only, *out); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// run runs the acts one after another; an act that fails is said so and fails the whole, after the others have run.
func run(ctx context.Context, o Options, only, out string) error {
	var rows []Row
	var failed []string
	for _, a := range acts {
		if !strings.Contains(a.name, only) {
			continue
		}
		fmt.Fprintf(os.Stderr, "%s ...\n", a.name)
		got, err := a.run(ctx, o)
		if err != nil {
			fmt.Fprintf(os.Stderr, "%s: %v\n", a.name, err)
			failed = append(failed, a.name)
		}
		rows = append(rows, got...)
	}
	table(rows)
	b, err := json.MarshalIndent(rows, "", "  ")
	if err != nil {
		return err
	}
	if err := os.WriteFile(out, append(b, '\n'), 0o644); err != nil {
		return err
	}
	if len(failed) > 0 {
		return fmt.Errorf("failed: %s", strings.Join(failed, ", "))
	}
	return nil
}

func table(rows []Row) {
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "act\tours\tunit\tagainst\tratio (above 1: ours is better)")
	for _, r := range rows {
		ratio := ""
		if r.Competitor != "" {
			ratio = fmt.Sprintf("%.2f", r.Ratio)
		}
		fmt.Fprintf(w, "%s\t%.3g\t%s\t%s\t%s\n", r.Name, r.Value, r.Unit, r.Competitor, ratio)
	}
	_ = w.Flush()
}
