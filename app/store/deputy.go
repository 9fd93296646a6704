package store

import (
	"context"

	"ris/app/council"
)

// Deputies lists standing deputies, past ones too, ordered by start, then id.
func (s *Store) Deputies(ctx context.Context, f council.DeputyFilter) ([]council.Deputy, error) {
	query := equal(s.read(ctx), "body", f.Body)
	query = equal(query, "person", f.Person)
	return list(query.Order("starts_at, id"), toDeputy)
}

// SaveDeputy inserts or updates, see save.
func (s *Store) SaveDeputy(ctx context.Context, d *council.Deputy) error {
	return save(ctx, s, &d.Stamp, func() deputyRow { return fromDeputy(*d) })
}

// DeleteDeputy takes one back; the log of acts keeps it.
func (s *Store) DeleteDeputy(ctx context.Context, id council.ID) error {
	return remove[deputyRow](s.write(ctx), id)
}

type deputyRow struct {
	Stamp        stampRow `gorm:"embedded"`
	Body         council.ID
	Organization council.ID
	Person       council.ID
	Start        instant  `gorm:"column:starts_at"`
	End          openTime `gorm:"column:ends_at"`
}

func (deputyRow) TableName() string { return "deputies" }

func fromDeputy(d council.Deputy) deputyRow {
	return deputyRow{
		Stamp:        fromStamp(d.Stamp),
		Body:         d.Body,
		Organization: d.Organization,
		Person:       d.Person,
		Start:        instant(d.Start),
		End:          openTime(d.End),
	}
}

func toDeputy(r deputyRow) council.Deputy {
	return council.Deputy{
		Stamp:        r.Stamp.stamp(),
		Body:         r.Body,
		Organization: r.Organization,
		Person:       r.Person,
		Start:        r.Start.time(),
		End:          r.End.time(),
	}
}
