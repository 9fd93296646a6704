package devices

import (
	"context"
	"crypto/ed25519"
	"time"

	"ris/app/council"
	"ris/auth/lease"
	"ris/auth/policy"
)

// Given is a lease as the device gets it.
type Given struct {
	Text   string            // signed, see auth/lease
	Key    ed25519.PublicKey // to check it with
	Lease  lease.Lease
	Server time.Time // the server's clock
}

// Bounds of LeaseDays.
const (
	defaultLeaseDays = 7
	mostLeaseDays    = 30
)

// Give renews the lease of the device that asks; device is that of its session, so a device that was signed out or is to be deleted gets
// none. Errors: not found for a session without a device; forbidden for a person who reads nothing but what is public, whose
// device must delete what it holds.
//
// The non-public time is LeaseDays, and never longer than the rights of this moment: when a seat, an invitation or an office ends in
// that time, the lease ends with it. Public papers have no secret to keep.
func (s *Service) Give(ctx context.Context, v policy.Viewer, device council.ID) (Given, error) {
	var g Given
	if !v.SignedIn() {
		return g, council.E(council.Unauthenticated, "error.unauthenticated")
	}
	if device == "" {
		return g, council.ErrNotFound()
	}
	signer, err := s.signer(ctx)
	if err != nil {
		return g, err
	}
	err = s.Store.InTx(ctx, func(ctx context.Context) error {
		d, err := s.Store.Device(ctx, device)
		if err != nil {
			return err
		}
		if d.Person != v.Person() {
			return council.ErrNotFound()
		}
		facts, err := s.Store.Facts(ctx, d.Person)
		if err != nil {
			return err
		}
		now := s.now()
		if !policy.MayTakeAlong(policy.ForPerson(facts, now)) {
			return council.E(council.Forbidden, "lease.error.no_rights")
		}
		l := lease.Lease{Device: d.ID, Person: d.Person, Issued: now, NonPublicUntil: policy.HoldsUntil(facts, now, now.AddDate(0, 0, s.leaseDays()))}
		if s.PublicLeaseDays > 0 {
			until := now.AddDate(0, 0, s.PublicLeaseDays)
			l.PublicUntil = &until
		}
		// What the list says is the latest that the device may hold: whether this answer arrives, nobody knows.
		until := l.NonPublicUntil
		if d.LeaseUntil.After(until) {
			until = d.LeaseUntil
		}
		noted, err := s.Store.NoteLease(ctx, d.ID, now, until)
		if err != nil {
			return err
		}
		if !noted { // ordered to delete in this moment
			return council.E(council.Unauthenticated, "error.unauthenticated")
		}
		g.Text, err = signer.Sign(l)
		g.Lease, g.Server = l, now.UTC()
		return err
	})
	g.Key = signer.Public()
	return g, err
}

// Key is the public key with which devices check their leases.
func (s *Service) Key(ctx context.Context) (ed25519.PublicKey, error) {
	signer, err := s.signer(ctx)
	if err != nil {
		return nil, err
	}
	return signer.Public(), nil
}

func (s *Service) signer(ctx context.Context) (*lease.Signer, error) {
	seed, err := s.Store.InstallationKey(ctx, "offline lease", ed25519.SeedSize)
	if err != nil {
		return nil, err
	}
	return lease.NewSigner(seed)
}

func (s *Service) leaseDays() int {
	if s.LeaseDays <= 0 {
		return defaultLeaseDays
	}
	return min(s.LeaseDays, mostLeaseDays)
}
