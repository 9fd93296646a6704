package server

import (
	"github.com/gofiber/fiber/v2"

	"ris/app/server/httpkit"
)

// mountPublic is the surface of a process that serves the public alone (RIS_ROLE=portal): no sign-in, no API, no shell, no session.
// What is not mounted answers as what does not exist.
func (s *surface) mountPublic(app *fiber.App) error {
	app.Use(nothingLeft, s.number, s.log, guard, s.headers, sameOrigin, s.boundBody)
	app.Get("/healthz", alive)
	app.Get("/readyz", s.ready)
	app.Use("/suche", httpkit.NewLimiter(s.Limits.Search, s.Clock).Limit)
	app.Use("/dateien", httpkit.NewLimiter(s.Limits.Download, s.Clock).Limit)
	return s.mountForEverybody(app)
}

// mountForEverybody is the open data, the portal, and the page for unknown addresses.
func (s *surface) mountForEverybody(app *fiber.App) error {
	for _, mount := range []func(fiber.Router) error{s.OParl, s.Portal} {
		if mount == nil {
			continue
		}
		if err := mount(app); err != nil {
			return err
		}
	}
	app.Use(s.unknown)
	return nil
}
