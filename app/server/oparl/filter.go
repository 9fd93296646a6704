package oparl

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"ris/app/council"
	"ris/app/publication/readmodel"
)

// filter is what a list request asks for.
type filter struct {
	readmodel.ListFilter
	omitInternal bool
	asked        []pair // in one fixed order, for the links
}

type pair struct{ name, value string }

// readFilter reads a raw query string. Unknown parameters are ignored; of a doubled one the last counts, since clients append
// filters to links that have them already. A limit is only a wish: what cannot be met is ignored.
func readFilter(raw string) (filter, error) {
	q := filter{ListFilter: readmodel.ListFilter{Limit: defaultLimit}}
	values := lastValues(raw)
	for _, bound := range []struct {
		name  string
		to    *time.Time
		until bool
	}{
		{"created_since", &q.CreatedSince, false}, {"created_until", &q.CreatedUntil, true},
		{"modified_since", &q.ModifiedSince, false}, {"modified_until", &q.ModifiedUntil, true},
	} {
		value := values[bound.name]
		if value == "" {
			continue
		}
		at, err := readTime(value, bound.until)
		if err != nil {
			return q, badFilter(bound.name + " is not a date-time such as 2026-11-21T18:00:00+00:00")
		}
		*bound.to = at
		q.asked = append(q.asked, pair{bound.name, readmodel.DateTime(at)})
	}
	if n, err := strconv.Atoi(values["limit"]); err == nil && n > 0 {
		q.Limit = min(n, maxLimit)
		q.asked = append(q.asked, pair{"limit", strconv.Itoa(q.Limit)})
	}
	if q.omitInternal = truth(values["omit_internal"]); q.omitInternal {
		q.asked = append(q.asked, pair{"omit_internal", "true"})
	}
	if after := values["after"]; after != "" {
		if q.After = council.ID(after); !q.After.Valid() {
			return q, badFilter("after is not an id; follow links.next")
		}
	}
	return q, nil
}

// badFilter is an error whose cause goes to the programmer as the Error object's debug text.
func badFilter(debug string) error {
	return council.E(council.Invalid, "oparl.error.filter").Because(errors.New(debug))
}

// with is the query of a link to the page after the given id; every filter is kept.
func (q filter) with(after council.ID) readmodel.URL {
	pairs := q.asked
	if after != "" {
		pairs = append(pairs[:len(pairs):len(pairs)], pair{"after", string(after)})
	}
	var b strings.Builder
	for i, p := range pairs {
		b.WriteByte("?&"[min(i, 1)])
		b.WriteString(p.name + "=" + url.QueryEscape(p.value)) // writes + as %2B
	}
	return readmodel.URL(b.String())
}

// lastValues decodes a query without turning a plus sign into a space: clients send "+00:00" as it is, and a space in one of
// our values can only be such a plus that somebody else has decoded.
func lastValues(raw string) map[string]string {
	out := map[string]string{}
	for part := range strings.SplitSeq(raw, "&") {
		name, value, _ := strings.Cut(part, "=")
		name = strings.TrimPrefix(name, "?") // some clients append "?modified_since" to a link with a query
		if decoded, err := url.PathUnescape(value); err == nil {
			value = decoded
		}
		// ... or with a second "?" after the last value
		if before, rest, found := strings.Cut(value, "?"); found {
			value = before
			if n, v, ok := strings.Cut(rest, "="); ok {
				out[n] = strings.TrimSpace(v)
			}
		}
		out[name] = strings.TrimSpace(value)
	}
	return out
}

// readTime takes OParl's form and what real clients send: Z, +0100, fractions, no seconds, a bare date. A bare date as an upper bound means
// the end of that day.
func readTime(s string, until bool) (time.Time, error) {
	s = strings.ReplaceAll(s, " ", "+")
	for _, layout := range []string{
		time.RFC3339Nano, "2006-01-02T15:04:05.999999999Z0700", "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05", "2006-01-02+15:04:05",
	} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC(), nil
		}
	}
	t, err := time.Parse("2006-01-02", s)
	if err == nil && until {
		t = t.Add(24*time.Hour - time.Second)
	}
	return t, err
}

func truth(s string) bool { return strings.EqualFold(s, "true") || s == "1" }

func isTrue(c *fiber.Ctx, name string) bool {
	return truth(lastValues(string(c.Request().URI().QueryString()))[name])
}

// encodeRaw writes fields of stored JSON back without escaping them a second time: Base stays as it is.
func encodeRaw(fields map[string]json.RawMessage) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(fields); err != nil {
		return nil, err
	}
	return bytes.TrimSpace(b.Bytes()), nil
}
