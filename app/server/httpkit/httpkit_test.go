package httpkit

import (
	"errors"
	"fmt"
	"testing"

	"github.com/gofiber/fiber/v2"

	"ris/app/council"
	"ris/web/locales"
)

func TestKindsBecomeProblems(t *testing.T) {
	for _, c := range []struct {
		err    error
		status int
		detail string // message key
	}{
		{council.ErrNotFound(), 404, "error.not_found"},
		{fmt.Errorf("wrapped: %w", council.ErrNotFound()), 404, "error.not_found"},
		{council.E(council.Forbidden, "error.forbidden"), 403, "error.forbidden"},
		{council.E(council.Stale, "error.stale"), 412, "error.stale"},
		{council.E(council.Conflict, "error.conflict"), 409, "error.conflict"},
		{council.E(council.Gone, "error.gone"), 410, "error.gone"},
		{council.E(council.Invalid, "error.if_match_required"), 428, "error.if_match_required"},
		{council.E(council.Invalid, "no text for people"), 422, "error.invalid"},
		{council.E(council.NotFound, "paper 7 of the secret item"), 404, "error.not_found"},
		{council.E(council.Conflict, "no text for people"), 409, "error.conflict"},
		{fiber.ErrNotFound, 404, "error.not_found"},
		{fiber.ErrMethodNotAllowed, 405, "error.method_not_allowed"},
		{fiber.ErrRequestEntityTooLarge, 413, "error.too_large_plain"},
		{fiber.ErrTeapot, 400, "error.malformed"},
	} {
		p := Describe(c.err, "de", "r")
		if p.Status != c.status || p.Detail != locales.T("de", c.detail) || p.Instance != "" || p.Title == "" || p.Title == "problem.title." {
			t.Errorf("%v: %+v", c.err, p)
		}
	}
	for _, err := range []error{errors.New("secret"), council.E(council.Internal, "secret"), fiber.ErrBadGateway} {
		p := Describe(err, "en", "abc")
		if p.Status != 500 || p.Detail != locales.T("en", "error.internal", "request", "abc") || p.Instance != "urn:ris:request:abc" {
			t.Errorf("%v: %+v", err, p)
		}
	}
	for status, title := range titles {
		if !locales.Has("problem.title." + title) {
			t.Errorf("status %d has no title", status)
		}
	}
	for _, e := range byStatus {
		if !locales.Has(e.Key) {
			t.Errorf("%s has no text", e.Key)
		}
	}
}

func TestIfMatch(t *testing.T) {
	if r, err := IfMatch(ETag(7)); r != 7 || err != nil {
		t.Errorf("%d %v", r, err)
	}
	if _, err := IfMatch(""); Describe(err, "de", "").Status != 428 {
		t.Errorf("missing: %v", err)
	}
	for _, bad := range []string{"*", `W/"7"`, `"7","8"`, "7", `"x"`, `"0"`, `"-1"`, `"07"`, `"+7"`, `"`, `""`} {
		if _, err := IfMatch(bad); err == nil || Describe(err, "de", "").Status != 400 {
			t.Errorf("%s: %v", bad, err)
		}
	}
	for header, want := range map[string]bool{`"7"`: true, `W/"7"`: true, `"6", "7"`: true, "*": true, `"8"`: false, "": false, "7": false} {
		if got := NoneMatch(header, `"7"`); got != want {
			t.Errorf("If-None-Match %s: %v", header, got)
		}
	}
}

func TestRanges(t *testing.T) {
	type r = council.ByteRange
	for header, want := range map[string]struct {
		r         r
		found, ok bool
	}{
		"":                             {r{}, false, false},
		"bytes=0-9":                    {r{Start: 0, End: 10}, true, true},
		"bytes=90-":                    {r{Start: 90, End: 100}, true, true},
		"bytes=90-500":                 {r{Start: 90, End: 100}, true, true},
		"bytes=-10":                    {r{Start: 90, End: 100}, true, true},
		"bytes=-500":                   {r{Start: 0, End: 100}, true, true},
		"bytes=99-99":                  {r{Start: 99, End: 100}, true, true},
		"bytes=100-":                   {r{Start: 100, End: 100}, true, false},
		"bytes=-0":                     {r{Start: 100, End: 100}, true, false},
		"bytes=0-1,5-6":                {r{}, false, false},
		"bytes=9-0":                    {r{}, false, false},
		"bytes=a-b":                    {r{}, false, false},
		"bytes=--5":                    {r{}, false, false},
		"bytes=+1-2":                   {r{}, false, false},
		"pages=0-1":                    {r{}, false, false},
		"bytes=-":                      {r{}, false, false},
		"bytes=0-99999999999999999999": {r{}, false, false},
	} {
		got, found, ok := parseRange(header, 100)
		if found != want.found || ok != want.ok || ok && got != want.r {
			t.Errorf("%q: %+v %v %v", header, got, found, ok)
		}
	}
	if _, found, ok := parseRange("bytes=-5", 0); !found || ok {
		t.Error("an empty file has no last bytes")
	}
}
