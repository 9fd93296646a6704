package signin

import (
	"net/url"
	"time"

	"github.com/gofiber/fiber/v2"

	"ris/app/server/httpkit"
	"ris/auth/session"
	"ris/auth/sso"
)

// Login starts a sign-in: it remembers in a sealed cookie what must come back, and sends the browser to the provider.
// The query: "return" is a path on this site to go to afterwards, anything else leads to the reader; "provider" names one of
// several, without it a page asks; "step" = 1 asks the signed-in person's own provider to prove anew who is there.
func (h *Handlers) Login(c *fiber.Ctx) error {
	ret := session.LocalPath(c.Query("return"))
	c.Set(fiber.HeaderCacheControl, "no-store")
	if len(h.Providers) == 0 {
		return h.page(c, fiber.StatusServiceUnavailable, "signin.not_set_up", "")
	}
	origin, known := h.Origins.Of(c)
	if !known && c.Query("at") == "" {
		// Cookies belong to one host: begin on the one to which the provider will come back. "at" ends a loop should a proxy
		// in front change the host.
		on := "?at=1&return=" + url.QueryEscape(ret)
		for _, name := range []string{"provider", "step"} {
			if v := c.Query(name); v != "" {
				on += "&" + name + "=" + url.QueryEscape(v)
			}
		}
		return c.Redirect(origin+loginPath+on, fiber.StatusFound)
	}
	ask := sso.Ask{MaxAge: h.StepUp}
	provider, ok := h.named(c.Query("provider"))
	if c.Query("step") == "1" && h.Kit.SignIn(c) == nil {
		s, _ := httpkit.Session(c)
		if own, known := h.issuing(s.Issuer); known {
			provider, ok, ask.Must = own, true, h.StepUp > 0
		}
	}
	if !ok {
		return h.choose(c, ret)
	}
	address, login, err := provider.Begin(c.UserContext(), origin+callback(provider), ask)
	if err != nil {
		h.Log.Error("sign-in cannot start", "provider", provider.Name(), "error", err)
		return h.unavailable(c, ret, ask.Must)
	}
	sealed, err := h.Sealer.Seal(session.Login{State: login.State, Nonce: login.Nonce, Verifier: login.Verifier, Redirect: login.Redirect, Return: ret,
		Provider: provider.Name(), MaxAge: int(login.MaxAge / time.Second)})
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
