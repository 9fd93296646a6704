package halltest

import (
	"context"

	"ris/app/council"
	"ris/app/packets"
	"ris/app/provisioning"
	"ris/auth/session"
)

func (h *Hall) provisioning() *provisioning.Service {
	return &provisioning.Service{Store: h.Store, Public: h.Publication, Sessions: ends{session.NewManager(h.Store, h.Now)}, Clock: h.Now, Zone: packets.Berlin}
}

type ends struct{ manager *session.Manager }

// EndPerson is the assembly's.
func (e ends) EndPerson(ctx context.Context, person council.ID) error {
	_, err := e.manager.EndPerson(ctx, person, session.AccountOff)
	return err
}
