package oparl

import (
	"errors"
	"net/url"
	"path"
	"strings"

	"github.com/gofiber/fiber/v2"

	"ris/app/council"
)

// serve answers every method and path below /oparl.
func (s *server) serve(c *fiber.Ctx) error {
	c.Set(fiber.HeaderAccessControlAllowOrigin, "*")
	c.Set("Cross-Origin-Resource-Policy", "cross-origin") // made to be read by others
	switch c.Method() {
	case fiber.MethodGet, fiber.MethodHead:
	case fiber.MethodOptions:
		c.Set(fiber.HeaderAccessControlAllowMethods, "GET, HEAD")
		c.Set(fiber.HeaderAccessControlAllowHeaders, "If-None-Match, If-Modified-Since")
		return c.SendStatus(fiber.StatusNoContent)
	default:
		c.Set(fiber.HeaderAllow, "GET, HEAD, OPTIONS")
		return s.refuse(c, fiber.StatusMethodNotAllowed, "oparl.error.method", "only GET and HEAD")
	}
	raw := string(c.Request().URI().PathOriginal())
	canonical := canonicalPath(raw)
	t, known := locate(canonical)
	if !known {
		return s.refuse(c, fiber.StatusNotFound, "oparl.error.not_found", "no such address")
	}
	if raw != canonical || s.elsewhere(c) {
		to := s.PublicURL + canonical
		if query := string(c.Request().URI().QueryString()); query != "" {
			to += "?" + query
		}
		c.Set(fiber.HeaderLocation, to)
		return c.SendStatus(fiber.StatusMovedPermanently)
	}
	err := s.answer(c, t)
	if err == nil {
		return nil
	}
	switch council.KindOf(err) {
	case council.NotFound:
		return s.refuse(c, fiber.StatusNotFound, "oparl.error.not_found", "no such object")
	case council.Invalid:
		return s.refuse(c, fiber.StatusBadRequest, "oparl.error.filter", errors.Unwrap(err).Error())
	case council.Unavailable:
		logError(c, err)
		return s.refuse(c, fiber.StatusServiceUnavailable, "oparl.error.unavailable", "try again later")
	}
	logError(c, err)
	return s.refuse(c, fiber.StatusInternalServerError, "oparl.error.internal", "internal error")
}

func (s *server) answer(c *fiber.Ctx, t target) error {
	switch {
	case t.system:
		return s.showSystem(c)
	case t.object != "":
		return s.showObject(c, t)
	default:
		return s.showList(c, t)
	}
}

// canonicalPath is the one spelling of a path: decoded, lower case, single slashes, none at the end.
func canonicalPath(raw string) string {
	p, err := url.PathUnescape(raw)
	if err != nil {
		return raw
	}
	p = path.Clean("/" + strings.ToLower(p))
	if p == "/oparl" {
		return "/oparl/system" // the entry of the interface
	}
	return p
}

// elsewhere reports whether the client came by another host or scheme than the canonical one. The scheme is only known when a
// proxy in front names it; without one, what arrives here may have been https outside.
func (s *server) elsewhere(c *fiber.Ctx) bool {
	if strings.ToLower(string(c.Request().Host())) != s.host {
		return true
	}
	proto := strings.ToLower(c.Get(fiber.HeaderXForwardedProto))
	return proto == "http" && s.scheme == "https"
}
