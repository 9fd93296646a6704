package httpkit

import (
	"encoding/json"
	"errors"
	"strings"

	"github.com/gofiber/fiber/v2"

	"ris/app/council"
	"ris/web/locales"
)

// Problem is an RFC 9457 problem document. It fits huma's StatusError and its content type filter without importing huma.
// Nothing in it depends on an object that the viewer may not see: two answers of the same kind are the same bytes.
type Problem struct {
	Type     string         `json:"type"` // "urn:ris:" and the message key: for programs
	Title    string         `json:"title"`
	Status   int            `json:"status"`
	Detail   string         `json:"detail"`             // for people, in their language: what is wrong and what to do
	Instance string         `json:"instance,omitempty"` // only for errors of ours: the number to tell the office
	Errors   []ProblemField `json:"errors,omitempty"`
	Receipt  string         `json:"receipt,omitempty"` // only with urn:ris:device.error.wipe: what the device confirms the deletion with
}

// ProblemField names one value of the request that cannot be accepted.
type ProblemField struct {
	Location string `json:"location"` // "body.start", "query.limit"
	Message  string `json:"message"`
}

// ProblemType is the media type of problem documents.
const ProblemType = "application/problem+json"

func (p *Problem) Error() string { return p.Title + ": " + p.Detail }

// GetStatus is the HTTP status code.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType is always ProblemType.
func (p *Problem) ContentType(string) string { return ProblemType }

// statuses maps each kind of error to HTTP, once.
var statuses = map[council.Kind]int{
	council.Internal: 500, council.Invalid: 422, council.Unauthenticated: 401, council.Forbidden: 403, council.NotFound: 404,
	council.Conflict: 409, council.Stale: 412, council.Gone: 410, council.TooLarge: 413, council.Unavailable: 503,
}

// keyStatuses are the few answers of HTTP itself that are no kind of error in the council: by message key.
var keyStatuses = map[string]int{
	"error.malformed": 400, "error.method_not_allowed": 405, "error.unsupported_media_type": 415,
	"upload.error.busy": 423, "upload.error.checksum": 460, // tus 1.0
	"error.if_match_required": 428, "error.too_many_requests": 429, "error.timeout": 408,
}

// byStatus are the texts for errors of the router and of fasthttp, which know only a status code.
var byStatus = map[int]*council.Error{
	400: council.E(council.Invalid, "error.malformed"), 401: council.E(council.Unauthenticated, "error.unauthenticated"),
	403: council.E(council.Forbidden, "error.forbidden"), 404: council.ErrNotFound(),
	405: council.E(council.Invalid, "error.method_not_allowed"), 408: council.E(council.Unavailable, "error.timeout"),
	409: council.E(council.Conflict, "error.conflict"), 410: council.E(council.Gone, "error.gone"), 412: council.E(council.Stale, "error.stale"),
	413: council.E(council.TooLarge, "error.too_large_plain"), 415: council.E(council.Invalid, "error.unsupported_media_type"),
	422: council.E(council.Invalid, "error.invalid"), 431: council.E(council.Invalid, "error.malformed"),
	503: council.E(council.Unavailable, "error.unavailable"),
}

// titles by status; the catalogue key is "problem.title." and this.
var titles = map[int]string{
	400: "invalid", 401: "unauthenticated", 403: "forbidden", 404: "not_found", 405: "invalid", 408: "unavailable", 409: "conflict",
	410: "gone", 412: "stale", 413: "too_large", 415: "invalid", 422: "invalid", 423: "conflict", 460: "invalid", 428: "precondition_required",
	429: "too_many_requests", 500: "internal", 503: "unavailable",
}

// Describe turns any error into a problem in the given language. request is the number of the request, shown only for
// errors of ours.
func Describe(err error, lang, request string) *Problem {
	var p *Problem
	if errors.As(err, &p) {
		return p
	}
	e := classify(err)
	status := statuses[e.Kind]
	if s, ok := keyStatuses[e.Key]; ok {
		status = s
	}
	p = &Problem{Type: "urn:ris:" + e.Key, Title: locales.T(lang, "problem.title."+titles[status]), Status: status,
		Detail: locales.T(lang, e.Key, e.Args...)}
	if status >= 500 {
		p.Detail = locales.T(lang, e.Key, append(e.Args, "request", request)...)
		p.Instance = "urn:ris:request:" + request
	}
	p.Receipt = ReceiptOf(err)
	return p
}

// classify finds the error that was written for people; a text that is not in the catalogue was not.
func classify(err error) *council.Error {
	ours := council.E(council.Internal, "error.internal").Because(err)
	var e *council.Error
	if errors.As(err, &e) {
		switch known, ok := byStatus[statuses[e.Kind]]; {
		case e.Kind == council.Internal:
			return ours
		case locales.Has(e.Key):
			return e
		case ok:
			return known
		default:
			return byStatus[422]
		}
	}
	var f *fiber.Error
	if errors.As(err, &f) && f.Code < 500 {
		if known, ok := byStatus[f.Code]; ok {
			return known
		}
		return byStatus[400]
	}
	return ours
}

// Fail writes the answer to an error: a problem document for programs, a plain page for people.
func Fail(c *fiber.Ctx, err error) error {
	lang := Lang(c)
	p := Describe(err, lang, RequestID(c))
	c.Status(p.Status)
	c.Set(fiber.HeaderVary, "Accept-Language")
	c.Set(fiber.HeaderContentLanguage, lang)
	c.Set(fiber.HeaderCacheControl, "no-store")
	c.Response().Header.Del(fiber.HeaderETag)
	if p.Receipt != "" {
		orderWipe(c, p.Receipt)
	}
	if wantsPage(c) && p.Receipt != "" {
		return sendWipePage(c, p.Status, lang, p.Receipt)
	}
	if wantsPage(c) {
		return ErrorPage(c, lang, p)
	}
	body, err := json.Marshal(p)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, ProblemType)
	return c.Send(body)
}

// wantsPage: people ask outside of the programs' surfaces, and their browser says that it takes HTML.
func wantsPage(c *fiber.Ctx) bool {
	path := c.Path()
	if strings.HasPrefix(path, "/api/") || strings.HasPrefix(path, "/oparl") || strings.HasPrefix(path, "/assets/") {
		return false
	}
	return strings.Contains(c.Get(fiber.HeaderAccept), "text/html")
}

const requestKey = "ris.request"

// RequestID is the number under which this request stands in the log.
func RequestID(c *fiber.Ctx) string {
	id, _ := c.Locals(requestKey).(string)
	return id
}

// SetRequestID gives the request its number; the server does it first of all.
func SetRequestID(c *fiber.Ctx, id string) { c.Locals(requestKey, id) }
