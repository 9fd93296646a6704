package embedded

import (
	"context"
	"fmt"
	"math/bits"
	"strings"
	"sync"
	"sync/atomic"

	index "github.com/blevesearch/bleve_index_api"

	"ris/app/council"
	"ris/auth/policy"
)

// view is one snapshot of the index with what grouping and filtering need of it: which file and page a document number is.
// Snapshots never change, so a view is shared by all searches until the index has a newer one.
type view struct {
	reader  index.IndexReader
	docs    []place // by document number
	files   []council.ID
	users   atomic.Int32 // the engine and the searches that run on it; the last one closes the reader
	mu      sync.Mutex
	allowed map[string]pages // by the viewer's labels; emptied when full
	tables  sync.Pool        // *table
}

// place is the file (index into files; -1 for no document) and page of a document number; page 0 is the head.
type place struct{ file, page int32 }

// pages is a set of document numbers.
type pages struct {
	bits  []uint64
	count int
}

func (p pages) has(n uint32) bool { return int(n>>6) < len(p.bits) && p.bits[n>>6]&(1<<(n&63)) != 0 }

// current gives the view of the newest snapshot; release it after use.
func (e *Engine) current(ctx context.Context) (*view, error) {
	e.viewMu.Lock()
	defer e.viewMu.Unlock()
	r, err := e.index.Reader()
	if err != nil {
		return nil, err
	}
	if e.view != nil && e.view.reader == r {
		_ = r.Close()
		e.view.users.Add(1)
		return e.view, nil
	}
	v, err := newView(ctx, r)
	if err != nil {
		_ = r.Close()
		return nil, err
	}
	if e.view != nil {
		e.view.release()
	}
	e.view = v
	v.users.Store(2)
	return v, nil
}

func (e *Engine) dropView() {
	e.viewMu.Lock()
	defer e.viewMu.Unlock()
	if e.view != nil {
		e.view.release()
		e.view = nil
	}
}

func (v *view) release() {
	if v.users.Add(-1) == 0 {
		_ = v.reader.Close()
	}
}

func newView(ctx context.Context, r index.IndexReader) (*view, error) {
	v := &view{reader: r, allowed: map[string]pages{}}
	keys, err := r.DocValueReader([]string{"k"})
	if err != nil {
		return nil, err
	}
	all, err := r.DocIDReaderAll()
	if err != nil {
		return nil, err
	}
	defer all.Close()
	known := map[string]int32{}
	for n := 0; ; n++ {
		if n%4096 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		doc, err := all.Next()
		if err != nil {
			return nil, err
		}
		if doc == nil {
			break
		}
		number := doc.Value()
		for uint64(len(v.docs)) <= number {
			v.docs = append(v.docs, place{-1, 0})
		}
		var bad error
		err = keys.VisitDocValues(doc, func(_ string, key []byte) {
			file, page, ok := splitID(string(key))
			if !ok {
				bad = fmt.Errorf("search index: document key %q", key)
				return
			}
			f, ok := known[string(file)]
			if !ok {
				f = int32(len(v.files))
				known[string(file)] = f
				v.files = append(v.files, file)
			}
			v.docs[number] = place{f, int32(page)}
		})
		if err == nil {
			err = bad
		}
		if err != nil {
			return nil, err
		}
	}
	return v, nil
}

// postings visits the documents of a term in a field, with how often it stands there.
func (v *view) postings(ctx context.Context, field, term string, visit func(doc uint32, freq int)) error {
	r, err := v.reader.TermFieldReader(ctx, []byte(term), field, true, false, false)
	if err != nil {
		return err
	}
	defer r.Close()
	var d index.TermFieldDoc
	for {
		next, err := r.Next(d.Reset())
		if err != nil || next == nil {
			return err
		}
		visit(uint32(next.ID.Value()), int(next.Freq))
	}
}

// documents visits the documents of a term in a field; cheaper than postings.
func (v *view) documents(ctx context.Context, field, term string, visit func(doc uint32)) error {
	r, err := v.reader.TermFieldReader(ctx, []byte(term), field, false, false, false)
	if err != nil {
		return err
	}
	defer r.Close()
	var d index.TermFieldDoc
	for {
		next, err := r.Next(d.Reset())
		if err != nil || next == nil {
			return err
		}
		visit(uint32(next.ID.Value()))
	}
}

// readable is THE filter: the documents that the viewer may read. An allowed label meets one of the viewer's and no withheld
// one does: the rule of policy.CanRead on the labels of the index. The zero viewer reads nothing, system work everything.
func (v *view) readable(ctx context.Context, viewer policy.Viewer) (pages, error) {
	labels := make([]string, len(viewer.Labels()))
	for i, l := range viewer.Labels() {
		labels[i] = string(l)
	}
	key := strings.Join(labels, "\n")
	if viewer.Unfiltered() {
		key = "\nsystem"
	} else if len(labels) == 0 {
		return pages{}, nil
	}
	v.mu.Lock()
	p, ok := v.allowed[key]
	v.mu.Unlock()
	if ok {
		return p, nil
	}
	p = pages{bits: make([]uint64, (len(v.docs)+63)/64)}
	if viewer.Unfiltered() {
		for n, d := range v.docs {
			if d.file >= 0 {
				p.bits[n>>6] |= 1 << (n & 63)
			}
		}
	}
	if err := v.each(ctx, "a", labels, func(n uint32) { p.bits[n>>6] |= 1 << (n & 63) }); err != nil {
		return pages{}, err
	}
	if err := v.each(ctx, "x", labels, func(n uint32) { p.bits[n>>6] &^= 1 << (n & 63) }); err != nil {
		return pages{}, err
	}
	p.recount()
	v.mu.Lock()
	defer v.mu.Unlock()
	if len(v.allowed) >= 256 {
		clear(v.allowed)
	}
	v.allowed[key] = p
	return p, nil
}

// only narrows a set to the documents that have one of the terms in the field.
func (v *view) only(ctx context.Context, p pages, field string, terms []string) (pages, error) {
	out := pages{bits: make([]uint64, len(p.bits))}
	err := v.each(ctx, field, terms, func(n uint32) {
		if p.has(n) {
			out.bits[n>>6] |= 1 << (n & 63)
		}
	})
	out.recount()
	return out, err
}

func (v *view) each(ctx context.Context, field string, terms []string, visit func(uint32)) error {
	for _, t := range terms {
		if err := v.documents(ctx, field, t, visit); err != nil {
			return err
		}
	}
	return nil
}

func (p *pages) recount() {
	p.count = 0
	for _, b := range p.bits {
		p.count += bits.OnesCount64(b)
	}
}
