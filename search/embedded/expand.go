package embedded

import (
	"slices"
	"strings"

	index "github.com/blevesearch/bleve_index_api"
)

// maxContinuations is how many words a prefix stands for: the most frequent ones on the pages that may be found. Scoring all
// of them (a short prefix has thousands) is what makes searching while typing slow.
const maxContinuations = 64

// continuations gives the terms that begin with the prefix. All counting is over the pages that may be found, so words of other
// pages neither appear nor push others out.
func (e *evaluation) continuations(prefix string) ([]string, error) {
	if len(prefix) < 2 {
		return nil, nil
	}
	terms := map[string]bool{}
	for _, f := range fields {
		d, err := e.view.reader.FieldDictPrefix(f.name, []byte(prefix))
		if err := collect(d, err, terms); err != nil {
			return nil, err
		}
	}
	type counted struct {
		term string
		n    int
	}
	var all []counted
	for t := range terms {
		c := counted{term: t}
		if len(terms) > maxContinuations {
			if err := e.ctx.Err(); err != nil {
				return nil, err
			}
			for _, f := range fields {
				if err := e.view.postings(e.ctx, f.name, t, func(n uint32, _ int) {
					if e.may.has(n) {
						c.n++
					}
				}); err != nil {
					return nil, err
				}
			}
			if c.n == 0 {
				continue
			}
		}
		all = append(all, c)
	}
	slices.SortFunc(all, func(a, b counted) int {
		if a.n != b.n {
			return b.n - a.n
		}
		return strings.Compare(a.term, b.term)
	})
	out := make([]string, 0, maxContinuations)
	for _, c := range all[:min(len(all), maxContinuations)] {
		out = append(out, c.term)
	}
	return out, nil
}

// misspelt gives the terms with at most n letters wrong and the same first letter.
func (e *evaluation) misspelt(term string, n int) ([]string, error) {
	r, ok := e.view.reader.(index.IndexReaderFuzzy)
	if !ok || len(term) < 3 || len(term) > 60 {
		return nil, nil
	}
	terms := map[string]bool{}
	for _, f := range fields {
		d, err := r.FieldDictFuzzy(f.name, term, n, term[:1])
		if err := collect(d, err, terms); err != nil {
			return nil, err
		}
	}
	delete(terms, term)
	out := make([]string, 0, len(terms))
	for t := range terms {
		out = append(out, t)
	}
	slices.Sort(out)
	return out, nil
}

func collect(d index.FieldDict, err error, into map[string]bool) error {
	if err != nil {
		return err
	}
	defer d.Close()
	for {
		entry, err := d.Next()
		if err != nil || entry == nil {
			return err
		}
		if !special(entry.Term) {
			into[strings.Clone(entry.Term)] = true
		}
	}
}

// special terms (paper numbers, paragraphs, dates) and numbers are met exactly or not at all.
func special(term string) bool {
	return strings.HasPrefix(term, "z") && strings.HasSuffix(term, "zz") || strings.ContainsAny(term[:1], "0123456789")
}
