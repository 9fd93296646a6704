package store_test

import (
	"testing"
	"time"

	"ris/app/council"
	"ris/app/store"
	"ris/auth/session"
)

// What is past its time goes, the rest stays.
func TestPurge(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		w := newTown(t, s)
		p := council.Person{Body: w.body.ID, Name: "Marlene Aßhauer"}
		must(t, s.SavePerson(ctx, &p))
		for hash, ends := range map[string]time.Time{"old": epoch.Add(-time.Second), "new": epoch.Add(time.Hour)} {
			must(t, s.SaveSession(ctx, session.Session{TokenHash: hash, Person: p.ID, Created: epoch, LastSeen: epoch, Expires: ends}))
		}
		for key, age := range map[string]time.Duration{"old": 8 * 24 * time.Hour, "new": 6 * 24 * time.Hour} {
			must(t, s.SaveIdempotent(ctx, council.Answered{Person: p.ID, Key: key, Route: "POST /x", Status: 201, Created: epoch.Add(-age)}))
		}
		gone, err := s.Purge(ctx, epoch)
		must(t, err)
		if gone != 2 {
			t.Errorf("%d rows went, want 2", gone)
		}
		_, err = s.Session(ctx, "old")
		wantKind(t, "the old session", err, council.NotFound)
		_, err = s.Session(ctx, "new")
		must(t, err)
		if a, err := s.Idempotent(ctx, p.ID, "old"); err != nil || a != nil {
			t.Errorf("the old answer: %v %v", a, err)
		}
		if a, err := s.Idempotent(ctx, p.ID, "new"); err != nil || a == nil {
			t.Errorf("the new answer: %v %v", a, err)
		}
	})
}
