package store

import (
	"context"

	"ris/app/council"
)

// Guests lists guests of agenda items, past and revoked ones too, ordered by id.
func (s *Store) Guests(ctx context.Context, f council.GuestFilter) ([]council.Guest, error) {
	query := equal(s.read(ctx), "meeting", f.Meeting)
	query = equal(query, "agenda_item", f.AgendaItem)
	query = equal(query, "person", f.Person)
	return list(query.Order("id"), toGuest)
}

// SaveGuest inserts or updates, see save.
func (s *Store) SaveGuest(ctx context.Context, g *council.Guest) error {
	return save(ctx, s, &g.Stamp, func() guestRow { return fromGuest(*g) })
}

type guestRow struct {
	Stamp      stampRow `gorm:"embedded"`
	Body       council.ID
	Meeting    council.ID
	AgendaItem council.ID
	Person     council.ID
	Reason     string
	Start      instant `gorm:"column:starts_at"`
	End        instant `gorm:"column:ends_at"`
	Revoked    openTime
}

func (guestRow) TableName() string { return "guests" }

func fromGuest(g council.Guest) guestRow {
	return guestRow{
		Stamp:      fromStamp(g.Stamp),
		Body:       g.Body,
		Meeting:    g.Meeting,
		AgendaItem: g.AgendaItem,
		Person:     g.Person,
		Reason:     g.Reason,
		Start:      instant(g.Start),
		End:        instant(g.End),
		Revoked:    openTime(g.Revoked),
	}
}

func toGuest(r guestRow) council.Guest {
	return council.Guest{
		Stamp:      r.Stamp.stamp(),
		Body:       r.Body,
		Meeting:    r.Meeting,
		AgendaItem: r.AgendaItem,
		Person:     r.Person,
		Reason:     r.Reason,
		Start:      r.Start.time(),
		End:        r.End.time(),
		Revoked:    r.Revoked.time(),
	}
}
