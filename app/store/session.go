package store

import (
	"context"
	"time"

	"ris/app/council"
	"ris/auth/session"
)

// The store keeps sessions, so that a restart signs nobody out.
var _ session.Store = (*Store)(nil)

// SaveSession keeps a new session. council.Conflict: the hash is taken.
func (s *Store) SaveSession(ctx context.Context, x session.Session) error {
	row := sessionRow{TokenHash: x.TokenHash, Person: x.Person, Issuer: x.Issuer, Subject: x.Subject, SID: x.SID, UserAgent: x.UserAgent,
		AuthTime: openTime(x.AuthTime), Created: instant(x.Created), LastSeen: instant(x.LastSeen), Expires: instant(x.Expires)}
	return failed(s.write(ctx).Create(&row).Error)
}

// Session loads by the hash of the token; council.NotFound for an unknown one. Whether it still holds is asked by the caller.
func (s *Store) Session(ctx context.Context, tokenHash string) (session.Session, error) {
	var r sessionRow
	if err := s.read(ctx).Where("token_hash = ?", tokenHash).Take(&r).Error; err != nil {
		return session.Session{}, failed(err)
	}
	return session.Session{TokenHash: r.TokenHash, Person: r.Person, Issuer: r.Issuer, Subject: r.Subject, SID: r.SID, UserAgent: r.UserAgent,
		AuthTime: r.AuthTime.time(), Created: r.Created.time(), LastSeen: r.LastSeen.time(), Expires: r.Expires.time()}, nil
}

// TouchSession writes when the session was last seen; an unknown one is no error.
func (s *Store) TouchSession(ctx context.Context, tokenHash string, lastSeen time.Time) error {
	return failed(s.write(ctx).Model(&sessionRow{}).Where("token_hash = ?", tokenHash).Update("last_seen", instant(lastSeen)).Error)
}

// DeleteSession ends one session; an unknown one is no error.
func (s *Store) DeleteSession(ctx context.Context, tokenHash string) error {
	return failed(s.write(ctx).Where("token_hash = ?", tokenHash).Delete(&sessionRow{}).Error)
}

// DeleteSessions ends all sessions of the person.
func (s *Store) DeleteSessions(ctx context.Context, person council.ID) error {
	return failed(of(s.write(ctx), "person", person).Delete(&sessionRow{}).Error)
}

type sessionRow struct {
	TokenHash string
	Person    council.ID
	Issuer    string
	Subject   string
	SID       string `gorm:"column:sid"`
	UserAgent string
	AuthTime  openTime
	Created   instant
	LastSeen  instant
	Expires   instant
}

func (sessionRow) TableName() string { return "sessions" }
