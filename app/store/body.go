package store

import (
	"context"

	"ris/app/council"
	"ris/auth/policy"
)

// Body loads one Body. Bodies are public master data: everybody but the zero Viewer may read them.
func (s *Store) Body(ctx context.Context, v policy.Viewer, id council.ID) (council.Body, error) {
	if !publicData(v) {
		return council.Body{}, council.ErrNotFound()
	}
	row, err := byID[bodyRow](s.read(ctx), id)
	return toBody(row), err
}

// Bodies lists all bodies, ordered by id (the oldest first).
func (s *Store) Bodies(ctx context.Context, v policy.Viewer) ([]council.Body, error) {
	if !publicData(v) {
		return []council.Body{}, nil
	}
	return list(s.read(ctx).Order("id"), toBody)
}

// SaveBody inserts or updates, see save.
func (s *Store) SaveBody(ctx context.Context, b *council.Body) error {
	return save(ctx, s, &b.Stamp, func() bodyRow { return fromBody(*b) })
}

type bodyRow struct {
	Stamp          stampRow `gorm:"embedded"`
	Name           string   `gorm:"column:name"`
	ShortName      string   `gorm:"column:short_name"`
	AGS            string   `gorm:"column:ags"`
	Classification string
	Website        string
	License        string
	ContactEmail   string
	ContactName    string
	WatermarkText  string
}

func (bodyRow) TableName() string { return "bodies" }

func fromBody(b council.Body) bodyRow {
	return bodyRow{
		Stamp:          fromStamp(b.Stamp),
		Name:           b.Name,
		ShortName:      b.ShortName,
		AGS:            b.AGS,
		Classification: b.Classification,
		Website:        b.Website,
		License:        b.License,
		ContactEmail:   b.ContactEmail,
		ContactName:    b.ContactName,
		WatermarkText:  b.WatermarkText,
	}
}

func toBody(r bodyRow) council.Body {
	return council.Body{
		Stamp:          r.Stamp.stamp(),
		Name:           r.Name,
		ShortName:      r.ShortName,
		AGS:            r.AGS,
		Classification: r.Classification,
		Website:        r.Website,
		License:        r.License,
		ContactEmail:   r.ContactEmail,
		ContactName:    r.ContactName,
		WatermarkText:  r.WatermarkText,
	}
}
