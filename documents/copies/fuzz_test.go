package copies_test

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"io"
	"strconv"
	"testing"
	"unicode/utf8"

	"ris/app/council"
	"ris/documents"
	"ris/documents/copies"
)

func hash(b []byte) []byte { h := sha256.Sum256(b); return h[:8] }

// FuzzSlot fills slots of any place and length with the mark of anybody: an error, or a file in which exactly the slots differ, one whole
// object is in the mark's place, and ranges are slices.
func FuzzSlot(f *testing.F) {
	f.Add("Anna Müller", "anna@demo.example", "", 7, 8392, 3, []byte{1})
	f.Add("محمد", "m@x", "{name}\n{code}", 123456, 8400, 0, []byte{})
	f.Add("Nguyễn \u0301\u0302", "", "{name} {name} {name}", 1, 257, 600, []byte("seed"))
	f.Add("", "", "{body}", -1, 0, -3, []byte{0xff})
	f.Add("endobj\n7 0 obj", "endstream", "{name}endobj{date}", 7, 9000, 40, []byte{9})
	f.Fuzz(func(t *testing.T, name, account, template string, object, length, pages int, seed []byte) {
		if length < 0 || length > 20_000 || pages < -1000 || pages > 1000 {
			return
		}
		m := documents.Mark{Name: name, Account: account, Date: "21.11.2026", Template: template, Code: "7K3M-Q9XA"}
		copy(m.Seed[:], seed)
		base := bytes.Repeat([]byte("%"), 400)
		p := council.Prepared{Blob: "00", SlotObject: object, SlotOffset: int64(len(base)), SlotLength: int64(length)}
		empty, err := copies.EmptySlot(object, int64(length))
		if err != nil {
			return
		}
		if len(empty) != length {
			t.Fatalf("an empty slot of %d bytes, asked were %d", len(empty), length)
		}
		base = append(append(base, empty...), bytes.Repeat([]byte("%"), 40)...)
		for range max(0, pages) {
			p.Parts.Shifts = append(p.Parts.Shifts, int64(len(base)))
			base = append(base, "+0.0000 +0.0000 cm\n"...)
		}
		p.Parts.ID = int64(len(base))
		base = append(base, "00000000000000000000000000000000>]"...)
		p.Size = int64(len(base))
		c, err := copies.Open(&memory{Reader: bytes.NewReader(base)}, p, m)
		if err != nil {
			if k := council.KindOf(err); k != council.Invalid && k != council.Internal {
				t.Fatalf("an error of kind %d: %v", k, err)
			}
			return
		}
		all, err := io.ReadAll(c)
		if err != nil || len(all) != len(base) {
			t.Fatalf("%d of %d bytes, %v", len(all), len(base), err)
		}
		for at := range all {
			if all[at] != base[at] && !inSlot(p, int64(at)) {
				t.Fatalf("byte %d is in no slot and differs", at)
			}
		}
		slot := all[p.SlotOffset : p.SlotOffset+p.SlotLength]
		if !bytes.HasPrefix(slot, []byte(strconv.Itoa(object)+" 0 obj\n<<")) || bytes.Count(slot, []byte("stream\n")) < 1 || !bytes.HasSuffix(bytes.TrimRight(slot, " \n"), []byte("endstream")) {
			t.Fatalf("no object: %.80q", slot)
		}
		if bytes.Contains(slot, []byte("endobj")) {
			t.Fatal("the object ends too early")
		}
		z, err := zlib.NewReader(bytes.NewReader(slot[bytes.Index(slot, []byte("stream\n"))+7:]))
		if err != nil {
			t.Fatal(err)
		}
		drawing, err := io.ReadAll(z)
		if err != nil || !utf8.Valid(drawing) || bytes.Count(drawing, []byte(" m\n")) == 0 {
			t.Fatalf("nothing is drawn: %v", err)
		}
		from := len(seed) * 37 % len(all)
		part := make([]byte, 700)
		n, _ := c.ReadAt(part, int64(from))
		if !bytes.Equal(part[:n], all[from:min(len(all), from+700)]) {
			t.Fatalf("a range at %d is no slice", from)
		}
	})
}
