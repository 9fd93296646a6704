package session

import (
	"context"
	"time"

	"ris/app/council"
)

// Session is one signed-in browser. TokenHash is the lower-case hex SHA-256 of the token in its cookie: the token itself is
// known to the browser alone. Times are UTC with microseconds.
type Session struct {
	TokenHash string
	Person    council.ID
	Issuer    string    // of the identity provider that vouched
	Subject   string    // the provider's name for the person
	SID       string    // the provider's session, or empty (for its sign-out message)
	UserAgent string    // as the browser called itself, at most 200 bytes; for the person's list of devices
	AuthTime  time.Time // when the provider saw the password or key; the moment of sign-in when it does not say
	Created   time.Time
	LastSeen  time.Time // at most a minute old, see Manager.Touch
	Expires   time.Time // absolute end; the idle limit comes on top of it
}

// Store is what a Manager needs of the database. Session answers council.NotFound for an unknown hash; Delete* of what does
// not exist is no error. No implementation may keep sessions in memory only: a restart must not sign people out.
type Store interface {
	SaveSession(ctx context.Context, s Session) error
	Session(ctx context.Context, tokenHash string) (Session, error)
	TouchSession(ctx context.Context, tokenHash string, lastSeen time.Time) error
	DeleteSession(ctx context.Context, tokenHash string) error
	DeleteSessions(ctx context.Context, person council.ID) error
}

// Limits are the time-outs of one kind of account (ASVS 5.0, 7.1.1 asks that they be documented).
type Limits struct {
	Idle     time.Duration // without any request
	Absolute time.Duration // since sign-in
}

// The limits of the security design: a member reads for weeks on one device, a clerk's session can publish.
var (
	MemberLimits = Limits{Idle: 12 * time.Hour, Absolute: 30 * 24 * time.Hour}
	ClerkLimits  = Limits{Idle: time.Hour, Absolute: 12 * time.Hour}
)

// Holds reports whether s is still good under these limits at the given moment.
func (l Limits) Holds(s Session, now time.Time) bool {
	return now.Before(s.Expires) && now.Sub(s.Created) < l.Absolute && now.Sub(s.LastSeen) < l.Idle
}
