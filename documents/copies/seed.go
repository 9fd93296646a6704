package copies

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"strconv"

	"ris/app/council"
)

// What a copy carries besides its visible mark comes from Mark.Seed alone, so that whoever has the seed can say what the copy
// looked like (documents/trace).

// idBytes is the length of the second /ID string in a base: 32 hex digits.
const idBytes = 32

// MostShift is the farthest that a page is moved in each direction, in 1/10,000 of a point.
const MostShift = 400

// FileID is the second string of the file identifier (ISO 32000-1, 14.4): the first 16 bytes of SHA-256("id" + seed) as 32 hex
// digits in lower case.
func FileID(seed [32]byte) string {
	return string(appendFileID(nil, seed))
}

func appendFileID(dst []byte, seed [32]byte) []byte {
	var in [2 + 32]byte
	copy(in[:], "id")
	copy(in[2:], seed[:])
	sum := sha256.Sum256(in[:])
	return hex.AppendEncode(dst, sum[:idBytes/2])
}

// Shift is how far page n (from 1) is moved to the right and up, in 1/10,000 of a point, each -MostShift to MostShift: from the first
// two 32-bit numbers of SHA-256("shift" + seed + n), n and the numbers big-endian with 32 bits.
func Shift(seed [32]byte, n int) (x, y int) {
	var in [5 + 32 + 4]byte
	copy(in[:], "shift")
	copy(in[5:], seed[:])
	binary.BigEndian.PutUint32(in[37:], uint32(n))
	sum := sha256.Sum256(in[:])
	one := func(b []byte) int { return int(binary.BigEndian.Uint32(b)%(2*MostShift+1)) - MostShift }
	return one(sum[:4]), one(sum[4:8])
}

// appendShift writes page n's shift as it stands in the file: "+0.0123 -0.0321", council.ShiftBytes long.
func appendShift(dst []byte, seed [32]byte, n int) []byte {
	x, y := Shift(seed, n)
	return appendTenThousandths(append(appendTenThousandths(dst, x), ' '), y)
}

// appendTenThousandths writes v/10000 as "+0.0123"; |v| < 10000.
func appendTenThousandths(dst []byte, v int) []byte {
	sign := byte('+')
	if v < 0 {
		sign, v = '-', -v
	}
	dst = append(dst, sign, '0', '.')
	for limit := 1000; limit > 1 && v < limit; limit /= 10 {
		dst = append(dst, '0')
	}
	return strconv.AppendInt(dst, int64(v), 10)
}

var _ [council.ShiftBytes]byte = [len("+0.0000 +0.0000")]byte{}
