package portal

import (
	"errors"
	"io/fs"
	"strings"

	"github.com/gofiber/fiber/v2"
)

// contentView is one of the municipality's own texts. Without one, Own is false and the page shows what the Body's data says.
type contentView struct {
	Key        string
	Own        bool
	Paragraphs []string
}

// showImprint answers the Impressum (DDG § 5).
func (s *server) showImprint(c *fiber.Ctx) error { return s.content(c, "imprint") }

// showAccessibility answers the statement on accessibility with its feedback contact (BITV 2.0, BGG § 12b).
func (s *server) showAccessibility(c *fiber.Ctx) error { return s.content(c, "accessibility") }

// showPrivacy answers the notice on privacy (DSGVO, article 13).
func (s *server) showPrivacy(c *fiber.Ctx) error { return s.content(c, "privacy") }

func (s *server) content(c *fiber.Ctx, key string) error {
	p, err := s.begin(c)
	if err != nil {
		return err
	}
	v := contentView{Key: key}
	if s.Content != nil {
		for _, name := range []string{key + "." + p.Lang + ".txt", key + ".de.txt"} {
			text, err := fs.ReadFile(s.Content, name)
			if errors.Is(err, fs.ErrNotExist) {
				continue
			}
			if err != nil {
				return err
			}
			for part := range strings.SplitSeq(strings.ReplaceAll(string(text), "\r\n", "\n"), "\n\n") {
				if part = strings.TrimSpace(part); part != "" {
					v.Paragraphs = append(v.Paragraphs, part)
				}
			}
			v.Own = len(v.Paragraphs) > 0
			break
		}
	}
	p.Title = p.T("portal." + key + ".title")
	return s.render(c, p, "page_content.gohtml", v)
}
