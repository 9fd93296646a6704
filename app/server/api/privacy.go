package api

import (
	"context"
	"mime"
	"net/http"

	"ris/app/privacy"
	"ris/app/server/httpkit"
	"ris/auth/policy"
)

// Download is a file to save. Nothing of it is shown in our origin.
type Download struct {
	ContentType string `header:"Content-Type"`
	Disposition string `header:"Content-Disposition"`
	Policy      string `header:"Content-Security-Policy"`
	Body        []byte
}

func download(kind, name string, data []byte) *Download {
	return &Download{ContentType: kind, Disposition: mime.FormatMediaType("attachment", map[string]string{"filename": name}),
		Policy: "default-src 'none'; sandbox", Body: data}
}

type privacyDecide struct {
	ByID
	Writing
	Body TraceDecision
}

func (s *surface) privacyRoutes() {
	own := op("POST", "/me/export", "exportMe", "All that is kept about the viewer, as an archive; the act is written down", "privacy")
	read(s, own, func(ctx context.Context, v policy.Viewer, _ *struct{}) (*Download, error) {
		c, err := s.Privacy.Own(ctx, v)
		return download("application/zip", c.FileName, c.Data), err
	})
	read(s, op("GET", "/privacy/requests", "listPrivacyRequests", "Requests for somebody's data or its erasure (clerk, mayor)", "privacy"),
		func(ctx context.Context, v policy.Viewer, _ *struct{}) (*Plain[List[PrivacyRequest]], error) {
			all, err := s.Privacy.List(ctx, v)
			out := List[PrivacyRequest]{Data: []PrivacyRequest{}}
			for _, r := range all {
				out.Data = append(out.Data, privacyRequest(r))
			}
			return &Plain[List[PrivacyRequest]]{out}, err
		})
	read(s, op("GET", "/privacy/requests/{id}", "showPrivacyRequest", "A request (clerk, mayor)", "privacy"),
		func(ctx context.Context, v policy.Viewer, in *ByID) (*Show[PrivacyRequest], error) {
			r, err := s.Privacy.Show(ctx, v, in.id())
			return &Show[PrivacyRequest]{ETag: httpkit.ETag(r.Revision), Body: privacyRequest(r)}, err
		})
	read(s, op("GET", "/persons/{id}/erasure", "previewErasure", "What an erasure would take and what would stay, in numbers (clerk, mayor)", "privacy"),
		func(ctx context.Context, v policy.Viewer, in *ByID) (*Plain[PrivacyErasure], error) {
			e, err := s.Privacy.Preview(ctx, v, in.id())
			return &Plain[PrivacyErasure]{privacyErasure(e, callOf(ctx).lang)}, err
		})
	write(s, op("POST", "/privacy/requests", "askPrivacy", "Ask for somebody's data or its erasure; a second person has to release it (clerk)", "privacy"),
		func(ctx context.Context, v policy.Viewer, in *struct {
			Writing
			Body PrivacyAsk
		}) (*Answer[PrivacyRequest], error) {
			r, err := s.Privacy.Ask(ctx, v, privacy.Wanted{Person: in.Body.Person, Erase: in.Body.Kind == "erase", Reason: in.Body.Reason})
			return &Answer[PrivacyRequest]{Status: http.StatusCreated, ETag: httpkit.ETag(r.Revision), Location: Prefix + "/privacy/requests/" + string(r.ID),
				Body: privacyRequest(r)}, err
		})
	write(s, op("POST", "/privacy/requests/{id}/release", "decidePrivacy", "Release or refuse a request that somebody else made (clerk, mayor)", "privacy"),
		func(ctx context.Context, v policy.Viewer, in *privacyDecide) (*Answer[PrivacyRequest], error) {
			revision, err := in.asked(false)
			if err != nil {
				return nil, err
			}
			r, err := s.Privacy.Decide(ctx, v, in.id(), revision, in.Body.Give, in.Body.Reason)
			return &Answer[PrivacyRequest]{Status: http.StatusOK, ETag: httpkit.ETag(r.Revision), Body: privacyRequest(r)}, err
		})
	read(s, op("POST", "/privacy/requests/{id}/export", "usePrivacyExport", "The archive of a released request, once, for the one who asked; without notes", "privacy"),
		func(ctx context.Context, v policy.Viewer, in *ByID) (*Download, error) {
			c, err := s.Privacy.Released(ctx, v, in.id())
			return download("application/zip", c.FileName, c.Data), err
		})
	// Without a key: the release itself holds once, and the database forgets only after the transaction of the act (store.Scrub), which
	// the note of an answer would lie around.
	write(s, op("POST", "/privacy/requests/{id}/erase", "usePrivacyErasure", "Carry a released erasure out, once, by the one who asked", "privacy"),
		func(ctx context.Context, v policy.Viewer, in *ByID) (*Answer[PrivacyErasure], error) {
			e, err := s.Privacy.Erase(ctx, v, in.id())
			return &Answer[PrivacyErasure]{Status: http.StatusOK, Body: privacyErasure(e, callOf(ctx).lang)}, err
		})
	read(s, op("GET", "/privacy/record", "showProcessingRecord", "The record of processing activities, filled in as far as known (clerk, IT)", "privacy"),
		func(ctx context.Context, v policy.Viewer, _ *struct{}) (*Download, error) {
			page, err := s.Privacy.Record(ctx, v)
			return download("text/html; charset=utf-8", "verarbeitungsverzeichnis.html", page), err
		})
}
