package copies

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"

	"ris/app/council"
)

const (
	// SlotBytes is what documents/pdf reserves for the drawing, deflated; two lines of usual length take a third of it.
	SlotBytes = 8192
	// FormSize is the side of the square in which a mark is drawn, in the form's own units.
	FormSize = 1000
	// formatVersion goes into the ETag: a changed drawing is a changed file.
	formatVersion = "2"
)

var errSlotTooSmall = errors.New("the drawing does not fit into the slot")

// AppendSlot appends the PDF object (number object, generation 0) that holds the drawing stream, filled up with spaces to
// exactly length bytes. deflated says that stream is zlib data. A stream that is too long gives an error and no bytes.
func AppendSlot(dst []byte, object int, length int64, stream []byte, deflated bool) ([]byte, error) {
	start := len(dst)
	dst = strconv.AppendInt(dst, int64(object), 10)
	dst = append(dst, " 0 obj\n<</Type/XObject/Subtype/Form/BBox[0 0 1000 1000]/Resources<<>>"...)
	if deflated {
		dst = append(dst, "/Filter/FlateDecode"...)
	}
	dst = append(dst, "/Length "...)
	dst = strconv.AppendInt(dst, int64(len(stream)), 10)
	dst = append(dst, ">>\nstream\n"...)
	dst = append(dst, stream...)
	dst = append(dst, "\nendstream"...)
	room := length - int64(len(dst)-start)
	if room < 1 {
		return dst[:start], errSlotTooSmall
	}
	for range room - 1 {
		dst = append(dst, ' ')
	}
	return append(dst, '\n'), nil
}

// EmptySlot is the slot of a public rendition: it draws nothing.
func EmptySlot(object int, length int64) ([]byte, error) {
	return AppendSlot(make([]byte, 0, max(0, length)), object, length, nil, false)
}

// checkSlot refuses a description of a base that cannot be right: better no file than an unmarked or a torn one.
func checkSlot(p council.Prepared) error {
	if p.SlotObject <= 0 || p.SlotLength < 256 || p.SlotLength > 1<<20 || p.SlotOffset <= 0 || p.SlotOffset+p.SlotLength > p.Size {
		return fmt.Errorf("base %s has no usable slot: object %d at %d, %d bytes of %d", p.Blob, p.SlotObject, p.SlotOffset, p.SlotLength, p.Size)
	}
	return checkParts(p)
}

// checkHead looks into the base whether the slot begins where it is said to.
func checkHead(base io.ReaderAt, p council.Prepared) error {
	var room [96]byte
	head := strconv.AppendInt(room[:0], int64(p.SlotObject), 10)
	head = append(head, " 0 obj\n<</Type/XObject/Subtype/Form/"...)
	var gotRoom [96]byte
	got := gotRoom[:len(head)]
	if _, err := base.ReadAt(got, p.SlotOffset); err != nil || !bytes.Equal(got, head) {
		return fmt.Errorf("base %s has no slot at %d: %w", p.Blob, p.SlotOffset, errors.Join(err, fmt.Errorf("found %q", got)))
	}
	return nil
}
