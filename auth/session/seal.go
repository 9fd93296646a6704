package session

import (
	"crypto/rand"
	"encoding/base64"
)

// SealAs seals a value for a cookie of its own kind: what was sealed as one purpose opens as no other. It does not run out by
// itself; the caller writes a time into it where that matters.
func (s *Sealer) SealAs(purpose string, plain []byte) string {
	nonce := make([]byte, s.aead.NonceSize())
	_, _ = rand.Read(nonce) // never fails since Go 1.24
	return base64.RawURLEncoding.EncodeToString(s.aead.Seal(nonce, nonce, plain, []byte("as "+purpose)))
}

// OpenAs gives back what SealAs sealed for this purpose; false for everything else.
func (s *Sealer) OpenAs(purpose, value string) ([]byte, bool) {
	raw, err := base64.RawURLEncoding.DecodeString(value)
	n := s.aead.NonceSize()
	if err != nil || len(raw) < n {
		return nil, false
	}
	plain, err := s.aead.Open(nil, raw[:n], raw[n:], []byte("as "+purpose))
	return plain, err == nil
}
