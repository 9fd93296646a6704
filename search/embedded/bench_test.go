package embedded

import (
	"testing"

	"ris/search"
	"ris/search/searchtest"
)

func filled(b *testing.B, pages int) search.Engine {
	e, err := Open(b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = e.Close() })
	for d := range searchtest.Corpus(pages) {
		if err := e.Replace(b.Context(), d); err != nil {
			b.Fatal(err)
		}
	}
	return e
}

func BenchmarkReplace(b *testing.B) {
	for b.Loop() {
		filled(b, 1000)
	}
}

func BenchmarkSearch(b *testing.B) {
	e := filled(b, 2000)
	for _, q := range []string{"Gutachten ", "Bebauungsplan Altenberg ", `"Stand der Bebauungsplanung"`, "be", "Schulsanierungs"} {
		b.Run(q, func(b *testing.B) {
			for b.Loop() {
				if _, err := e.Search(b.Context(), searchtest.BenchViewer, search.Query{Text: q}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
