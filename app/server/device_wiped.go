package server

import (
	"context"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"

	"github.com/gofiber/fiber/v2"

	"ris/app/council"
	"ris/app/server/httpkit"
	"ris/auth/lease"
	"ris/auth/session"
)

// deviceDesk is what lost devices and offline readers ask without a session; *devices.Service is one.
type deviceDesk interface {
	Confirm(ctx context.Context, receipt string) error
	Key(ctx context.Context) (ed25519.PublicKey, error)
}

// deviceWiped takes a device's word that it has deleted: JSON {receipt}. It has no session any more; the receipt of the order is all
// that it needs, and all that it can show. 204, else the same 404 for every receipt that is none.
func (s *surface) deviceWiped(c *fiber.Ctx) error {
	desk, ok := s.Devices.(deviceDesk)
	if !ok {
		return council.ErrNotFound()
	}
	if string(c.Request().Header.ContentType()) != fiber.MIMEApplicationJSON { // no foreign form can send it
		return council.E(council.Invalid, "error.unsupported_media_type")
	}
	var in struct {
		Receipt string `json:"receipt"`
	}
	body := c.Body()
	if len(body) > 1000 || json.Unmarshal(body, &in) != nil {
		return council.E(council.Invalid, "error.malformed")
	}
	if err := desk.Confirm(c.UserContext(), in.Receipt); err != nil {
		return err
	}
	c.Set(fiber.HeaderCacheControl, "no-store")
	// A word that is repeated later, from another window, must not end what was begun here since.
	if c.Cookies(session.WipeCookieName(s.kit.Origins.Secure(c))) == in.Receipt {
		httpkit.Wiped(c)
	}
	return c.SendStatus(fiber.StatusNoContent)
}

// leaseKey serves the public key with which leases are checked, as a JSON Web Key (RFC 8037).
func (s *surface) leaseKey(c *fiber.Ctx) error {
	desk, ok := s.Devices.(deviceDesk)
	if !ok {
		return council.ErrNotFound()
	}
	key, err := desk.Key(c.UserContext())
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderCacheControl, "public, max-age=3600")
	return c.JSON(fiber.Map{"kty": "OKP", "crv": "Ed25519", "kid": lease.KeyID(key), "x": base64.RawURLEncoding.EncodeToString(key)})
}
