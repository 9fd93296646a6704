package httpkit

import (
	"bytes"
	_ "embed"
	"html/template"

	"github.com/gofiber/fiber/v2"

	"ris/web/locales"
)

//go:embed wipe.js
var wipeScript []byte

//go:embed wipe_page.gohtml
var wipeSource string

var wipeTemplate = template.Must(template.New("wipe").Parse(wipeSource))

// Addresses of the page on which a lost device deletes what it holds. The app goes to WipePath with the receipt behind "#", where
// no server and no log sees it.
const (
	WipePath       = "/auth/device/wipe"
	WipeScriptPath = "/auth/device/wipe.js"
)

// WipePage shows the page without an order: the app brings the receipt. A browser that still has the receipt's cookie does not come here:
// Contact has answered the page with the order.
func WipePage(c *fiber.Ctx) error { return sendWipePage(c, fiber.StatusOK, Lang(c), "") }

// WipeScript serves its script.
func WipeScript(c *fiber.Ctx) error {
	c.Set(fiber.HeaderContentType, "text/javascript; charset=utf-8")
	c.Set(fiber.HeaderCacheControl, "no-store")
	return c.Send(wipeScript)
}

func sendWipePage(c *fiber.Ctx, status int, lang, receipt string) error {
	text := func(key string) string { return locales.T(lang, key) }
	var b bytes.Buffer
	err := wipeTemplate.Execute(&b, map[string]string{
		"Lang": lang, "Style": StylePath, "Script": WipeScriptPath, "Receipt": receipt, "Title": text("device.wipe.title"), "Text": text("device.wipe.text"),
		"Busy": text("device.wipe.busy"), "Done": text("device.wipe.done"), "Offline": text("device.wipe.offline"), "Left": text("device.wipe.left"),
		"Again": text("device.wipe.again"), "SignIn": text("page.sign_in"),
	})
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderCacheControl, "no-store")
	c.Set(fiber.HeaderReferrerPolicy, "no-referrer")
	c.Set(fiber.HeaderContentLanguage, lang)
	c.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
	return c.Status(status).Send(b.Bytes())
}
