package finding

import (
	"context"
	"time"

	"ris/app/council"
	"ris/auth/policy"
	"ris/documents/pagetext"
	"ris/search"
	"ris/search/german"
)

// Store is where hits are looked up; everything with the viewer.
type Store interface {
	Paper(ctx context.Context, v policy.Viewer, id council.ID) (council.Paper, error)
	FileVersion(ctx context.Context, v policy.Viewer, id council.ID) (council.FileVersion, error)
	Text(ctx context.Context, v policy.Viewer, version council.ID, page int) ([]council.PageText, error)
	Outline(ctx context.Context, v policy.Viewer, version council.ID) (council.DocumentOutline, error)
	Consultations(ctx context.Context, f council.ConsultationFilter) ([]council.Consultation, error)
	AgendaItem(ctx context.Context, v policy.Viewer, id council.ID) (council.AgendaItem, error)
	Meeting(ctx context.Context, v policy.Viewer, id council.ID) (council.Meeting, error)
}

// Service finds.
type Service struct {
	Store Store
	Index search.Reader // of everything, filtered by the viewer's labels
}

// Query is what a person asked; Limit 1..100 (0 = 20).
type Query struct {
	Text   string
	Body   council.ID // or empty
	Limit  int
	Offset int
}

// Answer is a page of hits. Total counts all of the engine's hits for this viewer, less those of this page that turned out not
// to be readable any more. More: there is a next page.
type Answer struct {
	Hits  []Hit
	Total int
	More  bool
}

// Hit is the best page of one file. Snippet is HTML: text escaped, with <mark> around what was found.
type Hit struct {
	Paper, File, Version council.ID
	Page                 int // from 1
	Title                string
	Reference            string
	Snippet              string
	Recognised           bool             // the page's text was read off a picture: it may have mistakes
	Meeting              *council.Meeting // the latest on whose agenda the viewer sees the paper
}

// SnippetLength is how much text a hit shows, in bytes before markup.
const SnippetLength = 240

// Search answers a query. Invalid for an empty one, Unavailable when the engine is down.
func (s *Service) Search(ctx context.Context, v policy.Viewer, q Query) (Answer, error) {
	if q.Limit <= 0 {
		q.Limit = 20
	}
	found, err := s.Index.Search(ctx, v, search.Query{Text: q.Text, Body: q.Body, Offset: q.Offset, Limit: q.Limit})
	if err != nil {
		return Answer{}, err
	}
	out := Answer{Total: found.Total, More: q.Offset+len(found.Hits) < found.Total && len(found.Hits) > 0}
	for _, h := range found.Hits {
		hit, ok, err := s.hit(ctx, v, q.Text, h)
		if err != nil {
			return Answer{}, err
		}
		if !ok {
			out.Total--
			continue
		}
		out.Hits = append(out.Hits, hit)
	}
	return out, nil
}

// hit looks the engine's hit up; false when the viewer may not read it, or not in this Body.
func (s *Service) hit(ctx context.Context, v policy.Viewer, query string, h search.Hit) (Hit, bool, error) {
	fv, err := s.Store.FileVersion(ctx, v, h.Version)
	if hidden(err) || err == nil && (fv.File != h.File || !fv.Processing.Ready()) {
		return Hit{}, false, nil
	}
	if err != nil {
		return Hit{}, false, err
	}
	p, err := s.Store.Paper(ctx, v, fv.Paper)
	if hidden(err) {
		return Hit{}, false, nil
	}
	if err != nil {
		return Hit{}, false, err
	}
	out := Hit{Paper: p.ID, File: fv.File, Version: fv.ID, Page: max(1, h.Page), Title: p.Name, Reference: p.Reference}
	text, err := s.Store.Text(ctx, v, fv.ID, out.Page)
	if err != nil && !hidden(err) {
		return Hit{}, false, err
	}
	if len(text) > 0 && policy.Confirmed(v, !fv.Audience.Public()) == nil { // else the hit stands there without its words
		joined, _ := pagetext.Shown(text[0])
		out.Recognised = text[0].OCR == council.OCRDone
		out.Snippet = german.Snippet(query, joined, SnippetLength)
	}
	out.Meeting, err = s.meeting(ctx, v, p.ID)
	return out, err == nil, err
}

// meeting is the latest meeting on whose agenda the viewer sees the paper.
func (s *Service) meeting(ctx context.Context, v policy.Viewer, paper council.ID) (*council.Meeting, error) {
	on, err := s.Store.Consultations(ctx, council.ConsultationFilter{Paper: paper})
	if err != nil {
		return nil, err
	}
	var latest *council.Meeting
	at := time.Time{}
	for _, c := range on {
		if c.AgendaItem == "" {
			continue
		}
		it, err := s.Store.AgendaItem(ctx, v, c.AgendaItem)
		if hidden(err) || err == nil && it.State == council.Withdrawn {
			continue
		}
		if err != nil {
			return nil, err
		}
		m, err := s.Store.Meeting(ctx, v, it.Meeting)
		if hidden(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if latest == nil || m.Start.After(at) {
			latest, at = &m, m.Start
		}
	}
	return latest, nil
}

func hidden(err error) bool { return err != nil && council.KindOf(err) == council.NotFound }
