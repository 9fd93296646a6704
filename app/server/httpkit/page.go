package httpkit

import (
	"bytes"
	_ "embed"
	"html/template"

	"github.com/gofiber/fiber/v2"

	"ris/web/locales"
)

//go:embed page.gohtml
var pageSource string

//go:embed page.css
var pageStyle []byte

// StylePath is where the style sheet of plain pages is served: they need nothing that must be built.
const StylePath = "/auth/page.css"

var pageTemplate = template.Must(template.New("page").Parse(pageSource))

// Page is a plain page without script: for errors and for the sign-in. Texts are finished, in the asker's language.
type Page struct {
	Lang    string
	Title   string
	Text    []string
	Code    []string // lines to type, or none
	Choices []Link   // equal ways to go on, or none
	Action  Link     // what to do first, or empty
	Second  Link     // or empty
	Note    string   // small print, or empty
}

// Link is a text and a path on this site.
type Link struct{ Text, Path string }

// SendPage writes the page with the given status.
func SendPage(c *fiber.Ctx, status int, p Page) error {
	var b bytes.Buffer
	if err := pageTemplate.Execute(&b, struct {
		Page
		Style string
	}{p, StylePath}); err != nil {
		return err
	}
	c.Set(fiber.HeaderContentLanguage, p.Lang)
	c.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
	return c.Status(status).Send(b.Bytes())
}

// ErrorPage shows a problem to people.
func ErrorPage(c *fiber.Ctx, lang string, p *Problem) error {
	page := Page{Lang: lang, Title: p.Title, Text: []string{p.Detail}, Action: Link{locales.T(lang, "page.home"), "/"}}
	if p.Status == fiber.StatusUnauthorized {
		page.Action, page.Second = Link{locales.T(lang, "page.sign_in"), "/auth/login"}, page.Action
	}
	return SendPage(c, p.Status, page)
}

// Style serves the style sheet of plain pages.
func Style(c *fiber.Ctx) error {
	c.Set(fiber.HeaderContentType, "text/css; charset=utf-8")
	c.Set(fiber.HeaderCacheControl, "public, max-age=3600")
	return c.Send(pageStyle)
}
