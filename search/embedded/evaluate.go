package embedded

import (
	"context"
	"math"

	index "github.com/blevesearch/bleve_index_api"

	"ris/search/german"
)

// How much a match weighs: by where it stands, and by how it was found.
const (
	weightWord, weightPart             = 1, 0.5
	weightTitle, weightTitlePart       = 1.5, 0.75
	weightExact, weightCompletion      = 1, 0.6
	weightSplit                        = 0.4
	weightContinuation, weightMisspelt = 0.3, 0.25
)

// few is the number of readable hits below which a word is also looked for in pieces and with misspellings.
const few = 3

// evaluation is one query on one view, over the pages that may be found.
type evaluation struct {
	ctx  context.Context
	view *view
	may  pages
}

// table holds the scores of one clause by document: the best match in the page and in the title.
type table struct {
	met         []uint32
	text, title []float32
}

func (v *view) table() *table {
	if t, ok := v.tables.Get().(*table); ok {
		return t
	}
	return &table{text: make([]float32, len(v.docs)), title: make([]float32, len(v.docs))}
}

func (v *view) putTable(t *table) {
	for _, n := range t.met {
		t.text[n], t.title[n] = 0, 0
	}
	t.met = t.met[:0]
	v.tables.Put(t)
}

func (t *table) set(n uint32, score float32, title bool) {
	if t.text[n] == 0 && t.title[n] == 0 {
		t.met = append(t.met, n)
	}
	if title {
		t.title[n] = max(t.title[n], score)
	} else {
		t.text[n] = max(t.text[n], score)
	}
}

// clause fills the table with everything that meets the clause.
func (e *evaluation) clause(c german.Clause, t *table) error {
	if c.Phrase() {
		return e.phrase(c, t)
	}
	if err := e.term(c.Terms[0], weightExact, t); err != nil {
		return err
	}
	if c.Open {
		for _, s := range c.Completions() {
			if err := e.term(s, weightCompletion, t); err != nil {
				return err
			}
		}
		more, err := e.continuations(c.Fold)
		if err != nil {
			return err
		}
		for _, m := range more {
			if err := e.termIn(m.fields, m.term, weightContinuation, t); err != nil {
				return err
			}
		}
	}
	if len(t.met) < few {
		if err := e.pieces(c.Parts(), t); err != nil {
			return err
		}
	}
	if n := c.Misspellings(); len(t.met) < few && n > 0 {
		like, err := e.misspelt(c.Terms[0], n)
		if err != nil {
			return err
		}
		for _, m := range like {
			if err := e.termIn(m.fields, m.term, weightMisspelt, t); err != nil {
				return err
			}
		}
	}
	return nil
}

// posting is a document with how often a term stands in it.
type posting struct {
	doc  uint32
	freq int
}

// readable gives the postings of a term in a field that may be found.
func (e *evaluation) readable(field, term string) ([]posting, error) {
	var out []posting
	err := e.view.postings(e.ctx, field, term, func(n uint32, freq int) {
		if e.may.has(n) {
			out = append(out, posting{n, freq})
		}
	})
	return out, err
}

// fields are where a word may stand.
var fields = []struct {
	name   string
	weight float64
	title  bool
}{{"w", weightWord, false}, {"p", weightPart, false}, {"t", weightTitle, true}, {"u", weightTitlePart, true}}

const everyField = 1<<4 - 1

func (e *evaluation) term(term string, weight float64, t *table) error {
	return e.termIn(everyField, term, weight, t)
}

// termIn scores a term in the fields of the mask.
func (e *evaluation) termIn(mask uint8, term string, weight float64, t *table) error {
	if err := e.ctx.Err(); err != nil {
		return err
	}
	for i, f := range fields {
		if mask&(1<<i) == 0 {
			continue
		}
		ps, err := e.readable(f.name, term)
		if err != nil {
			return err
		}
		e.score(ps, weight*f.weight, f.title, t)
	}
	return nil
}

// score weighs by how rare the term is among the pages that may be found, and how often it stands on the page (it saturates).
func (e *evaluation) score(ps []posting, weight float64, title bool, t *table) {
	n, df := float64(e.may.count), float64(len(ps))
	rare := math.Log(1 + (n-df+0.5)/(df+0.5))
	for _, p := range ps {
		f := float64(p.freq)
		t.set(p.doc, float32(weight*rare*f*2.2/(f+1.2)), title)
	}
}

// pieces finds the pages on which all parts of a compound stand apart ("Beleuchtung der Straße" for "Straßenbeleuchtung").
func (e *evaluation) pieces(parts []string, t *table) error {
	if len(parts) < 2 {
		return nil
	}
	met := map[uint32]int{}
	least := map[uint32]float32{}
	for i, p := range parts {
		one := e.view.table()
		if err := e.term(p, weightSplit, one); err != nil {
			e.view.putTable(one)
			return err
		}
		for _, n := range one.met {
			if met[n] == i && one.text[n] > 0 {
				met[n]++
				if i == 0 || one.text[n] < least[n] {
					least[n] = one.text[n]
				}
			}
		}
		e.view.putTable(one)
	}
	for n, k := range met {
		if k == len(parts) {
			t.set(n, least[n], false)
		}
	}
	return nil
}

// phrase finds the words one after another, in the page or in the title.
func (e *evaluation) phrase(c german.Clause, t *table) error {
	for _, f := range fields {
		if f.name != "w" && f.name != "t" {
			continue
		}
		ps, err := e.inARow(f.name, c.Terms)
		if err != nil {
			return err
		}
		e.score(ps, f.weight, f.title, t)
	}
	return nil
}

// inARow walks the posting lists of all terms side by side.
func (e *evaluation) inARow(field string, terms []string) ([]posting, error) {
	type list struct {
		index.TermFieldReader
		doc *index.TermFieldDoc
		buf index.TermFieldDoc
	}
	lists := make([]*list, len(terms))
	for i, term := range terms {
		r, err := e.view.reader.TermFieldReader(e.ctx, []byte(term), field, true, false, true)
		if err != nil {
			return nil, err
		}
		defer r.Close()
		lists[i] = &list{TermFieldReader: r}
		if lists[i].doc, err = r.Next(&lists[i].buf); err != nil {
			return nil, err
		}
		if lists[i].doc == nil {
			return nil, nil
		}
	}
	var out []posting
	target := make(index.IndexInternalID, 8)
	for lists[0].doc != nil {
		want := lists[0].doc.ID.Value()
		same := e.may.has(uint32(want))
		for i := 1; same && i < len(lists); i++ {
			l := lists[i]
			if l.doc.ID.Value() < want {
				target.SetValue(want)
				var err error
				if l.doc, err = l.Advance(target, l.buf.Reset()); err != nil || l.doc == nil {
					return out, err
				}
			}
			same = l.doc.ID.Value() == want
		}
		if same {
			at := map[uint64]int{} // position of the last word: how many words in a row end there
			for i, l := range lists {
				for _, v := range l.doc.Vectors {
					if i == 0 || at[v.Pos-1] == i {
						at[v.Pos] = i + 1
					}
				}
			}
			freq := 0
			for _, n := range at {
				if n == len(lists) {
					freq++
				}
			}
			if freq > 0 {
				out = append(out, posting{uint32(want), freq})
			}
		}
		var err error
		if lists[0].doc, err = lists[0].Next(lists[0].buf.Reset()); err != nil {
			return nil, err
		}
	}
	return out, nil
}
