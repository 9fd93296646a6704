package signin

import (
	"net/url"

	"github.com/gofiber/fiber/v2"

	"ris/auth/session"
)

// Login starts a sign-in: it remembers in a sealed cookie what must come back, and sends the browser to the provider.
// The query "return" is a path on this site to go to afterwards; anything else leads to the reader.
func (h *Handlers) Login(c *fiber.Ctx) error {
	ret := session.LocalPath(c.Query("return"))
	c.Set(fiber.HeaderCacheControl, "no-store")
	if h.Provider == nil {
		return h.page(c, fiber.StatusServiceUnavailable, "signin.not_set_up", "")
	}
	origin, known := h.Origins.Of(c)
	if !known && c.Query("at") == "" {
		// Cookies belong to one host: begin on the one to which the provider will come back. "at" ends a loop should a proxy
		// in front change the host.
		return c.Redirect(origin+loginPath+"?at=1&return="+url.QueryEscape(ret), fiber.StatusFound)
	}
	address, login, err := h.Provider.Begin(c.UserContext(), origin+callbackPath)
	if err != nil {
		h.Log.Error("sign-in cannot start", "error", err)
		return h.page(c, fiber.StatusServiceUnavailable, "signin.unavailable", ret)
	}
	sealed, err := h.Sealer.Seal(session.Login{State: login.State, Nonce: login.Nonce, Verifier: login.Verifier, Redirect: login.Redirect, Return: ret})
	if err != nil {
		return err
	}
	h.makeRoom(c)
	h.setCookie(c, session.LoginCookieName(login.State, h.Origins.Secure(c)), sealed, session.LoginLife)
	return c.Redirect(address, fiber.StatusFound)
}

// makeRoom drops abandoned sign-ins before a browser sends too many cookies.
func (h *Handlers) makeRoom(c *fiber.Ctx) {
	var names []string
	c.Request().Header.VisitAllCookie(func(name, _ []byte) {
		if session.IsLoginCookie(string(name)) {
			names = append(names, string(name))
		}
	})
	if len(names) < session.MaxLogins {
		return
	}
	for _, name := range names {
		h.setCookie(c, name, "", -1)
	}
}
