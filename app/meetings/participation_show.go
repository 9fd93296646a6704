package meetings

import (
	"context"
	"slices"

	"ris/app/council"
	"ris/auth/policy"
)

// Participation is what is recorded of who may not, or instead of whom may, take part in a meeting; Persons are those who can be
// named in it. For the clerk alone.
type Participation struct {
	Persons       []Participant
	Conflicts     []council.ConflictOfInterest // in force, in the order of the agenda
	Substitutions []council.Substitution
	Guests        []council.Guest      // neither taken back nor past, in the order of the agenda
	Mode          council.ConflictMode // what a conflict does that is recorded now
}

// Participant is a person of the Body with the organizations of the meeting in which a seat is in force on its day.
type Participant struct {
	council.Person
	Seats []council.ID
}

// Participation reads it. Persons are ordered by name.
func (s *Service) Participation(ctx context.Context, v policy.Viewer, meeting council.ID) (Participation, error) {
	var out Participation
	m, err := s.meeting(ctx, v, meeting, 0)
	if err != nil {
		return out, err
	}
	if out.Persons, err = s.participants(ctx, m); err != nil {
		return out, err
	}
	items, _, err := s.agenda(ctx, meeting)
	if err != nil {
		return out, err
	}
	for _, it := range items {
		all, err := s.Store.Conflicts(ctx, it.ID)
		if err != nil {
			return out, err
		}
		for _, c := range all {
			if c.Revoked.IsZero() {
				out.Conflicts = append(out.Conflicts, c)
			}
		}
	}
	if out.Substitutions, err = s.Store.Substitutions(ctx, council.SubstitutionFilter{Meeting: meeting}); err != nil {
		return out, err
	}
	for _, it := range items {
		guests, err := s.Store.Guests(ctx, council.GuestFilter{AgendaItem: it.ID})
		if err != nil {
			return out, err
		}
		for _, g := range guests {
			if g.Revoked.IsZero() && g.End.After(s.Clock()) {
				out.Guests = append(out.Guests, g)
			}
		}
	}
	settings, err := s.Store.AccessSettings(ctx, m.Body)
	if out.Mode = settings.ConflictMode; out.Mode == "" {
		out.Mode = council.ConflictHides
	}
	return out, err
}

// participants are the persons whose home the Body is, and those of other bodies who sit in one of the meeting's organizations.
func (s *Service) participants(ctx context.Context, m council.Meeting) ([]Participant, error) {
	persons, err := s.Store.Persons(ctx, m.Body)
	if err != nil {
		return nil, err
	}
	seats := map[council.ID][]council.ID{}
	for _, o := range m.Organizations {
		members, err := s.Store.Memberships(ctx, council.MembershipFilter{Organization: o})
		if err != nil {
			return nil, err
		}
		for _, x := range members {
			// The rule itself says whether the seat is in force on the meeting's day.
			day := policy.ForPerson(policy.Facts{Person: council.Person{Stamp: council.Stamp{ID: x.Person}}, Memberships: []council.Membership{x}}, m.Start)
			if slices.Contains(day.Bodies(), m.Body) && !slices.Contains(seats[x.Person], o) {
				seats[x.Person] = append(seats[x.Person], o)
			}
		}
	}
	var out []Participant
	for _, p := range persons {
		out = append(out, Participant{p, seats[p.ID]})
		delete(seats, p.ID)
	}
	for id, at := range seats {
		p, err := s.Store.Person(ctx, id)
		if err != nil {
			return nil, err
		}
		out = append(out, Participant{p, at})
	}
	return out, nil
}

// participant finds one of them; Invalid when the person cannot be named in this meeting.
func (s *Service) participant(ctx context.Context, m council.Meeting, id council.ID) (Participant, error) {
	all, err := s.participants(ctx, m)
	if err != nil {
		return Participant{}, err
	}
	for _, p := range all {
		if p.ID == id {
			return p, nil
		}
	}
	return Participant{}, council.E(council.Invalid, "meeting.error.person")
}
