package api

import (
	"context"
	"net/url"
	"strconv"

	"ris/app/council"
	"ris/app/finding"
	"ris/auth/policy"
)

type searchQuery struct {
	Q      string `query:"q" maxLength:"500"`
	In     string `query:"body" doc:"id of a Body; left out = all of the person's"`
	Limit  int    `query:"limit" minimum:"1" maximum:"100" default:"20"`
	Offset int    `query:"offset" minimum:"0" maximum:"10000"`
}

func (s *surface) searchRoutes() {
	read(s, op("GET", "/search", "search", "Find words in the papers that the viewer may read", "search"),
		func(ctx context.Context, v policy.Viewer, in *searchQuery) (*Plain[SearchAnswer], error) {
			a, err := s.Finding.Search(ctx, v, finding.Query{Text: in.Q, Body: council.ID(in.In), Limit: in.Limit, Offset: in.Offset})
			if err != nil {
				return nil, err
			}
			out := SearchAnswer{Data: []SearchHit{}, Total: a.Total}
			for _, h := range a.Hits {
				out.Data = append(out.Data, SearchHit{Paper: Prefix + "/papers/" + string(h.Paper), File: Prefix + "/files/" + string(h.File),
					PaperID: h.Paper, FileID: h.File, Version: h.Version, Page: h.Page, Title: h.Title, Reference: h.Reference,
					Snippet: h.Snippet, Recognised: h.Recognised, Meeting: meetingRef(h.Meeting)})
			}
			if a.More {
				q := url.Values{"q": {in.Q}, "limit": {strconv.Itoa(in.Limit)}, "offset": {strconv.Itoa(in.Offset + in.Limit)}}
				if in.In != "" {
					q.Set("body", in.In)
				}
				out.Next = Prefix + "/search?" + q.Encode()
			}
			return &Plain[SearchAnswer]{out}, nil
		})
}
