package copies

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strings"

	"ris/app/council"
	"ris/documents"
	"ris/documents/blob"
)

// Copy is one person's copy: the base's bytes with the slot exchanged. ReadAt may be called from many goroutines, Read and
// Seek from one. Close closes the base.
type Copy struct {
	base  blob.Reader
	size  int64
	start int64  // of the slot
	slot  []byte // exactly the slot's length
	etag  string
	at    int64
}

var _ interface {
	io.ReadSeekCloser
	io.ReaderAt
} = (*Copy)(nil)

// Open makes the copy for the mark. It reads nothing of the base but the first bytes of the slot, to be sure that it is one.
// Errors: council.Invalid with key mark.too_long or mark.empty (the mark cannot be printed), council.Internal when the base is
// not what prepared says. On an error base stays open and belongs to the caller.
func Open(base blob.Reader, prepared council.Prepared, mark documents.Mark) (*Copy, error) {
	lines, err := Lines(mark)
	if err != nil {
		return nil, err
	}
	broken := func(cause error) error { return council.E(council.Internal, "error.internal").Because(cause) }
	if err := checkSlot(prepared); err != nil {
		return nil, broken(err)
	}
	if base.Size() != prepared.Size {
		return nil, broken(fmt.Errorf("base %s has %d bytes, recorded are %d", prepared.Blob, base.Size(), prepared.Size))
	}
	head := fmt.Sprintf("%d 0 obj\n<</Type/XObject/Subtype/Form/", prepared.SlotObject)
	got := make([]byte, len(head))
	if _, err := base.ReadAt(got, prepared.SlotOffset); err != nil || string(got) != head {
		return nil, broken(fmt.Errorf("base %s has no slot at %d: %w", prepared.Blob, prepared.SlotOffset, errors.Join(err, errors.New(fmt.Sprintf("found %q", got)))))
	}
	slot, err := AppendSlot(make([]byte, 0, prepared.SlotLength), prepared.SlotObject, prepared.SlotLength, Form(lines), true)
	if err != nil {
		return nil, council.E(council.Invalid, ErrTooLong).Because(err)
	}
	return &Copy{base: base, size: prepared.Size, start: prepared.SlotOffset, slot: slot, etag: etag(prepared, lines)}, nil
}

// ETag is the strong entity tag (quoted, RFC 9110 section 8.8.3) of the copy, known without making it.
func ETag(prepared council.Prepared, mark documents.Mark) (string, error) {
	lines, err := Lines(mark)
	if err != nil {
		return "", err
	}
	return etag(prepared, lines), nil
}

func etag(p council.Prepared, lines []string) string {
	h := sha256.Sum256([]byte("copy " + formatVersion + "\x00" + p.Blob + "\x00" + strings.Join(lines, "\n")))
	return `"` + hex.EncodeToString(h[:16]) + `"`
}

// ETag is the entity tag of this copy.
func (c *Copy) ETag() string { return c.etag }

// Size is the length in bytes, the same for every person.
func (c *Copy) Size() int64 { return c.size }

// Close closes the base.
func (c *Copy) Close() error { return c.base.Close() }

// ReadAt implements io.ReaderAt.
func (c *Copy) ReadAt(p []byte, off int64) (int, error) {
	if off < 0 {
		return 0, errors.New("negative offset")
	}
	n := 0
	for n < len(p) && off < c.size {
		part := p[n:]
		var k int
		var err error
		switch end := c.start + int64(len(c.slot)); {
		case off < c.start:
			k, err = c.base.ReadAt(part[:min(int64(len(part)), c.start-off)], off)
		case off < end:
			k = copy(part, c.slot[off-c.start:])
		default:
			k, err = c.base.ReadAt(part[:min(int64(len(part)), c.size-off)], off)
		}
		n, off = n+k, off+int64(k)
		if err != nil && !(errors.Is(err, io.EOF) && k > 0) {
			if errors.Is(err, io.EOF) {
				err = io.ErrUnexpectedEOF // the base is shorter than it was
			}
			return n, err
		}
	}
	if n < len(p) {
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
