package api

import (
	"mime"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gofiber/fiber/v2"

	"ris/app/council"
)

// fileOriginal gives the clerk what was uploaded. It is a POST because it is an act that is written down, and no link.
func (s *surface) fileOriginal(c *fiber.Ctx) error {
	o, err := s.Papers.OpenOriginal(c.UserContext(), newCall(c).viewer, council.ID(c.Params("id")), council.ID(c.Query("version")))
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, fiber.MIMEOctetStream) // foreign bytes are never shown in our origin, only saved
	c.Set(fiber.HeaderContentDisposition, mime.FormatMediaType("attachment", map[string]string{"filename": o.Name}))
	c.Set(fiber.HeaderContentSecurityPolicy, "default-src 'none'; sandbox")
	c.Set(fiber.HeaderCacheControl, "private, no-store")
	c.Context().SetBodyStream(o.Content, int(o.Content.Size())) // fasthttp closes it
	return nil
}

// describeOriginal puts the route into the OpenAPI document.
func (s *surface) describeOriginal(failure func(string) *huma.Response) {
	o := op(http.MethodPost, "/files/{id}/original", "readOriginal", "What was uploaded, for its clerk; the act is written down", "files")
	o.Parameters = []*huma.Param{{Name: "id", In: "path", Required: true, Schema: &huma.Schema{Type: huma.TypeString}},
		{Name: "version", In: "query", Schema: &huma.Schema{Type: huma.TypeString}}}
	o.Responses = map[string]*huma.Response{"200": {Description: "the bytes as uploaded", Content: map[string]*huma.MediaType{
		"application/octet-stream": {Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}}},
		"401": failure("not signed in"), "403": failure("not allowed"), "404": failure("not found"), "409": failure("locked by the virus scan")}
	s.api.OpenAPI().AddOperation(&o)
}
