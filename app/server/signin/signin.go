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
	"ris/web/locales"
)

// Store is what the sign-in needs of the database. HasIdentity reports whether any identity is bound to the person.
type Store interface {
	InTx(ctx context.Context, fn func(ctx context.Context) error) error
	IdentityPerson(ctx context.Context, issuer, subject string) (council.ID, error)
	SaveIdentity(ctx context.Context, issuer, subject string, person council.ID) error
	HasIdentity(ctx context.Context, person council.ID) (bool, error)
	PersonByAccount(ctx context.Context, account string) (council.Person, error)
	Audit(ctx context.Context, e council.AuditEntry) error
	SpendOnce(ctx context.Context, name string, until time.Time) error
	httpkit.FactsStore
}

// Directory settles what the groups of a sign-in say of the person's kind of account; *directory.Service is one. It answers
// council.Forbidden when the groups do not let the person in.
type Directory interface {
	Settle(ctx context.Context, provider string, person council.Person, groups []string) error
}

// Handlers are the routes of the sign-in.
type Handlers struct {
	Providers []Choice      // none: the page says that none is set up
	Directory Directory     // nil: groups count for nothing
	StepUp    time.Duration // how old a proof may be for non-public papers; 0 = does not matter
	Devices   Devices       // nil: browsers are not told apart
	Store     Store
	Sessions  *session.Manager
	Sealer    *session.Sealer
	Origins   httpkit.Origins
	Kit       *httpkit.Kit
	Clock     council.Clock
	Log       *slog.Logger
}

// Paths of the sign-in; callbackPath, signedOutPath and noticePath are registered with the provider.
const (
	loginPath     = "/auth/login"
	callbackPath  = "/auth/callback"
	logoutPath    = "/auth/logout"
	signedOutPath = "/auth/signed-out"
	confirmPath   = "/app/bestaetigen"
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
