package trace

import (
	"crypto/hmac"
	"crypto/sha256"

	"ris/app/council"
)

// KeyName is the name of the installation's secret from which all marks of copies are derived, and KeyBytes its length.
const (
	KeyName  = "copies"
	KeyBytes = 32
)

// Seed is of one copy alone: HMAC-SHA-256 of the installation's key over the person and what was given (a file version, or a
// merged packet). The second /ID string and the pages' shifts are derived from it (documents/copies). Without the key nobody
// can say whose a seed is; from a mark nobody gets back to the seed.
func Seed(key []byte, person, copied council.ID) (seed [32]byte) {
	h := hmac.New(sha256.New, key)
	h.Write([]byte(person + "\x00" + copied))
	h.Sum(seed[:0])
	return seed
}

// alphabet is Crockford's base 32: no I, L, O and U, which are misread.
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// Code is the n-th choice (from 0) for the visible code of a copy, "7K3M-Q9XA": the first 40 bits of SHA-256("code" + seed + n).
// The ledger takes the first choice that no other copy has.
func Code(seed [32]byte, n int) string {
	sum := sha256.Sum256(append(append([]byte("code"), seed[:]...), byte(n)))
	var bits uint64
	for _, b := range sum[:5] {
		bits = bits<<8 | uint64(b)
	}
	code := make([]byte, 0, 9)
	for i := 7; i >= 0; i-- {
		code = append(code, alphabet[bits>>(5*i)&31])
		if i == 4 {
			code = append(code, '-')
		}
	}
	return string(code)
}
