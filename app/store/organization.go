package store

import (
	"context"

	"ris/app/council"
)

// Organization loads one; organizations are public master data.
func (s *Store) Organization(ctx context.Context, id council.ID) (council.Organization, error) {
	row, err := byID[organizationRow](s.read(ctx), id)
	return toOrganization(row), err
}

// Organizations lists those of the Body in German alphabetical order; an empty Body does not narrow.
func (s *Store) Organizations(ctx context.Context, body council.ID) ([]council.Organization, error) {
	all, err := list(equal(s.read(ctx), "body", body).Order("id"), toOrganization)
	alphabetical(all, func(o council.Organization) string { return o.Name })
	return all, err
}

// SaveOrganization inserts or updates, see save.
func (s *Store) SaveOrganization(ctx context.Context, o *council.Organization) error {
	return save(ctx, s, &o.Stamp, func() organizationRow { return fromOrganization(*o) })
}

type organizationRow struct {
	Stamp          stampRow `gorm:"embedded"`
	Body           council.ID
	Name           string
	ShortName      string
	Type           council.OrganizationType
	Classification string
	Start          instant  `gorm:"column:starts_at"`
	End            openTime `gorm:"column:ends_at"`
}

func (organizationRow) TableName() string { return "organizations" }

func fromOrganization(o council.Organization) organizationRow {
	return organizationRow{
		Stamp:          fromStamp(o.Stamp),
		Body:           o.Body,
		Name:           o.Name,
		ShortName:      o.ShortName,
		Type:           o.Type,
		Classification: o.Classification,
		Start:          instant(o.Start),
		End:            openTime(o.End),
	}
}

func toOrganization(r organizationRow) council.Organization {
	return council.Organization{
		Stamp:          r.Stamp.stamp(),
		Body:           r.Body,
		Name:           r.Name,
		ShortName:      r.ShortName,
		Type:           r.Type,
		Classification: r.Classification,
		Start:          r.Start.time(),
		End:            r.End.time(),
	}
}
