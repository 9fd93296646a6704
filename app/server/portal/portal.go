package portal

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"html/template"
	"io/fs"
	"time"

	"github.com/gofiber/fiber/v2"

	"ris/app/council"
	"ris/app/publication/readmodel"
	"ris/documents/blob"
	"ris/search"
	files "ris/web/portal"
)

// Renditions opens blobs; the portal asks for the area Public only.
type Renditions interface {
	Open(ctx context.Context, area blob.Area, sha256 string) (blob.Reader, error)
}

// Deps are the parts that the portal stands on.
type Deps struct {
	Model readmodel.Reader
	Blobs Renditions
	// Search is the public index, asked as policy.Anonymous; nil = the search page says that search is out of order.
	Search search.Reader
	// Snippet cuts about max characters around the best matches out of text and returns safe HTML with <mark> (search/german has it).
	Snippet func(query, text string, max int) string
	// PublicURL has no slash at its end; feeds and calendars need absolute addresses.
	PublicURL string
	// Content holds the municipality's own texts: imprint.de.txt, accessibility.de.txt, privacy.de.txt and the same with
	// .en.txt; plain text, an empty line between paragraphs. nil or a missing file = a text made from the Body's data.
	Content fs.FS
	Zone    *time.Location // of the dates on the pages; nil = Europe/Berlin
	Clock   council.Clock  // nil = the system's
}

// Route is a line for the table of routes; all of them are open to everybody.
type Route struct{ Method, Path string }

type server struct {
	Deps
	pages    map[string]*template.Template
	style    []byte
	icon     []byte
	styleURL string
}

type handler struct {
	path  string
	serve func(*server, *fiber.Ctx) error
}

// handlers are all addresses of the portal. HEAD answers like GET.
var handlers = []handler{
	{"/", (*server).showHome},
	{"/koerperschaften/:id", (*server).showBody},
	{"/kalender", (*server).showCalendar},
	{"/kalender.ics", (*server).exportCalendar},
	{"/sitzungen/:id", (*server).showMeeting},
	{"/sitzungen/:id/termin.ics", (*server).exportMeeting},
	{"/vorlagen", (*server).listPapers},
	{"/vorlagen.atom", (*server).feedPapers},
	{"/vorlagen/:id", (*server).showPaper},
	{"/dateien/:id", (*server).showFile},
	{"/dateien/:id/herunterladen", (*server).downloadFile},
	{"/gremien", (*server).listOrganizations},
	{"/gremien/:id", (*server).showOrganization},
	{"/personen", (*server).listPersons},
	{"/personen/:id", (*server).showPerson},
	{"/suche", (*server).showSearch},
	{"/impressum", (*server).showImprint},
	{"/barrierefreiheit", (*server).showAccessibility},
	{"/datenschutz", (*server).showPrivacy},
	{"/portal.css", (*server).showStyle},
	{"/portal.svg", (*server).showIcon},
}

// Routes are the addresses that Mount serves.
func Routes() []Route {
	out := make([]Route, len(handlers))
	for i, h := range handlers {
		out[i] = Route{"GET", h.path}
	}
	return out
}

// Mount serves the portal. The templates are read here: a broken one stops the start, not a request.
func Mount(router fiber.Router, d Deps) error {
	s, err := newServer(d)
	if err != nil {
		return err
	}
	for _, h := range handlers {
		serve := h.serve
		router.Get(h.path, func(c *fiber.Ctx) error { return s.guard(c, serve(s, c)) })
	}
	return nil
}

// NotFound answers an unknown address with the portal's page, in the words of an unknown object; for the end of the routes.
func NotFound(d Deps) (fiber.Handler, error) {
	s, err := newServer(d)
	if err != nil {
		return nil, err
	}
	return func(c *fiber.Ctx) error { return s.guard(c, council.ErrNotFound()) }, nil
}

func newServer(d Deps) (*server, error) {
	if d.Clock == nil {
		d.Clock = council.SystemClock
	}
	if d.Zone == nil {
		zone, err := time.LoadLocation("Europe/Berlin")
		if err != nil {
			return nil, err
		}
		d.Zone = zone
	}
	s := &server{Deps: d, pages: map[string]*template.Template{}}
	var err error
	if s.style, err = files.Files.ReadFile("portal.css"); err != nil {
		return nil, err
	}
	if s.icon, err = files.Files.ReadFile("portal.svg"); err != nil {
		return nil, err
	}
	sum := sha256.Sum256(s.style)
	s.styleURL = "/portal.css?v=" + hex.EncodeToString(sum[:6])
	names, err := fs.Glob(files.Files, "page_*.gohtml")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		t, err := template.New(name).Funcs(funcs).ParseFS(files.Files, "layout.gohtml", "parts.gohtml", name)
		if err != nil {
			return nil, err
		}
		s.pages[name] = t
	}
	return s, nil
}

// showStyle answers the style sheet; its address holds its hash, so it may be kept for ever.
func (s *server) showStyle(c *fiber.Ctx) error {
	c.Set(fiber.HeaderContentType, "text/css; charset=utf-8")
	c.Set(fiber.HeaderCacheControl, "public, max-age=31536000, immutable")
	return c.Send(s.style)
}

// showIcon answers the icon of the browser's tab.
func (s *server) showIcon(c *fiber.Ctx) error {
	c.Set(fiber.HeaderContentType, "image/svg+xml")
	c.Set(fiber.HeaderCacheControl, "public, max-age=86400")
	return c.Send(s.icon)
}
