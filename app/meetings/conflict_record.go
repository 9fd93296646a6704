package meetings

import (
	"context"
	"strings"
	"unicode/utf8"

	"ris/app/audience"
	"ris/app/audit"
	"ris/app/council"
	"ris/auth/policy"
)

// NewConflict is a Befangenheit (GO NRW § 31 and its sisters): who, why, and who found so.
type NewConflict struct {
	Person  council.ID
	Reason  string
	Decider string
	// Declared says that the person has declared it; only where the Body hides from the declaration on does it matter.
	Declared bool
}

// RecordConflict does what the Body has set for conflicts of interest: it withholds the item's non-public papers from the person at
// once, from the declaration on, or only makes a note. expected is the item's revision (0 = not said). A
// person who is recorded already stays so, with the first reason. The log does not repeat the reason: it is the person's own affair.
func (s *Service) RecordConflict(ctx context.Context, v policy.Viewer, item council.ID, expected int64, in NewConflict) (council.ConflictOfInterest, error) {
	var c council.ConflictOfInterest
	err := s.Store.InTx(ctx, func(ctx context.Context) error {
		it, m, err := s.item(ctx, v, item, expected)
		if err != nil {
			return err
		}
		c = council.ConflictOfInterest{Body: it.Body, AgendaItem: item, Person: in.Person, Reason: strings.TrimSpace(in.Reason),
			Decider: strings.TrimSpace(in.Decider)}
		if utf8.RuneCountInString(c.Reason) > 500 {
			return council.E(council.Invalid, "clerk.error.name_long", "limit", "500")
		}
		if utf8.RuneCountInString(c.Decider) > 200 {
			return council.E(council.Invalid, "clerk.error.name_long", "limit", "200")
		}
		if _, err := s.participant(ctx, m, in.Person); err != nil {
			return err
		}
		all, err := s.Store.Conflicts(ctx, item)
		if err != nil {
			return err
		}
		for _, known := range all {
			if known.Person == in.Person && known.Revoked.IsZero() {
				c = known
				return nil
			}
		}
		settings, err := s.Store.AccessSettings(ctx, it.Body)
		if err != nil {
			return err
		}
		if c.Mode = settings.ConflictMode; c.Mode == "" {
			c.Mode = council.ConflictHides
		}
		if c.Mode == council.ConflictDeclared && in.Declared {
			c.Declared = s.Clock()
		}
		if err := s.Store.SaveConflict(ctx, &c); err != nil {
			return err
		}
		if err := s.Store.Audit(ctx, audit.Entry(v, s.Clock(), audit.ConflictRecord, "agendaItem", it.Body, item,
			"person", string(c.Person), "conflict", string(c.ID), "mode", string(c.Mode))); err != nil {
			return err
		}
		return s.Settler.Meeting(ctx, m.ID, audience.Closed)
	})
	return c, err
}
