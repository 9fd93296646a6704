package store

import (
	"context"

	"ris/app/council"
	"ris/auth/policy"
)

// AgendaItem loads one that the viewer may read.
func (s *Store) AgendaItem(ctx context.Context, v policy.Viewer, id council.ID) (council.AgendaItem, error) {
	return readOne(ctx, s, v, id, toAgendaItem)
}

// AgendaItems lists those of the meeting that the viewer may read, in the order of the agenda.
func (s *Store) AgendaItems(ctx context.Context, v policy.Viewer, meeting council.ID) ([]council.AgendaItem, error) {
	return readList(ctx, s, of(visible(s.read(ctx), v), "meeting", meeting).Order("position, id"), toAgendaItem)
}

// SaveAgendaItem inserts or updates, see save. The caller keeps Order without gaps.
func (s *Store) SaveAgendaItem(ctx context.Context, a *council.AgendaItem) error {
	return saveReadable(ctx, s, &a.Stamp, a.Audience, func(key string) agendaItemRow { return fromAgendaItem(*a, key) })
}

// DeleteAgendaItem deletes the item with its consultations and conflicts of interest; the papers stay. The caller closes the gap
// in the order and computes the papers' audiences anew. council.NotFound when there is none.
func (s *Store) DeleteAgendaItem(ctx context.Context, id council.ID) error {
	return s.together(ctx, func(ctx context.Context) error {
		for _, row := range []any{&consultationRow{}, &conflictRow{}} {
			if err := of(s.write(ctx), "agenda_item", id).Delete(row).Error; err != nil {
				return failed(err)
			}
		}
		return remove[agendaItemRow](s.write(ctx), id)
	})
}

type agendaItemRow struct {
	Stamp    stampRow `gorm:"embedded"`
	Body     council.ID
	Meeting  council.ID
	Order    int `gorm:"column:position"`
	Number   string
	Name     string
	Public   bool
	State    council.State
	Result   string
	Audience string // key, see audience.go
}

func (agendaItemRow) TableName() string { return "agenda_items" }

func fromAgendaItem(a council.AgendaItem, audience string) agendaItemRow {
	return agendaItemRow{
		Stamp:    fromStamp(a.Stamp),
		Body:     a.Body,
		Meeting:  a.Meeting,
		Order:    a.Order,
		Number:   a.Number,
		Name:     a.Name,
		Public:   a.Public,
		State:    a.State,
		Result:   a.Result,
		Audience: audience,
	}
}

func (r agendaItemRow) key() string { return r.Audience }

func toAgendaItem(r agendaItemRow, a council.Audience) council.AgendaItem {
	return council.AgendaItem{
		Stamp:    r.Stamp.stamp(),
		Body:     r.Body,
		Meeting:  r.Meeting,
		Order:    r.Order,
		Number:   r.Number,
		Name:     r.Name,
		Public:   r.Public,
		State:    r.State,
		Result:   r.Result,
		Audience: a,
	}
}
