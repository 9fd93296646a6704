package store

import (
	"context"

	"ris/app/council"
)

// Consultations lists where papers are or were discussed, ordered by id. They have no Audience: they only link, and the caller
// shows a link when its paper and its item may be read.
func (s *Store) Consultations(ctx context.Context, f council.ConsultationFilter) ([]council.Consultation, error) {
	query := equal(s.read(ctx), "paper", f.Paper)
	query = among(query, "paper", f.Papers)
	query = equal(query, "agenda_item", f.AgendaItem)
	query = equal(query, "meeting", f.Meeting)
	return list(query.Order("id"), toConsultation)
}

// SaveConsultation inserts or updates, see save.
func (s *Store) SaveConsultation(ctx context.Context, c *council.Consultation) error {
	return save(ctx, s, &c.Stamp, func() consultationRow { return fromConsultation(*c) })
}

// DeleteConsultation takes the paper off that stop. council.NotFound when there is none.
func (s *Store) DeleteConsultation(ctx context.Context, id council.ID) error {
	return remove[consultationRow](s.write(ctx), id)
}

type consultationRow struct {
	Stamp         stampRow `gorm:"embedded"`
	Body          council.ID
	Paper         council.ID
	Organization  ref
	Meeting       ref
	AgendaItem    ref
	Role          string
	Authoritative bool
}

func (consultationRow) TableName() string { return "consultations" }

func fromConsultation(c council.Consultation) consultationRow {
	return consultationRow{
		Stamp:         fromStamp(c.Stamp),
		Body:          c.Body,
		Paper:         c.Paper,
		Organization:  ref(c.Organization),
		Meeting:       ref(c.Meeting),
		AgendaItem:    ref(c.AgendaItem),
		Role:          c.Role,
		Authoritative: c.Authoritative,
	}
}

func toConsultation(r consultationRow) council.Consultation {
	return council.Consultation{
		Stamp:         r.Stamp.stamp(),
		Body:          r.Body,
		Paper:         r.Paper,
		Organization:  council.ID(r.Organization),
		Meeting:       council.ID(r.Meeting),
		AgendaItem:    council.ID(r.AgendaItem),
		Role:          r.Role,
		Authoritative: r.Authoritative,
	}
}
