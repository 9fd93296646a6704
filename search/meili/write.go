package meili

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/meilisearch/meilisearch-go"

	"ris/app/council"
	"ris/search"
	"ris/search/german"
)

// head is what is kept of a file; Pages are the numbers of its pages. A deleted head is not live and keeps its sequence number.
type head struct {
	ID       string     `json:"id"`
	File     council.ID `json:"file"`
	Paper    council.ID `json:"paper"`
	Version  council.ID `json:"version"`
	Body     council.ID `json:"body"`
	Page     int        `json:"page"` // 0
	Sequence int64      `json:"sequence"`
	Pages    []int      `json:"pages"`
	Live     bool       `json:"live"`
}

// labels are the fields that SetAudience changes.
type labels struct {
	ID       string          `json:"id"`
	ACL      []council.Label `json:"acl"`
	Withheld []council.Label `json:"withheld"`
}

func id(file council.ID, page int) string { return fmt.Sprintf("%s_%d", file, page) }

// Replace implements search.Writer. Readers may see old and new pages side by side until the server has applied both steps.
func (e *Engine) Replace(ctx context.Context, d search.Document) error {
	if d.File == "" {
		return council.E(council.Invalid, "search.no_file")
	}
	return e.change(ctx, d.File, d.Sequence, func(old *head) (*head, error) {
		h := &head{ID: id(d.File, 0), File: d.File, Paper: d.Paper, Version: d.Version, Body: d.Body, Sequence: d.Sequence, Pages: []int{}, Live: true}
		wTitle, pTitle := fields(d.Title + "\n" + d.Reference)
		base := func(page int) map[string]any {
			return map[string]any{"id": id(d.File, page), "file": d.File, "paper": d.Paper, "version": d.Version, "body": d.Body, "page": page,
				"w_title": wTitle, "p_title": pTitle, "acl": nonNil(d.Audience.Allowed), "withheld": nonNil(d.Audience.Withheld)}
		}
		var docs []map[string]any
		kept := map[int]bool{}
		for _, p := range d.Pages {
			if p.Number < 1 || kept[p.Number] {
				return nil, council.E(council.Invalid, "search.bad_page")
			}
			kept[p.Number] = true
			h.Pages = append(h.Pages, p.Number)
			doc := base(p.Number)
			doc["w"], doc["p"] = fields(p.Text)
			docs = append(docs, doc)
		}
		first := base(0)
		first["sequence"], first["pages"], first["live"] = h.Sequence, h.Pages, true
		docs = append(docs, first)
		var gone []string
		for _, n := range old.Pages {
			if !kept[n] {
				gone = append(gone, id(d.File, n))
			}
		}
		if err := e.remove(ctx, gone); err != nil {
			return nil, err
		}
		return h, e.accept(e.index.AddDocumentsWithContext(ctx, docs, nil))
	})
}

// SetAudience implements search.Writer: the labels of all pages are changed in one task, their tokens stay.
func (e *Engine) SetAudience(ctx context.Context, file council.ID, a council.Audience, sequence int64) error {
	return e.change(ctx, file, sequence, func(old *head) (*head, error) {
		if !old.Live {
			return e.bury(ctx, file, sequence)
		}
		h := *old
		h.Sequence = sequence
		docs := []any{struct {
			labels
			Sequence int64 `json:"sequence"`
		}{labels{id(file, 0), nonNil(a.Allowed), nonNil(a.Withheld)}, sequence}}
		for _, n := range h.Pages {
			docs = append(docs, labels{id(file, n), nonNil(a.Allowed), nonNil(a.Withheld)})
		}
		return &h, e.accept(e.index.UpdateDocumentsWithContext(ctx, docs, nil))
	})
}

// Delete implements search.Writer.
func (e *Engine) Delete(ctx context.Context, file council.ID, sequence int64) error {
	return e.change(ctx, file, sequence, func(old *head) (*head, error) {
		var gone []string
		for _, n := range old.Pages {
			gone = append(gone, id(file, n))
		}
		if err := e.remove(ctx, gone); err != nil {
			return nil, err
		}
		return e.bury(ctx, file, sequence)
	})
}

// bury leaves the sequence number of a file that is not there.
func (e *Engine) bury(ctx context.Context, file council.ID, sequence int64) (*head, error) {
	h := &head{ID: id(file, 0), File: file, Sequence: sequence, Pages: []int{}}
	return h, e.accept(e.index.AddDocumentsWithContext(ctx, []*head{h}, nil))
}

func (e *Engine) remove(ctx context.Context, ids []string) error {
	if len(ids) == 0 {
		return nil
	}
	return e.accept(e.index.DeleteDocumentsWithContext(ctx, ids, nil))
}

func (e *Engine) accept(task *meilisearch.TaskInfo, err error) error {
	if err != nil {
		return unavailable(err)
	}
	e.tasks = append(e.tasks, task.TaskUID)
	return nil
}

// change runs one change of a file unless a newer one was accepted. Only one process may write an index.
func (e *Engine) change(ctx context.Context, file council.ID, sequence int64, write func(old *head) (*head, error)) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if len(e.tasks) >= maxPending {
		if err := e.flush(ctx); err != nil {
			return err
		}
	}
	old := e.pending[file]
	if old == nil {
		old = &head{Sequence: -1 << 62}
		err := e.index.GetDocumentWithContext(ctx, id(file, 0), nil, old)
		var api *meilisearch.Error
		if err != nil && !(errors.As(err, &api) && api.StatusCode == 404) {
			return unavailable(err)
		}
	}
	if sequence < old.Sequence {
		return nil
	}
	h, err := write(old)
	if err != nil {
		delete(e.pending, file)
		return err
	}
	e.pending[file] = h
	return nil
}

// fields gives the tokens of a text: words in order, and everything else apart.
func fields(text string) (words, parts string) {
	var w, p []string
	last := 0
	for _, t := range german.Analyse(text) {
		if t.Part || t.Special || t.Position == last {
			p = append(p, t.Term)
		} else {
			w = append(w, t.Term)
			last = t.Position
		}
	}
	return strings.Join(w, " "), strings.Join(p, ". ")
}

func nonNil(l []council.Label) []council.Label {
	if l == nil {
		return []council.Label{}
	}
	return l
}
