package api

import (
	"errors"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"ris/app/council"
	"ris/app/server/httpkit"
	"ris/web/locales"
)

// problem makes our problem document out of what huma found wrong with a request. None of huma's English texts gets through:
// what has no translation below is "this value cannot be accepted".
func problem(c *call, status int, errs []error) *httpkit.Problem {
	var err error
	switch status {
	case 0: // huma asks for an empty one to learn its shape
		return &httpkit.Problem{}
	case http.StatusRequestEntityTooLarge:
		err = council.E(council.TooLarge, "error.too_large", "limit", "4 MB")
	case http.StatusUnsupportedMediaType:
		err = council.E(council.Invalid, "error.unsupported_media_type")
	case http.StatusBadRequest, http.StatusNotAcceptable:
		err = council.E(council.Invalid, "error.malformed")
	case http.StatusUnprocessableEntity:
		err = council.E(council.Invalid, "error.invalid")
	case http.StatusRequestTimeout:
		err = council.E(council.Unavailable, "error.timeout")
	default:
		err = errors.Join(errs...)
		if err == nil {
			err = council.E(council.Internal, "error.internal")
		}
	}
	p := httpkit.Describe(err, c.lang, c.request)
	if status >= 500 {
		return p
	}
	for _, e := range errs {
		var d huma.ErrorDetailer
		if e == nil || !errors.As(e, &d) {
			continue
		}
		detail := d.ErrorDetail()
		p.Errors = append(p.Errors, httpkit.ProblemField{Location: detail.Location, Message: fieldMessage(c.lang, detail.Message)})
	}
	return p
}

// fieldTexts: what huma says of a field begins with the first, and becomes the text of the second; the rest of the English
// sentence fills {value}.
var fieldTexts = []struct{ begins, key string }{
	{"expected required property ", "api.field.required"},
	{"required ", "api.field.missing"},
	{"unexpected property", "api.field.unknown"},
	{"expected length <= ", "api.field.too_long"},
	{"expected length >= ", "api.field.too_short"},
	{"expected array length <= ", "api.field.too_many"},
	{"expected number >= ", "api.field.minimum"},
	{"expected number <= ", "api.field.maximum"},
	{"expected number", "api.field.number"},
	{"expected integer", "api.field.number"},
	{"invalid integer", "api.field.number"},
	{"expected boolean", "api.field.boolean"},
	{"expected string to be RFC 3339", "api.field.time"},
	{"expected value to be one of ", "api.field.choice"},
	{"expected string", "api.field.text"},
	{"request body is required", "api.field.body"},
}

func fieldMessage(lang, english string) string {
	for _, t := range fieldTexts {
		if rest, ok := strings.CutPrefix(english, t.begins); ok {
			rest = strings.TrimSuffix(rest, " to be present")
			return locales.T(lang, t.key, "value", strings.Trim(rest, `"`))
		}
	}
	return locales.T(lang, "api.field.invalid")
}
