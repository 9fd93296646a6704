package versions

import (
	"context"
	"sync"
	"time"

	"ris/app/audit"
	"ris/app/council"
	"ris/auth/policy"
)

// logLook writes that the person was shown what changed between two versions, one of which is not public: once per person, pair and day,
// as with reading (app/packets). Only a line that is written counts as written: while it is not, nobody is shown anything.
func (s *Service) logLook(ctx context.Context, v policy.Viewer, c Comparison, now time.Time) error {
	key := look{v.Person(), c.Old.ID, c.New.ID}
	day := s.day(now)
	if s.looks.known(day, key) {
		return nil
	}
	err := s.Store.InTx(ctx, func(ctx context.Context) error {
		return s.Store.Audit(ctx, audit.Entry(v, now, audit.FileCompare, "file", c.File.Body, c.File.ID, "from", string(c.Old.ID), "version", string(c.New.ID)))
	})
	if err == nil {
		s.looks.keep(day, key)
	}
	return err
}

// day is the day in the town.
func (s *Service) day(now time.Time) string {
	if s.Zone != nil {
		now = now.In(s.Zone)
	}
	return now.Format(time.DateOnly)
}

type look struct{ person, old, new council.ID }

// looks knows which lines of the day are written. It forgets with the process, and two requests at the same moment write one each: then
// there is a line too many, never one too few.
type looks struct {
	mu   sync.Mutex
	day  string
	seen map[look]bool
}

func (l *looks) known(day string, key look) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.day == day && l.seen[key]
}

func (l *looks) keep(day string, key look) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.day != day || len(l.seen) > 100_000 {
		l.day, l.seen = day, map[look]bool{}
	}
	l.seen[key] = true
}
