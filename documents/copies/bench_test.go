package copies_test

import (
	"bytes"
	"fmt"
	"testing"

	"ris/app/council"
	"ris/documents"
	"ris/documents/copies"
)

func BenchmarkOpen(b *testing.B) {
	for _, pages := range []int{10, 500} {
		for _, mode := range []council.PreparationMode{council.Standard, council.Interleaved} {
			base, p := manySlots(b, pages, 400)
			if p.Parts.Mode = mode; mode == council.Standard {
				p.Parts.Shifts = nil
			}
			r := &memory{Reader: bytes.NewReader(base)}
			b.Run(fmt.Sprintf("%s/%d", mode, pages), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					if _, err := copies.Open(r, p, seeded); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

func BenchmarkNewName(b *testing.B) {
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		n++
		lines, err := copies.Lines(documents.Mark{Name: fmt.Sprintf("Person Nummer %d", n), Account: fmt.Sprintf("p%d@demo.example", n), Date: "21.11.2026", Code: "7K3M-Q9XA"})
		if err != nil {
			b.Fatal(err)
		}
		copies.Form(lines)
	}
}
