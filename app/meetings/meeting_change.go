package meetings

import (
	"context"
	"slices"
	"strings"
	"time"

	"ris/app/audience"
	"ris/app/audit"
	"ris/app/council"
	"ris/auth/policy"
)

// ChangeMeeting changes what is not nil. A pointer to the zero time takes the end away; a pointer to the zero Place the place.
type ChangeMeeting struct {
	Name          *string
	Start, End    *time.Time
	Place         *Place
	Cancelled     *bool
	Organizations *[]council.ID
}

// Change changes a meeting. On a published meeting it is seen at once by those who may read it; it never adds readers: other
// committees, or a day in another legislative term, ask for a withdrawal first (Conflict says so).
func (s *Service) Change(ctx context.Context, v policy.Viewer, id council.ID, expected int64, in ChangeMeeting) (council.Meeting, error) {
	var m council.Meeting
	err := s.Store.InTx(ctx, func(ctx context.Context) (err error) {
		if m, err = s.meeting(ctx, v, id, expected); err != nil {
			return err
		}
		var fields []string
		set := func(name string, changed bool) {
			if changed {
				fields = append(fields, name)
			}
		}
		if in.Name != nil {
			set("name", m.Name != strings.TrimSpace(*in.Name))
			m.Name = strings.TrimSpace(*in.Name)
		}
		if in.Start != nil {
			set("start", !m.Start.Equal(*in.Start))
			m.Start = in.Start.UTC()
		}
		if in.End != nil {
			set("end", !m.End.Equal(*in.End))
			m.End = in.End.UTC()
		}
		if in.Cancelled != nil {
			set("cancelled", m.Cancelled != *in.Cancelled)
			m.Cancelled = *in.Cancelled
		}
		if in.Organizations != nil {
			set("organizations", !slices.Equal(m.Organizations, *in.Organizations))
			m.Organizations = *in.Organizations
		}
		if in.Place != nil {
			was := m.Location
			if m.Location, err = s.location(ctx, m.Body, in.Place); err != nil {
				return err
			}
			set("location", was != m.Location)
		}
		if len(fields) == 0 {
			return nil
		}
		if err := s.check(ctx, m); err != nil {
			return err
		}
		if err := s.addsReaders(ctx, m); err != nil {
			return err
		}
		if err := s.Store.SaveMeeting(ctx, &m); err != nil {
			return err
		}
		if err := s.Store.Audit(ctx, audit.Entry(v, s.Clock(), audit.MeetingChange, "meeting", m.Body, id, "fields", strings.Join(fields, " "))); err != nil {
			return err
		}
		if err := s.Settler.Meeting(ctx, id, audience.Closed); err != nil {
			return err
		}
		m, err = s.Store.Meeting(ctx, v, id)
		return err
	})
	return m, err
}

// addsReaders refuses a change by which a published meeting would get readers that no publication gave it.
func (s *Service) addsReaders(ctx context.Context, m council.Meeting) error {
	if m.State != council.Published {
		return nil
	}
	items, err := s.Store.AgendaItems(ctx, system, m.ID)
	if err != nil {
		return err
	}
	terms, err := s.Store.Terms(ctx, m.Body)
	if err != nil {
		return err
	}
	if audience.Widens(m.Audience, policy.ForMeeting(m, items, terms)) {
		return council.E(council.Conflict, "meeting.error.readers")
	}
	return nil
}
