package portal

import (
	"encoding/xml"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"ris/app/publication/readmodel"
)

// The feed of the latest papers is Atom (RFC 4287); the calendar is iCalendar (RFC 5545). Both hold what the pages hold.

type atomFeed struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang    string      `xml:"xml:lang,attr"`
	ID      string      `xml:"id"`
	Title   string      `xml:"title"`
	Updated string      `xml:"updated"`
	Author  atomAuthor  `xml:"author"`
	Links   []atomLink  `xml:"link"`
	Entries []atomEntry `xml:"entry"`
}

type atomAuthor struct {
	Name string `xml:"name"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	ID        string   `xml:"id"`
	Title     string   `xml:"title"`
	Published string   `xml:"published"`
	Updated   string   `xml:"updated"`
	Link      atomLink `xml:"link"`
	Summary   string   `xml:"summary,omitempty"`
}

// feedPapers answers the thirty latest papers.
func (s *server) feedPapers(c *fiber.Ctx) error {
	p, err := s.begin(c)
	if err != nil {
		return err
	}
	found, err := s.Model.PublicTimeline(c.UserContext(), readmodel.TimelineFilter{
		Type: readmodel.Paper, Body: p.only(), Descending: true, Limit: 30,
	})
	if err != nil {
		return err
	}
	updated, err := s.Model.PublicLatest(c.UserContext(), readmodel.Paper, p.only())
	if err != nil {
		return err
	}
	self := s.PublicURL + "/vorlagen.atom"
	if p.Several() && p.Body != nil {
		self += "?koerperschaft=" + string(p.Body.ID)
	}
	f := atomFeed{
		Lang: p.Lang, ID: self, Title: p.Site() + ": " + p.T("portal.home.latest"), Updated: updated.Format(time.RFC3339),
		Author: atomAuthor{p.Site()}, Links: []atomLink{{"self", self}, {"alternate", s.PublicURL + "/vorlagen"}},
	}
	for _, o := range found {
		v, err := paper(o)
		if err != nil {
			return err
		}
		at := s.PublicURL + "/vorlagen/" + string(v.ID)
		f.Entries = append(f.Entries, atomEntry{
			ID: at, Title: first(v.Name, v.Reference), Published: o.Created.Format(time.RFC3339), Updated: o.Modified.Format(time.RFC3339),
			Link: atomLink{"alternate", at}, Summary: join(v.Type, v.Reference),
		})
	}
	out, err := xml.Marshal(f)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, "application/atom+xml; charset=utf-8")
	c.Set(fiber.HeaderCacheControl, "public, no-cache")
	return c.Send(append([]byte(xml.Header), out...))
}

// exportCalendar answers the meetings from three months ago on, for subscription.
func (s *server) exportCalendar(c *fiber.Ctx) error {
	p, err := s.begin(c)
	if err != nil {
		return err
	}
	found, err := s.Model.PublicTimeline(c.UserContext(), readmodel.TimelineFilter{
		Type: readmodel.Meeting, Body: p.only(), From: p.now.AddDate(0, -3, 0),
	})
	if err != nil {
		return err
	}
	return s.sendCalendar(c, p, found)
}

// exportMeeting answers one meeting as a date for the reader's own calendar.
func (s *server) exportMeeting(c *fiber.Ctx) error {
	o, err := s.living(c.UserContext(), readmodel.Meeting, c.Params("id"))
	if err != nil {
		return err
	}
	p, err := s.begin(c)
	if err != nil {
		return err
	}
	if o.Deleted {
		return s.withdrawn(c, p, o)
	}
	return s.sendCalendar(c, p, []readmodel.Object{o})
}

func (s *server) sendCalendar(c *fiber.Ctx, p *page, found []readmodel.Object) error {
	views, err := s.meetings(c.UserContext(), found, p.now)
	if err != nil {
		return err
	}
	var b strings.Builder
	line := func(name, value string) { b.WriteString(folded(name + ":" + value)) }
	line("BEGIN", "VCALENDAR")
	line("VERSION", "2.0")
	line("PRODID", "-//ris//portal//DE")
	line("X-WR-CALNAME", icalText(p.Site()))
	for i, m := range views {
		line("BEGIN", "VEVENT")
		line("UID", string(m.ID))
		line("DTSTAMP", found[i].Modified.UTC().Format("20060102T150405Z"))
		line("DTSTART", m.Start.UTC().Format("20060102T150405Z"))
		if m.End.After(m.Start) {
			line("DTEND", m.End.UTC().Format("20060102T150405Z"))
		}
		line("SUMMARY", icalText(m.Name))
		if len(m.Place) > 0 {
			line("LOCATION", icalText(strings.Join(m.Place, ", ")))
		}
		if m.Cancelled {
			line("STATUS", "CANCELLED")
		}
		line("URL", s.PublicURL+"/sitzungen/"+string(m.ID))
		line("END", "VEVENT")
	}
	line("END", "VCALENDAR")
	c.Set(fiber.HeaderContentType, "text/calendar; charset=utf-8")
	c.Set(fiber.HeaderCacheControl, "public, no-cache")
	return c.SendString(b.String())
}

func icalText(s string) string {
	return strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\n", `\n`, "\r", "").Replace(s)
}

// folded cuts a line after 75 bytes between characters (RFC 5545, section 3.1).
func folded(s string) string {
	var b strings.Builder
	n := 0
	for _, r := range s {
		if size := len(string(r)); n+size > 75 {
			b.WriteString("\r\n ")
			n = 1
		}
		b.WriteRune(r)
		n += len(string(r))
	}
	return b.String() + "\r\n"
}
