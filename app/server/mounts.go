package server

import (
	"github.com/gofiber/fiber/v2"

	"ris/app/server/api"
	"ris/app/server/oparl"
	"ris/app/server/portal"
)

// API mounts the surface for signed-in people; Portal and OParl those for everybody. The assembly hands in the use-cases and
// does not need to know the router.
func API(d api.Deps) func(*fiber.App, fiber.Handler) error {
	return func(app *fiber.App, person fiber.Handler) error {
		app.Use(api.Prefix, person)
		return api.Mount(app, d)
	}
}

// Portal mounts the public's pages.
func Portal(d portal.Deps) func(fiber.Router) error {
	return func(r fiber.Router) error { return portal.Mount(r, d) }
}

// OParl mounts the open data.
func OParl(d oparl.Deps) func(fiber.Router) error {
	return func(r fiber.Router) error {
		oparl.Mount(r, d)
		return nil
	}
}
