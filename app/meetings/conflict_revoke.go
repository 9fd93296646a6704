package meetings

import (
	"context"

	"ris/app/audience"
	"ris/app/audit"
	"ris/app/council"
	"ris/auth/policy"
)

// RevokeConflict gives the item's papers back to the person, at once: it is the one act besides publishing that opens, and it opens
// for this person alone (.docs/decisions/0002-audience.md). expected is the conflict's revision. Not found when it is not in force;
// forbidden for the person's own: whoever is not to decide in the matter does not decide that they are.
func (s *Service) RevokeConflict(ctx context.Context, v policy.Viewer, item, conflict council.ID, expected int64) error {
	return s.Store.InTx(ctx, func(ctx context.Context) error {
		it, m, err := s.item(ctx, v, item, 0)
		if err != nil {
			return err
		}
		all, err := s.Store.Conflicts(ctx, item)
		if err != nil {
			return err
		}
		c := council.ConflictOfInterest{}
		for _, known := range all {
			if known.ID == conflict && known.Revoked.IsZero() {
				c = known
			}
		}
		if c.ID == "" {
			return council.ErrNotFound()
		}
		if c.Person == v.Person() {
			return council.E(council.Forbidden, "meeting.error.own_conflict")
		}
		if err := current(c.Revision, expected); err != nil {
			return err
		}
		c.Revoked = s.Clock()
		if err := s.Store.SaveConflict(ctx, &c); err != nil {
			return err
		}
		if err := s.Store.Audit(ctx, audit.Entry(v, c.Revoked, audit.ConflictRevoke, "agendaItem", it.Body, item,
			"person", string(c.Person), "conflict", string(c.ID))); err != nil {
			return err
		}
		label := policy.LabelConflict(item)
		if err := s.letIn(ctx, item, label); err != nil {
			return err
		}
		return s.Settler.Meeting(ctx, m.ID, audience.OpeningTo(label))
	})
}

// letIn opens the published papers of an item for those who hold the label. Were a paper to open for anybody else by it, it waits as a
// draft.
func (s *Service) letIn(ctx context.Context, item council.ID, label council.Label) error {
	on, err := s.Store.Consultations(ctx, council.ConsultationFilter{AgendaItem: item})
	if err != nil {
		return err
	}
	for _, stop := range on {
		p, err := s.Store.Paper(ctx, system, stop.Paper)
		if err != nil {
			return err
		}
		if p.State != council.Published {
			continue
		}
		would, err := s.Settler.OfPaper(ctx, p)
		if err != nil {
			return err
		}
		if !audience.OpeningTo(label).Allows(p.Audience, would) {
			p.State = council.Draft
			if err := s.Store.SavePaper(ctx, &p); err != nil {
				return err
			}
			continue
		}
		if err := s.Settler.Paper(ctx, stop.Paper, audience.OpeningTo(label)); err != nil {
			return err
		}
	}
	return nil
}
