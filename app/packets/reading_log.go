package packets

import (
	"context"
	"sync"
	"time"

	"ris/app/audit"
	"ris/app/council"
	"ris/auth/policy"
)

// logReading writes that the person was given a version that is not public: once per person, version and day, however it is given
// (the file, the reading copy, a packet, an archive, pictures of its pages). details are pairs that say how.
func (s *Service) logReading(ctx context.Context, v policy.Viewer, f council.File, fv council.FileVersion, now time.Time, details ...string) error {
	if !nonPublic(f, fv) || !s.reads.first(v.Person(), fv.ID, now) {
		return nil
	}
	err := s.Store.Audit(ctx, audit.Entry(v, now, audit.FileRead, "file", f.Body, f.ID, append([]string{"version", string(fv.ID)}, details...)...))
	if err != nil {
		s.reads.forget(v.Person(), fv.ID)
	}
	return err
}

// reads keeps one line per person, version and day (of the town) out of the many ranges that a reader asks for. It forgets with the
// process: then there is a line too many, never one too few.
type reads struct {
	mu   sync.Mutex
	day  string
	seen map[[2]council.ID]bool
}

func (r *reads) first(person, version council.ID, now time.Time) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if day := now.In(Berlin).Format(time.DateOnly); day != r.day || len(r.seen) > 100_000 {
		r.day, r.seen = day, map[[2]council.ID]bool{}
	}
	key := [2]council.ID{person, version}
	if r.seen[key] {
		return false
	}
	r.seen[key] = true
	return true
}

// forget is for a line that was not written, or was taken back with its transaction.
func (r *reads) forget(person, version council.ID) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.seen, [2]council.ID{person, version})
}
