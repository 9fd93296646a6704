package review

import (
	"context"
	"time"

	"ris/app/audit"
	"ris/app/audit/journal"
	"ris/app/council"
	"ris/auth/policy"
)

// Store is what is needed of the database.
type Store interface {
	AuditPage(ctx context.Context, v policy.Viewer, p council.AuditPage) ([]council.AuditEntry, error)
	Body(ctx context.Context, v policy.Viewer, id council.ID) (council.Body, error)
	Person(ctx context.Context, id council.ID) (council.Person, error)
	File(ctx context.Context, v policy.Viewer, id council.ID) (council.File, error)
	Paper(ctx context.Context, v policy.Viewer, id council.ID) (council.Paper, error)
	Meeting(ctx context.Context, v policy.Viewer, id council.ID) (council.Meeting, error)
	AgendaItem(ctx context.Context, v policy.Viewer, id council.ID) (council.AgendaItem, error)
	Audit(ctx context.Context, e council.AuditEntry) error
}

// Service answers what is asked about the log.
type Service struct {
	Store   Store
	Journal *journal.Journal
}

// Line is a line for people.
type Line struct {
	council.AuditEntry
	Actor  council.Person // who did it; empty for the system, and for others than the viewer in the viewer's own list
	Object *Object        // what it is about, where the viewer may read it
	Hidden bool           // it is about a paper, file, meeting or item that the viewer may not read (any more)
}

// Object is what a line is about.
type Object struct {
	Kind      string // "paper", "meeting", "agendaItem", "person"
	ID        council.ID
	Name      string
	Reference string // of a paper
	File      string // name of the file, where the line is about one
}

// Page picks a page: lines older than that of the cursor.
type Page struct {
	At    time.Time
	ID    council.ID
	Limit int // 0 = 50, at most 200
}

func (p Page) size() int {
	if p.Limit <= 0 {
		return 50
	}
	return min(p.Limit, 200)
}

// Own lists what was done in the viewer's own name and to the viewer's account, latest first. readings: only which papers were
// opened. more says that there is another page.
func (s *Service) Own(ctx context.Context, v policy.Viewer, readings bool, p Page) (out []Line, more bool, err error) {
	if readings {
		return s.own(ctx, v, audit.ActsOf(audit.Reading), p)
	}
	return s.own(ctx, v, nil, p)
}

func (s *Service) page(ctx context.Context, v policy.Viewer, ask council.AuditPage) ([]Line, bool, error) {
	all, err := s.Store.AuditPage(ctx, v, ask)
	if err != nil {
		return nil, false, err
	}
	more := len(all) == ask.Limit
	if more {
		all = all[:len(all)-1]
	}
	n := names{Service: s, v: v, objects: map[council.ID]*Object{}, persons: map[council.ID]council.Person{}}
	out := make([]Line, len(all))
	for i, e := range all {
		if out[i], err = n.line(ctx, e); err != nil {
			return nil, false, err
		}
	}
	return out, more, nil
}
