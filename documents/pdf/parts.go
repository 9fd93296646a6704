package pdf

import (
	"bytes"
	"cmp"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"ris/app/council"
	"ris/documents/copies"
)

// A base is written with tags at its slots; findSlots looks for them in the finished file, whoever wrote it last. A tag is a comment
// in an uncompressed stream: "%S" and the paper's 16 random hex digits for the mark, "%P", the digits and the page's number in
// four hex digits for a page's shift.
const (
	tagDigits = 16
	// idDigits are the hex digits of one string of the file identifier (ISO 32000-1, 14.4).
	idDigits = 32
	// noShift stands in the base, where the numbers of a person's copy go (council.ShiftBytes long).
	noShift = "+0.0000 +0.0000"
	// shiftTag is the length of a page's tag with its line break; beforeShift what stands between the tag's begin and the shift.
	shiftTag    = 2 + tagDigits + 4 + 1
	beforeShift = shiftTag + len("q 1 0 0 1 ")
)

var (
	errSlot  = errors.New("the slot is not where it was written")
	errShift = errors.New("a page's shift is not where it was written")
	errID    = errors.New("the file identifier is not where it was written")
)

// filling is what the slot's stream holds until it is found: n bytes (a multiple of 64), beginning with the tag. It is longer than what
// may be drawn: the programs that write a file give the object heads of different lengths.
func filling(tag string, n int) []byte {
	b := bytes.Repeat([]byte("%"+strings.Repeat("-", 62)+"\n"), n/64)
	copy(b, "%S"+tag)
	return b
}

const (
	fillingBytes  = copies.SlotBytes + 256
	refilledBytes = copies.SlotBytes + 64 // of a base that is written once more: smaller than the slot that it has
)

// shiftOpening is the first stream of a page with a shift. count is how many q the page's own Q may close besides: they
// come after the shift, so that it outlives them.
func shiftOpening(tag string, page, count int) string {
	return fmt.Sprintf("%%P%s%04x\nq 1 0 0 1 %s cm\n%s", tag, page&0xffff, noShift, strings.Repeat("q ", count-1))
}

// findSlots measures the slots of a file of size bytes that carries the tag, the mark's once and the shifts of pages 1 to shifts once
// each. Nothing is written. It never trusts what stands around a tag.
func findSlots(f io.ReaderAt, size int64, tag string, shifts int) (council.Prepared, error) {
	p := council.Prepared{Size: size}
	found, slots := make([]int64, shifts), 0
	err := eachMatch(f, size, []byte(tag), func(at int64) error {
		var kind [2]byte
		var page [5]byte
		if _, err := f.ReadAt(kind[:], at-2); err != nil || kind[0] != '%' {
			return errSlot
		}
		if kind[1] == 'S' {
			slots++
			return slotAround(f, at, &p)
		}
		if _, err := f.ReadAt(page[:], at+tagDigits); err != nil || kind[1] != 'P' {
			return errSlot
		}
		n, err := strconv.ParseUint(string(page[:4]), 16, 16)
		if err != nil || n < 1 || int(n) > shifts || found[n-1] != 0 {
			return errShift
		}
		found[n-1] = at - 2 + int64(beforeShift)
		var b [council.ShiftBytes]byte
		if _, err := f.ReadAt(b[:], found[n-1]); err != nil || string(b[:]) != noShift {
			return errShift
		}
		return nil
	})
	if err != nil {
		return council.Prepared{}, err
	}
	if slots != 1 {
		return council.Prepared{}, fmt.Errorf("%w: found %d times", errSlot, slots)
	}
	for n, at := range found {
		if at == 0 {
			return council.Prepared{}, fmt.Errorf("%w: page %d", errShift, n+1)
		}
	}
	if shifts > 0 {
		p.Parts.Shifts = found
	}
	_, p.Parts.ID, err = findID(f, size)
	return p, err
}

// slotAround finds the object in whose stream the tag at at stands.
func slotAround(f io.ReaderAt, at int64, p *council.Prepared) error {
	const before, after = 512, fillingBytes + 512
	start := max(0, at-before)
	b := make([]byte, int(at-start)+after)
	n, err := f.ReadAt(b, start)
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	b = b[:n]
	here := int(at - start)
	if here > n {
		return errSlot
	}
	head := bytes.LastIndex(b[:here], []byte(" 0 obj"))
	if head < 0 {
		return errSlot
	}
	begin := head
	for begin > 0 && b[begin-1] >= '0' && b[begin-1] <= '9' {
		begin--
	}
	object, err := strconv.Atoi(string(b[begin:head]))
	if err != nil || object <= 0 || begin == 0 || !isSpace(b[begin-1]) {
		return errSlot
	}
	end := bytes.Index(b[here:], []byte("endobj"))
	if end < 0 || here+end-begin < copies.SlotBytes {
		return errSlot
	}
	p.SlotOffset, p.SlotLength, p.SlotObject = start+int64(begin), int64(here+end-begin), object
	return nil
}

// findID returns the digits of the first string of the file identifier and where those of the second begin, in the trailer to which the
// file's end points: the dictionary of a cross-reference stream, or the one after a table.
func findID(f io.ReaderAt, size int64) (first string, at int64, err error) {
	tail := make([]byte, min(size, 1024))
	if _, err := f.ReadAt(tail, size-int64(len(tail))); err != nil && !errors.Is(err, io.EOF) {
		return "", 0, err
	}
	i := bytes.LastIndex(tail, []byte("startxref"))
	if i < 0 {
		return "", 0, errID
	}
	fields := bytes.Fields(tail[i+len("startxref"):])
	if len(fields) == 0 {
		return "", 0, errID
	}
	from, err := strconv.ParseInt(string(fields[0]), 10, 64)
	if err != nil || from <= 0 || from >= size {
		return "", 0, errID
	}
	b := make([]byte, min(size-from, 4<<20)) // a table of 5,000 pages has some 100 kB
	if _, err := f.ReadAt(b, from); err != nil && !errors.Is(err, io.EOF) {
		return "", 0, err
	}
	if s := bytes.Index(b, []byte("stream")); s >= 0 && !bytes.HasPrefix(b, []byte("xref")) {
		b = b[:s]
	}
	i = bytes.LastIndex(b, []byte("/ID"))
	if i < 0 {
		return "", 0, errID
	}
	rest := b[i+3:]
	open := func(c byte) bool {
		rest = bytes.TrimLeft(rest, " \t\r\n\f\x00")
		if len(rest) == 0 || rest[0] != c {
			return false
		}
		rest = rest[1:]
		return true
	}
	var digits [2]string
	var places [2]int64
	if !open('[') {
		return "", 0, errID
	}
	for n := range digits {
		if !open('<') || len(rest) <= idDigits || rest[idDigits] != '>' {
			return "", 0, errID
		}
		digits[n] = string(rest[:idDigits])
		if _, err := hex.DecodeString(digits[n]); err != nil {
			return "", 0, errID
		}
		places[n] = from + int64(len(b)-len(rest))
		rest = rest[idDigits+1:]
	}
	return digits[0], places[1], nil
}

// settle brings the slots of a tagged base to rest: an empty mark, no tags, and the second string of the identifier like the
// first. That is the public rendition of the paper.
func settle(f interface {
	io.ReaderAt
	io.WriterAt
}, p council.Prepared) error {
	empty, err := copies.EmptySlot(p.SlotObject, p.SlotLength)
	if err != nil {
		return err
	}
	if _, err := f.WriteAt(empty, p.SlotOffset); err != nil {
		return err
	}
	blank := []byte("%" + strings.Repeat("-", shiftTag-2) + "\n")
	for _, at := range p.Parts.Shifts {
		if _, err := f.WriteAt(blank, at-int64(beforeShift)); err != nil {
			return err
		}
	}
	first, at, err := findID(f, p.Size)
	if err != nil || at != p.Parts.ID {
		return errors.Join(errID, err)
	}
	_, err = f.WriteAt([]byte(first), at)
	return err
}

// Retag writes the proven base to w with its tags back at their places, so that its slots are found again when another program has
// written it anew. It reads no structure of the file: all it changes are the places that Prepare recorded.
func Retag(w io.Writer, base io.ReaderAt, p council.Prepared) (tag string, err error) {
	tag = randomHex(tagDigits / 2)
	slot, err := copies.AppendSlot(nil, p.SlotObject, p.SlotLength, filling(tag, refilledBytes), false)
	if err != nil {
		return "", err
	}
	type change struct {
		at int64
		b  []byte
	}
	changes := []change{{p.SlotOffset, slot}}
	for n, at := range p.Parts.Shifts {
		changes = append(changes, change{at - int64(beforeShift), fmt.Appendf(nil, "%%P%s%04x\n", tag, (n+1)&0xffff)})
	}
	slices.SortFunc(changes, func(a, b change) int { return cmp.Compare(a.at, b.at) })
	done := int64(0)
	for _, c := range changes {
		if c.at < done {
			return "", errSlot
		}
		if _, err := io.Copy(w, io.NewSectionReader(base, done, c.at-done)); err != nil {
			return "", err
		}
		if _, err := w.Write(c.b); err != nil {
			return "", err
		}
		done = c.at + int64(len(c.b))
	}
	_, err = io.Copy(w, io.NewSectionReader(base, done, p.Size-done))
	return tag, err
}

// eachMatch reads f once and calls found with the place of every occurrence of what.
func eachMatch(f io.ReaderAt, size int64, what []byte, found func(at int64) error) error {
	buffer := make([]byte, min(size, 1<<20))
	for start := int64(0); start < size; {
		b := buffer[:min(int64(len(buffer)), size-start)]
		if n, err := f.ReadAt(b, start); n < len(b) {
			return errors.Join(io.ErrUnexpectedEOF, err)
		}
		for at := 0; ; {
			i := bytes.Index(b[at:], what)
			if i < 0 {
				break
			}
			if err := found(start + int64(at+i)); err != nil {
				return err
			}
			at += i + len(what)
		}
		if start+int64(len(b)) == size {
			return nil
		}
		start += int64(len(b) - len(what) + 1)
	}
	return nil
}
