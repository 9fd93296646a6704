package api

import (
	"context"
	"math"

	"ris/app/council"
	"ris/auth/policy"
)

// Outline is the way through a document.
type Outline struct {
	Data     []OutlineEntry `json:"data" doc:"bookmarks in reading order"`
	Links    []PageLink     `json:"links"`
	Language string         `json:"language" doc:"BCP 47; empty = not known"`
}

// OutlineEntry is a bookmark.
type OutlineEntry struct {
	Level int     `json:"level" doc:"from 1"`
	Title string  `json:"title"`
	Page  int     `json:"page" doc:"from 1; 0 = leads nowhere in this document"`
	Top   float64 `json:"top" doc:"height on the page in PDF points from its bottom; 0 = its top edge"`
}

// PageLink is a link on a page: to a page of the document, or to the web (http, https, mailto).
type PageLink struct {
	Page   int        `json:"page" doc:"from 1"`
	Quad   [4]float64 `json:"quad" doc:"x0, y0, x1, y1 in PDF user space"`
	Target int        `json:"target,omitempty" doc:"page from 1"`
	URL    string     `json:"url,omitempty"`
}

func (s *surface) outlineRoutes() {
	read(s, op("GET", "/files/{id}/outline", "showOutline", "Bookmarks, links and language of a file", "files"),
		func(ctx context.Context, v policy.Viewer, in *VersionOf) (*Plain[Outline], error) {
			_, fv, err := s.Packets.Version(ctx, v, in.id(), council.ID(in.Version))
			if err != nil {
				return nil, err
			}
			o, err := s.Finding.Outline(ctx, v, fv.ID)
			return &Plain[Outline]{outline(o)}, err
		})
}

func outline(o council.DocumentOutline) Outline {
	out := Outline{Data: []OutlineEntry{}, Links: []PageLink{}, Language: o.Language}
	for _, e := range o.Entries {
		out.Data = append(out.Data, OutlineEntry(e))
	}
	round := func(v float32) float64 { return math.Round(float64(v)*10) / 10 }
	for _, l := range o.Links {
		out.Links = append(out.Links, PageLink{Page: l.Page, Target: l.Target, URL: l.URL,
			Quad: [4]float64{round(l.Box.X0), round(l.Box.Y0), round(l.Box.X1), round(l.Box.Y1)}})
	}
	return out
}
