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

// ChangeAgendaItem changes what is not nil.
type ChangeAgendaItem struct {
	Name   *string
	Number *string
	Public *bool
	Result *string
}

// ChangeItem changes an item. Texts of a published item change at once for its readers. Making it non-public takes effect at
// once; making a published item public sets it back to draft, so that only the next publication, with its preview, opens it.
func (s *Service) ChangeItem(ctx context.Context, v policy.Viewer, id council.ID, expected int64, in ChangeAgendaItem) (council.AgendaItem, error) {
	var it council.AgendaItem
	err := s.Store.InTx(ctx, func(ctx context.Context) error {
		var m council.Meeting
		var err error
		if it, m, err = s.item(ctx, v, id, expected); err != nil {
			return err
		}
		was := it
		if in.Name != nil {
			it.Name = strings.TrimSpace(*in.Name)
		}
		if in.Number != nil {
			it.Number = strings.TrimSpace(*in.Number)
		}
		if in.Result != nil {
			it.Result = strings.TrimSpace(*in.Result)
		}
		if in.Public != nil {
			it.Public = *in.Public
		}
		if it.Name == was.Name && it.Number == was.Number && it.Result == was.Result && it.Public == was.Public {
			return nil
		}
		if err := checkItem(it); err != nil {
			return err
		}
		if utf8.RuneCountInString(it.Result) > 5000 {
			return council.E(council.Invalid, "clerk.error.name_long", "limit", "5000")
		}
		details := []string{"meeting", string(m.ID)}
		if it.Public != was.Public {
			details = append(details, "public", yesNo(it.Public))
			if it.Public && it.State == council.Published {
				it.State = council.Draft
			}
		}
		if err := s.Store.SaveAgendaItem(ctx, &it); err != nil {
			return err
		}
		if err := s.Store.Audit(ctx, audit.Entry(v, s.Clock(), audit.AgendaItemChange, "agendaItem", it.Body, id, details...)); err != nil {
			return err
		}
		if err := s.holdBack(ctx, id); err != nil {
			return err
		}
		if err := s.Settler.Meeting(ctx, m.ID, audience.Closed); err != nil {
			return err
		}
		it, err = s.Store.AgendaItem(ctx, v, id)
		return err
	})
	return it, err
}

// holdBack sets published papers of an item back to draft when the change would open them wider: a paper that stands on two
// items and is no longer public loses or gains withheld persons, for example.
func (s *Service) holdBack(ctx context.Context, item council.ID) error {
	on, err := s.Store.Consultations(ctx, council.ConsultationFilter{AgendaItem: item})
	if err != nil {
		return err
	}
	for _, c := range on {
		p, err := s.Store.Paper(ctx, system, c.Paper)
		if err != nil {
			return err
		}
		if err := s.keepClosed(ctx, p); err != nil {
			return err
		}
	}
	return nil
}

// keepClosed sets a published paper back to draft when its present agenda items would open it wider than it is.
func (s *Service) keepClosed(ctx context.Context, p council.Paper) error {
	if p.State != council.Published {
		return nil
	}
	would, err := s.Settler.OfPaper(ctx, p)
	if err != nil || !audience.Widens(p.Audience, would) {
		return err
	}
	p.State = council.Draft
	return s.Store.SavePaper(ctx, &p)
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}
