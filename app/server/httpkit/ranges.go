package httpkit

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"ris/app/council"
)

// Content is something that can be sent in parts. Size is in bytes; ETag is strong and with its quotes; Modified may be zero.
type Content struct {
	Type     string
	Size     int64
	ETag     string
	Modified time.Time
	// Open gives exactly the bytes of r; it is not called for HEAD, 304 and 416. The reader is closed when it can be.
	Open func(r council.ByteRange) (io.Reader, error)
}

// SendContent answers GET and HEAD with 200, 206, 304 or 416 (RFC 9110, sections 13 and 14). One range is served in part;
// several are answered with the whole, which section 14.2 allows.
func SendContent(c *fiber.Ctx, content Content) error {
	c.Set(fiber.HeaderAcceptRanges, "bytes")
	c.Set(fiber.HeaderETag, content.ETag)
	if !content.Modified.IsZero() {
		c.Set(fiber.HeaderLastModified, content.Modified.UTC().Format(httpTime))
	}
	if inm := c.Get(fiber.HeaderIfNoneMatch); inm != "" && NoneMatch(inm, content.ETag) {
		return c.SendStatus(fiber.StatusNotModified)
	}
	part := council.ByteRange{End: content.Size}
	header := c.Get(fiber.HeaderRange)
	if since := c.Get(fiber.HeaderIfRange); since != "" && since != content.ETag {
		header = "" // section 13.1.5: it has changed, so send the whole
	}
	if asked, found, ok := parseRange(header, content.Size); found && !ok {
		c.Set(fiber.HeaderContentRange, fmt.Sprintf("bytes */%d", content.Size))
		return c.SendStatus(fiber.StatusRequestedRangeNotSatisfiable)
	} else if found {
		part = asked
		c.Status(fiber.StatusPartialContent)
		c.Set(fiber.HeaderContentRange, fmt.Sprintf("bytes %d-%d/%d", part.Start, part.End-1, content.Size))
	}
	c.Set(fiber.HeaderContentType, content.Type)
	length := part.End - part.Start
	if c.Method() == fiber.MethodHead {
		c.Response().SkipBody = true
		c.Response().Header.SetContentLength(int(length))
		return nil
	}
	body, err := content.Open(part)
	if err != nil {
		return err
	}
	c.Context().SetBodyStream(body, int(length))
	return nil
}

// httpTime is the preferred date format (RFC 9110, section 5.6.7).
const httpTime = "Mon, 02 Jan 2006 15:04:05 GMT"

// parseRange reads a Range header. found is false when there is none to follow (missing, other unit, malformed, several);
// ok is false when it is well-formed and cannot be satisfied.
func parseRange(header string, size int64) (r council.ByteRange, found, ok bool) {
	spec, bytes := strings.CutPrefix(header, "bytes=")
	first, last, dash := strings.Cut(strings.TrimSpace(spec), "-")
	if !bytes || !dash || strings.Contains(spec, ",") {
		return r, false, false
	}
	number := func(s string) (int64, bool) {
		n, err := strconv.ParseInt(s, 10, 64)
		return n, err == nil && n >= 0 && s[0] != '+'
	}
	if first == "" { // the last n bytes
		n, good := number(last)
		if !good {
			return r, false, false
		}
		return council.ByteRange{Start: max(0, size-n), End: size}, true, n > 0 && size > 0
	}
	start, good := number(first)
	if !good {
		return r, false, false
	}
	end := size
	if last != "" {
		n, good := number(last)
		if !good || n < start {
			return r, false, false
		}
		end = min(size, n+1)
	}
	return council.ByteRange{Start: start, End: end}, true, start < size
}
