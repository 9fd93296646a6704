package copies_test

import (
	"bytes"
	"fmt"
	"hash/crc32"
	"io"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"ris/app/council"
	"ris/documents"
	"ris/documents/copies"
)

// manySlots is a stand-in for an interleaved base: junk, the mark's slot, an /ID and one shift per page, in any order.
func manySlots(t testing.TB, pages, filling int) ([]byte, council.Prepared) {
	t.Helper()
	const length = copies.SlotBytes + 200
	slot, err := copies.EmptySlot(7, length)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	p := council.Prepared{Blob: strings.Repeat("cd", 32), SlotLength: length, SlotObject: 7, Parts: council.Parts{Mode: council.Interleaved}}
	junk := func() { b.WriteString(strings.Repeat(fmt.Sprint(b.Len()%10), filling+b.Len()%7)) }
	for n := range pages {
		junk()
		if n == pages/2 {
			p.SlotOffset = int64(b.Len())
			b.Write(slot)
			junk()
		}
		p.Parts.Shifts = append(p.Parts.Shifts, int64(b.Len()))
		b.WriteString("+0.0000 +0.0000")
	}
	junk()
	p.Parts.ID = int64(b.Len())
	b.WriteString(strings.Repeat("0", 32))
	junk()
	p.Size = int64(b.Len())
	return b.Bytes(), p
}

var seeded = documents.Mark{Name: "Anna Müller", Account: "anna@demo.example", Date: "21.11.2026", Code: "7K3M-Q9XA", Seed: [32]byte{1, 2, 3}}

func composed(t testing.TB, base []byte, p council.Prepared, m documents.Mark) (*copies.Copy, []byte) {
	t.Helper()
	c, err := copies.Open(&memory{Reader: bytes.NewReader(base)}, p, m)
	if err != nil {
		t.Fatal(err)
	}
	var all bytes.Buffer
	if n, err := c.WriteTo(&all); err != nil || n != c.Size() {
		t.Fatalf("%d of %d bytes, %v", n, c.Size(), err)
	}
	return c, all.Bytes()
}

func TestEverySlotIsFilledAndNothingElse(t *testing.T) {
	for _, pages := range []int{1, 2, 10, 500} {
		base, p := manySlots(t, pages, 40)
		if pages == 10 {
			slices.Reverse(p.Parts.Shifts) // pages need not stand in the file in their order
		}
		_, got := composed(t, base, p, seeded)
		want := bytes.Clone(base)
		copy(want[p.Parts.ID:], copies.FileID(seeded.Seed))
		for i, at := range p.Parts.Shifts {
			x, y := copies.Shift(seeded.Seed, i+1)
			copy(want[at:], fmt.Sprintf("%+.4f %+.4f", float64(x)/10000, float64(y)/10000))
		}
		copy(want[p.SlotOffset:], got[p.SlotOffset:p.SlotOffset+p.SlotLength])
		if !bytes.Equal(got, want) {
			t.Fatalf("%d pages: differs", pages)
		}
		// Without a seed only the mark is filled in.
		plain := seeded
		plain.Seed = [32]byte{}
		_, got = composed(t, base, p, plain)
		want = bytes.Clone(base)
		copy(want[p.SlotOffset:], got[p.SlotOffset:p.SlotOffset+p.SlotLength])
		if !bytes.Equal(got, want) {
			t.Fatalf("%d pages, no seed: differs", pages)
		}
	}
}

func TestRangesOfManySlots(t *testing.T) {
	base, p := manySlots(t, 60, 11)
	c, all := composed(t, base, p, seeded)
	rapid.Check(t, func(t *rapid.T) {
		from := rapid.IntRange(0, len(all)-1).Draw(t, "from")
		part := make([]byte, rapid.OneOf(rapid.IntRange(0, 40), rapid.IntRange(0, 9000)).Draw(t, "length"))
		n, err := c.ReadAt(part, int64(from))
		if want := all[from:min(len(all), from+len(part))]; !bytes.Equal(part[:n], want) || n < len(part) && err != io.EOF {
			t.Fatalf("%d bytes at %d: %v", n, from, err)
		}
	})
}

func TestTheTagCoversTheSeedAndTheMode(t *testing.T) {
	_, p := manySlots(t, 3, 40)
	tag := func(p council.Prepared, change func(*documents.Mark)) string {
		m := seeded
		change(&m)
		s, err := copies.ETag(p, m)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	tags := []string{tag(p, func(*documents.Mark) {}), tag(p, func(m *documents.Mark) { m.Seed[31] = 9 }), tag(p, func(m *documents.Mark) { m.Code = "7K3M-Q9XB" }),
		tag(p, func(m *documents.Mark) { m.Name += "x" }), tag(p, func(m *documents.Mark) { m.NonPublic = true })}
	other := p
	other.Blob = strings.Repeat("ce", 32)
	tags = append(tags, tag(other, func(*documents.Mark) {}))
	if slices.Sort(tags); len(slices.Compact(tags)) != 6 {
		t.Fatalf("marks that differ share a tag: %v", tags)
	}
}

func TestTheShiftOfAPage(t *testing.T) {
	var sum [2]int
	for n := 1; n <= 2000; n++ {
		x, y := copies.Shift([32]byte{5}, n)
		if x < -copies.MostShift || x > copies.MostShift || y < -copies.MostShift || y > copies.MostShift {
			t.Fatalf("page %d goes %d %d", n, x, y)
		}
		sum[0], sum[1] = sum[0]+x, sum[1]+y
	}
	if sum[0]/2000 > 30 || sum[0]/2000 < -30 || sum[1]/2000 > 30 || sum[1]/2000 < -30 {
		t.Errorf("shifts lean to %d %d", sum[0]/2000, sum[1]/2000)
	}
	if a, _ := copies.Shift([32]byte{1}, 1); func() bool {
		b, _ := copies.Shift([32]byte{2}, 1)
		c, _ := copies.Shift([32]byte{1}, 2)
		return a == b && a == c
	}() {
		t.Error("the seed and the page do not matter")
	}
	// What was derived once must be derived for good: copies that are out there are traced by it.
	if x, y := copies.Shift([32]byte{1, 2, 3}, 7); x != 316 || y != -39 || copies.FileID([32]byte{1, 2, 3}) != "7c1d4960a9e01100db9abed01b021dd0" {
		t.Errorf("derived otherwise than before: %d %d %s", x, y, copies.FileID([32]byte{1, 2, 3}))
	}
}

func TestSlotsThatTouchAreRefused(t *testing.T) {
	base, good := manySlots(t, 5, 40)
	for name, change := range map[string]func(*council.Prepared){
		"/ID in the mark":      func(p *council.Prepared) { p.Parts.ID = p.SlotOffset + 100 },
		"a shift over another": func(p *council.Prepared) { p.Parts.Shifts[1] = p.Parts.Shifts[0] + 7 },
		"a shift at the end":   func(p *council.Prepared) { p.Parts.Shifts[4] = p.Size - 3 },
		"a negative shift":     func(p *council.Prepared) { p.Parts.Shifts[2] = -1 },
		"touching":             func(p *council.Prepared) { p.Parts.Shifts[1] = p.Parts.Shifts[0] + council.ShiftBytes },
	} {
		p := good
		p.Parts.Shifts = slices.Clone(good.Parts.Shifts)
		change(&p)
		if _, err := copies.Open(&memory{Reader: bytes.NewReader(base)}, p, seeded); council.KindOf(err) != council.Internal || err == nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// counted notes how often each byte is read.
type counted struct {
	memory
	times []int
}

func (c *counted) ReadAt(p []byte, off int64) (int, error) {
	n, err := c.memory.ReadAt(p, off)
	for i := range n {
		c.times[off+int64(i)]++
	}
	return n, err
}

func TestTheChecksumReadsNothingOfTheBase(t *testing.T) {
	for _, pages := range []int{1, 3, 200} {
		base, p := manySlots(t, pages, 100)
		var err error
		if p.Parts.CRC, err = copies.Pieces(bytes.NewReader(base), p); err != nil || len(p.Parts.CRC) != pages+3 {
			t.Fatalf("%d pieces, %v", len(p.Parts.CRC), err)
		}
		for _, seed := range [][32]byte{{}, {7}} {
			m := seeded
			m.Seed = seed
			_, all := composed(t, base, p, m)
			r := &counted{memory{Reader: bytes.NewReader(base)}, make([]int, len(base))}
			c, err := copies.Open(r, p, m)
			if err != nil {
				t.Fatal(err)
			}
			sum, err := c.CRC()
			if err != nil || sum != crc32.ChecksumIEEE(all) || !c.KnowsCRC() {
				t.Fatalf("%d pages: %08x, want %08x (%v)", pages, sum, crc32.ChecksumIEEE(all), err)
			}
			for at, n := range r.times {
				if n > 0 && !inSlot(p, int64(at)) {
					t.Fatalf("byte %d of the base was read", at)
				}
			}
		}
		p.Parts.CRC = p.Parts.CRC[1:]
		if c, _ := composed(t, base, p, seeded); func() error { _, err := c.CRC(); return err }() == nil {
			t.Error("a wrong number of CRCs went through")
		}
		p.Parts.CRC = nil
		c, all := composed(t, base, p, seeded)
		if sum, err := c.CRC(); err != nil || sum != crc32.ChecksumIEEE(all) || c.KnowsCRC() {
			t.Errorf("without stored CRCs: %v", err)
		}
	}
}

func inSlot(p council.Prepared, at int64) bool {
	in := func(from, length int64) bool { return at >= from && at < from+length }
	return in(p.SlotOffset, p.SlotLength) || in(p.Parts.ID, 32) || slices.ContainsFunc(p.Parts.Shifts, func(s int64) bool { return in(s, council.ShiftBytes) })
}

func TestCombinedChecksums(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.SliceOfN(rapid.Byte(), 0, 300).Draw(t, "a"), rapid.SliceOfN(rapid.Byte(), 0, 300).Draw(t, "b")
		zeros := make([]byte, rapid.IntRange(0, 100_000).Draw(t, "zeros"))
		b = append(b, zeros...)
		if got, want := copies.CombineCRC(crc32.ChecksumIEEE(a), crc32.ChecksumIEEE(b), int64(len(b))), crc32.ChecksumIEEE(append(bytes.Clone(a), b...)); got != want {
			t.Fatalf("%08x, want %08x", got, want)
		}
	})
	// Lengths that nobody can hold: zeros in two steps are zeros in one.
	for _, n := range []int64{1 << 32, 5 << 30, 1<<40 + 12345} {
		zeros := func(n int64) uint32 { // CRC of n zero bytes, by doubling
			sum, one, length := uint32(0), crc32.ChecksumIEEE([]byte{0}), int64(1)
			for ; n > 0; n >>= 1 {
				if n&1 != 0 {
					sum = copies.CombineCRC(sum, one, length)
				}
				one, length = copies.CombineCRC(one, one, length), length*2
			}
			return sum
		}
		if got, want := copies.CombineCRC(zeros(n/3), zeros(n-n/3), n-n/3), zeros(n); got != want {
			t.Errorf("%d zeros: %08x and %08x", n, got, want)
		}
	}
}
