package embedded

import (
	"cmp"
	"context"
	"slices"

	"ris/app/council"
	"ris/auth/policy"
	"ris/search"
	"ris/search/german"
)

// Search implements search.Reader. Every word of the query must stand on the page, or in the title of its file, or in a compound
// there; a file is found by its best page. Equal ranks go by file, the newest first, so the order is always the same.
func (e *Engine) Search(ctx context.Context, viewer policy.Viewer, q search.Query) (search.Answer, error) {
	clauses, err := german.Check(&q)
	if err != nil {
		return search.Answer{}, err
	}
	e.mu.RLock()
	defer e.mu.RUnlock()
	if e.closed {
		return search.Answer{}, errClosed()
	}
	v, err := e.current(ctx)
	if err != nil {
		return search.Answer{}, err
	}
	defer v.release()
	may, err := v.readable(ctx, viewer)
	if err == nil && q.Body != "" {
		may, err = v.only(ctx, may, "b", []string{string(q.Body)})
	}
	if err == nil && q.Papers != nil {
		papers := make([]string, len(q.Papers))
		for i, p := range q.Papers {
			papers[i] = string(p)
		}
		may, err = v.only(ctx, may, "r", papers)
	}
	if err != nil || may.count == 0 {
		return search.Answer{}, err
	}
	ev := &evaluation{ctx: ctx, view: v, may: may}
	found, err := ev.files(clauses)
	if err != nil {
		return search.Answer{}, err
	}
	return v.answer(found, q)
}

// fileHit is the best page of a file.
type fileHit struct {
	file  int32
	page  int32
	pages int
	score float32
}

// files evaluates all clauses and groups the pages that meet every one of them.
func (e *evaluation) files(clauses []german.Clause) ([]fileHit, error) {
	score := make([]float32, len(e.view.docs))
	inText := make([]bool, len(e.view.docs))
	var left []uint32
	for i, c := range clauses {
		t := e.view.table()
		if err := e.clause(c, t); err != nil {
			e.view.putTable(t)
			return nil, err
		}
		var kept []uint32
		candidates := left
		if i == 0 {
			candidates = t.met
		}
		for _, n := range candidates {
			if s := t.text[n] + t.title[n]; s > 0 {
				score[n] += s
				inText[n] = inText[n] || t.text[n] > 0
				kept = append(kept, n)
			}
		}
		left = kept
		e.view.putTable(t)
		if len(left) == 0 {
			return nil, nil
		}
	}
	hits := map[int32]*fileHit{}
	for _, n := range left {
		at := e.view.docs[n]
		if at.page > 0 && !inText[n] {
			continue // the title alone: the head stands for it
		}
		h := hits[at.file]
		if h == nil {
			h = &fileHit{file: at.file, page: -1}
			hits[at.file] = h
		}
		if at.page > 0 {
			h.pages++
		}
		// a page in which words stand goes before the head
		if better := h.page < 1 && at.page > 0; h.page < 0 || better || at.page > 0 && (score[n] > h.score || score[n] == h.score && at.page < h.page) {
			h.page, h.score = at.page, score[n]
		}
	}
	out := make([]fileHit, 0, len(hits))
	for _, h := range hits {
		out = append(out, *h)
	}
	slices.SortFunc(out, func(a, b fileHit) int {
		if a.score != b.score {
			return cmp.Compare(b.score, a.score)
		}
		return cmp.Compare(e.view.files[b.file], e.view.files[a.file])
	})
	return out, nil
}

// answer cuts the asked part out of the hits and adds the ids of each file.
func (v *view) answer(found []fileHit, q search.Query) (search.Answer, error) {
	a := search.Answer{Total: len(found)}
	from := min(q.Offset, len(found))
	for _, f := range found[from:min(from+q.Limit, len(found))] {
		h, err := readHead(v.reader, v.files[f.file])
		if err != nil {
			return search.Answer{}, err
		}
		if h == nil {
			return search.Answer{}, council.E(council.Internal, "error.internal")
		}
		a.Hits = append(a.Hits, search.Hit{File: h.File, Paper: h.Paper, Version: h.Version, Page: int(f.page), Pages: f.pages})
	}
	return a, nil
}
