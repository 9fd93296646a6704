package session

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"strings"
	"time"
	"unicode"

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

// DeviceCookieName is the name of the cookie by which a browser is known in the list of devices; it outlives sessions.
func DeviceCookieName(secure bool) string {
	if secure {
		return "__Host-ris-device"
	}
	return "ris-device"
}

// WipeCookieName is the name of the cookie that a lost device has instead of all others: the receipt of the order to delete, until the
// device has confirmed. It opens nothing; whoever shows it is told the order once more.
func WipeCookieName(secure bool) string {
	if secure {
		return "__Host-ris-wipe"
	}
	return "ris-wipe"
}

// touchEvery bounds the writes that reading causes: LastSeen may be this much too old.
const touchEvery = time.Minute

// RotationGrace is how long a token that was just replaced is still good: requests that a page had under way carry it.
const RotationGrace = 30 * time.Second

// Manager makes, finds and ends sessions.
type Manager struct {
	store Store
	clock council.Clock
	// Times are the limits by kind of account; the zero Table has the defaults. Set before use.
	Times Table
}

// NewManager needs the store and a clock (UTC, microseconds).
func NewManager(store Store, clock council.Clock) *Manager {
	return &Manager{store: store, clock: clock}
}

// NewToken gives 256 random bits in 43 characters (base64url): a session's or a device's secret.
func NewToken() string {
	var b [32]byte
	_, _ = rand.Read(b[:]) // never fails since Go 1.24
	return base64.RawURLEncoding.EncodeToString(b[:])
}

// Start signs a browser in under a fresh token, which goes into its cookie and nowhere else. s needs Person; the manager fills
// the hash and the times. limits are those of the person's kind of account.
func (m *Manager) Start(ctx context.Context, s Session, limits Limits) (token string, started Session, err error) {
	token = NewToken()
	now := m.clock()
	s.TokenHash, s.Created, s.LastSeen, s.Expires = Hash(token), now, now, now.Add(limits.Absolute)
	if s.AuthTime.IsZero() {
		s.AuthTime = now
	}
	s.UserAgent = Plain(s.UserAgent, 200)
	return token, s, m.store.SaveSession(ctx, s)
}

// Find returns the session of a token; council.Unauthenticated when there is none, when it was ended (the text says why) or has run
// out under the longest limits. The caller, who knows what kind of account it is, asks Keep next, and OfDevice.
//
// A token that was replaced is good for RotationGrace, for requests under way. Used after that, somebody has kept it: the
// session is ended for both.
func (m *Manager) Find(ctx context.Context, token string) (Session, error) {
	if len(token) != 43 { // 32 bytes in base64url
		return Session{}, unauthenticated(nil)
	}
	hash := Hash(token)
	s, err := m.store.Session(ctx, hash)
	if council.KindOf(err) == council.NotFound && err != nil {
		return Session{}, unauthenticated(nil)
	}
	if err != nil {
		return Session{}, err
	}
	if !s.Revoked.IsZero() {
		return Session{}, Ended(s.RevokedReason)
	}
	if s.TokenHash != hash && m.clock().Sub(s.Rotated) >= RotationGrace {
		return s, m.misused(ctx, s, TokenReplayed)
	}
	return s, m.Keep(ctx, s, m.Times.Longest())
}

// OfDevice holds the session to the device to which its token was given: deviceToken is the value of the browser's device cookie.
// Another one, or none, says that the session's cookie was copied: the session is ended, council.Unauthenticated.
//
// What this does not see: somebody who copies all cookies of a browser, the device's included, is that browser to us.
func (m *Manager) OfDevice(ctx context.Context, s Session, deviceToken string) error {
	if s.DeviceHash == "" || deviceToken != "" && Hash(deviceToken) == s.DeviceHash {
		return nil
	}
	return m.misused(ctx, s, Elsewhere)
}

// Misused is the error of a session that was ended because somebody else used its token: it is to be noted in the log of acts.
type Misused struct {
	Session Session
	Reason  Reason
}

func (e *Misused) Error() string { return "the session's token was misused: " + string(e.Reason) }

func (m *Manager) misused(ctx context.Context, s Session, reason Reason) error {
	ended, err := m.store.EndSessions(ctx, Which{TokenHash: s.TokenHash}, reason, m.clock())
	if err != nil {
		return err
	}
	if len(ended) == 0 { // somebody else has ended it in this moment, and noted it
		return Ended(reason)
	}
	return Ended(reason).Because(&Misused{Session: s, Reason: reason})
}

// AsMisused finds a Misused in the error.
func AsMisused(err error) (*Misused, bool) {
	var m *Misused
	ok := errors.As(err, &m)
	return m, ok
}

// Keep holds the session to the limits: one that has run out is ended and answered with council.Unauthenticated. Ended, so that it
// does not come back to life when its person loses the office that had the shorter time.
func (m *Manager) Keep(ctx context.Context, s Session, limits Limits) error {
	if limits.Holds(s, m.clock()) {
		return nil
	}
	_, _ = m.store.EndSessions(ctx, Which{TokenHash: s.TokenHash}, RanOut, m.clock()) // it has run out whether or not this can be written
	return Ended(RanOut)
}

// Touch notes that the session was used, at most once a minute.
func (m *Manager) Touch(ctx context.Context, s Session) error {
	now := m.clock()
	if now.Sub(s.LastSeen) < touchEvery {
		return nil
	}
	return m.store.TouchSession(ctx, s.TokenHash, now)
}

// Rotate gives the session a new token: after a step-up (s with its new AuthTime, ACR and AMR) and after a change of offices (s with
// its new Rights). Times of creation and end stay. council.Stale when another request was faster: its cookie is already on its
// way, and the present one is good for RotationGrace.
func (m *Manager) Rotate(ctx context.Context, s Session) (token string, rotated Session, err error) {
	token = NewToken()
	now := m.clock()
	s.PreviousHash, s.TokenHash, s.Rotated, s.LastSeen = s.TokenHash, Hash(token), now, now
	return token, s, m.store.RotateSession(ctx, s)
}

// NoteRights notes the offices of a session that had none noted.
func (m *Manager) NoteRights(ctx context.Context, s Session, rights string) error {
	return m.store.NoteRights(ctx, s.TokenHash, rights)
}

// Plain makes text that a browser says of itself fit to be stored: valid UTF-8 without control characters, cut to so many bytes.
func Plain(text string, bytes int) string {
	text = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == unicode.ReplacementChar {
			return -1
		}
		return r
	}, text)
	if len(text) > bytes {
		text = strings.ToValidUTF8(text[:bytes], "")
	}
	return text
}

// Hash is how the store knows a token: lower-case hex SHA-256. The token has 256 random bits, so no salt is needed.
func Hash(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

func unauthenticated(cause error) *council.Error {
	return council.E(council.Unauthenticated, "error.unauthenticated").Because(cause)
}

// Ended is the answer to whoever holds the token of a session that was ended; its text says why and what to do.
func Ended(r Reason) *council.Error {
	return council.E(council.Unauthenticated, "session.ended."+string(r))
}
