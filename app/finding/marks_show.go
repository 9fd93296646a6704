package finding

import (
	"context"

	"ris/app/council"
	"ris/auth/policy"
	"ris/documents/pagetext"
	"ris/search/german"
)

// PageMarks are the places on one page, in PDF user space: x0, y0, x1, y1, one rectangle per line.
type PageMarks struct {
	Page  int
	Quads [][4]float64
}

// Marks finds where the words of the query stand in a version: on one page, or with page 0 on all of them. Pages without a
// place are left out. An empty query finds nothing.
func (s *Service) Marks(ctx context.Context, v policy.Viewer, version council.ID, page int, query string) ([]PageMarks, error) {
	pages, err := s.Store.Text(ctx, v, version, page)
	if hidden(err) {
		// The version itself was found by the caller: it has no such page, or no text yet.
		return nil, nil
	}
	if err != nil || query == "" {
		return nil, err
	}
	var out []PageMarks
	for _, p := range pages {
		text, letters := pagetext.Shown(p)
		var quads [][4]float64
		for _, m := range german.Marks(query, text) {
			quads = append(quads, pagetext.Quads(p, int(letters[m.Start]), int(letters[m.End-1])+1)...)
		}
		if len(quads) > 0 {
			out = append(out, PageMarks{Page: p.Page, Quads: quads})
		}
	}
	return out, nil
}
