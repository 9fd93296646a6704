package oparl

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"ris/app/publication/readmodel"
	"ris/web/locales"
)

// send writes JSON with a validator made from its bytes, and answers conditional requests (RFC 9110, section 13).
func (s *server) send(c *fiber.Ctx, stored []byte, modified time.Time) error {
	body := readmodel.Fill(stored, s.PublicURL)
	sum := sha256.Sum256(body)
	etag := `W/"` + hex.EncodeToString(sum[:12]) + `"` // weak: a proxy may compress
	c.Set(fiber.HeaderETag, etag)
	c.Set(fiber.HeaderCacheControl, "public, no-cache")
	if !modified.IsZero() {
		c.Set(fiber.HeaderLastModified, modified.UTC().Format(http.TimeFormat))
	}
	if fresh(c, etag, modified) {
		return c.SendStatus(fiber.StatusNotModified)
	}
	c.Set(fiber.HeaderContentType, "application/json; charset=utf-8")
	return c.Send(body)
}

// fresh: If-None-Match wins over If-Modified-Since.
func fresh(c *fiber.Ctx, etag string, modified time.Time) bool {
	if match := c.Get(fiber.HeaderIfNoneMatch); match != "" {
		for one := range strings.SplitSeq(match, ",") {
			if one = strings.TrimSpace(one); one == "*" || strings.TrimPrefix(one, "W/") == strings.TrimPrefix(etag, "W/") {
				return true
			}
		}
		return false
	}
	since, err := http.ParseTime(c.Get(fiber.HeaderIfModifiedSince))
	return err == nil && !modified.IsZero() && !modified.Truncate(time.Second).After(since)
}

// refuse answers with an OParl Error object (OParl 1.1, section "Ausnahmebehandlung"); message is for people, debug for
// programmers and never tells of what is not public.
func (s *server) refuse(c *fiber.Ctx, status int, key, debug string) error {
	body, err := json.Marshal(map[string]string{
		"type": readmodel.TypeURL + "Error", "message": locales.T(locales.Default, key), "debug": debug,
	})
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, "application/json; charset=utf-8")
	c.Set(fiber.HeaderCacheControl, "no-store")
	return c.Status(status).Send(body)
}

func logError(c *fiber.Ctx, err error) {
	slog.ErrorContext(c.UserContext(), "oparl", "path", strings.Clone(c.Path()), "error", err)
}

// join puts stored objects side by side.
func join(objects [][]byte) []byte { return bytes.Join(objects, []byte(",")) }
