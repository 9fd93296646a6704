package portal

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"ris/app/council"
	"ris/app/publication/readmodel"
)

type homeView struct {
	Next   []meetingView
	Latest []paperView
}

// showHome answers the start page: search, the next meetings, the latest papers.
func (s *server) showHome(c *fiber.Ctx) error {
	p, err := s.begin(c)
	if err != nil {
		return err
	}
	return s.home(c, p)
}

// showBody is the start page of one municipality.
func (s *server) showBody(c *fiber.Ctx) error {
	o, err := s.living(c.UserContext(), readmodel.Body, c.Params("id"))
	if err != nil {
		return err
	}
	if o.Deleted {
		return council.ErrNotFound()
	}
	p, err := s.begin(c)
	if err != nil {
		return err
	}
	p.choose(o.ID)
	p.OParl = string(readmodel.ObjectURL(readmodel.Body, o.ID))
	return s.home(c, p)
}

func (s *server) home(c *fiber.Ctx, p *page) error {
	if p.OParl == "" {
		p.OParl = "/oparl/system"
	}
	var v homeView
	// A meeting stays on the page for the evening on which it takes place.
	coming, err := s.Model.PublicTimeline(c.UserContext(), readmodel.TimelineFilter{
		Type: readmodel.Meeting, Body: p.only(), From: p.now.Add(-6 * time.Hour), Limit: 6,
	})
	if err != nil {
		return err
	}
	if v.Next, err = s.meetings(c.UserContext(), coming, p.now); err != nil {
		return err
	}
	latest, err := s.Model.PublicTimeline(c.UserContext(), readmodel.TimelineFilter{
		Type: readmodel.Paper, Body: p.only(), Descending: true, Limit: 8,
	})
	if err != nil {
		return err
	}
	if v.Latest, err = papers(latest); err != nil {
		return err
	}
	return s.render(c, p, "page_home.gohtml", v)
}
