package store

import (
	"context"

	"ris/app/council"
)

// Conflicts lists the conflicts of interest in the agenda item, revoked ones too, ordered by id.
func (s *Store) Conflicts(ctx context.Context, agendaItem council.ID) ([]council.ConflictOfInterest, error) {
	return list(of(s.read(ctx), "agenda_item", agendaItem).Order("id"), toConflictOfInterest)
}

// ConflictsOf lists the conflicts of interest of the person that are not revoked, ordered by id.
func (s *Store) ConflictsOf(ctx context.Context, person council.ID) ([]council.ConflictOfInterest, error) {
	return list(of(s.read(ctx), "person", person).Where("revoked IS NULL").Order("id"), toConflictOfInterest)
}

// SaveConflict inserts or updates, see save.
func (s *Store) SaveConflict(ctx context.Context, c *council.ConflictOfInterest) error {
	return save(ctx, s, &c.Stamp, func() conflictRow { return fromConflictOfInterest(*c) })
}

type conflictRow struct {
	Stamp      stampRow `gorm:"embedded"`
	Body       council.ID
	AgendaItem council.ID
	Person     council.ID
	Reason     string
	Decider    string
	Mode       council.ConflictMode
	Declared   openTime
	Revoked    openTime
}

func (conflictRow) TableName() string { return "conflicts_of_interest" }

func fromConflictOfInterest(c council.ConflictOfInterest) conflictRow {
	return conflictRow{
		Stamp:      fromStamp(c.Stamp),
		Body:       c.Body,
		AgendaItem: c.AgendaItem,
		Person:     c.Person,
		Reason:     c.Reason,
		Decider:    c.Decider,
		Mode:       c.Mode,
		Declared:   openTime(c.Declared),
		Revoked:    openTime(c.Revoked),
	}
}

func toConflictOfInterest(r conflictRow) council.ConflictOfInterest {
	return council.ConflictOfInterest{
		Stamp:      r.Stamp.stamp(),
		Body:       r.Body,
		AgendaItem: r.AgendaItem,
		Person:     r.Person,
		Reason:     r.Reason,
		Decider:    r.Decider,
		Mode:       r.Mode,
		Declared:   r.Declared.time(),
		Revoked:    r.Revoked.time(),
	}
}
