package meetings

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"ris/app/audit"
	"ris/app/council"
	"ris/auth/policy"
)

// NewMeeting is what a clerk says of a new meeting. Body may be empty for the clerk of one Body. Times are UTC; a zero End is
// open. Organizations: the lead committee first.
type NewMeeting struct {
	Body          council.ID
	Name          string
	Organizations []council.ID
	Place         *Place
	Start         time.Time
	End           time.Time
}

// Place is a known location by ID, or one in words; an equal one of the Body is used again.
type Place struct {
	ID            council.ID
	Description   string
	Room          string
	StreetAddress string
	Locality      string
}

// Add makes a meeting as a draft. Invalid with a text that says what is missing.
func (s *Service) Add(ctx context.Context, v policy.Viewer, in NewMeeting) (council.Meeting, error) {
	body, err := policyBody(v, in.Body)
	if err != nil {
		return council.Meeting{}, err
	}
	m := council.Meeting{Body: body, Name: strings.TrimSpace(in.Name), Organizations: in.Organizations,
		Start: in.Start.UTC(), End: in.End.UTC(), State: council.Draft}
	err = s.Store.InTx(ctx, func(ctx context.Context) error {
		if err := s.check(ctx, m); err != nil {
			return err
		}
		if m.Location, err = s.location(ctx, body, in.Place); err != nil {
			return err
		}
		m.Audience = policy.ForMeeting(m, nil, nil)
		if err := s.Store.SaveMeeting(ctx, &m); err != nil {
			return err
		}
		return s.Store.Audit(ctx, audit.Entry(v, s.Clock(), audit.MeetingAdd, "meeting", body, m.ID))
	})
	return m, err
}

// policyBody is the Body in which the viewer acts as clerk: the named one, or the only one.
func policyBody(v policy.Viewer, named council.ID) (council.ID, error) {
	if named == "" {
		if mine := policy.ClerkBodies(v); len(mine) == 1 {
			return mine[0], nil
		} else if len(mine) > 1 {
			return "", council.E(council.Invalid, "meeting.error.body")
		}
	}
	if named == "" || !policy.IsClerk(v, named) {
		return "", council.E(council.Forbidden, "error.forbidden")
	}
	return named, nil
}

// check says what is wrong with a meeting's own fields.
func (s *Service) check(ctx context.Context, m council.Meeting) error {
	switch {
	case m.Name == "":
		return council.E(council.Invalid, "meeting.error.name")
	case utf8.RuneCountInString(m.Name) > 300:
		return council.E(council.Invalid, "clerk.error.name_long", "limit", "300")
	case m.Start.IsZero():
		return council.E(council.Invalid, "meeting.error.start")
	case !m.End.IsZero() && !m.End.After(m.Start):
		return council.E(council.Invalid, "meeting.error.end")
	case len(m.Organizations) == 0:
		return council.E(council.Invalid, "meeting.error.organization")
	}
	seen := map[council.ID]bool{}
	for _, id := range m.Organizations {
		o, err := s.Store.Organization(ctx, id)
		if err != nil && council.KindOf(err) != council.NotFound {
			return err
		}
		if err != nil || o.Body != m.Body || seen[id] {
			return council.E(council.Invalid, "meeting.error.organization")
		}
		seen[id] = true
	}
	return nil
}

// location finds or makes the place; nil and an empty place give none.
func (s *Service) location(ctx context.Context, body council.ID, p *Place) (council.ID, error) {
	if p == nil || *p == (Place{}) {
		return "", nil
	}
	if p.ID != "" {
		l, err := s.Store.Location(ctx, p.ID)
		if err != nil && council.KindOf(err) != council.NotFound {
			return "", err
		}
		if err != nil || l.Body != body {
			return "", council.E(council.Invalid, "meeting.error.location")
		}
		return l.ID, nil
	}
	known, err := s.Store.Locations(ctx, body)
	if err != nil {
		return "", err
	}
	l := council.Location{Body: body, Description: strings.TrimSpace(p.Description), Room: strings.TrimSpace(p.Room),
		StreetAddress: strings.TrimSpace(p.StreetAddress), Locality: strings.TrimSpace(p.Locality)}
	for _, k := range known {
		if k.Description == l.Description && k.Room == l.Room && k.StreetAddress == l.StreetAddress && (l.Locality == "" || k.Locality == l.Locality) {
			return k.ID, nil
		}
	}
	err = s.Store.SaveLocation(ctx, &l)
	return l.ID, err
}
