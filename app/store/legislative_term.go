package store

import (
	"context"

	"ris/app/council"
)

// Terms lists the legislative terms of the Body, the oldest first; an empty Body does not narrow.
func (s *Store) Terms(ctx context.Context, body council.ID) ([]council.LegislativeTerm, error) {
	return list(equal(s.read(ctx), "body", body).Order("starts_at, id"), toLegislativeTerm)
}

// SaveTerm inserts or updates, see save.
func (s *Store) SaveTerm(ctx context.Context, l *council.LegislativeTerm) error {
	return save(ctx, s, &l.Stamp, func() legislativeTermRow { return fromLegislativeTerm(*l) })
}

type legislativeTermRow struct {
	Stamp stampRow `gorm:"embedded"`
	Body  council.ID
	Name  string
	Start instant  `gorm:"column:starts_at"`
	End   openTime `gorm:"column:ends_at"`
}

func (legislativeTermRow) TableName() string { return "legislative_terms" }

func fromLegislativeTerm(l council.LegislativeTerm) legislativeTermRow {
	return legislativeTermRow{
		Stamp: fromStamp(l.Stamp),
		Body:  l.Body,
		Name:  l.Name,
		Start: instant(l.Start),
		End:   openTime(l.End),
	}
}

func toLegislativeTerm(r legislativeTermRow) council.LegislativeTerm {
	return council.LegislativeTerm{
		Stamp: r.Stamp.stamp(),
		Body:  r.Body,
		Name:  r.Name,
		Start: r.Start.time(),
		End:   r.End.time(),
	}
}
