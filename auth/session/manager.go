package session

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"time"

	"ris/app/council"
)

// CookieName is the session cookie's name; secure says whether browsers reach us by https (the prefix then binds the cookie
// to this host, https and the path "/").
func CookieName(secure bool) string {
	if secure {
		return "__Host-ris"
	}
	return "ris"
}

// touchEvery bounds the writes that reading causes: LastSeen may be this much too old.
const touchEvery = time.Minute

// Manager makes, finds and ends sessions.
type Manager struct {
	store Store
	clock council.Clock
}

// NewManager needs the store and a clock (UTC, microseconds).
func NewManager(store Store, clock council.Clock) *Manager {
	return &Manager{store: store, clock: clock}
}

// Start signs a browser in under a fresh token, which goes into its cookie and nowhere else. s needs Person; the manager fills
// the hash and the times. limits are those of the person's kind of account.
func (m *Manager) Start(ctx context.Context, s Session, limits Limits) (token string, started Session, err error) {
	var b [32]byte
	_, _ = rand.Read(b[:]) // never fails since Go 1.24
	token = base64.RawURLEncoding.EncodeToString(b[:])
	now := m.clock()
	s.TokenHash, s.Created, s.LastSeen, s.Expires = Hash(token), now, now, now.Add(limits.Absolute)
	if s.AuthTime.IsZero() {
		s.AuthTime = now
	}
	if len(s.UserAgent) > 200 {
		s.UserAgent = s.UserAgent[:200]
	}
	return token, s, m.store.SaveSession(ctx, s)
}

// Find returns the session of a token; council.Unauthenticated when there is none or it has run out under the longest limits.
// The caller, who knows what kind of account it is, asks Keep next.
func (m *Manager) Find(ctx context.Context, token string) (Session, error) {
	none := council.E(council.Unauthenticated, "error.unauthenticated")
	if len(token) != 43 { // 32 bytes in base64url
		return Session{}, none
	}
	s, err := m.store.Session(ctx, Hash(token))
	if council.KindOf(err) == council.NotFound && err != nil {
		return Session{}, none
	}
	if err != nil {
		return Session{}, err
	}
	return s, m.Keep(ctx, s, MemberLimits)
}

// Keep holds the session to the limits: one that has run out is deleted and answered with council.Unauthenticated.
func (m *Manager) Keep(ctx context.Context, s Session, limits Limits) error {
	if limits.Holds(s, m.clock()) {
		return nil
	}
	_ = m.store.DeleteSession(ctx, s.TokenHash) // only tidying: it has run out whether or not this can be written
	return council.E(council.Unauthenticated, "error.unauthenticated")
}

// Touch notes that the session was used, at most once a minute.
func (m *Manager) Touch(ctx context.Context, s Session) error {
	now := m.clock()
	if now.Sub(s.LastSeen) < touchEvery {
		return nil
	}
	return m.store.TouchSession(ctx, s.TokenHash, now)
}

// End signs out the browser that holds the token; an unknown token is no error.
func (m *Manager) End(ctx context.Context, token string) error {
	return m.store.DeleteSession(ctx, Hash(token))
}

// EndAll signs a person out everywhere.
func (m *Manager) EndAll(ctx context.Context, person council.ID) error {
	return m.store.DeleteSessions(ctx, person)
}

// Hash is how the store knows a token: lower-case hex SHA-256. The token has 256 random bits, so no salt is needed.
func Hash(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}
