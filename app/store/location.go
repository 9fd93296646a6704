package store

import (
	"context"

	"ris/app/council"
)

// Location loads one; locations are public master data.
func (s *Store) Location(ctx context.Context, id council.ID) (council.Location, error) {
	row, err := byID[locationRow](s.read(ctx), id)
	return toLocation(row), err
}

// Locations lists those of the Body in German alphabetical order; an empty Body does not narrow.
func (s *Store) Locations(ctx context.Context, body council.ID) ([]council.Location, error) {
	all, err := list(equal(s.read(ctx), "body", body).Order("id"), toLocation)
	alphabetical(all, func(l council.Location) string { return l.Description + "\x00" + l.Room })
	return all, err
}

// SaveLocation inserts or updates, see save.
func (s *Store) SaveLocation(ctx context.Context, l *council.Location) error {
	return save(ctx, s, &l.Stamp, func() locationRow { return fromLocation(*l) })
}

type locationRow struct {
	Stamp         stampRow `gorm:"embedded"`
	Body          council.ID
	Description   string
	Room          string
	StreetAddress string
	PostalCode    string
	Locality      string
}

func (locationRow) TableName() string { return "locations" }

func fromLocation(l council.Location) locationRow {
	return locationRow{
		Stamp:         fromStamp(l.Stamp),
		Body:          l.Body,
		Description:   l.Description,
		Room:          l.Room,
		StreetAddress: l.StreetAddress,
		PostalCode:    l.PostalCode,
		Locality:      l.Locality,
	}
}

func toLocation(r locationRow) council.Location {
	return council.Location{
		Stamp:         r.Stamp.stamp(),
		Body:          r.Body,
		Description:   r.Description,
		Room:          r.Room,
		StreetAddress: r.StreetAddress,
		PostalCode:    r.PostalCode,
		Locality:      r.Locality,
	}
}
