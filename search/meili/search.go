package meili

import (
	"context"
	"strings"

	"github.com/meilisearch/meilisearch-go"

	"ris/app/council"
	"ris/auth/policy"
	"ris/search"
	"ris/search/german"
)

// few is the number of hits below which compounds are also looked for in pieces, and words with misspellings.
const few = 3

// Search implements search.Reader.
func (e *Engine) Search(ctx context.Context, viewer policy.Viewer, q search.Query) (search.Answer, error) {
	clauses, err := german.Check(&q)
	if err != nil {
		return search.Answer{}, err
	}
	may, ok := filter(viewer, q)
	if !ok {
		return search.Answer{}, nil
	}
	var best *meilisearch.SearchResponse
	var text string
	for _, t := range attempts(clauses) {
		r, err := e.page(ctx, t, may, q)
		if err != nil {
			return search.Answer{}, err
		}
		if best == nil || r.TotalHits > best.TotalHits {
			best, text = r, t
		}
		if best.TotalHits >= few {
			break
		}
	}
	// the server does not say that it was cut off in time, only how long it took
	a := search.Answer{Total: int(best.TotalHits), Partial: best.TotalHits >= maxTotal || best.ProcessingTimeMs >= cutOff}
	var hits []head
	if err := best.Hits.DecodeInto(&hits); err != nil {
		return search.Answer{}, unavailable(err)
	}
	if q.Offset%q.Limit != 0 { // the server counts in pages: it gave everything up to the asked part
		hits = hits[min(q.Offset, len(hits)):]
	}
	if len(hits) == 0 {
		return a, nil
	}
	a.Hits, err = e.bestPages(ctx, text, may, hits)
	return a, err
}

// filter is THE filter, built from the viewer and typed values alone; ok is false for who reads nothing.
func filter(viewer policy.Viewer, q search.Query) (parts []string, ok bool) {
	if !viewer.Unfiltered() {
		if len(viewer.Labels()) == 0 {
			return nil, false
		}
		labels := list(viewer.Labels())
		parts = append(parts, "acl IN "+labels, "NOT withheld IN "+labels)
	}
	if q.Body != "" {
		parts = append(parts, "body = "+quote(string(q.Body)))
	}
	if q.Papers != nil {
		if len(q.Papers) == 0 {
			return nil, false
		}
		parts = append(parts, "paper IN "+list(q.Papers))
	}
	return parts, true
}

func list[T ~string](values []T) string {
	quoted := make([]string, len(values))
	for i, v := range values {
		quoted[i] = quote(string(v))
	}
	return "[" + strings.Join(quoted, ", ") + "]"
}

var quoting = strings.NewReplacer(`\`, `\\`, `"`, `\"`)

func quote(s string) string { return `"` + quoting.Replace(s) + `"` }

// attempts are the query texts to try, each wider than the first: exact stems; compounds in pieces; with misspellings. A word
// in quotes meets itself only; the open word stands last and bare.
func attempts(clauses []german.Clause) []string {
	exact := render(clauses, func(c german.Clause) string { return `"` + c.Terms[0] + `"` })
	out := []string{exact}
	for _, wider := range []string{
		render(clauses, func(c german.Clause) string {
			if c.Parts() != nil {
				return `"` + strings.Join(c.Parts(), `" "`) + `"`
			}
			return `"` + c.Terms[0] + `"`
		}),
		render(clauses, func(c german.Clause) string {
			if c.Misspellings() == 0 {
				return `"` + c.Terms[0] + `"`
			}
			return c.Terms[0]
		}),
	} {
		if wider != exact {
			out = append(out, wider)
		}
	}
	if last := clauses[len(clauses)-1]; last.Open {
		for _, s := range last.Completions() { // at most one of them is a word
			cs := append(append([]german.Clause{}, clauses[:len(clauses)-1]...), german.Clause{Terms: []string{s}})
			out = append(out, render(cs, func(c german.Clause) string { return `"` + c.Terms[0] + `"` }))
		}
	}
	return out
}

func render(clauses []german.Clause, word func(german.Clause) string) string {
	var out []string
	open := ""
	for _, c := range clauses {
		switch {
		case c.Phrase():
			out = append(out, `"`+strings.Join(c.Terms, " ")+`"`)
		case c.Exact:
			out = append(out, `"`+c.Terms[0]+`"`)
		case c.Open:
			open = c.Fold
			if strings.HasPrefix(c.Fold, c.Terms[0]) {
				open = c.Terms[0] // what is typed may be longer than the stem that stands in the index
			}
		default:
			out = append(out, word(c))
		}
	}
	text := strings.Join(out, " ") + " " // the blank closes the last word
	return strings.TrimLeft(text+open, " ")
}

// page asks for one hit per file.
func (e *Engine) page(ctx context.Context, text string, may []string, q search.Query) (*meilisearch.SearchResponse, error) {
	per, number := int64(q.Limit), int64(q.Offset/q.Limit+1)
	if q.Offset%q.Limit != 0 {
		per, number = int64(q.Offset+q.Limit), 1
	}
	r := &meilisearch.SearchRequest{Filter: may, Distinct: "file", MatchingStrategy: meilisearch.All, Locales: locales, Page: number, HitsPerPage: &per,
		AttributesToRetrieve: []string{"file", "paper", "version", "page"}}
	out, err := e.index.SearchWithContext(ctx, text, r)
	if err != nil {
		return nil, unavailable(err)
	}
	return out, nil
}

// maxPages is how many pages of the files on one page of hits are looked through for the best ones.
const maxPages = 2000

// bestPages finds for each file the best page on which the words stand, and how many there are; page 0 when the title alone
// has them.
func (e *Engine) bestPages(ctx context.Context, text string, may []string, hits []head) ([]search.Hit, error) {
	files := make([]council.ID, len(hits))
	for i, h := range hits {
		files[i] = h.File
	}
	per := int64(maxPages)
	ask := func(attributes []string) *meilisearch.SearchRequest {
		return &meilisearch.SearchRequest{IndexUID: e.uid, Query: text, Filter: append([]string{"file IN " + list(files)}, may...), MatchingStrategy: meilisearch.All,
			Locales: locales, Page: 1, HitsPerPage: &per, AttributesToRetrieve: []string{"file", "page"}, AttributesToSearchOn: attributes}
	}
	r, err := e.client.MultiSearchWithContext(ctx, &meilisearch.MultiSearchRequest{Queries: []*meilisearch.SearchRequest{ask([]string{"w", "p"}), ask(nil)}})
	if err != nil {
		return nil, unavailable(err)
	}
	if len(r.Results) != 2 {
		return nil, unavailable(errAnswers)
	}
	inText, anywhere := map[council.ID][]int{}, map[council.ID][]int{}
	for i, into := range []map[council.ID][]int{inText, anywhere} {
		var pages []head
		if err := r.Results[i].Hits.DecodeInto(&pages); err != nil {
			return nil, unavailable(err)
		}
		for _, p := range pages {
			into[p.File] = append(into[p.File], p.Page)
		}
	}
	out := make([]search.Hit, len(hits))
	for i, h := range hits {
		pages := inText[h.File]
		if !has(anywhere[h.File], 0) {
			pages = anywhere[h.File] // the title does not have all words, so each of these pages has some
		}
		out[i] = search.Hit{File: h.File, Paper: h.Paper, Version: h.Version, Pages: len(pages)}
		if len(pages) > 0 {
			out[i].Page = pages[0]
		}
	}
	return out, nil
}

func has(pages []int, n int) bool {
	for _, p := range pages {
		if p == n {
			return true
		}
	}
	return false
}
