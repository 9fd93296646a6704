package session

import (
	"context"
	"time"

	"ris/app/council"
)

// What is ended here is dead in the next request, on every node: each request asks the database. All of these answer with the
// sessions that were in force and now are not; lines in the log of acts are the caller's.

// End signs out the browser that holds the token; an unknown token is no error.
func (m *Manager) End(ctx context.Context, token string) error {
	_, err := m.store.EndSessions(ctx, Which{TokenHash: Hash(token)}, SignedOut, m.clock())
	return err
}

// Replace ends the session of the token because its browser signs in anew; an unknown token is no error.
func (m *Manager) Replace(ctx context.Context, token string) error {
	_, err := m.store.EndSessions(ctx, Which{TokenHash: Hash(token)}, Replaced, m.clock())
	return err
}

// EndAll signs a person out everywhere, by the person's own wish.
func (m *Manager) EndAll(ctx context.Context, person council.ID) error {
	_, err := m.EndPerson(ctx, person, RemotelyEnded)
	return err
}

// EndPerson signs a person out everywhere (account closed, mandate over, the office's wish).
func (m *Manager) EndPerson(ctx context.Context, person council.ID, reason Reason) ([]Session, error) {
	return m.end(ctx, Which{Person: person}, reason, person == "")
}

// EndPersonBefore is EndPerson for sessions begun before the moment.
func (m *Manager) EndPersonBefore(ctx context.Context, person council.ID, before time.Time, reason Reason) ([]Session, error) {
	return m.end(ctx, Which{Person: person, Before: before}, reason, person == "")
}

// EndOthers signs a person out on all devices but one; an empty device keeps none.
func (m *Manager) EndOthers(ctx context.Context, person, device council.ID, reason Reason) ([]Session, error) {
	return m.end(ctx, Which{Person: person, Except: device}, reason, person == "")
}

// EndDevice signs one device out.
func (m *Manager) EndDevice(ctx context.Context, device council.ID, reason Reason) ([]Session, error) {
	return m.end(ctx, Which{Device: device}, reason, device == "")
}

// EndBySID ends the sessions that the provider calls sid (OpenID Connect Back-Channel Logout 1.0, section 2.7).
func (m *Manager) EndBySID(ctx context.Context, issuer, sid string) ([]Session, error) {
	return m.end(ctx, Which{Issuer: issuer, SID: sid}, ProviderEnded, issuer == "" || sid == "")
}

// EndBySubject ends all sessions of the provider's subject.
func (m *Manager) EndBySubject(ctx context.Context, issuer, subject string) ([]Session, error) {
	return m.end(ctx, Which{Issuer: issuer, Subject: subject}, ProviderEnded, issuer == "" || subject == "")
}

func (m *Manager) end(ctx context.Context, w Which, reason Reason, nobody bool) ([]Session, error) {
	if nobody {
		return nil, nil
	}
	return m.store.EndSessions(ctx, w, reason, m.clock())
}
