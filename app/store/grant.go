package store

import (
	"context"

	"ris/app/council"
)

// Grants lists the roles of the person, past ones too, ordered by id.
func (s *Store) Grants(ctx context.Context, person council.ID) ([]council.Grant, error) {
	return list(of(s.read(ctx), "person", person).Order("id"), toGrant)
}

// GrantsIn lists the roles in the Body, past ones too, ordered by id.
func (s *Store) GrantsIn(ctx context.Context, body council.ID) ([]council.Grant, error) {
	return list(of(s.read(ctx), "body", body).Order("id"), toGrant)
}

// SaveGrant inserts or updates, see save.
func (s *Store) SaveGrant(ctx context.Context, g *council.Grant) error {
	return save(ctx, s, &g.Stamp, func() grantRow { return fromGrant(*g) })
}

type grantRow struct {
	Stamp  stampRow `gorm:"embedded"`
	Body   council.ID
	Person council.ID
	Role   council.Role
	Start  instant  `gorm:"column:starts_at"`
	End    openTime `gorm:"column:ends_at"`
	Source string
	// Organization is empty but for the office of a Fraktion.
	Organization ref
}

func (grantRow) TableName() string { return "grants" }

func fromGrant(g council.Grant) grantRow {
	return grantRow{
		Stamp:        fromStamp(g.Stamp),
		Body:         g.Body,
		Person:       g.Person,
		Role:         g.Role,
		Start:        instant(g.Start),
		End:          openTime(g.End),
		Source:       g.Source,
		Organization: ref(g.Organization),
	}
}

func toGrant(r grantRow) council.Grant {
	return council.Grant{
		Stamp:        r.Stamp.stamp(),
		Body:         r.Body,
		Person:       r.Person,
		Role:         r.Role,
		Start:        r.Start.time(),
		End:          r.End.time(),
		Source:       r.Source,
		Organization: council.ID(r.Organization),
	}
}
