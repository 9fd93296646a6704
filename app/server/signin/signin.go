package signin

import (
	"context"
	"log/slog"
	"net/url"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"ris/app/council"
	"ris/app/server/httpkit"
	"ris/auth/session"
	"ris/auth/sso"
	"ris/web/locales"
)

// Provider is the OpenID provider; *sso.Client is one.
type Provider interface {
	Begin(ctx context.Context, redirect string) (address string, login sso.Login, err error)
	Finish(ctx context.Context, login sso.Login, answer url.Values) (sso.Identity, error)
}

// Store is what the sign-in needs of the database. HasIdentity reports whether any identity is bound to the person.
type Store interface {
	InTx(ctx context.Context, fn func(ctx context.Context) error) error
	IdentityPerson(ctx context.Context, issuer, subject string) (council.ID, error)
	SaveIdentity(ctx context.Context, issuer, subject string, person council.ID) error
	HasIdentity(ctx context.Context, person council.ID) (bool, error)
	PersonByAccount(ctx context.Context, account string) (council.Person, error)
	Audit(ctx context.Context, e council.AuditEntry) error
	httpkit.FactsStore
}

// Handlers are the three routes.
type Handlers struct {
	Provider Provider // nil: none is set up
	Store    Store
	Sessions *session.Manager
	Sealer   *session.Sealer
	Origins  httpkit.Origins
	Kit      *httpkit.Kit
	Clock    council.Clock
	Log      *slog.Logger
}

// Paths of the sign-in; callbackPath is registered with the provider.
const (
	loginPath    = "/auth/login"
	callbackPath = "/auth/callback"
)

// Redirect sends somebody who asked for a page to the sign-in and back to the page afterwards.
func Redirect(c *fiber.Ctx) error {
	c.Set(fiber.HeaderCacheControl, "no-store")
	return c.Redirect(loginPath+"?return="+url.QueryEscape(string(c.Request().URI().RequestURI())), fiber.StatusFound)
}

// setCookie writes a cookie for this host alone; maxAge 0 = until the browser closes, below 0 = delete it.
func (h *Handlers) setCookie(c *fiber.Ctx, name, value string, maxAge time.Duration) {
	cookie := &fiber.Cookie{Name: name, Value: value, Path: "/", HTTPOnly: true, Secure: h.Origins.Secure(c), SameSite: fiber.CookieSameSiteLaxMode}
	if maxAge > 0 {
		cookie.MaxAge = int(maxAge / time.Second)
	}
	if maxAge < 0 {
		cookie.MaxAge = -1
		cookie.Expires = time.Unix(1, 0)
	}
	c.Cookie(cookie)
}

// page tells people what is wrong and what to do; key names "<key>.title" and "<key>.text" of the catalogue.
func (h *Handlers) page(c *fiber.Ctx, status int, key, ret string, args ...string) error {
	lang := httpkit.Lang(c)
	again := loginPath
	if ret != "" {
		again += "?return=" + url.QueryEscape(ret)
	}
	c.Set(fiber.HeaderCacheControl, "no-store")
	return httpkit.SendPage(c, status, httpkit.Page{
		Lang: lang, Title: locales.T(lang, key+".title"), Text: strings.Split(locales.T(lang, key+".text", args...), "\n"),
		Action: httpkit.Link{Text: locales.T(lang, "signin.again"), Path: again},
		Second: httpkit.Link{Text: locales.T(lang, "page.home"), Path: "/"},
	})
}
