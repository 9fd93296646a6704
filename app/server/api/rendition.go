package api

import (
	"context"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gofiber/fiber/v2"

	"ris/app/council"
	"ris/auth/policy"
	"ris/web/locales"
)

// FileAccessibility is how well programs for people with a disability can read a version. Looked is false while nobody has looked;
// contrast is the least seen (1 to 21), 0 = not measured. Problems say what to do, the worst first; they never block publishing.
type FileAccessibility struct {
	Looked   bool          `json:"looked"`
	Tagged   bool          `json:"tagged"`
	Language string        `json:"language"`
	Title    string        `json:"title"`
	Text     bool          `json:"text"`
	Fonts    bool          `json:"fonts"`
	Outline  bool          `json:"outline"`
	Contrast float64       `json:"contrast"`
	Problems []FileProblem `json:"problems"`
}

func accessibility(r *council.AccessibilityReport, lang string) FileAccessibility {
	out := FileAccessibility{Problems: []FileProblem{}}
	if r == nil {
		return out
	}
	out.Looked, out.Tagged, out.Language, out.Title, out.Text, out.Fonts, out.Outline, out.Contrast = true, r.Tagged, r.Language, r.Title, r.Text, r.Fonts, r.Outline, r.Contrast
	contrast := strconv.FormatFloat(r.Contrast, 'f', 1, 64)
	if lang == "de" {
		contrast = strings.ReplaceAll(contrast, ".", ",")
	}
	for _, key := range r.Problems {
		out.Problems = append(out.Problems, FileProblem{Key: key, Text: locales.T(lang, key, "contrast", contrast)})
	}
	return out
}

func (s *surface) renditionRoutes() {
	read(s, op("GET", "/files/{id}/accessibility", "showAccessibility", "How accessible a version is, for its clerk; the newest upload when no version is named", "files"),
		func(ctx context.Context, v policy.Viewer, in *VersionOf) (*Plain[FileAccessibility], error) {
			r, err := s.Packets.Accessibility(ctx, v, in.id(), council.ID(in.Version))
			return &Plain[FileAccessibility]{accessibility(r, callOf(ctx).lang)}, err
		})
}

// thumbnail answers the viewer's own small picture of a page.
func (s *surface) thumbnail(c *fiber.Ctx) error {
	call := newCall(c)
	page := 1
	if q := c.Query("page"); q != "" {
		var err error
		if page, err = strconv.Atoi(q); err != nil {
			return council.ErrNotFound()
		}
	}
	picture, err := s.Packets.Thumbnail(c.UserContext(), call.viewer, council.ID(c.Params("id")), council.ID(c.Query("version")), page)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, "image/jpeg")
	c.Set(fiber.HeaderCacheControl, "private, no-store")
	return c.Send(picture)
}

// describeThumbnail puts the raw route into the OpenAPI document.
func (s *surface) describeThumbnail(id *huma.Param, failure func(string) *huma.Response) {
	text := &huma.Schema{Type: huma.TypeString}
	get := op("GET", "/files/{id}/thumbnail", "showThumbnail", "A small picture of a page, marked for the viewer", "files")
	get.Parameters = []*huma.Param{id, {Name: "version", In: "query", Schema: text},
		{Name: "page", In: "query", Schema: &huma.Schema{Type: huma.TypeInteger}, Description: "from 1; left out = the first"}}
	get.Responses = map[string]*huma.Response{
		"200": {Description: "the picture; a plain sheet for a page that cannot be drawn", Content: map[string]*huma.MediaType{"image/jpeg": {Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}}},
		"401": failure("not signed in"), "404": failure("not found"), "409": failure("not there yet")}
	s.api.OpenAPI().AddOperation(&get)
}
