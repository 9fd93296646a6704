package lease

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"ris/app/council"
)

// Lease is what a device may do without a network, times in UTC, cut to seconds.
type Lease struct {
	Version        int        `json:"v"`
	Key            string     `json:"key"`
	Device         council.ID `json:"device"`
	Person         council.ID `json:"person"`
	Issued         time.Time  `json:"issued"` // by the server's clock
	NonPublicUntil time.Time  `json:"nonPublicUntil"`
	PublicUntil    *time.Time `json:"publicUntil,omitempty"` // nil = no limit
}

const (
	version = 1
	prefix  = "ris offline lease 1\n"
	maxText = 2000 // bytes of a lease; ours has about 450
)

// ErrForged is one answer for everything that is not a lease of this key.
var ErrForged = errors.New("not a lease of this key")

// Signer signs leases with one key.
type Signer struct {
	key ed25519.PrivateKey
	id  string
}

// NewSigner takes the key's seed, 32 secret bytes that all nodes share.
func NewSigner(seed []byte) (*Signer, error) {
	if len(seed) != ed25519.SeedSize {
		return nil, errors.New("lease: the key's seed must have 32 bytes")
	}
	s := &Signer{key: ed25519.NewKeyFromSeed(seed)}
	s.id = KeyID(s.Public())
	return s, nil
}

// Public is the key with which devices check, 32 bytes.
func (s *Signer) Public() ed25519.PublicKey { return s.key.Public().(ed25519.PublicKey) }

// KeyID names a public key: the first 16 hex digits of its SHA-256.
func KeyID(public ed25519.PublicKey) string {
	sum := sha256.Sum256(public)
	return hex.EncodeToString(sum[:])[:16]
}

// Sign gives the text of the lease; Version, Key and the precision of times are set here.
func (s *Signer) Sign(l Lease) (string, error) {
	l.Version, l.Key = version, s.id
	l.Issued, l.NonPublicUntil = l.Issued.UTC().Truncate(time.Second), l.NonPublicUntil.UTC().Truncate(time.Second)
	if l.PublicUntil != nil {
		at := l.PublicUntil.UTC().Truncate(time.Second)
		l.PublicUntil = &at
	}
	payload, err := json.Marshal(l)
	if err != nil {
		return "", err
	}
	signature := ed25519.Sign(s.key, append([]byte(prefix), payload...))
	return base64.RawURLEncoding.EncodeToString(payload) + "." + base64.RawURLEncoding.EncodeToString(signature), nil
}

// Verify reads a lease that this key has signed; ErrForged for everything else. It asks no clock, see State.At.
func Verify(public ed25519.PublicKey, text string) (Lease, error) {
	var l Lease
	payload, signature, ok := strings.Cut(text, ".")
	// Go's base64 skips line breaks; the one form in which a lease is written has none.
	if !ok || len(text) > maxText || strings.ContainsAny(text, "\r\n") || len(public) != ed25519.PublicKeySize {
		return l, ErrForged
	}
	strict := base64.RawURLEncoding.Strict()
	body, err := strict.DecodeString(payload)
	if err != nil {
		return l, ErrForged
	}
	sig, err := strict.DecodeString(signature)
	if err != nil || !ed25519.Verify(public, append([]byte(prefix), body...), sig) {
		return l, ErrForged
	}
	if json.Unmarshal(body, &l) != nil || l.Version != version || l.Key != KeyID(public) || l.Device == "" || l.Person == "" ||
		l.Issued.IsZero() || l.NonPublicUntil.IsZero() {
		return Lease{}, ErrForged
	}
	return l, nil
}
