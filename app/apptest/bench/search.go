package main

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"ris/search"
	"ris/search/embedded"
	"ris/search/searchtest"
)

// queries by kind. A trailing blank closes the last word, as when a person presses Enter.
var queries = []struct {
	kind  string
	texts []string
}{
	{"1 word", []string{"Bebauungsplan ", "Gutachten ", "Schulsanierung ", "Lindenstraße ", "vertagt ", "Wasserleitung ", "Haushaltsjahr ", "Bescheid "}},
	{"2 words", []string{"Bebauungsplan Altenberg ", "Gutachten Mühlenweg ", "Straßensanierung Neuhof ", "Fördermittel Winter ", "Schulplanung vertagt ",
		"Anlieger Ringstraße ", "Haushaltsplan abgelehnt ", "Wasserversorgung Steinbach "}},
	{"phrase of 3", []string{`"nach Anhörung der"`, `"Stand der Bebauungsplanung"`, `"bleibt erhalten Im"`, `"Mitte des Gremiums"`, `"Antrag des Seniorenbeirats"`}},
	{"prefix of 2-5 letters", []string{"be", "sch", "stra", "wass", "haus", "kin", "ver", "geb"}},
}

// searchRows compares our embedded engine with PostgreSQL's own German full text. Both hold the same pages, filter by the same
// reader, group to one hit per file with its best page, and give the first ten and the exact number of files. Time is what the
// caller waits, as median over all queries and rounds; the two take turns.
func searchRows(ctx context.Context, o Options) ([]Row, error) {
	dir, err := os.MkdirTemp("", "ris-bench-search-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	ours, err := embedded.Open(dir)
	if err != nil {
		return nil, err
	}
	defer ours.Close()
	theirs, err := openPostgres(ctx)
	if err != nil {
		return nil, err
	}
	defer theirs.Close()

	var indexing [2]time.Duration
	pages := 0
	for d := range searchtest.Corpus(o.Pages) {
		pages += len(d.Pages)
		start := time.Now()
		if err := ours.Replace(ctx, d); err != nil {
			return nil, err
		}
		indexing[0] += time.Since(start)
		start = time.Now()
		if err := theirs.replace(ctx, d); err != nil {
			return nil, err
		}
		indexing[1] += time.Since(start)
	}
	if err := theirs.settle(ctx); err != nil {
		return nil, err
	}
	n := fmt.Sprintf("%d pages", pages)
	rows := []Row{{"index file by file, " + n, float64(pages) / indexing[0].Seconds(), "pages/s", competitor, indexing[1].Seconds() / indexing[0].Seconds()}}
	for _, q := range queries {
		a, b, err := duel(ctx, ours, theirs, q.texts, strings.HasPrefix(q.kind, "prefix"))
		if err != nil {
			return rows, err
		}
		rows = append(rows, Row{"search, " + q.kind + ", " + n, ms(a), "ms", competitor, ms(b) / ms(a)})
	}
	return rows, nil
}

const competitor = "PostgreSQL german full text"

// rounds of which the first is for warming up.
const rounds = 12

func duel(ctx context.Context, ours search.Engine, theirs *postgres, texts []string, prefix bool) (a, b time.Duration, err error) {
	var all [2][]time.Duration
	for round := range rounds {
		for _, text := range texts {
			start := time.Now()
			if _, err := ours.Search(ctx, searchtest.BenchViewer, search.Query{Text: text, Limit: 10}); err != nil {
				return 0, 0, err
			}
			mid := time.Now()
			if err := theirs.search(ctx, searchtest.BenchViewer, text, prefix); err != nil {
				return 0, 0, err
			}
			if round > 0 {
				all[0] = append(all[0], mid.Sub(start))
				all[1] = append(all[1], time.Since(mid))
			}
		}
	}
	return median(all[0]), median(all[1]), nil
}

func median(d []time.Duration) time.Duration {
	slices.Sort(d)
	return d[len(d)/2]
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
