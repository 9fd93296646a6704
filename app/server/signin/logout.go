package signin

import (
	"context"
	"encoding/json"
	"time"

	"github.com/gofiber/fiber/v2"

	"ris/app/council"
	"ris/app/server/httpkit"
	"ris/auth/session"
	"ris/auth/sso"
	"ris/web/locales"
)

// Logout ends the session of this browser and leads to the public pages, or, where the provider has a sign-out of its own, by way
// of a page there; without a session it does just that.
//
// Clear-Site-Data empties what the app has stored on the device (W3C Clear Site Data, "storage"): the next person at a shared
// device finds nothing. The app sends marks that are still under way before it signs out. The HTTP cache holds nothing
// personal (personal answers are no-store), and emptying it takes browsers seconds, so it is left alone.
func (h *Handlers) Logout(c *fiber.Ctx) error {
	name := session.CookieName(h.Origins.Secure(c))
	away := ""
	if token := c.Cookies(name); token != "" {
		err := h.Kit.SignIn(c) // only to know whose session ends, for the log
		if err != nil && council.KindOf(err) != council.Unauthenticated {
			return err
		}
		if err := h.leave(c.UserContext(), c, token); err != nil {
			return err
		}
		h.setCookie(c, name, "", -1)
		away = h.awayTo(c)
	}
	c.Set("Clear-Site-Data", `"storage"`)
	c.Set(fiber.HeaderCacheControl, "no-store")
	if away == "" {
		return c.Redirect("/", fiber.StatusSeeOther)
	}
	// Not straight to the provider: a browser holds the whole way of a form to the page's form-action, which names this site alone.
	h.pathCookie(c, leavingCookie, signedOutPath, h.Sealer.SealAs(leavingCookie, []byte(away)), time.Minute)
	return c.Redirect(signedOutPath, fiber.StatusSeeOther)
}

func (h *Handlers) leave(ctx context.Context, c *fiber.Ctx, token string) error {
	v := httpkit.Viewer(c)
	return h.Store.InTx(ctx, func(ctx context.Context) error {
		if err := h.Sessions.End(ctx, token); err != nil {
			return err
		}
		if !v.SignedIn() {
			return nil
		}
		facts, err := h.Store.Facts(ctx, v.Person())
		if err != nil {
			return err
		}
		return h.audit(ctx, "session.end", facts.Person)
	})
}

// SignedOut says that one is signed out. Straight after Logout it goes on to the provider (RP-Initiated Logout 1.0), which comes
// back here.
func (h *Handlers) SignedOut(c *fiber.Ctx) error {
	c.Set(fiber.HeaderCacheControl, "no-store")
	c.Set(fiber.HeaderReferrerPolicy, "no-referrer")
	lang := httpkit.Lang(c)
	page := httpkit.Page{Lang: lang, Title: locales.T(lang, "signin.signed_out.title"), Text: []string{locales.T(lang, "signin.signed_out.text")},
		Action: httpkit.Link{Text: locales.T(lang, "page.home"), Path: "/"}, Second: httpkit.Link{Text: locales.T(lang, "signin.again"), Path: loginPath}}
	if away, ok := h.Sealer.OpenAs(leavingCookie, c.Cookies(h.prefixed(c, leavingCookie))); ok {
		h.pathCookie(c, leavingCookie, signedOutPath, "", -1)
		page.Text = []string{locales.T(lang, "signin.signed_out.going_on")}
		page.Action = httpkit.Link{Text: locales.T(lang, "signin.signed_out.go_on"), Path: string(away)}
		c.Set("Refresh", "0; url="+string(away))
	}
	return httpkit.SendPage(c, fiber.StatusOK, page)
}

// The two cookies of signing out at the provider. Both are sealed and sent to one path each; "__Secure-" because "__Host-" would
// send them everywhere.
const (
	hintCookie    = "ris-hint"    // the ID token of the sign-in, for id_token_hint
	leavingCookie = "ris-leaving" // where to go on, set by a sign-out of our own alone: no foreign page can send somebody there
)

// hint is what is remembered of a sign-in for its end.
type hint struct {
	Issuer  string `json:"i"`
	IDToken string `json:"t"`
}

// largestHint keeps the cookie below the 4096 bytes that browsers promise (RFC 6265, section 6.1), sealed and encoded.
const largestHint = 2700

// rememberHint keeps the ID token for the provider's sign-out; one that is too long is left out, the provider may ask then.
func (h *Handlers) rememberHint(c *fiber.Ctx, id sso.Identity, s session.Session) {
	kept := hint{Issuer: id.Issuer, IDToken: id.IDToken}
	if len(kept.IDToken) > largestHint {
		kept.IDToken = ""
	}
	plain, _ := json.Marshal(kept) // two texts
	h.pathCookie(c, hintCookie, logoutPath, h.Sealer.SealAs(hintCookie, plain), s.Expires.Sub(s.Created))
}

// awayTo is the provider's sign-out for this browser's sign-in; empty when there is none, or the provider does not answer soon.
func (h *Handlers) awayTo(c *fiber.Ctx) string {
	plain, ok := h.Sealer.OpenAs(hintCookie, c.Cookies(h.prefixed(c, hintCookie)))
	h.pathCookie(c, hintCookie, logoutPath, "", -1)
	var kept hint
	if !ok || json.Unmarshal(plain, &kept) != nil {
		return ""
	}
	provider, ok := h.issuing(kept.Issuer)
	if !ok {
		return ""
	}
	ctx, cancel := context.WithTimeout(c.UserContext(), 2*time.Second)
	defer cancel()
	origin, _ := h.Origins.Of(c)
	away, _ := provider.EndSession(ctx, kept.IDToken, origin+signedOutPath)
	return away
}

func (h *Handlers) prefixed(c *fiber.Ctx, name string) string {
	if h.Origins.Secure(c) {
		return "__Secure-" + name
	}
	return name
}

func (h *Handlers) pathCookie(c *fiber.Ctx, name, path, value string, maxAge time.Duration) {
	cookie := &fiber.Cookie{Name: h.prefixed(c, name), Value: value, Path: path, HTTPOnly: true, Secure: h.Origins.Secure(c),
		SameSite: fiber.CookieSameSiteLaxMode, MaxAge: int(maxAge / time.Second)}
	if maxAge < 0 {
		cookie.MaxAge, cookie.Expires = -1, time.Unix(1, 0)
	}
	c.Cookie(cookie)
}
