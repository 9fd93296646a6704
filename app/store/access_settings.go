package store

import (
	"context"

	"ris/app/council"
)

// AccessSettings are what the Body has decided about its readers; a Body that has decided nothing has the careful ones, with Revision 0.
func (s *Store) AccessSettings(ctx context.Context, body council.ID) (council.AccessSettings, error) {
	all, err := s.accessSettings(ctx, []council.ID{body})
	if err != nil || len(all) == 0 {
		return council.AccessSettings{Stamp: council.Stamp{ID: body}}, err
	}
	return all[0], nil
}

// SaveAccessSettings inserts or updates, see save; the id is the Body's.
func (s *Store) SaveAccessSettings(ctx context.Context, x *council.AccessSettings) error {
	if !x.ID.Valid() || !x.ConflictMode.Known() || x.FormerDays < 0 || x.FormerDays > council.MostFormerDays {
		return council.E(council.Invalid, "error.invalid")
	}
	return save(ctx, s, &x.Stamp, func() accessSettingsRow { return fromAccessSettings(*x) })
}

func (s *Store) accessSettings(ctx context.Context, bodies []council.ID) ([]council.AccessSettings, error) {
	return list(among(s.read(ctx), "id", bodies).Order("id"), toAccessSettings)
}

type accessSettingsRow struct {
	Stamp              stampRow `gorm:"embedded"`
	ConflictMode       council.ConflictMode
	DeputiesRead       bool
	NewcomersReadOlder bool
	FormerDays         int
	MayorReads         bool
	GroupOfficesRead   bool
}

func (accessSettingsRow) TableName() string { return "access_settings" }

func fromAccessSettings(x council.AccessSettings) accessSettingsRow {
	return accessSettingsRow{
		Stamp:              fromStamp(x.Stamp),
		ConflictMode:       x.ConflictMode,
		DeputiesRead:       x.DeputiesRead,
		NewcomersReadOlder: x.NewcomersReadOlder,
		FormerDays:         x.FormerDays,
		MayorReads:         x.MayorReads,
		GroupOfficesRead:   x.GroupOfficesRead,
	}
}

func toAccessSettings(r accessSettingsRow) council.AccessSettings {
	return council.AccessSettings{
		Stamp:              r.Stamp.stamp(),
		ConflictMode:       r.ConflictMode,
		DeputiesRead:       r.DeputiesRead,
		NewcomersReadOlder: r.NewcomersReadOlder,
		FormerDays:         r.FormerDays,
		MayorReads:         r.MayorReads,
		GroupOfficesRead:   r.GroupOfficesRead,
	}
}
