package portal

import (
	"io"
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"ris/app/council"
	"ris/app/publication/readmodel"
	"ris/app/server/httpkit"
	"ris/documents/blob"
)

// showFile answers the public rendition, to be read in the browser: ranges, validators, its length.
func (s *server) showFile(c *fiber.Ctx) error { return s.sendFile(c, "inline") }

// downloadFile answers the same bytes to be kept.
func (s *server) downloadFile(c *fiber.Ctx) error { return s.sendFile(c, "attachment") }

func (s *server) sendFile(c *fiber.Ctx, disposition string) error {
	o, err := s.living(c.UserContext(), readmodel.File, c.Params("id"))
	if err != nil {
		return err
	}
	if o.Deleted { // OParl 1.1: the content of a deleted file should answer 410
		p, err := s.begin(c)
		if err != nil {
			return err
		}
		p.choose(o.Body)
		return s.withdrawn(c, p, o)
	}
	row, err := s.Model.PublicFile(c.UserContext(), o.ID)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentDisposition, disposition+"; "+filenames(row.FileName))
	c.Set(fiber.HeaderCacheControl, "public, no-cache") // asked again each time: a withdrawal must be seen
	c.Set(fiber.HeaderXContentTypeOptions, "nosniff")
	c.Set(fiber.HeaderAccessControlAllowOrigin, "*")
	c.Set("Cross-Origin-Resource-Policy", "cross-origin")
	ctx := c.UserContext()
	return httpkit.SendContent(c, httpkit.Content{
		Type: "application/pdf", Size: row.Size, ETag: `"` + row.Blob + `"`, Modified: o.Modified,
		Open: func(part council.ByteRange) (io.Reader, error) {
			bytes, err := s.Blobs.Open(ctx, blob.Public, row.Blob)
			if err != nil {
				return nil, err
			}
			return closing{io.NewSectionReader(bytes, part.Start, part.End-part.Start), bytes}, nil
		},
	})
}

// closing reads the part and closes the blob when the server is done with it.
type closing struct {
	io.Reader
	io.Closer
}

// filenames gives a plain name for old clients and the exact one (RFC 6266, RFC 8187).
func filenames(name string) string {
	if name == "" {
		name = "dokument.pdf"
	}
	plain := strings.Map(func(r rune) rune {
		if r < 0x20 || r > 0x7e || strings.ContainsRune(`"\/`, r) {
			return '_'
		}
		return r
	}, name)
	return `filename="` + plain + `"; filename*=UTF-8''` + strings.ReplaceAll(url.QueryEscape(name), "+", "%20")
}
