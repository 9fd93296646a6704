package portal

import (
	"bytes"
	"fmt"
	"html/template"
	"log/slog"
	"net/url"
	"slices"
	"strings"
	"time"
	_ "time/tzdata" // the pages show German time wherever the server stands

	"github.com/gofiber/fiber/v2"

	"ris/app/council"
	"ris/app/publication/readmodel"
	"ris/web/locales"
)

// page is what every template gets; Data is the view of the one page.
type page struct {
	Lang     string
	Title    string
	Active   string // the entry of the navigation that this page belongs to
	OParl    string // address of the same object in OParl, or empty
	Query    string // what stands in the search field
	Body     *bodyView
	Bodies   []bodyView
	StyleURL string
	Data     any

	s        *server
	now      time.Time
	explicit bool // the language came with the address and stays in the links
	path     string
	query    string // raw
}

// bodyView is a municipality.
type bodyView struct {
	ID           council.ID
	Name         string
	ShortName    string
	Website      string
	License      string
	ContactName  string
	ContactEmail string
}

// begin reads what all pages need: language and municipalities.
func (s *server) begin(c *fiber.Ctx) (*page, error) {
	p := &page{s: s, StyleURL: s.styleURL, now: s.Clock(), path: strings.Clone(c.Path()), query: string(c.Request().URI().QueryString())}
	p.Lang = locales.Match(c.Get(fiber.HeaderAcceptLanguage))
	if lang := c.Query("lang"); lang == "de" || lang == "en" {
		p.Lang, p.explicit = strings.Clone(lang), true
	}
	objects, _, _, err := s.Model.PublicList(c.UserContext(), readmodel.ListFilter{Type: readmodel.Body, Limit: 500})
	if err != nil {
		return nil, err
	}
	for _, o := range objects {
		b, err := decode[readmodel.OParlBody](o)
		if err != nil {
			return nil, err
		}
		p.Bodies = append(p.Bodies, bodyView{
			ID: o.ID, Name: b.Name, ShortName: b.ShortName, Website: b.Website, License: b.License, ContactName: b.ContactName,
			ContactEmail: b.ContactEmail,
		})
	}
	slices.SortFunc(p.Bodies, func(a, b bodyView) int {
		return strings.Compare(first(a.ShortName, a.Name), first(b.ShortName, b.Name))
	})
	p.choose(council.ID(c.Query("koerperschaft")))
	return p, nil
}

// choose narrows the page to one municipality; with a single one there is nothing to choose.
func (p *page) choose(id council.ID) {
	for i := range p.Bodies {
		if p.Bodies[i].ID == id || len(p.Bodies) == 1 {
			p.Body = &p.Bodies[i]
		}
	}
}

// only is the chosen municipality's id, or empty for all.
func (p *page) only() council.ID {
	if p.Body == nil {
		return ""
	}
	return p.Body.ID
}

// Several reports whether there is something to choose.
func (p *page) Several() bool { return len(p.Bodies) > 1 }

// BodyName names a municipality where several are shown side by side; empty otherwise.
func (p *page) BodyName(id council.ID) string {
	if p.Body != nil {
		return ""
	}
	for _, b := range p.Bodies {
		if b.ID == id {
			return first(b.ShortName, b.Name)
		}
	}
	return ""
}

// Site is the name in the head of the page.
func (p *page) Site() string {
	if p.Body != nil {
		return p.Body.Name
	}
	if n := len(p.Bodies); n > 3 || n == 0 {
		return p.T("portal.site")
	}
	names := make([]string, len(p.Bodies))
	for i, b := range p.Bodies {
		names[i] = first(b.ShortName, b.Name)
	}
	return strings.Join(names, " · ")
}

// T is a text in the page's language; args are pairs of placeholder and value.
func (p *page) T(key string, args ...any) string {
	texts := make([]string, len(args))
	for i, a := range args {
		texts[i] = fmt.Sprint(a)
	}
	return locales.T(p.Lang, key, texts...)
}

// De marks what the town wrote, in German, on a page in another language: a screen reader must not read it as English.
func (p *page) De() template.HTMLAttr {
	if p.Lang == "de" {
		return ""
	}
	return `lang="de"`
}

// Recent reports whether a meeting began within the last day: lists then say that it has ended.
func (p *page) Recent(start time.Time) bool { return p.now.Sub(start) < 24*time.Hour }

// URL is an address of the portal that keeps the chosen language and, when the path is a list, the chosen municipality.
func (p *page) URL(path string) string {
	to, fragment, _ := strings.Cut(path, "#")
	at, raw, _ := strings.Cut(to, "?")
	q, err := url.ParseQuery(raw)
	if err != nil {
		q = url.Values{}
	}
	if p.Several() && p.Body != nil && lists[at] && !q.Has("koerperschaft") {
		q.Set("koerperschaft", string(p.Body.ID))
	}
	if p.explicit {
		q.Set("lang", p.Lang)
	}
	if len(q) > 0 {
		at += "?" + q.Encode()
	}
	if fragment != "" {
		at += "#" + fragment
	}
	return at
}

// lists are the pages that can be narrowed to a municipality.
var lists = map[string]bool{"/kalender": true, "/vorlagen": true, "/gremien": true, "/personen": true, "/suche": true}

// In is the address of this same page in another language.
func (p *page) In(lang string) string {
	q, err := url.ParseQuery(p.query)
	if err != nil {
		q = url.Values{}
	}
	q.Set("lang", lang)
	return p.path + "?" + q.Encode()
}

// For is the address of this same page for another municipality; empty = all.
func (p *page) For(body council.ID) string {
	q, err := url.ParseQuery(p.query)
	if err != nil {
		q = url.Values{}
	}
	q.Del("koerperschaft")
	q.Del("seite")
	if body != "" {
		q.Set("koerperschaft", string(body))
	}
	if len(q) == 0 {
		return p.path
	}
	return p.path + "?" + q.Encode()
}

// KeepLang is the language that forms must carry on; empty when it came from the browser's settings.
func (p *page) KeepLang() string {
	if p.explicit {
		return p.Lang
	}
	return ""
}

// View is the part of a calendar address that keeps the grid.
func (p *page) View(grid bool) string {
	if grid {
		return "&ansicht=monat"
	}
	return ""
}

// MonthKey is "2026-11".
func (p *page) MonthKey(t time.Time) string { return p.local(t).Format("2006-01") }

// Escape makes a value of a query.
func (p *page) Escape(s string) string { return url.QueryEscape(s) }

// funcs are free of the page's state.
var funcs = template.FuncMap{
	"list": func(v ...any) []any { return v },
}

// render writes a page.
func (s *server) render(c *fiber.Ctx, p *page, name string, data any) error {
	p.Data = data
	var b bytes.Buffer
	if err := s.pages[name].ExecuteTemplate(&b, "layout.gohtml", p); err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, "text/html; charset=utf-8")
	c.Set(fiber.HeaderContentLanguage, p.Lang)
	c.Set(fiber.HeaderCacheControl, "public, no-cache")
	c.Vary(fiber.HeaderAcceptLanguage)
	c.Set(fiber.HeaderContentSecurityPolicy, policyHeader)
	return c.Send(b.Bytes())
}

// policyHeader: no script at all, everything from here.
const policyHeader = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// guard turns errors into pages. An id that never existed and one that is not public cannot be told apart: same status, headers,
// bytes. The page says nothing of the request.
func (s *server) guard(c *fiber.Ctx, err error) error {
	if err == nil {
		return nil
	}
	status, name := fiber.StatusInternalServerError, "page_broken.gohtml"
	switch council.KindOf(err) {
	case council.NotFound:
		status, name = fiber.StatusNotFound, "page_missing.gohtml"
	case council.Unavailable:
		status = fiber.StatusServiceUnavailable
		slog.ErrorContext(c.UserContext(), "portal", "error", err)
	default:
		slog.ErrorContext(c.UserContext(), "portal", "error", err)
	}
	p, again := s.begin(c)
	if again != nil { // the database is away: a page without the municipalities
		p = &page{s: s, StyleURL: s.styleURL, now: s.Clock(), Lang: locales.Match(c.Get(fiber.HeaderAcceptLanguage))}
	}
	p.path, p.query = "/", ""
	p.Title = p.T("portal.missing.title")
	if status != fiber.StatusNotFound {
		p.Title = p.T("portal.broken.title")
	}
	c.Status(status)
	return s.render(c, p, name, nil)
}

func first(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}
