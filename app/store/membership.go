package store

import (
	"context"

	"ris/app/council"
)

// Memberships lists seats, past ones too, ordered by start, then id.
func (s *Store) Memberships(ctx context.Context, f council.MembershipFilter) ([]council.Membership, error) {
	query := equal(s.read(ctx), "body", f.Body)
	query = equal(query, "person", f.Person)
	query = equal(among(query, "person", f.Persons), "organization", f.Organization)
	return list(query.Order("starts_at, id"), toMembership)
}

// SaveMembership inserts or updates, see save.
func (s *Store) SaveMembership(ctx context.Context, m *council.Membership) error {
	return save(ctx, s, &m.Stamp, func() membershipRow { return fromMembership(*m) })
}

type membershipRow struct {
	Stamp        stampRow `gorm:"embedded"`
	Body         council.ID
	Person       council.ID
	Organization council.ID
	Role         string
	VotingRight  bool
	OnBehalfOf   ref
	Start        instant  `gorm:"column:starts_at"`
	End          openTime `gorm:"column:ends_at"`
}

func (membershipRow) TableName() string { return "memberships" }

func fromMembership(m council.Membership) membershipRow {
	return membershipRow{
		Stamp:        fromStamp(m.Stamp),
		Body:         m.Body,
		Person:       m.Person,
		Organization: m.Organization,
		Role:         m.Role,
		VotingRight:  m.VotingRight,
		OnBehalfOf:   ref(m.OnBehalfOf),
		Start:        instant(m.Start),
		End:          openTime(m.End),
	}
}

func toMembership(r membershipRow) council.Membership {
	return council.Membership{
		Stamp:        r.Stamp.stamp(),
		Body:         r.Body,
		Person:       r.Person,
		Organization: r.Organization,
		Role:         r.Role,
		VotingRight:  r.VotingRight,
		OnBehalfOf:   council.ID(r.OnBehalfOf),
		Start:        r.Start.time(),
		End:          r.End.time(),
	}
}
