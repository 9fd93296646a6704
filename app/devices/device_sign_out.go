package devices

import (
	"context"
	"strconv"

	"ris/app/audit"
	"ris/app/council"
	"ris/auth/policy"
	"ris/auth/session"
)

// SignOut ends the sessions of one device; it is dead in its next request. What lies on it stays until its lease ends. A device
// without a session is no error.
func (s *Service) SignOut(ctx context.Context, v policy.Viewer, id council.ID) error {
	return s.Store.InTx(ctx, func(ctx context.Context) error {
		d, office, err := s.manageable(ctx, v, id)
		if err != nil {
			return err
		}
		ended, err := s.Sessions.EndDevice(ctx, d.ID, byWhom(office))
		if err != nil || len(ended) == 0 {
			return err
		}
		return s.audit(ctx, v, audit.DeviceSignOut, d)
	})
}

// SignOutAll ends all sessions of the viewer, but those of the device to keep; an empty keep ends them all. The answer is how many.
func (s *Service) SignOutAll(ctx context.Context, v policy.Viewer, keep council.ID) (int, error) {
	if !v.SignedIn() {
		return 0, council.E(council.Unauthenticated, "error.unauthenticated")
	}
	ended := 0
	err := s.Store.InTx(ctx, func(ctx context.Context) error {
		all, err := s.Sessions.EndOthers(ctx, v.Person(), keep, session.RemotelyEnded)
		if ended = len(all); err != nil || ended == 0 {
			return err
		}
		return s.auditPerson(ctx, v, audit.SessionRevoke, v.Person(), "sessions", strconv.Itoa(ended), "reason", string(session.RemotelyEnded))
	})
	return ended, err
}

// Misused writes the line about a session that was ended because somebody else used its token.
func (s *Service) Misused(ctx context.Context, m *session.Misused) error {
	s.log().Warn("a session was ended because its token was misused", "reason", string(m.Reason))
	return s.auditPerson(ctx, policy.System("session"), audit.SessionMisuse, m.Session.Person, "reason", string(m.Reason), "device", string(m.Session.Device))
}

func (s *Service) auditPerson(ctx context.Context, v policy.Viewer, act string, person council.ID, details ...string) error {
	p, err := s.Store.Person(ctx, person)
	if err != nil {
		return err
	}
	return s.Store.Audit(ctx, audit.Entry(v, s.Clock(), act, "person", p.Body, person, details...))
}

func byWhom(office bool) session.Reason {
	if office {
		return session.OfficeEnded
	}
	return session.RemotelyEnded
}
