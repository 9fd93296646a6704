package api

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"ris/app/audit/review"
	"ris/app/council"
	"ris/auth/policy"
)

// logPage asks for a page of the log; after is what "next" named.
type logPage struct {
	After string `query:"after" maxLength:"80"`
	Limit int    `query:"limit" minimum:"0" maximum:"200"`
}

func (p logPage) page() (review.Page, error) {
	out := review.Page{Limit: p.Limit}
	if p.After == "" {
		return out, nil
	}
	at, id, ok := strings.Cut(p.After, "_")
	micro, err := strconv.ParseInt(at, 10, 64)
	if !ok || err != nil || !council.ID(id).Valid() {
		return out, council.E(council.Invalid, "error.invalid")
	}
	out.At, out.ID = time.UnixMicro(micro).UTC(), council.ID(id)
	return out, nil
}

// logList answers a page with the path of the next one.
func logList(ctx context.Context, v policy.Viewer, path string, query url.Values, lines []review.Line, more bool) *Plain[List[LogLine]] {
	out := List[LogLine]{Data: []LogLine{}}
	for _, l := range lines {
		out.Data = append(out.Data, logLine(v, l, callOf(ctx).lang))
	}
	if more {
		last := lines[len(lines)-1]
		query.Set("after", strconv.FormatInt(last.At.UnixMicro(), 10)+"_"+string(last.ID))
		out.Next = path + "?" + query.Encode()
	}
	return &Plain[List[LogLine]]{out}
}

func (s *surface) auditRoutes() {
	read(s, op("GET", "/me/log", "listMyLog", "What was opened and done in the viewer's own name, latest first", "audit"),
		func(ctx context.Context, v policy.Viewer, in *struct {
			logPage
			Readings bool `query:"readings" doc:"only which papers were opened"`
			Access   bool `query:"access" doc:"only what has changed in how the viewer signs in: devices, passkeys, address"`
		}) (*Plain[List[LogLine]], error) {
			p, err := in.page()
			if err != nil {
				return nil, err
			}
			query := url.Values{}
			list := func() ([]review.Line, bool, error) { return s.Review.Own(ctx, v, in.Readings, p) }
			if in.Access {
				query.Set("access", "true")
				list = func() ([]review.Line, bool, error) { return s.Review.OwnAccess(ctx, v, p) }
			}
			lines, more, err := list()
			if err != nil {
				return nil, err
			}
			if in.Readings {
				query.Set("readings", "true")
			}
			return logList(ctx, v, Prefix+"/me/log", query, lines, more), nil
		})
	read(s, op("GET", "/bodies/{id}/log", "listBodyLog", "The acts in a body, latest first: neither who opened what nor who signed in (clerk)", "audit"),
		func(ctx context.Context, v policy.Viewer, in *struct {
			ByID
			logPage
		}) (*Plain[List[LogLine]], error) {
			p, err := in.page()
			if err != nil {
				return nil, err
			}
			lines, more, err := s.Review.InBody(ctx, v, in.id(), p)
			if err != nil {
				return nil, err
			}
			return logList(ctx, v, Prefix+"/bodies/"+string(in.id())+"/log", url.Values{}, lines, more), nil
		})
	write(s, op("POST", "/log/head", "giveLogHead", "Sign the present head of the log, to be kept outside (clerk, IT); the act is written down", "audit"),
		func(ctx context.Context, v policy.Viewer, in *struct{ Writing }) (*Answer[LogHead], error) {
			c, err := s.Review.Head(ctx, v)
			if err != nil {
				return nil, err
			}
			return &Answer[LogHead]{Status: http.StatusOK, Body: logHead(c)}, nil
		})
}
