package upload

import (
	"context"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"ris/app/council"
)

// Version is the one version of the protocol.
const Version = "1.0.0"

// Extensions are those of the protocol that work here.
const Extensions = "creation,creation-with-upload,termination,expiration,checksum"

// The message keys of what a client did wrong; httpkit gives 412, 423 and 460 their status.
const (
	wrongVersion  = "upload.error.version"  // 412
	wrongOffset   = "upload.error.offset"   // 409
	busy          = "upload.error.busy"     // 423
	wrongChecksum = "upload.error.checksum" // 460
	tooMuch       = "upload.error.too_much" // 413: more than was declared
	malformed     = "error.malformed"       // 400
)

// Request is one request as it came.
type Request struct {
	Method string                   // as sent; a POST with X-HTTP-Method-Override becomes what it names
	ID     string                   // of the upload; "" = the collection
	Header func(name string) string // "" when it was not sent
	Length int64                    // of the body in bytes; -1 = not declared
	Body   io.Reader                // nil = none
}

// Answer is what to send when there is no error. With an error only Header counts: it belongs to the error's own answer.
type Answer struct {
	Status int
	Header map[string]string
}

// Entry is what the host keeps of an upload.
type Entry struct {
	ID       string
	Length   int64             // bytes
	Metadata map[string]string // of Upload-Metadata
	Expires  time.Time
	Result   string // where the result is, once the host has taken it; "" before
}

// Host decides who may upload what, remembers the uploads, and takes complete ones. An error goes to the client as it is;
// council.NotFound for an upload that does not exist or is another person's.
type Host interface {
	// Begin is asked before the first byte: it refuses or answers the id of the new upload. Expires and ID are the host's.
	Begin(ctx context.Context, length int64, metadata map[string]string) (Entry, error)
	Find(ctx context.Context, id string) (Entry, error)
	// Finish takes the complete upload. It may be called again for the same upload: after an error, and when its answer was lost; then
	// it gives the same result. content is open until Finish returns.
	Finish(ctx context.Context, id string, content io.ReadSeeker) (result string, err error)
	// Remove forgets the upload; what it has become stays.
	Remove(ctx context.Context, id string) error
}

// Core answers the requests of the protocol.
type Core struct {
	Parts *Parts
	Base  string // path of the collection, "/api/v1/uploads"
	Limit int64  // largest upload in bytes; 0 = none
}

// Serve answers one request.
func (c *Core) Serve(ctx context.Context, host Host, r Request) (Answer, error) {
	a := Answer{Header: map[string]string{"Tus-Resumable": Version}}
	method := r.Method
	if over := r.Header("X-HTTP-Method-Override"); over != "" && method == http.MethodPost {
		method = strings.ToUpper(over)
	}
	if method == http.MethodOptions {
		c.options(&a)
		return a, nil
	}
	// "If the version specified by the Client is not supported by the Server, it MUST respond with the 412 Precondition Failed status
	// and MUST include the Tus-Version header"; the request must not be processed.
	if r.Header("Tus-Resumable") != Version {
		a.Header["Tus-Version"] = Version
		return a, council.E(council.Stale, wrongVersion)
	}
	var err error
	switch {
	case method == http.MethodPost && r.ID == "":
		err = c.create(ctx, host, r, &a)
	case method == http.MethodHead && r.ID != "":
		err = c.head(ctx, host, r, &a)
	case method == http.MethodPatch && r.ID != "":
		err = c.patch(ctx, host, r, &a)
	case method == http.MethodDelete && r.ID != "":
		err = c.terminate(ctx, host, r, &a)
	default:
		err = council.E(council.Invalid, "error.method_not_allowed")
	}
	return a, err
}

func (c *Core) options(a *Answer) {
	a.Status = http.StatusNoContent
	a.Header["Tus-Version"] = Version
	a.Header["Tus-Extension"] = Extensions
	a.Header["Tus-Checksum-Algorithm"] = strings.Join(checksumNames, ",")
	if c.Limit > 0 {
		a.Header["Tus-Max-Size"] = strconv.FormatInt(c.Limit, 10)
	}
}

// create begins an upload; with a body it is creation-with-upload.
func (c *Core) create(ctx context.Context, host Host, r Request, a *Answer) error {
	length, ok := number(r.Header("Upload-Length"))
	if !ok { // Upload-Defer-Length is not among our extensions
		return council.E(council.Invalid, malformed)
	}
	if c.Limit > 0 && length > c.Limit {
		return council.E(council.TooLarge, "file.refused.too_large", "limit", MegaBytes(c.Limit))
	}
	metadata, ok := ParseMetadata(r.Header("Upload-Metadata"))
	if !ok {
		return council.E(council.Invalid, malformed)
	}
	withBody := r.Header("Content-Type") == contentType
	if !withBody && r.Length > 0 {
		return council.E(council.Invalid, "error.unsupported_media_type")
	}
	if err := c.Parts.room(length); err != nil {
		return err
	}
	e, err := host.Begin(ctx, length, metadata)
	if err != nil {
		return err
	}
	if err := c.Parts.create(e.ID); err != nil {
		return err
	}
	a.Status = http.StatusCreated
	a.Header["Location"] = c.Base + "/" + e.ID
	c.expires(e, a)
	if !withBody && length > 0 {
		return nil
	}
	if !withBody {
		r.Body, r.Length = nil, 0
	}
	return c.receive(ctx, host, e, 0, r, a)
}

// head tells how far it is. "The Server MUST prevent the client and/or proxies from caching the response".
func (c *Core) head(ctx context.Context, host Host, r Request, a *Answer) error {
	a.Header["Cache-Control"] = "no-store"
	e, err := host.Find(ctx, r.ID)
	if err != nil {
		return err
	}
	offset := e.Length
	if e.Result == "" {
		if offset, err = c.Parts.offset(e.ID); err != nil {
			return err
		}
	}
	a.Status = http.StatusOK
	a.Header["Upload-Offset"] = strconv.FormatInt(offset, 10)
	a.Header["Upload-Length"] = strconv.FormatInt(e.Length, 10)
	if m := FormatMetadata(e.Metadata); m != "" {
		a.Header["Upload-Metadata"] = m
	}
	c.expires(e, a)
	c.result(e.Result, a)
	return nil
}

// terminate takes an upload back, whole or not.
func (c *Core) terminate(ctx context.Context, host Host, r Request, a *Answer) error {
	e, err := host.Find(ctx, r.ID)
	if err != nil {
		return err
	}
	if err := c.Parts.remove(e.ID); err != nil {
		return err
	}
	a.Status = http.StatusNoContent
	return host.Remove(ctx, e.ID)
}

// expires: "The Upload-Expires header ... MUST be in RFC 7231 datetime format", on creation and every PATCH.
func (c *Core) expires(e Entry, a *Answer) {
	if e.Result == "" && !e.Expires.IsZero() {
		a.Header["Upload-Expires"] = e.Expires.UTC().Format(http.TimeFormat)
	}
}

// result is ours, not of the protocol: where the file is that the upload has become.
func (c *Core) result(at string, a *Answer) {
	if at != "" {
		a.Header["Upload-Result"] = at
	}
}

// number reads a decimal number without sign; false for everything else, and for more than 2^53, which no client of the web can count.
func number(s string) (int64, bool) {
	if s == "" || len(s) > 16 {
		return 0, false
	}
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
	}
	n, err := strconv.ParseInt(s, 10, 64)
	return n, err == nil && n <= 1<<53
}

// MegaBytes writes a limit for people, as the setting counts it (2^20 bytes).
func MegaBytes(n int64) string { return strconv.FormatInt(max(1, n>>20), 10) + " MB" }
