package store

import (
	"context"
	"strings"

	"gorm.io/gorm"

	"ris/app/council"
	"ris/auth/policy"
)

// acting says on whose behalf a statement runs; row-level security holds it to that on PostgreSQL (migration 0015), whatever its
// conditions say. The zero acting is a statement without a viewer: it reads facts and the publication read model, nothing that has
// readers.
type acting struct {
	labels string // of the viewer, one a line
	system string // named reason: everything is seen and may be written
	write  bool   // its transaction must not be read-only
}

const actingKey = "ris:acting"

// as marks the query as the viewer's. visible does it by itself; queries of other tables with readers call it.
func as(query *gorm.DB, v policy.Viewer) *gorm.DB {
	return query.Set(actingKey, actingOf(v))
}

func actingOf(v policy.Viewer) acting {
	if v.Unfiltered() {
		return acting{system: v.SystemReason()}
	}
	return acting{labels: lines(v.Labels())}
}

func lines(labels []council.Label) string {
	all := make([]string, len(labels))
	for i, l := range labels {
		all[i] = string(l)
	}
	return strings.Join(all, "\n")
}

// readFor is read for a table that hangs on one with readers (a version's text): the row policies let the viewer's through.
func (s *Store) readFor(ctx context.Context, v policy.Viewer) *gorm.DB { return as(s.read(ctx), v) }

// readOwn is read for what belongs to one person alone.
func (s *Store) readOwn(ctx context.Context, person council.ID) *gorm.DB {
	return s.read(ctx).Set(actingKey, acting{labels: string(policy.LabelPerson(person))})
}

// unfiltered is read past the row policies, for the methods that by their contract answer to the system and not to a viewer. A
// test holds the list of those who call it, each with its reason.
func (s *Store) unfiltered(ctx context.Context, reason string) *gorm.DB {
	return s.read(ctx).Set(actingKey, acting{system: reason})
}

// actsAs is what the statement was marked with.
func actsAs(query *gorm.DB) acting {
	if mark, ok := query.Get(actingKey); ok {
		return mark.(acting)
	}
	return acting{}
}
