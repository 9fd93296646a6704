package blob

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"

	"ris/app/council"
)

// piece is how many bytes of a blob have one checksum: reading anything costs reading and checking the pieces that it touches.
const piece = 64 << 10

// sums are the CRC-32C of a blob's pieces, made while the blob is written and stored beside it (KEY.sum), so that every byte that is
// read is checked without reading the whole blob. They find damage, not an attacker: that is what the key, a SHA-256, is for.
type sums []uint32

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

const sumsMark = "RISS"

// summer makes sums of what is written to it.
type summer struct {
	all  sums
	last uint32
	n    int64
}

func (s *summer) Write(p []byte) (int, error) {
	written := len(p)
	for len(p) > 0 {
		n := min(len(p), int(piece-s.n%piece))
		s.last = crc32.Update(s.last, castagnoli, p[:n])
		if s.n += int64(n); s.n%piece == 0 {
			s.all, s.last = append(s.all, s.last), 0
		}
		p = p[n:]
	}
	return written, nil
}

func (s *summer) sums() sums {
	if s.n%piece == 0 {
		return s.all
	}
	return append(s.all, s.last)
}

// encode is the stored form: mark, size of the blob, sums, and a sum of all that.
func (s sums) encode(size int64) []byte {
	b := make([]byte, 0, 16+4*len(s))
	b = append(b, sumsMark...)
	b = binary.BigEndian.AppendUint64(b, uint64(size))
	for _, x := range s {
		b = binary.BigEndian.AppendUint32(b, x)
	}
	return binary.BigEndian.AppendUint32(b, crc32.Checksum(b, castagnoli))
}

// decodeSums reads the stored form; false when it is damaged or belongs to another size: then the whole blob is checked instead.
func decodeSums(b []byte, size int64) (sums, bool) {
	if len(b) < 16 || !bytes.HasPrefix(b, []byte(sumsMark)) || int64(binary.BigEndian.Uint64(b[4:])) != size {
		return nil, false
	}
	body, end := b[:len(b)-4], b[len(b)-4:]
	if binary.BigEndian.Uint32(end) != crc32.Checksum(body, castagnoli) || int64(len(body)-12)/4 != (size+piece-1)/piece || len(body)%4 != 0 {
		return nil, false
	}
	out := make(sums, 0, (len(body)-12)/4)
	for at := 12; at < len(body); at += 4 {
		out = append(out, binary.BigEndian.Uint32(body[at:]))
	}
	return out, true
}

// check compares whole pieces, of which b begins with number first; the blob's last one may be shorter.
func (s sums) check(b []byte, first int64) error {
	for n := first; len(b) > 0; n++ {
		now := b[:min(piece, len(b))]
		if n >= int64(len(s)) || crc32.Checksum(now, castagnoli) != s[n] {
			return fmt.Errorf("its bytes from %d on are damaged", n*piece)
		}
		b = b[len(now):]
	}
	return nil
}

// damaged is the error for bytes that are not those that were stored.
func damaged(area Area, sum string, how error) error {
	return council.E(council.Internal, "error.internal").Because(fmt.Errorf("blob %s/%s is damaged: %w", area, sum, how))
}
