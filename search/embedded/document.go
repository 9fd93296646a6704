package embedded

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"

	index "github.com/blevesearch/bleve_index_api"

	"ris/app/council"
	"ris/search/german"
)

// term is a token as it is indexed: its position matters for words only.
type term struct {
	text     string
	position int
	part     bool
}

func terms(text string) []term {
	tokens := german.Analyse(text)
	out := make([]term, len(tokens))
	for i, t := range tokens {
		out[i] = term{t.Term, t.Position, t.Part}
	}
	return out
}

// head is what is stored of a file. Deleted heads keep File and Sequence only.
type head struct {
	File, Paper, Version, Body council.ID
	Sequence                   int64
	Pages                      []int // the numbers of its pages
	Deleted                    bool
	Title                      []byte // encoded terms
}

// encode packs terms: per term the distance to the position before (uvarint), twice the length plus one for a part (uvarint),
// the text.
func encode(ts []term) []byte {
	var b []byte
	last := 0
	for _, t := range ts {
		b = binary.AppendUvarint(b, uint64(t.position-last))
		last = t.position
		n := uint64(len(t.text)) << 1
		if t.part {
			n |= 1
		}
		b = append(binary.AppendUvarint(b, n), t.text...)
	}
	return b
}

func decode(b []byte) ([]term, error) {
	var out []term
	position := 0
	for in := bytes.NewReader(b); in.Len() > 0; {
		gap, err := binary.ReadUvarint(in)
		if err != nil {
			return nil, err
		}
		n, err := binary.ReadUvarint(in)
		if err != nil {
			return nil, err
		}
		if n>>1 > uint64(in.Len()) {
			return nil, fmt.Errorf("stored token of %d bytes is cut off", n>>1)
		}
		text := make([]byte, n>>1)
		_, _ = in.Read(text)
		position += int(gap)
		out = append(out, term{string(text), position, n&1 == 1})
	}
	return out, nil
}

// document is a page or a head on its way into the index; its fields come analysed.
type document struct {
	id     string
	fields []*field
}

// headDocument is the document "<file>/0".
func headDocument(h head, title []term, a council.Audience) (*document, error) {
	stored, err := json.Marshal(h)
	if err != nil {
		return nil, err
	}
	d := &document{id: id(h.File, 0)}
	d.add("k", keyOptions, exact(d.id)...)
	d.store(stored)
	if !h.Deleted {
		d.labels(h, a)
		d.add("l", filterOptions, exact("1")...)
		d.words("t", "u", title)
	}
	return d, nil
}

func pageDocument(h head, page int, words, title []term, a council.Audience) *document {
	d := &document{id: id(h.File, page)}
	d.add("k", keyOptions, exact(d.id)...)
	d.store(encode(words))
	d.labels(h, a)
	d.words("w", "p", words)
	d.words("t", "u", title)
	return d
}

func (d *document) labels(h head, a council.Audience) {
	for _, l := range a.Allowed {
		d.add("a", filterOptions, exact(string(l))...)
	}
	for _, l := range a.Withheld {
		d.add("x", filterOptions, exact(string(l))...)
	}
	d.add("r", filterOptions, exact(string(h.Paper))...)
	d.add("b", filterOptions, exact(string(h.Body))...)
}

func exact(s string) []term { return []term{{text: s, position: 1}} }

// words puts whole words into one field, parts of compounds into the other.
func (d *document) words(whole, part string, ts []term) {
	var w, p []term
	for _, t := range ts {
		if t.part {
			p = append(p, t)
		} else {
			w = append(w, t)
		}
	}
	d.add(whole, wordOptions, w...)
	d.add(part, partOptions, p...)
}

const (
	filterOptions = index.IndexField | index.SkipFreqNorm
	keyOptions    = index.IndexField | index.SkipFreqNorm | index.DocValues
	wordOptions   = index.IndexField | index.IncludeTermVectors
	partOptions   = index.IndexField
)

func (d *document) add(name string, o index.FieldIndexingOptions, ts ...term) {
	if len(ts) == 0 {
		return
	}
	for _, f := range d.fields {
		if f.name == name { // several labels are one field
			f.terms = append(f.terms, ts...)
			return
		}
	}
	d.fields = append(d.fields, &field{name: name, options: o, terms: ts})
}

func (d *document) store(b []byte) {
	d.fields = append(d.fields, &field{name: "s", options: index.StoreField, value: b})
}

// The methods of index.Document.

func (d *document) ID() string                                 { return d.id }
func (d *document) Size() int                                  { return 0 } // asked for Bleve's statistics only
func (d *document) VisitComposite(index.CompositeFieldVisitor) {}
func (d *document) HasComposite() bool                         { return false }
func (d *document) NumPlainTextBytes() uint64                  { return 0 }
func (d *document) StoredFieldsBytes() uint64                  { return 0 }
func (d *document) Indexed() bool                              { return true }
func (d *document) VisitFields(visit index.FieldVisitor) {
	for _, f := range d.fields {
		visit(f)
	}
}

func (d *document) AddIDField() {
	d.fields = append(d.fields, &field{name: "_id", options: index.IndexField | index.StoreField, value: []byte(d.id), terms: exact(d.id)})
}

// field is an analysed field of a document.
type field struct {
	name    string
	options index.FieldIndexingOptions
	value   []byte
	terms   []term
	freqs   index.TokenFrequencies
}

// The methods of index.Field.

func (f *field) Name() string                                     { return f.name }
func (f *field) Value() []byte                                    { return f.value }
func (f *field) ArrayPositions() []uint64                         { return nil }
func (f *field) EncodedFieldType() byte                           { return 't' }
func (f *field) Options() index.FieldIndexingOptions              { return f.options }
func (f *field) AnalyzedLength() int                              { return len(f.terms) }
func (f *field) AnalyzedTokenFrequencies() index.TokenFrequencies { return f.freqs }
func (f *field) NumPlainTextBytes() uint64                        { return 0 }

// Analyze counts the terms; a term stands at most once at a position.
func (f *field) Analyze() {
	f.freqs = make(index.TokenFrequencies, len(f.terms))
	for _, t := range f.terms {
		q := f.freqs[t.text]
		if q == nil {
			q = &index.TokenFreq{Term: []byte(t.text)}
			f.freqs[t.text] = q
		}
		if f.options.IncludeTermVectors() {
			if n := len(q.Locations); n > 0 && q.Locations[n-1].Position == t.position {
				continue
			}
			q.Locations = append(q.Locations, &index.TokenLocation{Position: t.position})
		}
		q.SetFrequency(q.Frequency() + 1)
	}
}
