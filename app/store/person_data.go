package store

import (
	"context"
	"time"

	"ris/app/council"
)

// Identities lists the accounts of sign-in services that are bound to the person, in the order of their first sign-in.
func (s *Store) Identities(ctx context.Context, person council.ID) ([]council.LinkedAccount, error) {
	return list(of(s.read(ctx), "person", person).Order("created, issuer, subject"), func(r identityRow) council.LinkedAccount {
		return council.LinkedAccount{Issuer: r.Issuer, Subject: r.Subject, Created: r.Created.time().Format(time.DateOnly)}
	})
}

// Copies lists all copies that the person was given, of versions and of packets, in the order in which they were first given.
func (s *Store) Copies(ctx context.Context, person council.ID) ([]council.Receipt, error) {
	out, err := list(of(s.readOwn(ctx, person), "person", person).Order("first_given, version"), toReceipt)
	if err != nil {
		return nil, err
	}
	packets, err := list(of(s.readOwn(ctx, person), "person", person).Order("first_given, packet"), func(r packetReceiptRow) council.Receipt {
		return council.Receipt{Person: r.Person, Packet: r.Packet, Meeting: r.Meeting, Body: r.Body, FirstGiven: r.FirstGiven.time(), Code: string(r.Code)}
	})
	return append(out, packets...), err
}

// UploadsOf lists the uploads that the person has under way, by their paper.
func (s *Store) UploadsOf(ctx context.Context, person council.ID) ([]council.Upload, error) {
	return list(of(s.readOwn(ctx, person), "person", person).Order("created, id"), toUpload)
}
