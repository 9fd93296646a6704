package store

import (
	"context"

	"ris/app/council"
)

// Passkeys lists those of the person, oldest first. They are the person's own: no other method reads any.
func (s *Store) Passkeys(ctx context.Context, person council.ID) ([]council.Passkey, error) {
	return list(of(s.read(ctx), "person", person).Order("created, id"), toPasskey)
}

// SavePasskey inserts or updates, see save. council.Conflict: the key is registered already, for whomever.
func (s *Store) SavePasskey(ctx context.Context, p *council.Passkey) error {
	return save(ctx, s, &p.Stamp, func() passkeyRow { return fromPasskey(*p) })
}

// DeletePasskey deletes one of the person's; council.NotFound when it is not theirs.
func (s *Store) DeletePasskey(ctx context.Context, person, id council.ID) error {
	done := of(of(s.write(ctx), "person", person), "id", id).Delete(&passkeyRow{})
	if done.Error == nil && done.RowsAffected == 0 {
		return council.ErrNotFound()
	}
	return failed(done.Error)
}

type passkeyRow struct {
	Stamp        stampRow `gorm:"embedded"`
	Person       council.ID
	CredentialID string
	RP           string `gorm:"column:rp"`
	Name         string
	Credential   []byte
	LastUsed     openTime
}

func (passkeyRow) TableName() string { return "passkeys" }

func fromPasskey(p council.Passkey) passkeyRow {
	return passkeyRow{Stamp: fromStamp(p.Stamp), Person: p.Person, CredentialID: p.CredentialID, RP: p.RP, Name: p.Name,
		Credential: p.Credential, LastUsed: openTime(p.LastUsed)}
}

func toPasskey(r passkeyRow) council.Passkey {
	return council.Passkey{Stamp: r.Stamp.stamp(), Person: r.Person, CredentialID: r.CredentialID, RP: r.RP, Name: r.Name,
		Credential: r.Credential, LastUsed: r.LastUsed.time()}
}
