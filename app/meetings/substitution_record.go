package meetings

import (
	"context"
	"slices"

	"ris/app/audience"
	"ris/app/audit"
	"ris/app/council"
	"ris/auth/policy"
)

// NewSubstitution is a Vertretungsfall: in this meeting Substitute acts for Absent, who has a seat in Organization.
type NewSubstitution struct {
	Organization council.ID
	Absent       council.ID
	Substitute   council.ID
}

// RecordSubstitution lets the substitute read what the members of the meeting read, from now on and for this meeting only. expected is
// the meeting's revision (0 = not said). Conflict: the absent member is substituted already, or the substitute acts for somebody else.
func (s *Service) RecordSubstitution(ctx context.Context, v policy.Viewer, meeting council.ID, expected int64, in NewSubstitution) (council.Substitution, error) {
	var x council.Substitution
	err := s.Store.InTx(ctx, func(ctx context.Context) error {
		m, err := s.meeting(ctx, v, meeting, expected)
		if err != nil {
			return err
		}
		absent, err := s.participant(ctx, m, in.Absent)
		if err != nil {
			return err
		}
		substitute, err := s.participant(ctx, m, in.Substitute)
		if err != nil {
			return err
		}
		if !slices.Contains(absent.Seats, in.Organization) {
			return council.E(council.Invalid, "meeting.error.no_seat", "name", absent.Name)
		}
		if slices.Contains(substitute.Seats, in.Organization) {
			return council.E(council.Invalid, "meeting.error.has_seat", "name", substitute.Name)
		}
		all, err := s.Store.Substitutions(ctx, council.SubstitutionFilter{Meeting: meeting})
		if err != nil {
			return err
		}
		for _, known := range all {
			if known.Organization != in.Organization {
				continue
			}
			if known.Absent == in.Absent {
				return council.E(council.Conflict, "meeting.error.substituted", "name", absent.Name)
			}
			if known.Substitute == in.Substitute {
				return council.E(council.Conflict, "meeting.error.substitutes", "name", substitute.Name)
			}
		}
		x = council.Substitution{Body: m.Body, Meeting: meeting, Organization: in.Organization, Absent: in.Absent, Substitute: in.Substitute}
		if err := s.Store.SaveSubstitution(ctx, &x); err != nil {
			return err
		}
		if err := s.Store.Audit(ctx, audit.Entry(v, s.Clock(), audit.SubstitutionRecord, "meeting", m.Body, meeting, "organization",
			string(x.Organization), "absent", string(x.Absent), "substitute", string(x.Substitute))); err != nil {
			return err
		}
		return s.Settler.Meeting(ctx, meeting, audience.Closed)
	})
	return x, err
}
