package archive

import "encoding/binary"

// Signatures and values of APPNOTE.TXT, sections 4.3 and 4.4.
const (
	signLocal      = 0x04034b50
	signDescriptor = 0x08074b50
	signCentral    = 0x02014b50
	signEnd        = 0x06054b50
	signEnd64      = 0x06064b50
	signLocator64  = 0x07064b50

	flagLate = 1 << 3  // checksum behind the bytes
	flagUTF8 = 1 << 11 // name in UTF-8

	version    = 20
	version64  = 45
	extra64    = 1
	madeByUnix = 3 << 8
	fileMode   = 0o100644 << 16
)

type writer []byte

func (w *writer) u16(v ...uint16) {
	for _, x := range v {
		*w = binary.LittleEndian.AppendUint16(*w, x)
	}
}

func (w *writer) u32(v ...uint32) {
	for _, x := range v {
		*w = binary.LittleEndian.AppendUint32(*w, x)
	}
}

func (w *writer) u64(v ...uint64) {
	for _, x := range v {
		*w = binary.LittleEndian.AppendUint64(*w, x)
	}
}

func flags(e Entry) uint16 {
	if e.Late {
		return flagUTF8 | flagLate
	}
	return flagUTF8
}

// dosTime: two seconds are the finest; years from 1980.
func dosTime(e Entry) (clock, day uint16) {
	t := e.Modified
	if t.Year() < 1980 || t.Year() > 2107 {
		return 0, 1<<5 | 1
	}
	return uint16(t.Hour()<<11 | t.Minute()<<5 | t.Second()/2), uint16((t.Year()-1980)<<9 | int(t.Month())<<5 | t.Day())
}

func small(v int64) uint32 {
	if v >= max32 {
		return max32
	}
	return uint32(v)
}

// appendLocal is the header before an entry's bytes (4.3.7). A late entry has zeros for checksum and sizes, as 4.4.4 wants it; when it
// is large, the sizes stand in the extra field.
func appendLocal(b []byte, e Entry, sum uint32) []byte {
	w := writer(b)
	large := e.Size >= max32
	clock, day := dosTime(e)
	w.u32(signLocal)
	w.u16(needs(large), flags(e), 0, clock, day)
	switch {
	case e.Late && !large:
		w.u32(0, 0, 0)
	case e.Late:
		w.u32(0, max32, max32)
	default:
		w.u32(sum, small(e.Size), small(e.Size))
	}
	extra := uint16(0)
	if large {
		extra = 20
	}
	w.u16(uint16(len(e.Name)), extra)
	w = append(w, e.Name...)
	if large {
		w.u16(extra64, 16)
		w.u64(uint64(e.Size), uint64(e.Size))
	}
	return w
}

// appendDescriptor follows the bytes of a late entry (4.3.9).
func appendDescriptor(b []byte, e Entry, sum uint32) []byte {
	if !e.Late {
		return b
	}
	w := writer(b)
	w.u32(signDescriptor, sum)
	if e.Size >= max32 {
		w.u64(uint64(e.Size), uint64(e.Size))
	} else {
		w.u32(uint32(e.Size), uint32(e.Size))
	}
	return w
}

// appendCentral is an entry's line in the central directory (4.3.12).
func appendCentral(b []byte, e Entry, at int64, sum uint32) []byte {
	w := writer(b)
	large, far := e.Size >= max32, at >= max32
	clock, day := dosTime(e)
	w.u32(signCentral)
	w.u16(madeByUnix|needs(large || far), needs(large || far), flags(e), 0, clock, day)
	w.u32(sum, small(e.Size), small(e.Size))
	var extra writer
	if large {
		extra.u64(uint64(e.Size), uint64(e.Size))
	}
	if far {
		extra.u64(uint64(at))
	}
	length := 0
	if len(extra) > 0 {
		length = 4 + len(extra)
	}
	w.u16(uint16(len(e.Name)), uint16(length), 0, 0, 0)
	w.u32(fileMode, small(at))
	w = append(w, e.Name...)
	if length > 0 {
		w.u16(extra64, uint16(len(extra)))
		w = append(w, extra...)
	}
	return w
}

// appendEnd closes the archive (4.3.14 to 4.3.16); at and size are of the central directory.
func appendEnd(b []byte, entries int, at, size int64) []byte {
	w := writer(b)
	count := uint16(min(entries, max16))
	if entries >= max16 || at >= max32 || size >= max32 {
		w.u32(signEnd64)
		w.u64(44)
		w.u16(madeByUnix|version64, version64)
		w.u32(0, 0)
		w.u64(uint64(entries), uint64(entries), uint64(size), uint64(at))
		w.u32(signLocator64, 0)
		w.u64(uint64(at + size))
		w.u32(1)
	}
	w.u32(signEnd)
	w.u16(0, 0, count, count)
	w.u32(small(size), small(at))
	w.u16(0)
	return w
}

func needs(large bool) uint16 {
	if large {
		return version64
	}
	return version
}
