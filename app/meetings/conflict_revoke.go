package meetings

import (
	"context"

	"ris/app/audience"
	"ris/app/audit"
	"ris/app/council"
	"ris/auth/policy"
)

// RevokeConflict gives the item's papers back to the person, at once: it is the one act besides publishing that opens, and it opens
// for this person alone (.docs/decisions/0002-audience.md). expected is the conflict's revision. Not found when it is not in force.
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
		on, err := s.Store.Consultations(ctx, council.ConsultationFilter{AgendaItem: item})
		if err != nil {
			return err
		}
		for _, stop := range on {
			if err := s.letIn(ctx, stop.Paper, c.Person); err != nil {
				return err
			}
		}
		return s.Settler.Meeting(ctx, m.ID, audience.Closed)
	})
}

// letIn opens a published paper for one person from whom it was withheld. Were it to open for anybody else, it waits as a draft.
func (s *Service) letIn(ctx context.Context, paper, person council.ID) error {
	p, err := s.Store.Paper(ctx, system, paper)
	if err != nil || p.State != council.Published {
		return err
	}
	would, err := s.Settler.OfPaper(ctx, p)
	if err != nil {
		return err
	}
	was := council.Audience{Allowed: p.Audience.Allowed}
	for _, l := range p.Audience.Withheld {
		if l != policy.LabelPerson(person) {
			was.Withheld = append(was.Withheld, l)
		}
	}
	if audience.Widens(was, would) {
		return s.keepClosed(ctx, p)
	}
	return s.Settler.Paper(ctx, paper, audience.Publishing)
}
