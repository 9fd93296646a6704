package store

import (
	"context"
	"time"

	"ris/app/council"
)

// ScimClientByToken finds the client of the token's hash, a revoked one too; council.NotFound for an unknown hash.
func (s *Store) ScimClientByToken(ctx context.Context, hash string) (council.ScimClient, error) {
	var row scimClientRow
	err := s.read(ctx).Where("token_hash = ?", hash).Take(&row).Error
	return toScimClient(row), failed(err)
}

// ScimClient gives one.
func (s *Store) ScimClient(ctx context.Context, id council.ID) (council.ScimClient, error) {
	row, err := byID[scimClientRow](s.read(ctx), id)
	return toScimClient(row), err
}

// ScimClients lists those of the Body, revoked ones too, oldest first.
func (s *Store) ScimClients(ctx context.Context, body council.ID) ([]council.ScimClient, error) {
	return list(of(s.read(ctx), "body", body).Order("created, id"), toScimClient)
}

// SaveScimClient inserts or updates, see save.
func (s *Store) SaveScimClient(ctx context.Context, c *council.ScimClient) error {
	return save(ctx, s, &c.Stamp, func() scimClientRow { return fromScimClient(*c) })
}

// TouchScimClient notes when the client was last here; it makes no new revision.
func (s *Store) TouchScimClient(ctx context.Context, id council.ID, at time.Time) error {
	return failed(of(s.write(ctx).Model(&scimClientRow{}), "id", id).Update("last_used", instant(at)).Error)
}

type scimClientRow struct {
	Stamp     stampRow `gorm:"embedded"`
	Body      council.ID
	Name      string
	TokenHash string
	CreatedBy ref
	LastUsed  openTime
	RevokedAt openTime
}

func (scimClientRow) TableName() string { return "scim_clients" }

func fromScimClient(c council.ScimClient) scimClientRow {
	return scimClientRow{Stamp: fromStamp(c.Stamp), Body: c.Body, Name: c.Name, TokenHash: c.TokenHash, CreatedBy: ref(c.CreatedBy),
		LastUsed: openTime(c.LastUsed), RevokedAt: openTime(c.RevokedAt)}
}

func toScimClient(r scimClientRow) council.ScimClient {
	return council.ScimClient{Stamp: r.Stamp.stamp(), Body: r.Body, Name: r.Name, TokenHash: r.TokenHash, CreatedBy: council.ID(r.CreatedBy),
		LastUsed: r.LastUsed.time(), RevokedAt: r.RevokedAt.time()}
}
