package server_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"testing"

	"github.com/fxamacker/cbor/v2"
)

// authenticator is a device with one key, as WebAuthn Level 3 describes it (sections 6.1 and 6.5); tests bend what it says.
type authenticator struct {
	t      *testing.T
	key    *ecdsa.PrivateKey
	id     []byte
	rp     string
	origin string
	count  uint32
	flags  byte // user present, user verified
}

func newAuthenticator(t *testing.T, origin, rp string) *authenticator {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	must(t, err)
	id := make([]byte, 32)
	_, _ = rand.Read(id)
	return &authenticator{t: t, key: key, id: id, rp: rp, origin: origin, flags: 0x05}
}

var b64 = base64.RawURLEncoding.EncodeToString

// challenge reads it out of the options that the server gave.
func challenge(t *testing.T, options json.RawMessage) string {
	t.Helper()
	var o struct {
		PublicKey struct {
			Challenge string `json:"challenge"`
		} `json:"publicKey"`
	}
	must(t, json.Unmarshal(options, &o))
	return o.PublicKey.Challenge
}

func (a *authenticator) clientData(kind, challenge string) []byte {
	raw, _ := json.Marshal(map[string]any{"type": kind, "challenge": challenge, "origin": a.origin, "crossOrigin": false})
	return raw
}

func (a *authenticator) data(flags byte, rest []byte) []byte {
	rp := sha256.Sum256([]byte(a.rp))
	out := append(rp[:], flags)
	out = binary.BigEndian.AppendUint32(out, a.count)
	return append(out, rest...)
}

// create answers navigator.credentials.create.
func (a *authenticator) create(options json.RawMessage) map[string]any {
	public, err := a.key.PublicKey.Bytes() // 4, x, y
	must(a.t, err)
	cose, err := cbor.Marshal(map[int]any{1: 2, 3: -7, -1: 1, -2: public[1:33], -3: public[33:]})
	must(a.t, err)
	attested := append(make([]byte, 16), byte(len(a.id)>>8), byte(len(a.id)))
	attested = append(append(attested, a.id...), cose...)
	object, err := cbor.Marshal(map[string]any{"fmt": "none", "attStmt": map[string]any{}, "authData": a.data(a.flags|0x40, attested)})
	must(a.t, err)
	return a.credential(map[string]any{"clientDataJSON": b64(a.clientData("webauthn.create", challenge(a.t, options))), "attestationObject": b64(object)})
}

// get answers navigator.credentials.get.
func (a *authenticator) get(options json.RawMessage) map[string]any {
	client := a.clientData("webauthn.get", challenge(a.t, options))
	data := a.data(a.flags, nil)
	hash := sha256.Sum256(client)
	signed := sha256.Sum256(append(append([]byte{}, data...), hash[:]...))
	signature, err := ecdsa.SignASN1(rand.Reader, a.key, signed[:])
	must(a.t, err)
	return a.credential(map[string]any{"clientDataJSON": b64(client), "authenticatorData": b64(data), "signature": b64(signature)})
}

func (a *authenticator) credential(response map[string]any) map[string]any {
	return map[string]any{"id": b64(a.id), "rawId": b64(a.id), "type": "public-key", "response": response}
}
