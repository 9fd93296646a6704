package api

import (
	"mime"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gofiber/fiber/v2"

	"ris/app/council"
	"ris/app/packets"
	"ris/web/locales"
)

// papersZip answers the archive of the viewer's copies of all papers of a meeting, whole or in part.
func (s *surface) papersZip(c *fiber.Ctx) error {
	call := newCall(c)
	words := packets.ZipWords{Note: locales.T(call.lang, "zip.note.name"), Missing: locales.T(call.lang, "zip.note.text")}
	own, err := s.Packets.OpenPapers(c.UserContext(), call.viewer, council.ID(c.Params("id")), words, call.method == fiber.MethodHead)
	if err != nil {
		return err
	}
	if err := sendCopy(c, call, own, own.FileName); err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, "application/zip")
	c.Set(fiber.HeaderContentDisposition, mime.FormatMediaType("attachment", map[string]string{"filename": own.FileName}))
	return nil
}

// describePapersZip puts the raw route into the OpenAPI document.
func (s *surface) describePapersZip(id *huma.Param, failure func(string) *huma.Response) {
	text := &huma.Schema{Type: huma.TypeString}
	get := op("GET", "/meetings/{id}/papers.zip", "readPapers", "The viewer's own copies of all papers of a meeting, as one archive", "meetings")
	get.Parameters = []*huma.Param{id, {Name: "Range", In: "header", Schema: text}, {Name: "If-Range", In: "header", Schema: text},
		{Name: "If-None-Match", In: "header", Schema: text}}
	zip := map[string]*huma.MediaType{"application/zip": {Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}}
	get.Responses = map[string]*huma.Response{"200": {Description: "the whole archive, stored, its length known", Content: zip}, "206": {Description: "a range", Content: zip},
		"304": {Description: "as the device has it"}, "401": failure("not signed in"), "404": failure("not found"), "409": failure("there are no papers for this viewer"),
		"416": {Description: "no such range"}}
	s.api.OpenAPI().AddOperation(&get)
}
