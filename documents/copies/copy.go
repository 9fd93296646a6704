package copies

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"

	"ris/app/council"
	"ris/documents"
	"ris/documents/blob"
	"ris/documents/raster"
)

// Copy is one person's copy: the base's bytes with the slots exchanged, or the base's pictures with the mark burnt in. ReadAt may
// be called from many goroutines, Read and Seek from one. Close closes the base.
type Copy struct {
	base     blob.Reader
	prepared council.Prepared
	size     int64
	slots    slots
	pages    *raster.Copy // mode raster; else nil
	etag     string
	at       int64
}

var _ interface {
	io.ReadSeekCloser
	io.ReaderAt
	io.WriterTo
} = (*Copy)(nil)

// Open makes the copy for the mark. It reads nothing of the base but the first bytes of the slot, to be sure that it is one (of a
// raster base: its index). It costs the same for 10 and for 500 pages.
// Errors: council.Invalid with key mark.too_long or mark.empty (the mark cannot be printed), council.Internal when the base is
// not what prepared says. On an error base stays open and belongs to the caller.
func Open(base blob.Reader, prepared council.Prepared, mark documents.Mark) (*Copy, error) {
	d, err := drawings.of(mark)
	if err != nil {
		return nil, err
	}
	if base.Size() != prepared.Size {
		return nil, broken(fmt.Errorf("base %s has %d bytes, recorded are %d", prepared.Blob, base.Size(), prepared.Size))
	}
	c := &Copy{base: base, prepared: prepared, size: prepared.Size, etag: etag(prepared, d.lines, mark.Seed)}
	if prepared.Parts.Mode == council.Raster {
		if c.pages, err = openPages(base, prepared, d.lines, mark.Seed, c.etag); err != nil {
			return nil, broken(err)
		}
		c.size = c.pages.Size()
		return c, nil
	}
	if err := checkSlot(prepared); err != nil {
		return nil, broken(err)
	}
	if err := checkHead(base, prepared); err != nil {
		return nil, broken(err)
	}
	slot, err := AppendSlot(make([]byte, 0, prepared.SlotLength), prepared.SlotObject, prepared.SlotLength, d.form, true)
	if err != nil {
		return nil, council.E(council.Invalid, ErrTooLong).Because(err)
	}
	c.slots = newSlots(prepared, slot, mark.Seed)
	return c, nil
}

func broken(cause error) error { return council.E(council.Internal, "error.internal").Because(cause) }

// ETag is the strong entity tag (quoted, RFC 9110 section 8.8.3) of the copy, known without making it.
func ETag(prepared council.Prepared, mark documents.Mark) (string, error) {
	d, err := drawings.of(mark)
	if err != nil {
		return "", err
	}
	return etag(prepared, d.lines, mark.Seed), nil
}

// etag covers all that decides about the bytes: the base, the words of the mark, and the seed of what is not seen.
func etag(p council.Prepared, lines []string, seed [32]byte) string {
	var room [512]byte
	b := room[:0]
	b = append(append(append(b, "copy "+formatVersion+"\x00"...), p.Blob...), 0)
	for _, l := range lines {
		b = append(append(b, l...), '\n')
	}
	b = append(b, 0)
	b = append(append(append(b, p.Parts.Mode...), 0), seed[:]...)
	h := sha256.Sum256(b)
	var quoted [34]byte
	out := append(hex.AppendEncode(append(quoted[:0], '"'), h[:16]), '"')
	return string(out)
}

// ETag is the entity tag of this copy.
func (c *Copy) ETag() string { return c.etag }

// Size is the length in bytes, the same for every person.
func (c *Copy) Size() int64 { return c.size }

// Close closes the base.
func (c *Copy) Close() error { return c.base.Close() }

// ReadAt implements io.ReaderAt. What the base holds in the places of the slots never gets out.
func (c *Copy) ReadAt(p []byte, off int64) (int, error) {
	if off < 0 {
		return 0, errors.New("negative offset")
	}
	if c.pages != nil {
		return c.pages.ReadAt(p, off)
	}
	if off >= c.size {
		return 0, io.EOF
	}
	want := p[:min(int64(len(p)), c.size-off)]
	n, err := c.base.ReadAt(want, off)
	c.slots.lay(want[:n], off)
	switch {
	case n < len(want) && (err == nil || errors.Is(err, io.EOF)):
		return n, io.ErrUnexpectedEOF // the base is shorter than it was
	case n < len(want):
		return n, err
	case n < len(p):
		return n, io.EOF
	}
	return n, nil
}

// Read implements io.Reader.
func (c *Copy) Read(p []byte) (int, error) {
	if c.at >= c.size {
		return 0, io.EOF
	}
	n, err := c.ReadAt(p, c.at)
	c.at += int64(n)
	if n > 0 && errors.Is(err, io.EOF) {
		err = nil
	}
	return n, err
}

// WriteTo writes what Read has not read yet, in large pieces.
func (c *Copy) WriteTo(w io.Writer) (int64, error) {
	n, err := writeStretch(w, c, c.at, c.size)
	c.at += n
	return n, err
}

// Seek implements io.Seeker.
func (c *Copy) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case io.SeekCurrent:
		offset += c.at
	case io.SeekEnd:
		offset += c.size
	}
	if offset < 0 {
		return 0, errors.New("negative offset")
	}
	c.at = offset
	return offset, nil
}
