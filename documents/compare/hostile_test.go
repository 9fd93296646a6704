package compare

import (
	"runtime"
	"strings"
	"testing"
	"time"

	"ris/app/council"
)

// hostile is 25 million letters in pages of 200,000, without boxes, each page made by f.
func hostile(f func(page int) string) *Document {
	d := &Document{}
	for n := range 125 {
		d.Add(council.PageText{Page: n + 1, Text: f(n)})
	}
	return d
}

// Texts that nobody would write end in time and memory, and say that they were compared more coarsely.
func TestHostileTextsAreBounded(t *testing.T) {
	if testing.Short() {
		t.Skip("25 million letters")
	}
	x := uint32(1)
	random := func(alphabet string) string {
		var b strings.Builder
		for range 200_000 {
			x = x*1664525 + 1013904223
			b.WriteByte(alphabet[int(x>>16)%len(alphabet)])
		}
		return b.String()
	}
	for _, c := range []struct {
		name     string
		old, new func(int) string
		note     Note
	}{
		{"one letter", func(int) string { return strings.Repeat("a ", 100_000) }, func(int) string { return strings.Repeat("a ", 99_999) + "b " }, ByLines},
		{"a line for each letter", func(int) string { return strings.Repeat("a\n", 100_000) }, func(int) string { return strings.Repeat("b\n", 100_000) }, ByLines},
		{"nothing in common", func(int) string { return random("abcdefgh ") }, func(int) string { return random("ijklmnop ") }, ByLines},
		{"no blank", func(int) string { return random("ab") }, func(int) string { return random("ab") }, ""},
		{"few words in any order", func(n int) string { return random("ab ")[:20_000] }, func(n int) string { return random("ab ")[:20_000] }, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			runtime.GC()
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			began := time.Now()
			old, new := hostile(c.old), hostile(c.new)
			read := time.Since(began)
			d := Compare(old, new)
			took := time.Since(began)
			runtime.ReadMemStats(&after)
			packed, err := Encode(d)
			if err != nil {
				t.Fatal(err)
			}
			t.Logf("note %q: %v, %v of it reading; %d changes, %.1f MB kept; heap now %d MB, taken in all %d MB", d.Note, took.Round(time.Millisecond), read.Round(time.Millisecond),
				len(d.Changes), float64(len(packed))/1e6, (after.HeapSys-after.HeapReleased)>>20, (after.TotalAlloc-before.TotalAlloc)>>20)
			if d.Note != c.note && d.Note != CutOff {
				t.Errorf("note %q, want %q", d.Note, c.note)
			}
			if took > time.Minute {
				t.Errorf("took %v", took)
			}
			if after.HeapSys-before.HeapSys > 1<<30 && after.HeapSys > 1<<30 {
				t.Errorf("the heap grew from %d to %d MB", before.HeapSys>>20, after.HeapSys>>20)
			}
		})
	}
}

// Past the limits lines and pages are compared.
func TestCoarse(t *testing.T) {
	defer func(w, l int) { mostWords, lineLimit = w, l }(mostWords, lineLimit)
	old := []council.PageText{{Page: 1, Text: "eins zwei\ndrei vier\nfünf sechs"}, {Page: 2, Text: "sieben acht"}}
	new := []council.PageText{{Page: 1, Text: "eins zwei\ndrei vier neu\nfünf sechs"}, {Page: 2, Text: "sieben acht"}}
	mostWords = 4
	if d := Texts(old, new); d.Note != ByLines || len(d.Changes) != 1 || d.Changes[0].NewText != "drei vier neu" || d.Changes[0].OldText != "drei vier" {
		t.Errorf("%+v", d)
	}
	lineLimit = 2
	if d := Texts(old, new); d.Note != ByPages || len(d.Changes) != 1 || d.Changes[0].OldPage != 1 || d.Changes[0].NewPage != 1 || d.Same != 1 {
		t.Errorf("%+v", d)
	}
}
