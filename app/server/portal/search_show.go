package portal

import (
	"html/template"
	"log/slog"
	"strings"

	"github.com/gofiber/fiber/v2"

	"ris/app/council"
	"ris/app/publication/readmodel"
	"ris/auth/policy"
	"ris/search"
)

type searchView struct {
	Text       string
	Hits       []hitView
	Total      int
	From       int // number of the first hit on this page, from 1
	To         int
	Prev, Next int  // page numbers; 0 = none
	Out        bool // the engine does not answer
	Bad        bool // the query cannot be understood
}

// hitView is the best page of a file.
type hitView struct {
	Paper   paperView
	File    fileView
	Page    int // 0 = only the title matched
	Pages   int
	Snippet template.HTML
}

const hitsPerPage = 10

// longest query that is passed on, in characters.
const longestQuery = 300

// showSearch answers hits in the texts of the public files.
func (s *server) showSearch(c *fiber.Ctx) error {
	p, err := s.begin(c)
	if err != nil {
		return err
	}
	text := strings.TrimSpace(readmodel.Clean(c.Query("q")))
	if r := []rune(text); len(r) > longestQuery {
		text = string(r[:longestQuery])
	}
	v := searchView{Text: text}
	p.Query, p.Active, p.Title = text, "search", p.T("portal.search.title")
	if text == "" {
		return s.render(c, p, "page_search.gohtml", v)
	}
	p.Title = p.T("portal.search.title_for", "query", text)
	if s.Search == nil {
		v.Out = true
		return s.render(c, p, "page_search.gohtml", v)
	}
	number := pageNumber(c)
	answer, err := s.Search.Search(c.UserContext(), policy.Anonymous(), search.Query{
		Text: text, Body: p.only(), Offset: (number - 1) * hitsPerPage, Limit: hitsPerPage,
	})
	switch {
	case err != nil && council.KindOf(err) == council.Invalid:
		v.Bad = true
		return s.render(c, p, "page_search.gohtml", v)
	case err != nil: // the rest of the portal goes on
		slog.ErrorContext(c.UserContext(), "public search", "error", err)
		v.Out = true
		return s.render(c, p, "page_search.gohtml", v)
	}
	v.Total = answer.Total
	for _, h := range answer.Hits {
		hit, err := s.hit(c, text, h)
		if err != nil && council.KindOf(err) == council.NotFound {
			v.Total-- // withdrawn a moment ago, and the index does not know yet
			continue
		}
		if err != nil {
			return err
		}
		v.Hits = append(v.Hits, hit)
	}
	v.From = (number-1)*hitsPerPage + 1
	v.To = v.From + len(v.Hits) - 1
	v.Prev = number - 1
	if number*hitsPerPage < answer.Total {
		v.Next = number + 1
	}
	return s.render(c, p, "page_search.gohtml", v)
}

// hit takes everything that is shown from the read model: the index only says where to look.
func (s *server) hit(c *fiber.Ctx, text string, h search.Hit) (hitView, error) {
	v := hitView{Page: h.Page, Pages: h.Pages}
	row, err := s.Model.PublicFile(c.UserContext(), h.File)
	if err != nil {
		return v, err
	}
	o, err := s.Model.PublicObject(c.UserContext(), row.Paper)
	if err != nil {
		return v, err
	}
	if o.Deleted {
		return v, council.ErrNotFound()
	}
	if v.Paper, err = paper(o); err != nil {
		return v, err
	}
	for _, f := range v.Paper.Files {
		if f.ID == h.File {
			v.File = f
		}
	}
	page := max(h.Page, 1)
	pages, err := s.Model.PublicPages(c.UserContext(), h.File, page)
	if err != nil {
		return v, err
	}
	if len(pages) > 0 && s.Snippet != nil {
		v.Snippet = template.HTML(s.Snippet(text, pages[0].Text, 260)) //nolint:gosec // escaped by the cutter, see Deps.Snippet
	}
	return v, nil
}
