package meetings

import (
	"context"

	"ris/app/audience"
	"ris/app/audit"
	"ris/app/council"
	"ris/auth/policy"
)

// DismissGuest takes an invitation back: the guest reads nothing more of the item, at once. expected is the invitation's revision. Not
// found when it was taken back already.
func (s *Service) DismissGuest(ctx context.Context, v policy.Viewer, item, guest council.ID, expected int64) error {
	return s.Store.InTx(ctx, func(ctx context.Context) error {
		it, m, err := s.item(ctx, v, item, 0)
		if err != nil {
			return err
		}
		all, err := s.Store.Guests(ctx, council.GuestFilter{AgendaItem: item})
		if err != nil {
			return err
		}
		for _, g := range all {
			if g.ID != guest || !g.Revoked.IsZero() {
				continue
			}
			if err := current(g.Revision, expected); err != nil {
				return err
			}
			g.Revoked = s.Clock()
			if err := s.Store.SaveGuest(ctx, &g); err != nil {
				return err
			}
			if err := s.Store.Audit(ctx, audit.Entry(v, g.Revoked, audit.GuestDismiss, "agendaItem", it.Body, item,
				"person", string(g.Person), "guest", string(g.ID))); err != nil {
				return err
			}
			return s.Settler.Meeting(ctx, m.ID, audience.Closed)
		}
		return council.ErrNotFound()
	})
}
