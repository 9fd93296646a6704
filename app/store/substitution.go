package store

import (
	"context"

	"ris/app/council"
)

// Substitutions lists recorded substitutions, ordered by id.
func (s *Store) Substitutions(ctx context.Context, f council.SubstitutionFilter) ([]council.Substitution, error) {
	query := equal(s.read(ctx), "meeting", f.Meeting)
	query = equal(query, "substitute", f.Substitute)
	return list(query.Order("id"), toSubstitution)
}

// SaveSubstitution inserts or updates, see save.
func (s *Store) SaveSubstitution(ctx context.Context, x *council.Substitution) error {
	return save(ctx, s, &x.Stamp, func() substitutionRow { return fromSubstitution(*x) })
}

// DeleteSubstitution takes one back; the log of acts keeps it.
func (s *Store) DeleteSubstitution(ctx context.Context, id council.ID) error {
	return remove[substitutionRow](s.write(ctx), id)
}

type substitutionRow struct {
	Stamp        stampRow `gorm:"embedded"`
	Body         council.ID
	Meeting      council.ID
	Organization council.ID
	Absent       council.ID
	Substitute   council.ID
}

func (substitutionRow) TableName() string { return "substitutions" }

func fromSubstitution(s council.Substitution) substitutionRow {
	return substitutionRow{
		Stamp:        fromStamp(s.Stamp),
		Body:         s.Body,
		Meeting:      s.Meeting,
		Organization: s.Organization,
		Absent:       s.Absent,
		Substitute:   s.Substitute,
	}
}

func toSubstitution(r substitutionRow) council.Substitution {
	return council.Substitution{
		Stamp:        r.Stamp.stamp(),
		Body:         r.Body,
		Meeting:      r.Meeting,
		Organization: r.Organization,
		Absent:       r.Absent,
		Substitute:   r.Substitute,
	}
}
