package api

import (
	"mime"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"ris/app/council"
	"ris/documents/copies"
)

// streams are the routes whose bodies are bytes and not JSON: raw handlers, so that nothing is held in memory.
func (s *surface) streams(app *fiber.App) {
	app.Get(Prefix+"/files/:id", s.fileStream) // fiber answers HEAD with it
	app.Post(Prefix+"/papers/:id/files", s.fileAdd)
	s.uploads(app)
	s.describeStreams()
}

// fileStream answers the viewer's personal copy, whole or in part.
func (s *surface) fileStream(c *fiber.Ctx) error {
	call := newCall(c)
	peek := call.method == fiber.MethodHead
	ctx := c.UserContext()
	own, err := s.Packets.OpenFile(ctx, call.viewer, council.ID(c.Params("id")), council.ID(c.Query("version")), peek)
	if err != nil {
		return err
	}
	a := copies.Respond(copies.Request{Method: call.method, Range: c.Get(fiber.HeaderRange), IfRange: c.Get(fiber.HeaderIfRange),
		IfNoneMatch: c.Get(fiber.HeaderIfNoneMatch)}, own)
	for name, value := range a.Header {
		c.Set(name, value)
	}
	c.Set(fiber.HeaderContentType, "application/pdf")
	c.Set(fiber.HeaderContentDisposition, mime.FormatMediaType("inline", map[string]string{"filename": own.File.FileName}))
	// A file of foreign bytes never runs anything in our origin, whatever a browser takes it for.
	c.Set(fiber.HeaderContentSecurityPolicy, "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; sandbox")
	c.Set(fiber.HeaderCacheControl, "private, no-store")
	c.Status(a.Status)
	if a.Body == nil {
		_ = own.Close()
		c.Response().SkipBody = true
		c.Response().Header.SetContentLength(int(a.Length))
		c.Set(fiber.HeaderContentLength, strconv.FormatInt(a.Length, 10))
		return nil
	}
	c.Context().SetBodyStream(&closing{a.Body, own}, int(a.Length)) // fasthttp closes it
	return nil
}
