package server

import (
	"github.com/gofiber/fiber/v2"

	"ris/app/council"
	"ris/app/server/httpkit"
)

// mountPasskeys registers the way of passkeys, behind the door for signed-in people.
func (s *surface) mountPasskeys(app *fiber.App, limit fiber.Handler) {
	person := s.kit.Require(httpkit.Person)
	there := func(c *fiber.Ctx) error {
		if s.Passkeys == nil {
			return council.ErrNotFound()
		}
		return c.Next()
	}
	app.Get("/auth/passkeys", person, there, s.passkeys.List)
	app.Post("/auth/passkeys/begin", limit, person, there, s.passkeys.BeginAdd)
	app.Post("/auth/passkeys", limit, person, there, s.passkeys.Add)
	app.Delete("/auth/passkeys/:id", limit, person, there, s.passkeys.Remove)
	app.Post("/auth/confirm/begin", limit, person, there, s.passkeys.BeginConfirm)
	app.Post("/auth/confirm", limit, person, there, s.passkeys.Confirm)
}
