package embedded

import (
	"context"
	"encoding/json"
	"fmt"

	index "github.com/blevesearch/bleve_index_api"

	"ris/app/council"
	"ris/search"
)

// Replace implements search.Writer. All pages change in one batch: a search sees the file as it was or as it is.
func (e *Engine) Replace(ctx context.Context, d search.Document) error {
	if d.File == "" {
		return council.E(council.Invalid, "search.no_file")
	}
	return e.change(ctx, d.File, d.Sequence, func(batch *index.Batch, old *head, _ index.IndexReader) error {
		title := terms(d.Title + "\n" + d.Reference)
		h := head{File: d.File, Paper: d.Paper, Version: d.Version, Body: d.Body, Sequence: d.Sequence, Title: encode(title)}
		kept := map[int]bool{}
		for _, p := range d.Pages {
			if p.Number < 1 || kept[p.Number] {
				return council.E(council.Invalid, "search.bad_page")
			}
			kept[p.Number] = true
			h.Pages = append(h.Pages, p.Number)
			batch.Update(pageDocument(h, p.Number, terms(p.Text), title, d.Audience))
		}
		if old != nil {
			for _, n := range old.Pages {
				if !kept[n] {
					batch.Delete(id(d.File, n))
				}
			}
		}
		doc, err := headDocument(h, title, d.Audience)
		if err == nil {
			batch.Update(doc)
		}
		return err
	})
}

// SetAudience implements search.Writer. For a file that is not in the index only the sequence number is kept, so that an older
// Replace with the older audience cannot follow.
func (e *Engine) SetAudience(ctx context.Context, file council.ID, a council.Audience, sequence int64) error {
	return e.change(ctx, file, sequence, func(batch *index.Batch, old *head, r index.IndexReader) error {
		if old == nil || old.Deleted {
			return tombstone(batch, file, sequence)
		}
		h := *old
		h.Sequence = sequence
		title, err := decode(h.Title)
		if err != nil {
			return err
		}
		for _, n := range h.Pages {
			stored, err := stored(r, id(file, n))
			if err != nil {
				return err
			}
			words, err := decode(stored)
			if err != nil {
				return fmt.Errorf("page %d of file %s: %w", n, file, err)
			}
			batch.Update(pageDocument(h, n, words, title, a))
		}
		doc, err := headDocument(h, title, a)
		if err == nil {
			batch.Update(doc)
		}
		return err
	})
}

// Delete implements search.Writer.
func (e *Engine) Delete(ctx context.Context, file council.ID, sequence int64) error {
	return e.change(ctx, file, sequence, func(batch *index.Batch, old *head, _ index.IndexReader) error {
		if old != nil {
			for _, n := range old.Pages {
				batch.Delete(id(file, n))
			}
		}
		return tombstone(batch, file, sequence)
	})
}

func tombstone(batch *index.Batch, file council.ID, sequence int64) error {
	doc, err := headDocument(head{File: file, Sequence: sequence, Deleted: true}, nil, council.Audience{})
	if err == nil {
		batch.Update(doc)
	}
	return err
}

// change runs one change of a file: it reads the head, drops what is older than what was applied, and writes one batch. The
// batch is on disk when it returns.
func (e *Engine) change(ctx context.Context, file council.ID, sequence int64, fill func(*index.Batch, *head, index.IndexReader) error) error {
	e.writing.Lock()
	defer e.writing.Unlock()
	e.mu.RLock()
	defer e.mu.RUnlock()
	if e.closed {
		return errClosed()
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	r, err := e.index.Reader()
	if err != nil {
		return err
	}
	defer r.Close()
	old, err := readHead(r, file)
	if err != nil {
		return err
	}
	if old != nil && sequence < old.Sequence {
		return nil
	}
	batch := index.NewBatch()
	if err := fill(batch, old, r); err != nil {
		return err
	}
	return e.index.Batch(batch)
}

// readHead gives what is stored of a file, nil when it was never met.
func readHead(r index.IndexReader, file council.ID) (*head, error) {
	b, err := stored(r, id(file, 0))
	if err != nil || b == nil {
		return nil, err
	}
	var h head
	if err := json.Unmarshal(b, &h); err != nil {
		return nil, fmt.Errorf("head of file %s: %w", file, err)
	}
	return &h, nil
}

func stored(r index.IndexReader, id string) ([]byte, error) {
	d, err := r.Document(id)
	if err != nil || d == nil {
		return nil, err
	}
	var out []byte
	d.VisitFields(func(f index.Field) {
		if f.Name() == "s" {
			out = f.Value()
		}
	})
	return out, nil
}
