package server

import (
	"github.com/gofiber/fiber/v2"

	"ris/app/server/httpkit"
	"ris/app/server/scim"
)

// SCIM mounts the surface for directories.
func SCIM(d scim.Deps) func(fiber.Router, fiber.Handler) {
	return func(r fiber.Router, limit fiber.Handler) {
		d.Limit = limit
		scim.Mount(r, d)
	}
}

// scimRoutes are their lines in the list of routes.
func scimRoutes() (out []Route) {
	for _, r := range scim.Routes() {
		out = append(out, Route{r.Method, r.Path, httpkit.Client, "accounts of the Body for which the token was made (provisioning.Connect)"})
	}
	return out
}

// scimLimit is a directory's requests a minute: Entra's first run asks some thousand times in an hour.
const scimLimit = 1200
