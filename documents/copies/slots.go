package copies

import (
	"fmt"
	"slices"
	"sort"

	"ris/app/council"
)

// slots are the places of a base that are exchanged in a copy, and what goes there.
type slots struct {
	markAt int64
	mark   []byte
	idAt   int64
	id     []byte  // nil = left as in the base
	shifts []int64 // ascending by offset; nil = left as in the base
	pages  []int   // of shifts, from 1; nil = in the order of pages
	seed   [32]byte
}

// newSlots leaves out what the seed says nothing about: a zero seed fills in the mark alone.
func newSlots(p council.Prepared, mark []byte, seed [32]byte) slots {
	s := slots{markAt: p.SlotOffset, mark: mark, seed: seed}
	if seed == [32]byte{} {
		return s
	}
	if p.Parts.ID > 0 {
		s.idAt, s.id = p.Parts.ID, appendFileID(make([]byte, 0, idBytes), seed)
	}
	s.shifts = p.Parts.Shifts
	if !slices.IsSorted(s.shifts) {
		s.pages = make([]int, len(s.shifts))
		for i := range s.pages {
			s.pages[i] = i + 1
		}
		sort.Slice(s.pages, func(a, b int) bool { return p.Parts.Shifts[s.pages[a]-1] < p.Parts.Shifts[s.pages[b]-1] })
		s.shifts = make([]int64, len(s.pages))
		for i, page := range s.pages {
			s.shifts[i] = p.Parts.Shifts[page-1]
		}
	}
	return s
}

// lay puts what belongs there over b, which holds the base's bytes from off on.
func (s *slots) lay(b []byte, off int64) {
	over(b, off, s.mark, s.markAt)
	if s.id != nil {
		over(b, off, s.id, s.idAt)
	}
	end := off + int64(len(b))
	var text [council.ShiftBytes]byte
	for i := sort.Search(len(s.shifts), func(i int) bool { return s.shifts[i]+council.ShiftBytes > off }); i < len(s.shifts) && s.shifts[i] < end; i++ {
		over(b, off, s.shift(text[:0], i), s.shifts[i])
	}
}

// shift appends the text of the i-th shift by offset.
func (s *slots) shift(dst []byte, i int) []byte {
	page := i + 1
	if s.pages != nil {
		page = s.pages[i]
	}
	return appendShift(dst, s.seed, page)
}

// over copies the part of data (which belongs at offset at) that lies inside b (which begins at off).
func over(b []byte, off int64, data []byte, at int64) {
	switch {
	case at >= off+int64(len(b)) || at+int64(len(data)) <= off:
	case at < off:
		copy(b, data[off-at:])
	default:
		copy(b[at-off:], data)
	}
}

// span is a slot's place: [start, end).
type span struct{ start, end int64 }

// spans lists all slots of a base in the order of their offsets, whether a copy fills them or not: Parts.CRC has one value per piece
// between them. It is an error when they touch each other or lie outside.
func spans(p council.Prepared) ([]span, error) {
	out := make([]span, 0, 2+len(p.Parts.Shifts))
	out = append(out, span{p.SlotOffset, p.SlotOffset + p.SlotLength})
	if p.Parts.ID != 0 {
		out = append(out, span{p.Parts.ID, p.Parts.ID + idBytes})
	}
	for _, at := range p.Parts.Shifts {
		out = append(out, span{at, at + council.ShiftBytes})
	}
	if !slices.IsSortedFunc(out, bySpan) {
		slices.SortFunc(out, bySpan)
	}
	last := int64(0)
	for i, x := range out {
		if x.start < last || i > 0 && x.start == last || x.end <= x.start || x.end > p.Size {
			return nil, fmt.Errorf("base %s: the slot at %d lies on another one or outside of %d bytes", p.Blob, x.start, p.Size)
		}
		last = x.end
	}
	return out, nil
}

// checkParts is spans without the list, done for every copy: the shifts of a usual base are in order.
func checkParts(p council.Prepared) error {
	shifts := p.Parts.Shifts
	clear := func(x span) bool { // of all shifts
		i := sort.Search(len(shifts), func(i int) bool { return shifts[i]+council.ShiftBytes >= x.start })
		return i == len(shifts) || shifts[i] > x.end
	}
	mark, id := span{p.SlotOffset, p.SlotOffset + p.SlotLength}, span{p.Parts.ID, p.Parts.ID + idBytes}
	ok := slices.IsSorted(shifts) && clear(mark)
	if ok && p.Parts.ID != 0 {
		ok = clear(id) && p.Parts.ID > 0 && id.end <= p.Size && (id.end < mark.start || id.start > mark.end)
	}
	for i, at := range shifts {
		ok = ok && at > 0 && at+council.ShiftBytes <= p.Size && (i == 0 || at > shifts[i-1]+council.ShiftBytes)
	}
	if ok {
		return nil
	}
	_, err := spans(p)
	return err
}

func bySpan(a, b span) int {
	switch {
	case a.start < b.start:
		return -1
	case a.start > b.start:
		return 1
	}
	return 0
}
