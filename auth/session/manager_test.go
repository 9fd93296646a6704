package session

import (
	"context"
	"regexp"
	"strings"
	"testing"
	"time"

	"ris/app/council"
)

// memory is a store for the tests of this package only; the real one is proved in app/store.
type memory map[string]Session

func (m memory) SaveSession(_ context.Context, s Session) error { m[s.TokenHash] = s; return nil }
func (m memory) Session(_ context.Context, h string) (Session, error) {
	for _, s := range m {
		if s.TokenHash == h || s.PreviousHash == h {
			return s, nil
		}
	}
	return Session{}, council.ErrNotFound()
}
func (m memory) TouchSession(_ context.Context, h string, at time.Time) error {
	if s, ok := m[h]; ok {
		s.LastSeen = at
		m[h] = s
	}
	return nil
}
func (m memory) NoteRights(_ context.Context, h, rights string) error {
	s := m[h]
	s.Rights = rights
	m[h] = s
	return nil
}
func (m memory) RotateSession(_ context.Context, s Session) error {
	old, ok := m[s.PreviousHash]
	if !ok || !old.Revoked.IsZero() {
		return council.E(council.Stale, "error.stale")
	}
	delete(m, s.PreviousHash)
	m[s.TokenHash] = s
	return nil
}
func (m memory) EndSessions(_ context.Context, w Which, r Reason, at time.Time) (ended []Session, err error) {
	for h, s := range m {
		if s.Revoked.IsZero() && (s.TokenHash == w.TokenHash || w.Person != "" && s.Person == w.Person) {
			ended = append(ended, s)
			s.Revoked, s.RevokedReason = at, r
			m[h] = s
		}
	}
	return ended, nil
}

func at(now *time.Time) council.Clock { return func() time.Time { return *now } }

func TestTheStoreNeverHoldsAToken(t *testing.T) {
	now := time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)
	store := memory{}
	m := NewManager(store, at(&now))
	seen := map[string]bool{}
	for range 50 {
		token, s, err := m.Start(t.Context(), Session{Person: "p", UserAgent: strings.Repeat("x", 500)}, MemberLimits)
		if err != nil {
			t.Fatal(err)
		}
		if !regexp.MustCompile(`^[A-Za-z0-9_-]{43}$`).MatchString(token) || seen[token] || store[token].Person != "" || s.TokenHash == token || len(s.UserAgent) != 200 {
			t.Fatalf("token %q, session %+v", token, s)
		}
		seen[token] = true
		found, err := m.Find(t.Context(), token)
		if err != nil || found != s || !s.AuthTime.Equal(now) {
			t.Fatalf("found %+v %v", found, err)
		}
	}
}

func TestLimits(t *testing.T) {
	start := time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		limits Limits
		steps  []time.Duration // pauses between requests
		want   bool
	}{
		"member after a night":           {MemberLimits, []time.Duration{11 * time.Hour}, true},
		"member after a day away":        {MemberLimits, []time.Duration{12 * time.Hour}, false},
		"member reading each half day":   {MemberLimits, repeat(11*time.Hour, 60), true},
		"member after thirty days":       {MemberLimits, repeat(11*time.Hour, 66), false},
		"clerk after lunch":              {ClerkLimits, []time.Duration{59 * time.Minute}, true},
		"clerk after a long lunch":       {ClerkLimits, []time.Duration{time.Hour}, false},
		"clerk working eleven hours":     {ClerkLimits, repeat(30*time.Minute, 23), true},
		"clerk after twelve hours' work": {ClerkLimits, repeat(30*time.Minute, 24), false},
		"IT within a quarter":            {ITLimits, repeat(14*time.Minute, 20), true},
		"IT after a quarter":             {ITLimits, []time.Duration{15 * time.Minute}, false},
	} {
		now := start
		store := memory{}
		m := NewManager(store, at(&now))
		token, s, err := m.Start(t.Context(), Session{Person: "p"}, c.limits)
		if err != nil {
			t.Fatal(err)
		}
		good := true
		for _, pause := range c.steps {
			now = now.Add(pause)
			if s, err = m.Find(t.Context(), token); err == nil {
				err = m.Keep(t.Context(), s, c.limits)
			}
			if good = err == nil; !good {
				break
			}
			if err := m.Touch(t.Context(), s); err != nil {
				t.Fatal(err)
			}
		}
		if good != c.want {
			t.Errorf("%s: signed in %v, want %v", name, good, c.want)
		}
		if again, err2 := m.Find(t.Context(), token); !good && (council.KindOf(err) != council.Unauthenticated || err2 == nil) {
			t.Errorf("%s: a session that ran out must stay so: %v, %+v", name, err, again)
		}
	}
}

func repeat(d time.Duration, n int) []time.Duration {
	out := make([]time.Duration, n)
	for i := range out {
		out[i] = d
	}
	return out
}

func TestSigningOutHoldsAtOnce(t *testing.T) {
	now := time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)
	m := NewManager(memory{}, at(&now))
	one, _, _ := m.Start(t.Context(), Session{Person: "p"}, MemberLimits)
	two, _, _ := m.Start(t.Context(), Session{Person: "p"}, MemberLimits)
	other, _, _ := m.Start(t.Context(), Session{Person: "q"}, MemberLimits)
	if err := m.End(t.Context(), one); err != nil {
		t.Fatal(err)
	}
	if _, err := m.Find(t.Context(), one); council.KindOf(err) != council.Unauthenticated {
		t.Errorf("ended session: %v", err)
	}
	if _, err := m.Find(t.Context(), two); err != nil {
		t.Errorf("the other device must stay signed in: %v", err)
	}
	if err := m.EndAll(t.Context(), "p"); err != nil {
		t.Fatal(err)
	}
	if _, err := m.Find(t.Context(), two); err == nil {
		t.Error("EndAll left a session")
	}
	if _, err := m.Find(t.Context(), other); err != nil {
		t.Errorf("EndAll ended somebody else's: %v", err)
	}
	for _, forged := range []string{"", "x", strings.Repeat("A", 43), Hash(other)} {
		if _, err := m.Find(t.Context(), forged); council.KindOf(err) != council.Unauthenticated {
			t.Errorf("token %q: %v", forged, err)
		}
	}
}

func TestTouchWritesOnceAMinute(t *testing.T) {
	now := time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)
	store := memory{}
	m := NewManager(store, at(&now))
	_, s, _ := m.Start(t.Context(), Session{Person: "p"}, MemberLimits)
	now = now.Add(59 * time.Second)
	_ = m.Touch(t.Context(), s)
	if !store[s.TokenHash].LastSeen.Equal(s.Created) {
		t.Error("written too early")
	}
	now = now.Add(time.Second)
	_ = m.Touch(t.Context(), s)
	if !store[s.TokenHash].LastSeen.Equal(now) {
		t.Error("not written")
	}
}
