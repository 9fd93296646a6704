package lease

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"errors"
	"strings"
	"testing"
	"time"
)

var issued = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

func signer(t *testing.T, seed byte) *Signer {
	t.Helper()
	s, err := NewSigner(bytes.Repeat([]byte{seed}, 32))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func aLease() Lease {
	return Lease{Device: "01920000-0000-7000-8000-000000000001", Person: "01920000-0000-7000-8000-000000000002", Issued: issued.Add(123 * time.Millisecond),
		NonPublicUntil: issued.AddDate(0, 0, 7)}
}

func TestALeaseIsWhatWasSigned(t *testing.T) {
	s := signer(t, 1)
	text, err := s.Sign(aLease())
	if err != nil {
		t.Fatal(err)
	}
	got, err := Verify(s.Public(), text)
	if err != nil || got.Device != aLease().Device || got.Person != aLease().Person || !got.Issued.Equal(issued) || !got.NonPublicUntil.Equal(issued.AddDate(0, 0, 7)) ||
		got.PublicUntil != nil || got.Version != 1 || got.Key != KeyID(s.Public()) {
		t.Fatalf("%+v %v", got, err)
	}
	limited := aLease()
	until := issued.AddDate(0, 1, 0)
	limited.PublicUntil = &until
	text, _ = s.Sign(limited)
	if got, err := Verify(s.Public(), text); err != nil || !got.PublicUntil.Equal(until) {
		t.Errorf("limited: %+v %v", got, err)
	}
	if len(text) > 600 {
		t.Errorf("a lease has %d bytes", len(text))
	}
}

// Whatever is changed, it is no lease any more.
func TestForgedLeases(t *testing.T) {
	s := signer(t, 1)
	text, _ := s.Sign(aLease())
	payload, signature, _ := strings.Cut(text, ".")
	body, _ := base64.RawURLEncoding.DecodeString(payload)
	encode := base64.RawURLEncoding.EncodeToString
	signed := func(body string) string {
		return encode([]byte(body)) + "." + encode(ed25519.Sign(s.key, append([]byte(prefix), body...)))
	}
	stranger, _ := signer(t, 2).Sign(aLease())
	_, otherSignature, _ := strings.Cut(stranger, ".")
	forged := map[string]string{
		"another key": stranger, "another key's signature": payload + "." + otherSignature, "no signature": payload + ".", "no dot": payload, "nothing": "", "a dot": ".",
		"longer time":               encode(bytes.Replace(body, []byte("2026-11-29"), []byte("2027-11-29"), 1)) + "." + signature,
		"another device":            encode(bytes.Replace(body, []byte("000000000001"), []byte("000000000003"), 1)) + "." + signature,
		"signed without the prefix": payload + "." + encode(ed25519.Sign(s.key, body)),
		"padded":                    payload + "=." + signature, "a line break": payload + "\n." + signature, "too long": payload + "." + signature + strings.Repeat("A", 2000),
		"no JSON":                signed("x"),
		"another version":        signed(strings.Replace(string(body), `"v":1`, `"v":2`, 1)),
		"another key's name":     signed(strings.Replace(string(body), KeyID(s.Public()), "0000000000000000", 1)),
		"no device":              signed(strings.Replace(string(body), "01920000-0000-7000-8000-000000000001", "", 1)),
		"no person":              signed(strings.Replace(string(body), "01920000-0000-7000-8000-000000000002", "", 1)),
		"no end":                 signed(strings.Replace(string(body), "nonPublicUntil", "nonPublicuntil_", 1)),
		"no beginning":           signed(strings.Replace(string(body), `"issued"`, `"issuedd"`, 1)),
		"an array":               signed("[]"),
		"the signature of a JWS": encode([]byte(`{"alg":"none"}`)) + "." + payload + ".",
	}
	for i := range len(text) {
		flipped := []byte(text)
		flipped[i] ^= 1
		forged["bit flipped at "+strings.Repeat("i", i)] = string(flipped)
	}
	for name, f := range forged {
		if l, err := Verify(s.Public(), f); !errors.Is(err, ErrForged) {
			t.Errorf("%s was taken for a lease: %+v %v", name, l, err)
		}
	}
	if _, err := Verify(nil, text); !errors.Is(err, ErrForged) {
		t.Error("verified without a key")
	}
	t.Logf("forged leases: %d, accepted: 0", len(forged))
	if _, err := NewSigner([]byte("short")); err == nil {
		t.Error("a short seed")
	}
}
