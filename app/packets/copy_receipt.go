package packets

import (
	"context"
	"time"

	"ris/app/council"
	"ris/auth/policy"
	"ris/documents/trace"
)

// receipt notes that the viewer is given the version (with peek nothing is noted, and the answer is what would be), and gives
// the day and the code of the mark and the seed of the copy's other marks.
func (s *Service) receipt(ctx context.Context, v policy.Viewer, version council.ID, now time.Time, peek bool) (council.Receipt, [32]byte, error) {
	seed, err := s.seed(ctx, v.Person(), version)
	if err != nil {
		return council.Receipt{}, seed, err
	}
	give := s.Store.Receipt
	if peek {
		give = s.Store.PeekReceipt
	}
	r, err := give(ctx, v, v.Person(), version, now, func(n int) string { return trace.Code(seed, n) })
	return r, seed, err
}

// packetReceipt is receipt for a merged packet of a meeting: packet is the id under which it was prepared. Whether the viewer may
// have the packet is asked before.
func (s *Service) packetReceipt(ctx context.Context, v policy.Viewer, m council.Meeting, packet council.ID, now time.Time, peek bool) (council.Receipt, [32]byte, error) {
	seed, err := s.seed(ctx, v.Person(), packet)
	if err != nil {
		return council.Receipt{}, seed, err
	}
	r, err := s.Store.PacketReceipt(ctx, council.Receipt{Person: v.Person(), Packet: packet, Meeting: m.ID, Body: m.Body, FirstGiven: now},
		func(n int) string { return trace.Code(seed, n) }, peek)
	return r, seed, err
}

func (s *Service) seed(ctx context.Context, person, copied council.ID) ([32]byte, error) {
	key, err := s.Store.InstallationKey(ctx, trace.KeyName, trace.KeyBytes)
	if err != nil {
		return [32]byte{}, err
	}
	return trace.Seed(key, person, copied), nil
}
