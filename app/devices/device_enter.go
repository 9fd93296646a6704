package devices

import (
	"context"

	"ris/app/audit"
	"ris/app/council"
	"ris/auth/policy"
	"ris/auth/session"
)

// Enter is asked when a person signs in: it gives the browser's device, and the value that its cookie must have. token is the value
// that the browser has, or empty. A browser that was somebody else's, or whose device was to be deleted, becomes a new device.
// The error is the order to delete when one waits for this browser: nobody signs in over it.
func (s *Service) Enter(ctx context.Context, person council.ID, token, agent string) (council.Device, string, error) {
	if err := s.Contact(ctx, token); err != nil {
		return council.Device{}, "", err
	}
	agent = session.Plain(agent, 200)
	if token != "" {
		d, err := s.Store.DeviceBySecret(ctx, session.Hash(token))
		if err != nil && council.KindOf(err) != council.NotFound {
			return d, "", err
		}
		if err == nil && d.Person == person && d.Wipe() == council.WipeNone {
			d.LastSeen = s.Clock()
			if d.UserAgent == agent {
				return d, token, s.Store.TouchDevice(ctx, d.ID, d.LastSeen)
			}
			d.UserAgent = agent
			return d, token, s.Store.SaveDevice(ctx, &d)
		}
	}
	token = session.NewToken()
	d := council.Device{Person: person, SecretHash: session.Hash(token), UserAgent: agent, LastSeen: s.Clock()}
	if err := s.Store.SaveDevice(ctx, &d); err != nil {
		return d, "", err
	}
	facts, err := s.Store.Facts(ctx, person)
	if err != nil {
		return d, "", err
	}
	return d, token, s.audit(ctx, policy.ForPerson(facts, s.now()), audit.DeviceAdd, d)
}
