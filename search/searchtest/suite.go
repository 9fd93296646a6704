package searchtest

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"ris/app/council"
	"ris/auth/policy"
	"ris/search"
)

// Options say what is asked of an engine.
type Options struct {
	// Open gives an empty engine; the suite closes it.
	Open func(t *testing.T) search.Engine
	// OwnDictionary engines may rank by words of pages that the viewer may not read, as Meilisearch does: then the twin is
	// compared by hits and total, not by order.
	OwnDictionary bool
	// Corpora is how many random corpora the twin is tried on (99 answers on each); 0 means 25, or what RIS_TEST_TWIN says.
	Corpora int
}

// Run runs the whole suite.
func Run(t *testing.T, o Options) {
	for _, test := range []struct {
		name string
		run  func(*testing.T, Options)
	}{
		{"German", german}, {"Readers", readers}, {"Canary", canary}, {"Crowd", crowd}, {"Sequence", sequence}, {"Audience", audience}, {"Delete", remove},
		{"Reset", reset}, {"Restrict", restrict}, {"Paging", paging}, {"BestPage", bestPage}, {"BadQuery", badQuery}, {"Twin", twin},
	} {
		t.Run(test.name, func(t *testing.T) { test.run(t, o) })
	}
}

var background = context.Background()

func open(t *testing.T, o Options) search.Engine {
	t.Helper()
	e := o.Open(t)
	t.Cleanup(func() {
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	})
	return e
}

// document is file n of the town with one page for each text.
func document(n int, sequence int64, a council.Audience, title string, texts ...string) search.Document {
	d := search.Document{File: fileID(n), Paper: paperID(n), Version: versionID(n), Body: body, Sequence: sequence, Title: title,
		Reference: fmt.Sprintf("V/2026/%04d", n), PaperType: "Vorlage", Date: now, Audience: a}
	for i, text := range texts {
		d.Pages = append(d.Pages, search.Page{Number: i + 1, Text: text})
	}
	return d
}

func put(t *testing.T, e search.Engine, ds ...search.Document) {
	t.Helper()
	for _, d := range ds {
		if err := e.Replace(background, d); err != nil {
			t.Fatal(err)
		}
	}
	flush(t, e)
}

func flush(t *testing.T, e search.Engine) {
	t.Helper()
	if err := e.Flush(background); err != nil {
		t.Fatal(err)
	}
}

func ask(t testing.TB, e search.Engine, v policy.Viewer, q search.Query) search.Answer {
	t.Helper()
	a, err := e.Search(background, v, q)
	if err != nil {
		t.Fatalf("search %q: %v", q.Text, err)
	}
	return a
}

// found are the numbers of the files found, sorted.
func found(t testing.TB, e search.Engine, v policy.Viewer, text string) []int {
	t.Helper()
	return numbers(ask(t, e, v, search.Query{Text: text, Limit: 100}).Hits)
}

func numbers(hits []search.Hit) []int {
	var out []int
	for _, h := range hits {
		var n int
		_, _ = fmt.Sscanf(string(h.File[24:]), "%d", &n)
		out = append(out, n)
	}
	slices.Sort(out)
	return out
}

func want(t testing.TB, what string, got []int, want ...int) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: found files %v, want %v", what, got, want)
	}
}
