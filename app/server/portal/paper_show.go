package portal

import (
	"context"
	"sort"
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"

	"ris/app/council"
	"ris/app/publication/readmodel"
)

type paperPageView struct {
	Paper  paperView
	Stops  []stopView
	Traces []time.Time // days on which files were withdrawn
}

// stopView is one stop of the Beratungsfolge.
type stopView struct {
	ID            council.ID
	Role          string
	Authoritative bool
	Organizations []ref
	Meeting       meetingView
	Item          council.ID
	Number        string
	Result        string
}

// showPaper answers a paper: its files and the meetings through which it goes.
func (s *server) showPaper(c *fiber.Ctx) error {
	o, err := s.living(c.UserContext(), readmodel.Paper, c.Params("id"))
	if err != nil {
		return err
	}
	p, err := s.begin(c)
	if err != nil {
		return err
	}
	p.Active = "papers"
	p.choose(o.Body)
	if o.Deleted {
		return s.withdrawn(c, p, o)
	}
	var v paperPageView
	if v.Paper, err = paper(o); err != nil {
		return err
	}
	for i, f := range v.Paper.Files {
		row, err := s.Model.PublicFile(c.UserContext(), f.ID)
		if err != nil {
			return err
		}
		v.Paper.Files[i].Pages = row.Pages
	}
	files, err := s.Model.PublicLinked(c.UserContext(), readmodel.File, readmodel.OfPaper, []council.ID{o.ID})
	if err != nil {
		return err
	}
	for _, f := range files {
		if f.Deleted {
			v.Traces = append(v.Traces, f.Modified)
		}
	}
	if v.Stops, err = s.stops(c.UserContext(), o, p.now); err != nil {
		return err
	}
	p.Title = first(v.Paper.Name, v.Paper.Reference)
	p.OParl = string(readmodel.ObjectURL(readmodel.Paper, o.ID))
	return s.render(c, p, "page_paper.gohtml", v)
}

// stops are the public consultations in the order of their meetings.
func (s *server) stops(ctx context.Context, o readmodel.Object, now time.Time) ([]stopView, error) {
	whole, err := decode[readmodel.OParlPaper](o)
	if err != nil {
		return nil, err
	}
	var meetings, organizations, items []council.ID
	for _, k := range whole.Consultation {
		meetings = append(meetings, k.Meeting.ID())
		items = append(items, k.AgendaItem.ID())
		for _, u := range k.Organization {
			organizations = append(organizations, u.ID())
		}
	}
	names, err := s.names(ctx, organizations)
	if err != nil {
		return nil, err
	}
	found, err := s.Model.PublicObjects(ctx, append(meetings, items...))
	if err != nil {
		return nil, err
	}
	at := map[council.ID]meetingView{}
	points := map[council.ID]readmodel.OParlAgendaItem{}
	for _, x := range found {
		switch {
		case x.Deleted:
		case x.Type == readmodel.Meeting:
			views, err := s.meetings(ctx, []readmodel.Object{x}, now)
			if err != nil {
				return nil, err
			}
			at[x.ID] = views[0]
		case x.Type == readmodel.AgendaItem:
			if points[x.ID], err = decode[readmodel.OParlAgendaItem](x); err != nil {
				return nil, err
			}
		}
	}
	var out []stopView
	for _, k := range whole.Consultation {
		point := points[k.AgendaItem.ID()]
		stop := stopView{
			ID: k.ID.ID(), Role: k.Role, Authoritative: k.Authoritative, Meeting: at[k.Meeting.ID()], Item: k.AgendaItem.ID(),
			Number: point.Number, Result: point.Result,
		}
		for _, u := range k.Organization {
			stop.Organizations = append(stop.Organizations, ref{ID: u.ID(), Name: names[u.ID()]})
		}
		out = append(out, stop)
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].Meeting.Start.Before(out[j].Meeting.Start) })
	return out, nil
}

type papersView struct {
	Papers     []paperView
	Page       int
	Prev, Next int // page numbers; 0 = none
}

const papersPerPage = 25

// listPapers answers all public papers, latest first.
func (s *server) listPapers(c *fiber.Ctx) error {
	p, err := s.begin(c)
	if err != nil {
		return err
	}
	v := papersView{Page: pageNumber(c)}
	found, err := s.Model.PublicTimeline(c.UserContext(), readmodel.TimelineFilter{
		Type: readmodel.Paper, Body: p.only(), Descending: true, Limit: papersPerPage + 1, Offset: (v.Page - 1) * papersPerPage,
	})
	if err != nil {
		return err
	}
	if len(found) > papersPerPage {
		found, v.Next = found[:papersPerPage], v.Page+1
	}
	v.Prev = v.Page - 1
	if v.Papers, err = papers(found); err != nil {
		return err
	}
	p.Title, p.Active = p.T("portal.nav.papers"), "papers"
	return s.render(c, p, "page_papers.gohtml", v)
}

// pageNumber is ?seite=, from 1; anything else is 1.
func pageNumber(c *fiber.Ctx) int {
	if n, err := strconv.Atoi(c.Query("seite")); err == nil && n > 1 && n < 100_000 {
		return n
	}
	return 1
}
