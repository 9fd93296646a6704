package signin

import (
	"cmp"
	"context"
	"net/url"

	"github.com/gofiber/fiber/v2"

	"ris/app/server/httpkit"
	"ris/auth/sso"
	"ris/web/locales"
)

// Provider is an OpenID provider; *sso.Client is one. Name tells several apart and is empty for an only one.
type Provider interface {
	Name() string
	Issuer() string
	Begin(ctx context.Context, redirect string, ask sso.Ask) (address string, login sso.Login, err error)
	Finish(ctx context.Context, login sso.Login, answer url.Values) (sso.Identity, error)
	Notice(ctx context.Context, raw string) (sso.Notice, error)
	EndSession(ctx context.Context, hint, back string) (address string, ok bool)
}

// Choice is a provider with what the choice page calls it, by language; without a title it is called by its name.
type Choice struct {
	Provider
	Titles map[string]string
}

// Title is what people read on the button.
func (p Choice) Title(lang string) string {
	return cmp.Or(p.Titles[lang], p.Titles["de"], p.Name(), p.Issuer())
}

// named gives the provider of that name; with an only one the name may be left out.
func (h *Handlers) named(name string) (Choice, bool) {
	for _, p := range h.Providers {
		if p.Name() == name || name == "" && len(h.Providers) == 1 {
			return p, true
		}
	}
	return Choice{}, false
}

// issuing gives the provider that calls itself issuer.
func (h *Handlers) issuing(issuer string) (Choice, bool) {
	for _, p := range h.Providers {
		if p.Issuer() == issuer {
			return p, true
		}
	}
	return Choice{}, false
}

// callback is the path to which the provider comes back. Each has one of its own, so that the answer of one cannot be taken for that
// of another even where it does not name itself (RFC 9700, section 4.4.2).
func callback(p Provider) string {
	if p.Name() == "" {
		return callbackPath
	}
	return callbackPath + "/" + p.Name()
}

// choose asks with which provider to sign in; plain links, no script.
func (h *Handlers) choose(c *fiber.Ctx, ret string) error {
	lang := httpkit.Lang(c)
	page := httpkit.Page{Lang: lang, Title: locales.T(lang, "signin.choose.title"), Text: []string{locales.T(lang, "signin.choose.text")},
		Second: httpkit.Link{Text: locales.T(lang, "page.home"), Path: "/"}}
	for _, p := range h.Providers {
		page.Choices = append(page.Choices, httpkit.Link{Text: p.Title(lang), Path: loginPath + "?" + url.Values{"provider": {p.Name()}, "return": {ret}}.Encode()})
	}
	return httpkit.SendPage(c, fiber.StatusOK, page)
}
