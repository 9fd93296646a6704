package portal

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"ris/app/publication/readmodel"
)

type calendarView struct {
	Month      time.Time // its first day
	Prev, Next string    // "2026-10"
	PrevMonth  time.Time
	NextMonth  time.Time
	This       string
	IsThis     bool
	Grid       bool
	Weeks      [][]dayView
	Meetings   []meetingView
	Following  *meetingView // the next meeting after an empty month
}

type dayView struct {
	Date     time.Time
	Outside  bool // belongs to the month before or after
	Today    bool
	Meetings []meetingView
}

// showCalendar answers a month as a list or as a grid: ?monat=2026-11&ansicht=monat.
func (s *server) showCalendar(c *fiber.Ctx) error {
	p, err := s.begin(c)
	if err != nil {
		return err
	}
	today := p.local(p.now)
	v := calendarView{This: today.Format("2006-01"), Grid: c.Query("ansicht") == "monat"}
	month, err := time.ParseInLocation("2006-01", c.Query("monat"), s.Zone)
	if err != nil || month.Year() < 1900 || month.Year() > 2200 {
		month = time.Date(today.Year(), today.Month(), 1, 0, 0, 0, 0, s.Zone)
	}
	v.Month, v.IsThis = month, month.Format("2006-01") == v.This
	v.PrevMonth, v.NextMonth = month.AddDate(0, -1, 0), month.AddDate(0, 1, 0)
	v.Prev, v.Next = v.PrevMonth.Format("2006-01"), v.NextMonth.Format("2006-01")
	found, err := s.Model.PublicTimeline(c.UserContext(), readmodel.TimelineFilter{
		Type: readmodel.Meeting, Body: p.only(), From: month, To: v.NextMonth,
	})
	if err != nil {
		return err
	}
	if v.Meetings, err = s.meetings(c.UserContext(), found, p.now); err != nil {
		return err
	}
	if len(v.Meetings) == 0 {
		if v.Following, err = s.following(c, p, v.NextMonth); err != nil {
			return err
		}
	}
	v.Weeks = weeks(month, today, v.Meetings)
	p.Title, p.Active = p.T("portal.nav.calendar")+" "+p.Month(month), "calendar"
	return s.render(c, p, "page_calendar.gohtml", v)
}

func (s *server) following(c *fiber.Ctx, p *page, from time.Time) (*meetingView, error) {
	found, err := s.Model.PublicTimeline(c.UserContext(), readmodel.TimelineFilter{Type: readmodel.Meeting, Body: p.only(), From: from, Limit: 1})
	if err != nil || len(found) == 0 {
		return nil, err
	}
	views, err := s.meetings(c.UserContext(), found, p.now)
	if err != nil {
		return nil, err
	}
	return &views[0], nil
}

// weeks lays the month out in rows of seven days from Monday on.
func weeks(month, today time.Time, meetings []meetingView) [][]dayView {
	zone := month.Location()
	day := month.AddDate(0, 0, -(int(month.Weekday())+6)%7)
	var out [][]dayView
	for !day.After(month.AddDate(0, 1, -1)) {
		row := make([]dayView, 7)
		for i := range row {
			row[i] = dayView{Date: day, Outside: day.Month() != month.Month(), Today: sameDay(day, today)}
			for _, m := range meetings {
				if sameDay(m.Start.In(zone), day) {
					row[i].Meetings = append(row[i].Meetings, m)
				}
			}
			day = day.AddDate(0, 0, 1)
		}
		out = append(out, row)
	}
	return out
}

func sameDay(a, b time.Time) bool { return a.Year() == b.Year() && a.YearDay() == b.YearDay() }
