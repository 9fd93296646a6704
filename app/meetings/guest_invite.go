package meetings

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"ris/app/audience"
	"ris/app/audit"
	"ris/app/council"
	"ris/auth/policy"
)

// NewGuest is somebody from outside who may read one agenda item and its papers until a moment.
type NewGuest struct {
	Person council.ID
	Start  time.Time // zero = now
	End    time.Time
	Reason string
}

// longestVisit bounds how long a guest may read.
const longestVisit = 366 * 24 * time.Hour

// InviteGuest lets the person read the item, its published papers, and place and time of its meeting, until End. Nothing else opens
// by it; what is a draft waits for the publication. expected is the item's revision (0 = not said).
// Errors: Invalid when the end is not after the start, has passed or is more than a year away; Conflict when the person is a guest of
// this item already.
func (s *Service) InviteGuest(ctx context.Context, v policy.Viewer, item council.ID, expected int64, in NewGuest) (council.Guest, error) {
	var g council.Guest
	err := s.Store.InTx(ctx, func(ctx context.Context) error {
		it, m, err := s.item(ctx, v, item, expected)
		if err != nil {
			return err
		}
		now := s.Clock()
		g = council.Guest{Body: it.Body, Meeting: m.ID, AgendaItem: item, Person: in.Person, Reason: strings.TrimSpace(in.Reason), Start: in.Start.UTC(), End: in.End.UTC()}
		if in.Start.IsZero() {
			g.Start = now
		}
		if !g.End.After(g.Start) || !g.End.After(now) || g.End.After(now.Add(longestVisit)) {
			return council.E(council.Invalid, "guest.error.end")
		}
		if utf8.RuneCountInString(g.Reason) > 500 {
			return council.E(council.Invalid, "clerk.error.name_long", "limit", "500")
		}
		who, err := s.participant(ctx, m, in.Person)
		if err != nil {
			return err
		}
		all, err := s.Store.Guests(ctx, council.GuestFilter{AgendaItem: item})
		if err != nil {
			return err
		}
		for _, known := range all {
			if known.Person == in.Person && known.Revoked.IsZero() && known.End.After(now) {
				return council.E(council.Conflict, "guest.error.invited", "name", who.Name)
			}
		}
		if err := s.Store.SaveGuest(ctx, &g); err != nil {
			return err
		}
		if err := s.Store.Audit(ctx, audit.Entry(v, now, audit.GuestInvite, "agendaItem", it.Body, item, "person", string(g.Person), "guest", string(g.ID),
			"from", g.Start.Format(time.RFC3339), "until", g.End.Format(time.RFC3339))); err != nil {
			return err
		}
		label := policy.LabelGuest(item)
		if err := s.letIn(ctx, item, label); err != nil {
			return err
		}
		return s.Settler.Meeting(ctx, m.ID, audience.OpeningTo(label))
	})
	return g, err
}
