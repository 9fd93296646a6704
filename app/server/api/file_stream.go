package api

import (
	"github.com/gofiber/fiber/v2"

	"ris/app/council"
)

// streams are the routes whose bodies are bytes and not JSON: raw handlers, so that nothing is held in memory.
func (s *surface) streams(app *fiber.App) {
	app.Get(Prefix+"/files/:id", s.fileStream) // fiber answers HEAD with it
	app.Get(Prefix+"/meetings/:id/papers.zip", s.papersZip)
	app.Get(Prefix+"/files/:id/thumbnail", s.thumbnail)
	app.Get(Prefix+"/meetings/:id/packet", s.packetStream)
	app.Post(Prefix+"/papers/:id/files", s.fileAdd)
	app.Post(Prefix+"/traces", s.traceAdd)
	app.Post(Prefix+"/files/:id/original", s.fileOriginal)
	app.Get(Prefix+"/bodies/:id/mdm-profile", s.mdmProfile)
	app.Get(Prefix+"/imports/template", s.importTemplate)
	app.Get(Prefix+"/persons/export", s.personsExport)
	s.uploads(app)
	s.describeStreams()
}

// fileStream answers the viewer's personal copy, whole or in part.
func (s *surface) fileStream(c *fiber.Ctx) error {
	call := newCall(c)
	peek := call.method == fiber.MethodHead
	ctx := c.UserContext()
	open := s.Packets.OpenFile
	if c.Query("reading") == "1" {
		open = s.Packets.OpenReading
	}
	own, err := open(ctx, call.viewer, council.ID(c.Params("id")), council.ID(c.Query("version")), peek)
	if err != nil {
		return err
	}
	return sendCopy(c, call, own, own.File.FileName)
}
