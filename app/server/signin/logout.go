package signin

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"ris/app/council"
	"ris/app/server/httpkit"
	"ris/auth/session"
)

// Logout ends the session of this browser and leads to the public pages; without a session it does just that.
//
// Clear-Site-Data empties what the app has stored on the device (W3C Clear Site Data, "storage"): the next person at a shared
// device finds nothing. The app sends marks that are still under way before it signs out. The HTTP cache holds nothing
// personal (personal answers are no-store), and emptying it takes browsers seconds, so it is left alone.
func (h *Handlers) Logout(c *fiber.Ctx) error {
	name := session.CookieName(h.Origins.Secure(c))
	if token := c.Cookies(name); token != "" {
		err := h.Kit.SignIn(c) // only to know whose session ends, for the log
		if err != nil && council.KindOf(err) != council.Unauthenticated {
			return err
		}
		if err := h.leave(c.UserContext(), c, token); err != nil {
			return err
		}
		h.setCookie(c, name, "", -1)
	}
	c.Set("Clear-Site-Data", `"storage"`)
	c.Set(fiber.HeaderCacheControl, "no-store")
	return c.Redirect("/", fiber.StatusSeeOther)
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
