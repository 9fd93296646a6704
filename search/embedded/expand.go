package embedded

import (
	"cmp"
	"slices"
	"strings"

	index "github.com/blevesearch/bleve_index_api"
)

// maxContinuations is how many words a prefix stands for: the most frequent ones on the pages that may be found. Scoring all
// of them (a short prefix has thousands) is what makes searching while typing slow.
const maxContinuations = 64

// candidate is a term of the dictionaries: in which fields it stands, and on how many pages at most (the dictionaries count
// all pages, also those that may not be found and those that were deleted).
type candidate struct {
	term   string
	fields uint8 // bit i: fields[i]
	atMost int
	pages  int // that may be found
}

// continuations gives the terms that begin with the prefix. What counts is on how many pages that may be found a term stands, so
// words of other pages neither appear nor push others out. The dictionaries' own counts only say when to stop looking: no
// later candidate can stand on more pages than those already chosen.
func (e *evaluation) continuations(prefix string) ([]candidate, error) {
	if len(prefix) < 2 {
		return nil, nil
	}
	all, err := e.candidates(func(field string) (index.FieldDict, error) {
		return e.view.reader.FieldDictPrefix(field, []byte(prefix))
	})
	if err != nil || len(all) <= maxContinuations {
		return all, err
	}
	slices.SortFunc(all, func(a, b candidate) int {
		return cmp.Or(b.atMost-a.atMost, strings.Compare(a.term, b.term))
	})
	var best []candidate
	for _, c := range all {
		if len(best) == maxContinuations && c.atMost < best[maxContinuations-1].pages {
			break
		}
		if err := e.ctx.Err(); err != nil {
			return nil, err
		}
		for i, f := range fields {
			if c.fields&(1<<i) == 0 {
				continue
			}
			if err := e.view.documents(e.ctx, f.name, c.term, func(n uint32) {
				if e.may.has(n) {
					c.pages++
				}
			}); err != nil {
				return nil, err
			}
		}
		if c.pages == 0 {
			continue
		}
		at, _ := slices.BinarySearchFunc(best, c, func(a, b candidate) int {
			return cmp.Or(b.pages-a.pages, strings.Compare(a.term, b.term))
		})
		if at < maxContinuations {
			best = slices.Insert(best, at, c)
			best = best[:min(len(best), maxContinuations)]
		}
	}
	return best, nil
}

// misspelt gives the terms with at most n letters wrong and the same first letter.
func (e *evaluation) misspelt(term string, n int) ([]candidate, error) {
	r, ok := e.view.reader.(index.IndexReaderFuzzy)
	if !ok || len(term) < 3 || len(term) > 60 {
		return nil, nil
	}
	all, err := e.candidates(func(field string) (index.FieldDict, error) {
		return r.FieldDictFuzzy(field, term, n, term[:1])
	})
	return slices.DeleteFunc(all, func(c candidate) bool { return c.term == term }), err
}

// candidates reads the same stretch of the dictionaries of all fields.
func (e *evaluation) candidates(dictionary func(field string) (index.FieldDict, error)) ([]candidate, error) {
	at := map[string]int{}
	var out []candidate
	for i, f := range fields {
		d, err := dictionary(f.name)
		if err != nil {
			return nil, err
		}
		for {
			entry, err := d.Next()
			if err != nil {
				_ = d.Close()
				return nil, err
			}
			if entry == nil {
				break
			}
			if special(entry.Term) {
				continue
			}
			k, ok := at[entry.Term]
			if !ok {
				k = len(out)
				term := strings.Clone(entry.Term)
				at[term] = k
				out = append(out, candidate{term: term})
			}
			out[k].fields |= 1 << i
			out[k].atMost += int(entry.Count)
		}
		if err := d.Close(); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// special terms (paper numbers, paragraphs, dates) and numbers are met exactly or not at all.
func special(term string) bool {
	return strings.HasPrefix(term, "z") && strings.HasSuffix(term, "zz") || strings.ContainsAny(term[:1], "0123456789")
}
