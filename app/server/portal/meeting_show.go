package portal

import (
	"context"
	"time"

	"github.com/gofiber/fiber/v2"

	"ris/app/council"
	"ris/app/publication/readmodel"
)

type agendaView struct {
	Meeting meetingView
	Items   []itemView
}

// itemView is a public agenda item with its public papers.
type itemView struct {
	ID        council.ID
	Number    string
	Name      string
	Result    string
	Papers    []paperView
	Withdrawn []time.Time // days on which papers of this item were withdrawn
}

// showMeeting answers a meeting with its public agenda. Of items that are not public it says nothing, not even that there are any.
func (s *server) showMeeting(c *fiber.Ctx) error {
	o, err := s.living(c.UserContext(), readmodel.Meeting, c.Params("id"))
	if err != nil {
		return err
	}
	p, err := s.begin(c)
	if err != nil {
		return err
	}
	p.Active = "calendar"
	p.choose(o.Body)
	if o.Deleted {
		return s.withdrawn(c, p, o)
	}
	views, err := s.meetings(c.UserContext(), []readmodel.Object{o}, p.now)
	if err != nil {
		return err
	}
	v := agendaView{Meeting: views[0]}
	m, err := decode[readmodel.OParlMeeting](o)
	if err != nil {
		return err
	}
	if v.Items, err = s.items(c.UserContext(), m.AgendaItem); err != nil {
		return err
	}
	p.Title, p.OParl = v.Meeting.Name, string(readmodel.ObjectURL(readmodel.Meeting, o.ID))
	return s.render(c, p, "page_meeting.gohtml", v)
}

// items adds the papers, found by the consultations of all items at once.
func (s *server) items(ctx context.Context, agenda []readmodel.OParlAgendaItem) ([]itemView, error) {
	out := make([]itemView, len(agenda))
	at := map[council.ID]*itemView{}
	ids := make([]council.ID, len(agenda))
	for i, it := range agenda {
		out[i] = itemView{ID: it.ID.ID(), Number: it.Number, Name: it.Name, Result: it.Result}
		ids[i] = out[i].ID
		at[ids[i]] = &out[i]
	}
	stops, err := s.Model.PublicLinked(ctx, readmodel.Consultation, readmodel.OnItem, ids)
	if err != nil {
		return nil, err
	}
	for _, stop := range stops {
		of, err := s.Model.PublicTargets(ctx, stop.ID, readmodel.OfPaper)
		if err != nil {
			return nil, err
		}
		found, err := s.Model.PublicObjects(ctx, of)
		if err != nil {
			return nil, err
		}
		for _, o := range found {
			v, err := paper(o)
			if err != nil {
				return nil, err
			}
			item := at[stop.Target]
			switch {
			case o.Deleted:
				item.Withdrawn = append(item.Withdrawn, o.Modified)
			case !stop.Deleted: // a paper that only moved to another item leaves no trace here
				item.Papers = append(item.Papers, v)
			}
		}
	}
	return out, nil
}

// withdrawn answers what was public once: that it was, and since when it is not. Nothing of its content.
func (s *server) withdrawn(c *fiber.Ctx, p *page, o readmodel.Object) error {
	p.Title = p.T("portal.withdrawn.title." + string(o.Type))
	c.Status(fiber.StatusGone)
	return s.render(c, p, "page_withdrawn.gohtml", struct{ On time.Time }{o.Modified})
}
