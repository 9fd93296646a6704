package council

import (
	"crypto/rand"
	"encoding/hex"
	"time"
)

// ID is a UUIDv7 (RFC 9562, section 5.7) in its canonical lower-case text form of 36 characters.
type ID string

// NewID makes a fresh UUIDv7 for the given moment.
func NewID(now time.Time) ID {
	var b [16]byte
	_, _ = rand.Read(b[:]) // crypto/rand never fails since Go 1.24
	ms := uint64(now.UnixMilli())
	for i := 0; i < 6; i++ {
		b[i] = byte(ms >> (40 - 8*i))
	}
	b[6] = b[6]&0x0f | 0x70
	b[8] = b[8]&0x3f | 0x80
	h := hex.EncodeToString(b[:])
	return ID(h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:])
}

// Valid reports whether the id has the canonical form of a UUID (any version): 36 characters, lower-case hex.
func (id ID) Valid() bool {
	if len(id) != 36 {
		return false
	}
	for i := 0; i < 36; i++ {
		c := id[i]
		if i == 8 || i == 13 || i == 18 || i == 23 {
			if c != '-' {
				return false
			}
			continue
		}
		if !(c >= '0' && c <= '9' || c >= 'a' && c <= 'f') {
			return false
		}
	}
	return true
}

// Clock tells the time in UTC; tests put another one in its place.
type Clock func() time.Time

// SystemClock is the real time in UTC, cut to microseconds: what both databases can hold.
func SystemClock() time.Time { return time.Now().UTC().Truncate(time.Microsecond) }
