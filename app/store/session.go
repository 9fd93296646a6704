package store

import (
	"context"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"ris/app/council"
	"ris/auth/session"
)

// The store keeps sessions, so that a restart signs nobody out.
var _ session.Store = (*Store)(nil)

// SaveSession keeps a new session. council.Conflict: the hash is taken.
func (s *Store) SaveSession(ctx context.Context, x session.Session) error {
	row := fromSession(x)
	return failed(s.write(ctx).Create(&row).Error)
}

// Session loads by the hash of the present token or of the one before; council.NotFound for an unknown one. Whether it still holds
// is asked by the caller. It is read where it is written: an ended session is dead in the next request.
func (s *Store) Session(ctx context.Context, tokenHash string) (session.Session, error) {
	if tokenHash == "" {
		return session.Session{}, council.ErrNotFound()
	}
	var r sessionRow
	err := s.read(ctx).Where("token_hash = ? OR previous_hash = ?", tokenHash, tokenHash).Take(&r).Error
	return toSession(r), failed(err)
}

// TouchSession writes when the session was last seen; an unknown one is no error.
func (s *Store) TouchSession(ctx context.Context, tokenHash string, lastSeen time.Time) error {
	return failed(s.write(ctx).Model(&sessionRow{}).Where("token_hash = ?", tokenHash).Update("last_seen", instant(lastSeen)).Error)
}

// RotateSession writes the session under its new hash; council.Stale when no session in force has the previous one.
func (s *Store) RotateSession(ctx context.Context, x session.Session) error {
	row := fromSession(x)
	done := s.write(ctx).Where("token_hash = ? AND revoked_at IS NULL", x.PreviousHash).
		Select("*").Omit("created", "expires", "person", "revoked_at", "revoked_reason").Updates(&row)
	if done.Error == nil && done.RowsAffected == 0 {
		return council.E(council.Stale, "error.stale")
	}
	return failed(done.Error)
}

// NoteRights writes the offices of a session that had none noted.
func (s *Store) NoteRights(ctx context.Context, tokenHash, rights string) error {
	return failed(s.write(ctx).Model(&sessionRow{}).Where("token_hash = ? AND rights = ''", tokenHash).Update("rights", rights).Error)
}

// EndSessions ends those selected that are in force and gives them back as they were.
func (s *Store) EndSessions(ctx context.Context, w session.Which, reason session.Reason, at time.Time) ([]session.Session, error) {
	if w.Empty() {
		return nil, nil
	}
	var ended []session.Session
	// Locked: a token that is rotated in this moment must not escape under its new hash.
	err := s.together(ctx, func(ctx context.Context) error {
		var err error
		if ended, err = list(selected(s.write(ctx).Clauses(clause.Locking{Strength: "UPDATE"}), w), toSession); err != nil || len(ended) == 0 {
			return err
		}
		hashes := make([]string, len(ended))
		for i, x := range ended {
			hashes[i] = x.TokenHash
		}
		return failed(s.write(ctx).Model(&sessionRow{}).Where("token_hash IN ? AND revoked_at IS NULL", hashes).
			Updates(map[string]any{"revoked_at": instant(at), "revoked_reason": string(reason)}).Error)
	})
	return ended, err
}

// PersonsSignedIn are the persons who have a session in force, for the run that ends what a mandate's end leaves behind.
func (s *Store) PersonsSignedIn(ctx context.Context, now time.Time) ([]council.ID, error) {
	var out []council.ID
	err := s.read(ctx).Model(&sessionRow{}).Where("revoked_at IS NULL AND expires > ?", instant(now)).Distinct().Order("person").Pluck("person", &out).Error
	return out, failed(err)
}

// SessionsOf are the person's sessions in force, the last used first.
func (s *Store) SessionsOf(ctx context.Context, person council.ID, now time.Time) ([]session.Session, error) {
	return list(of(s.read(ctx), "person", person).Where("revoked_at IS NULL AND expires > ?", instant(now)).Order("last_seen DESC"), toSession)
}

// DeleteSessions erases all sessions of the person, ended ones as well: for the erasure of a person. To sign somebody out, end them.
func (s *Store) DeleteSessions(ctx context.Context, person council.ID) error {
	return failed(of(s.write(ctx), "person", person).Delete(&sessionRow{}).Error)
}

// selected are the sessions in force that fit.
func selected(query *gorm.DB, w session.Which) *gorm.DB {
	query = equal(equal(query.Where("revoked_at IS NULL"), "person", w.Person), "device", w.Device)
	for column, value := range map[string]string{"token_hash": w.TokenHash, "issuer": w.Issuer, "sid": w.SID, "subject": w.Subject} {
		if value != "" {
			query = query.Where(column+" = ?", value)
		}
	}
	if w.Except != "" {
		query = query.Where("(device IS NULL OR device <> ?)", ref(w.Except))
	}
	if !w.Before.IsZero() {
		query = query.Where("created < ?", instant(w.Before))
	}
	return query
}

type sessionRow struct {
	TokenHash     string
	Person        council.ID
	Issuer        string
	Subject       string
	SID           string `gorm:"column:sid"`
	UserAgent     string
	AuthTime      openTime
	Created       instant
	LastSeen      instant
	Expires       instant
	Device        ref
	DeviceHash    string
	ACR           string `gorm:"column:acr"`
	AMR           string `gorm:"column:amr"`
	Rights        string
	PreviousHash  string
	RotatedAt     openTime
	RevokedAt     openTime
	RevokedReason string
}

func (sessionRow) TableName() string { return "sessions" }

func fromSession(x session.Session) sessionRow {
	return sessionRow{TokenHash: x.TokenHash, Person: x.Person, Issuer: x.Issuer, Subject: x.Subject, SID: x.SID, UserAgent: x.UserAgent,
		AuthTime: openTime(x.AuthTime), Created: instant(x.Created), LastSeen: instant(x.LastSeen), Expires: instant(x.Expires),
		Device: ref(x.Device), DeviceHash: x.DeviceHash, ACR: x.ACR, AMR: x.AMR, Rights: x.Rights, PreviousHash: x.PreviousHash,
		RotatedAt: openTime(x.Rotated), RevokedAt: openTime(x.Revoked), RevokedReason: string(x.RevokedReason)}
}

func toSession(r sessionRow) session.Session {
	return session.Session{TokenHash: r.TokenHash, Person: r.Person, Issuer: r.Issuer, Subject: r.Subject, SID: r.SID, UserAgent: r.UserAgent,
		AuthTime: r.AuthTime.time(), Created: r.Created.time(), LastSeen: r.LastSeen.time(), Expires: r.Expires.time(),
		Device: council.ID(r.Device), DeviceHash: r.DeviceHash, ACR: r.ACR, AMR: r.AMR, Rights: r.Rights, PreviousHash: r.PreviousHash,
		Rotated: r.RotatedAt.time(), Revoked: r.RevokedAt.time(), RevokedReason: session.Reason(r.RevokedReason)}
}
