package meetings

import (
	"context"

	"ris/app/audit"
	"ris/app/council"
	"ris/auth/policy"
)

// DeclareConflict notes that the person has declared the conflict now. Where the Body hides from the declaration on, the item's
// non-public papers are withheld from this second; else it changes nothing. expected is the conflict's revision. Not found when it is
// not in force. It is undone by revoking.
func (s *Service) DeclareConflict(ctx context.Context, v policy.Viewer, item, conflict council.ID, expected int64) (council.ConflictOfInterest, error) {
	var c council.ConflictOfInterest
	err := s.Store.InTx(ctx, func(ctx context.Context) error {
		it, _, err := s.item(ctx, v, item, 0)
		if err != nil {
			return err
		}
		all, err := s.Store.Conflicts(ctx, item)
		if err != nil {
			return err
		}
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
		if !c.Declared.IsZero() {
			return nil // the first moment counts
		}
		c.Declared = s.Clock()
		if err := s.Store.SaveConflict(ctx, &c); err != nil {
			return err
		}
		return s.Store.Audit(ctx, audit.Entry(v, c.Declared, audit.ConflictDeclare, "agendaItem", it.Body, item,
			"person", string(c.Person), "conflict", string(c.ID)))
	})
	return c, err
}
