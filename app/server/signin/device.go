package signin

import (
	"context"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"ris/app/council"
	"ris/app/server/httpkit"
	"ris/auth/session"
)

// Devices keeps the list of browsers; *devices.Service is one. Enter gives the browser's device and the value that its cookie must have.
type Devices interface {
	httpkit.Devices
	Enter(ctx context.Context, person council.ID, token, agent string) (council.Device, string, error)
}

// deviceLife is how long a browser is known without a sign-in; browsers keep no cookie longer (RFC 6265bis, section 5.5).
const deviceLife = 400 * 24 * time.Hour

// atDevice is the browser of one sign-in.
type atDevice struct {
	h     *Handlers
	had   string // value of its cookie, or empty
	agent string
	token string // value to keep
}

func (h *Handlers) newDevice(c *fiber.Ctx) *atDevice {
	return &atDevice{h: h, had: strings.Clone(h.Kit.DeviceToken(c)), agent: strings.Clone(c.Get(fiber.HeaderUserAgent))}
}

// enter ties the session to the browser's device.
func (d *atDevice) enter(ctx context.Context, s *session.Session) error {
	if d.h.Devices == nil {
		return nil
	}
	device, token, err := d.h.Devices.Enter(ctx, s.Person, d.had, d.agent)
	if err != nil {
		return err
	}
	d.token, s.Device, s.DeviceHash = token, device.ID, device.SecretHash
	return nil
}

// keep writes the cookie by which the browser is known from now on.
func (d *atDevice) keep(c *fiber.Ctx) {
	if d.token != "" {
		secure := d.h.Origins.Secure(c)
		httpkit.SetCookie(c, session.DeviceCookieName(secure), d.token, secure, deviceLife)
	}
}
