package meetings

import (
	"context"

	"ris/app/audience"
	"ris/app/audit"
	"ris/app/council"
	"ris/auth/policy"
)

// EndSubstitution takes a Vertretungsfall back: the substitute reads nothing of the meeting any more, at once. The log keeps who it was.
// expected is the substitution's revision.
func (s *Service) EndSubstitution(ctx context.Context, v policy.Viewer, meeting, substitution council.ID, expected int64) error {
	return s.Store.InTx(ctx, func(ctx context.Context) error {
		m, err := s.meeting(ctx, v, meeting, 0)
		if err != nil {
			return err
		}
		all, err := s.Store.Substitutions(ctx, council.SubstitutionFilter{Meeting: meeting})
		if err != nil {
			return err
		}
		for _, x := range all {
			if x.ID != substitution {
				continue
			}
			if err := current(x.Revision, expected); err != nil {
				return err
			}
			if err := s.Store.DeleteSubstitution(ctx, x.ID); err != nil {
				return err
			}
			if err := s.Store.Audit(ctx, audit.Entry(v, s.Clock(), audit.SubstitutionEnd, "meeting", m.Body, meeting, "organization",
				string(x.Organization), "absent", string(x.Absent), "substitute", string(x.Substitute))); err != nil {
				return err
			}
			return s.Settler.Meeting(ctx, meeting, audience.Closed)
		}
		return council.ErrNotFound()
	})
}
