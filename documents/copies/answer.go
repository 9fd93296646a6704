package copies

import (
	"io"
	"net/http"
	"strconv"
	"strings"

	"ris/documents/blob"
)

// Content is what an answer is cut from: a *Copy, or a public rendition (see Plain).
type Content interface {
	io.ReaderAt
	Size() int64
	ETag() string // quoted, strong
}

// Request holds the parts of an HTTP request that decide which bytes go out; the header fields as they came, or "".
type Request struct {
	Method      string
	Range       string
	IfRange     string
	IfNoneMatch string
}

// Answer is what to send: 200, 206, 304 or 416. Body is nil for HEAD, 304 and 416; it reads from the content, which must stay
// open until then. Length is the Content-Length header: set it also for HEAD.
type Answer struct {
	Status int
	Header map[string]string
	Length int64
	Body   io.Reader
}

// Respond answers GET and HEAD with single ranges (RFC 9110, section 14). Several ranges, another unit or a bad syntax are
// answered with the whole content, as the RFC allows; If-Range that does not meet the tag too.
func Respond(req Request, c Content) Answer {
	a := Answer{Status: http.StatusOK, Length: c.Size(), Header: map[string]string{"Accept-Ranges": "bytes", "ETag": c.ETag()}}
	if matches(req.IfNoneMatch, c.ETag()) {
		a.Status, a.Length = http.StatusNotModified, 0
		return a
	}
	var start int64
	// "A server MUST ignore a Range header field received with a request method that is unrecognized or for which range handling
	// is not defined": it is defined for GET; HEAD answers as the GET of the whole would (section 14.2).
	if req.Range != "" && req.Method != http.MethodHead && (req.IfRange == "" || req.IfRange == c.ETag()) {
		from, to, ok := parseRange(req.Range, c.Size())
		switch {
		case ok && from >= to:
			a.Status, a.Length = http.StatusRequestedRangeNotSatisfiable, 0
			a.Header["Content-Range"] = "bytes */" + strconv.FormatInt(c.Size(), 10)
			return a
		case ok:
			a.Status, start, a.Length = http.StatusPartialContent, from, to-from
			a.Header["Content-Range"] = "bytes " + strconv.FormatInt(from, 10) + "-" + strconv.FormatInt(to-1, 10) + "/" + strconv.FormatInt(c.Size(), 10)
		}
	}
	if req.Method != http.MethodHead {
		a.Body = &stretch{c, start, start + a.Length}
	}
	return a
}

// parseRange reads "bytes=a-b", "bytes=a-" or "bytes=-n" into the half-open [from, to), cut at size. from >= to: nothing of it
// exists. ok is false for everything that is to be ignored.
func parseRange(header string, size int64) (from, to int64, ok bool) {
	unit, spec, found := strings.Cut(header, "=")
	if !found || !strings.EqualFold(strings.TrimSpace(unit), "bytes") || strings.Contains(spec, ",") {
		return 0, 0, false
	}
	first, last, found := strings.Cut(strings.TrimSpace(spec), "-")
	if !found {
		return 0, 0, false
	}
	if first == "" {
		n, good := number(last)
		if !good {
			return 0, 0, false
		}
		return max(0, size-n), size, true
	}
	from, good := number(first)
	if !good {
		return 0, 0, false
	}
	if last == "" {
		return from, size, true
	}
	end, good := number(last)
	if !good || end < from {
		return 0, 0, false
	}
	return from, min(end, size-1) + 1, true
}

// number reads digits only: strconv alone would take "+5". A number beyond int64 is as good as the largest.
func number(s string) (int64, bool) {
	if s == "" {
		return 0, false
	}
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		n = 1<<63 - 2
	}
	return n, true
}

// matches compares weakly, as If-None-Match asks (RFC 9110, section 13.1.2).
func matches(header, etag string) bool {
	for part := range strings.SplitSeq(header, ",") {
		part = strings.TrimSpace(part)
		if part == "*" && header != "" || part != "" && strings.TrimPrefix(part, "W/") == etag {
			return true
		}
	}
	return false
}

// Plain is an unchanged blob as Content, for public renditions; key is the blob's hash.
func Plain(r blob.Reader, key string) Content { return plain{r, `"` + key + `"`} }

type plain struct {
	blob.Reader
	etag string
}

func (p plain) ETag() string { return p.etag }
