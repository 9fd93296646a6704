package copies

import (
	"errors"
	"fmt"
	"hash/crc32"
	"io"

	"ris/app/council"
)

// crcPoly is the polynomial of CRC-32 (IEEE 802.3), bits reversed; a value is a polynomial over GF(2) whose highest power is bit 0.
const crcPoly = 0xedb88320

// powers[i] is x to the power of 2^i, modulo the polynomial: appending 2^i zero bits multiplies by it. All powers of x come back
// after 2^32-1 steps, so that 32 of them are enough.
var powers = func() (p [32]uint32) {
	p[0] = 1 << 30 // x
	for i := 1; i < len(p); i++ {
		p[i] = times(p[i-1], p[i-1])
	}
	return p
}()

// times multiplies two polynomials modulo crcPoly.
func times(a, b uint32) uint32 {
	var out uint32
	for bit := uint32(1) << 31; bit != 0 && a != 0; bit >>= 1 {
		if a&bit != 0 {
			out ^= b
			a &^= bit
		}
		if b&1 != 0 {
			b = b>>1 ^ crcPoly
		} else {
			b >>= 1
		}
	}
	return out
}

// CombineCRC gives the CRC-32 of two pieces that follow each other from the CRC of each and the second one's length in bytes.
func CombineCRC(first, second uint32, length int64) uint32 {
	shift := uint32(1) << 31 // x to the power of 0
	for i, n := 3, uint64(length); n != 0; i, n = i+1, n>>1 {
		if n&1 != 0 {
			shift = times(powers[i%32], shift)
		}
	}
	return times(shift, first) ^ second
}

// Pieces computes Parts.CRC of a base: the CRC-32 of each piece between its slots, reading each byte once. It is for who makes
// the base.
func Pieces(base io.ReaderAt, p council.Prepared) ([]uint32, error) {
	gaps, err := spans(p)
	if err != nil {
		return nil, err
	}
	out := make([]uint32, 0, len(gaps)+1)
	buffer := make([]byte, 256<<10)
	at := int64(0)
	for i := 0; i <= len(gaps); i++ {
		end := p.Size
		if i < len(gaps) {
			end = gaps[i].start
		}
		h := crc32.NewIEEE()
		if n, err := io.CopyBuffer(h, struct{ io.Reader }{io.NewSectionReader(base, at, end-at)}, buffer); err != nil || n != end-at {
			return nil, errors.Join(fmt.Errorf("base %s: %d of %d bytes at %d", p.Blob, n, end-at, at), err)
		}
		out = append(out, h.Sum32())
		if i < len(gaps) {
			at = gaps[i].end
		}
	}
	return out, nil
}

// KnowsCRC says that CRC reads no byte of the base.
func (c *Copy) KnowsCRC() bool { return c.pages == nil && len(c.prepared.Parts.CRC) > 0 }

// CRC is the CRC-32 of the whole copy, from the stored ones of the base's pieces and those of the slots: no byte of the base is
// read. For a base without stored CRCs, and for a raster copy, every byte is made and read once.
func (c *Copy) CRC() (uint32, error) {
	if !c.KnowsCRC() {
		h := crc32.NewIEEE()
		_, err := writeStretch(h, c, 0, c.size)
		return h.Sum32(), err
	}
	gaps, err := spans(c.prepared)
	if err != nil {
		return 0, err
	}
	pieces := c.prepared.Parts.CRC
	if len(pieces) != len(gaps)+1 {
		return 0, fmt.Errorf("base %s: %d CRCs for %d pieces", c.prepared.Blob, len(pieces), len(gaps)+1)
	}
	sum, at := pieces[0], int64(0)
	var small [council.ShiftBytes + idBytes]byte
	for i, gap := range gaps {
		var data []byte
		switch length := gap.end - gap.start; {
		case gap.start == c.slots.markAt:
			data = c.slots.mark
		default:
			data = small[:length]
			if c.slots.seed == [32]byte{} { // left as in the base
				if _, err := c.base.ReadAt(data, gap.start); err != nil && !errors.Is(err, io.EOF) {
					return 0, err
				}
			}
			c.slots.lay(data, gap.start)
		}
		sum = CombineCRC(sum, crc32.ChecksumIEEE(data), int64(len(data)))
		at = gap.end
		end := c.size
		if i+1 < len(gaps) {
			end = gaps[i+1].start
		}
		sum = CombineCRC(sum, pieces[i+1], end-at)
	}
	return sum, nil
}
