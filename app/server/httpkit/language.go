package httpkit

import (
	"github.com/gofiber/fiber/v2"

	"ris/web/locales"
)

// Lang is the language in which the asker wants to be answered: "de" or "en", by Accept-Language, German by default.
func Lang(c *fiber.Ctx) string { return locales.Match(c.Get(fiber.HeaderAcceptLanguage)) }
