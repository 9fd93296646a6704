package provisioning

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"strings"
	"time"

	"ris/app/audit"
	"ris/app/council"
	"ris/auth/policy"
)

// Client is a directory that has shown its token: it keeps the accounts of one Body and sees nothing else.
type Client struct {
	id   council.ID
	body council.ID
	name string
}

// viewer is under what name the client's acts stand in the log.
func (c Client) viewer() policy.Viewer { return policy.System("scim " + c.name) }

// tokenMark makes a token that was put where it does not belong easy to find by scanners of secrets.
const tokenMark = "risscim_"

// AddClient makes a client and its token, which is shown this once: 256 random bits, of which only the hash is kept.
func (s *Service) AddClient(ctx context.Context, v policy.Viewer, body council.ID, name string) (council.ScimClient, string, error) {
	if !policy.MayConnect(v, body) {
		return council.ScimClient{}, "", council.ErrNotFound()
	}
	name, ok := tidy(name)
	if !ok || name == "" || len([]rune(name)) > 100 {
		return council.ScimClient{}, "", council.E(council.Invalid, "scim.error.client_name")
	}
	var b [32]byte
	_, _ = rand.Read(b[:]) // never fails since Go 1.24
	token := tokenMark + base64.RawURLEncoding.EncodeToString(b[:])
	c := council.ScimClient{Body: body, Name: name, TokenHash: tokenHash(token), CreatedBy: v.Person()}
	err := s.Store.InTx(ctx, func(ctx context.Context) error {
		if _, err := s.Store.Body(ctx, v, body); err != nil {
			return err
		}
		if err := s.Store.SaveScimClient(ctx, &c); err != nil {
			return err
		}
		return s.Store.Audit(ctx, audit.Entry(v, s.Clock(), audit.ScimClientAdd, "scim_client", body, c.ID))
	})
	return c, token, err
}

// RevokeClient ends a client: its next request is refused.
func (s *Service) RevokeClient(ctx context.Context, v policy.Viewer, id council.ID) (council.ScimClient, error) {
	c, err := s.Store.ScimClient(ctx, id)
	if err != nil || !policy.MayConnect(v, c.Body) {
		return c, council.ErrNotFound()
	}
	if !c.RevokedAt.IsZero() {
		return c, nil
	}
	c.RevokedAt = s.Clock()
	err = s.Store.InTx(ctx, func(ctx context.Context) error {
		if err := s.Store.SaveScimClient(ctx, &c); err != nil {
			return err
		}
		return s.Store.Audit(ctx, audit.Entry(v, s.Clock(), audit.ScimClientRevoke, "scim_client", c.Body, c.ID))
	})
	return c, err
}

// Clients lists the clients of the Body, revoked ones too. Not found for who may not connect it.
func (s *Service) Clients(ctx context.Context, v policy.Viewer, body council.ID) ([]council.ScimClient, error) {
	if !policy.MayConnect(v, body) {
		return nil, council.ErrNotFound()
	}
	return s.Store.ScimClients(ctx, body)
}

// Connect finds the client of a bearer token (RFC 6750, section 2.1); Unauthenticated for an unknown or revoked one, alike.
func (s *Service) Connect(ctx context.Context, token string) (Client, error) {
	none := council.E(council.Unauthenticated, "scim.error.token")
	if !strings.HasPrefix(token, tokenMark) || len(token) > 100 {
		return Client{}, none
	}
	c, err := s.Store.ScimClientByToken(ctx, tokenHash(token))
	if err != nil && council.KindOf(err) != council.NotFound {
		return Client{}, err
	}
	if err != nil || !c.RevokedAt.IsZero() {
		return Client{}, none
	}
	if now := s.Clock(); now.Sub(c.LastUsed) > time.Minute {
		_ = s.Store.TouchScimClient(ctx, c.ID, now) // only for the list
	}
	return Client{id: c.ID, body: c.Body, name: c.Name}, nil
}

func tokenHash(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// Connectable gives the Body when the viewer may connect a directory or set up devices for it; not found else.
func (s *Service) Connectable(ctx context.Context, v policy.Viewer, body council.ID) (council.Body, error) {
	if !policy.MayConnect(v, body) {
		return council.Body{}, council.ErrNotFound()
	}
	return s.Store.Body(ctx, v, body)
}
