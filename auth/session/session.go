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
	ACR       string    // how strongly the provider says it looked (OpenID Connect Core, section 2), or empty
	AMR       string    // by which means, separated by spaces (RFC 8176), or empty
	UserAgent string    // as the browser called itself, at most 200 bytes; for the person's list of devices
	AuthTime  time.Time // when the provider saw the password or key; the moment of sign-in when it does not say
	Created   time.Time
	LastSeen  time.Time // at most a minute old, see Manager.Touch
	Expires   time.Time // absolute end; the idle limit comes on top of it

	Device     council.ID // the browser's row in the list of devices; empty where none was made
	DeviceHash string     // hash of that device's own cookie, without which the session is of no use; empty = not held to one
	Rights     string     // offices under which the present token was given out (policy.Offices); empty = not noted yet

	PreviousHash  string    // of the token before the present one, or empty
	Rotated       time.Time // when the present token replaced it; zero = never
	Revoked       time.Time // when it was ended before its time; zero = it was not
	RevokedReason Reason
}

// Reason says why a session was ended before its time. The names are stored: never change one. Each has a text for people,
// "session.ended." and the name, in the catalogue.
type Reason string

// The reasons.
const (
	SignedOut     Reason = "signed_out"     // by its own browser
	RanOut        Reason = "ran_out"        // not used for too long, or at its absolute end
	Replaced      Reason = "replaced"       // by a new sign-in in the same browser
	RemotelyEnded Reason = "remote"         // by the person, from another device
	OfficeEnded   Reason = "office"         // by the clerk or the system's operator
	ProviderEnded Reason = "provider"       // the identity provider reported a sign-out (back-channel logout)
	AccountOff    Reason = "account"        // the account was closed
	MandateOver   Reason = "mandate"        // the last seat or office has ended
	DeviceLost    Reason = "lost"           // signed out and to be deleted
	Elsewhere     Reason = "other_device"   // the token came without the cookie of the device to which it was given
	TokenReplayed Reason = "token_replayed" // a token that had been replaced was used again
)

// Reasons are all of them, for the test of the catalogue.
func Reasons() []Reason {
	return []Reason{SignedOut, RanOut, Replaced, RemotelyEnded, OfficeEnded, ProviderEnded, AccountOff, MandateOver, DeviceLost, Elsewhere, TokenReplayed}
}

// Which selects sessions; every field that is not empty must fit. The zero Which selects nothing.
type Which struct {
	TokenHash string
	Person    council.ID
	Issuer    string // with SID or Subject
	SID       string
	Subject   string
	Device    council.ID

	Except council.ID // sessions of this device stay
	Before time.Time  // only those begun before this moment; zero = all
}

// Empty reports whether w would select everybody's sessions; stores select nothing then.
func (w Which) Empty() bool {
	return w.TokenHash == "" && w.Person == "" && w.SID == "" && w.Subject == "" && w.Device == ""
}

// Store is what a Manager needs of the database. No implementation may keep sessions in memory only: a restart must not sign
// people out, and two nodes must agree.
type Store interface {
	SaveSession(ctx context.Context, s Session) error
	// Session finds by the hash of the present token or of the one before it; council.NotFound for an unknown one.
	Session(ctx context.Context, tokenHash string) (Session, error)
	TouchSession(ctx context.Context, tokenHash string, lastSeen time.Time) error
	// RotateSession writes s, whose TokenHash is new, in place of the session in force that has s.PreviousHash;
	// council.Stale when there is none any more.
	RotateSession(ctx context.Context, s Session) error
	// NoteRights writes the offices of a session that had none noted; an unknown one is no error.
	NoteRights(ctx context.Context, tokenHash, rights string) error
	// EndSessions ends those selected that are in force and gives them back as they were.
	EndSessions(ctx context.Context, w Which, reason Reason, at time.Time) ([]Session, error)
}

// Limits are the time-outs of one kind of account (ASVS 5.0, 7.1.1 asks that they be documented).
type Limits struct {
	Idle     time.Duration // without any request
	Absolute time.Duration // since sign-in
}

// The limits of the security design: a member reads for weeks on one device, a clerk's session can publish, whoever runs the
// system can do most harm and reads nothing for hours. An installation may set others.
var (
	MemberLimits = Limits{Idle: 12 * time.Hour, Absolute: 30 * 24 * time.Hour}
	ClerkLimits  = Limits{Idle: time.Hour, Absolute: 12 * time.Hour}
	ITLimits     = Limits{Idle: 15 * time.Minute, Absolute: 12 * time.Hour}
)

// Holds reports whether s is still good under these limits at the given moment.
func (l Limits) Holds(s Session, now time.Time) bool {
	return now.Before(s.Expires) && now.Sub(s.Created) < l.Absolute && now.Sub(s.LastSeen) < l.Idle
}

// Stricter takes the shorter time of each: who has two offices is held to the stricter.
func (l Limits) Stricter(o Limits) Limits {
	return Limits{Idle: min(l.Idle, o.Idle), Absolute: min(l.Absolute, o.Absolute)}
}

// Table are the limits of each kind of account; zero fields take the defaults above.
type Table struct{ Member, Clerk, IT Limits }

// Normal fills what is not set.
func (t Table) Normal() Table {
	for _, f := range []struct{ to, def *Limits }{{&t.Member, &MemberLimits}, {&t.Clerk, &ClerkLimits}, {&t.IT, &ITLimits}} {
		if f.to.Idle <= 0 {
			f.to.Idle = f.def.Idle
		}
		if f.to.Absolute <= 0 {
			f.to.Absolute = f.def.Absolute
		}
	}
	return t
}

// For gives the limits of somebody who holds these offices beside a seat.
func (t Table) For(clerk, it bool) Limits {
	t = t.Normal()
	l := t.Member
	if clerk {
		l = l.Stricter(t.Clerk)
	}
	if it {
		l = l.Stricter(t.IT)
	}
	return l
}

// Longest is the longest of all limits: what has run out under it has run out for everybody.
func (t Table) Longest() Limits {
	t = t.Normal()
	return Limits{Idle: max(t.Member.Idle, t.Clerk.Idle, t.IT.Idle), Absolute: max(t.Member.Absolute, t.Clerk.Absolute, t.IT.Absolute)}
}
