package meetings

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"ris/app/audit"
	"ris/app/council"
	"ris/auth/policy"
)

var zeroTime time.Time

// NewAgendaItem is a Tagesordnungspunkt to be. Position counts from 0, nil = last. Papers are put on it.
type NewAgendaItem struct {
	Name     string
	Number   string
	Public   bool
	Position *int
	Papers   []council.ID
}

// AddItem puts an item on the agenda, as a draft also when the meeting is published: the next publication shows it.
// expected is the meeting's revision (0 = not said).
func (s *Service) AddItem(ctx context.Context, v policy.Viewer, meeting council.ID, expected int64, in NewAgendaItem) (council.AgendaItem, error) {
	var it council.AgendaItem
	err := s.Store.InTx(ctx, func(ctx context.Context) error {
		m, err := s.meeting(ctx, v, meeting, expected)
		if err != nil {
			return err
		}
		it = council.AgendaItem{Body: m.Body, Meeting: m.ID, Name: strings.TrimSpace(in.Name), Number: strings.TrimSpace(in.Number),
			Public: in.Public, State: council.Draft}
		if err := checkItem(it); err != nil {
			return err
		}
		// The meeting's revision stands for its agenda: this save tells the second of two clerks that somebody was faster.
		if err := s.Store.SaveMeeting(ctx, &m); err != nil {
			return err
		}
		alive, removed, err := s.agenda(ctx, m.ID)
		if err != nil {
			return err
		}
		it.Order = len(alive)
		if in.Position != nil && *in.Position >= 0 && *in.Position < it.Order {
			it.Order = *in.Position
		}
		it.Audience = policy.ForAgendaItem(policy.ItemFacts{Item: it, Meeting: m})
		if err := s.Store.SaveAgendaItem(ctx, &it); err != nil {
			return err
		}
		if err := s.place(ctx, slices.Insert(alive, it.Order, it), removed); err != nil {
			return err
		}
		if err := s.Store.Audit(ctx, audit.Entry(v, s.Clock(), audit.AgendaItemAdd, "agendaItem", m.Body, it.ID, "meeting", string(m.ID))); err != nil {
			return err
		}
		for _, p := range in.Papers {
			if err := s.attach(ctx, v, m, it, Attachment{Paper: p}); err != nil {
				return err
			}
		}
		return nil
	})
	return it, err
}

func checkItem(it council.AgendaItem) error {
	switch {
	case it.Name == "":
		return council.E(council.Invalid, "agenda_item.error.name")
	case utf8.RuneCountInString(it.Name) > 500:
		return council.E(council.Invalid, "clerk.error.name_long", "limit", "500")
	case utf8.RuneCountInString(it.Number) > 40:
		return council.E(council.Invalid, "agenda_item.error.number_long", "limit", "40")
	}
	return nil
}
