package copies

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
)

// ShiftUnits is the largest shift of a page in each direction, in ten-thousandths of a point: 0.04 pt, a fortieth of the width of a
// thin pen, is seen by nobody and changed by no program that copies a page's content.
const ShiftUnits = 400

// FileID is the second string of the file identifier (ISO 32000-1, 14.4) of the copy with this seed, as 32 hex digits: the first
// 16 bytes of SHA-256("id" + seed).
func FileID(seed [32]byte) string {
	sum := sha256.Sum256(append([]byte("id"), seed[:]...))
	return hex.EncodeToString(sum[:16])
}

// Shift is by how much page n (from 1) of the copy with this seed is moved, in ten-thousandths of a point, each from -ShiftUnits to
// ShiftUnits: from the first and second four bytes of SHA-256("shift" + seed + n as four bytes), big endian.
func Shift(seed [32]byte, n int) (x, y int) {
	sum := sha256.Sum256(binary.BigEndian.AppendUint32(append([]byte("shift"), seed[:]...), uint32(n)))
	of := func(b []byte) int { return int(binary.BigEndian.Uint32(b)%(2*ShiftUnits+1)) - ShiftUnits }
	return of(sum[0:4]), of(sum[4:8])
}

// ShiftText is Shift as it stands in the file: council.ShiftBytes long, "+0.0123 -0.0321".
func ShiftText(seed [32]byte, n int) string {
	x, y := Shift(seed, n)
	return fmt.Sprintf("%+07.4f %+07.4f", float64(x)/10000, float64(y)/10000)
}
