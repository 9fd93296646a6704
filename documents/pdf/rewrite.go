package pdf

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"ris/app/council"
	"ris/documents/copies"
)

// rewritten describes a base that has just been written.
type rewritten struct {
	prepared council.Prepared // Size and slot; the blob's name is known after storing
	pages    int
	notes    []string
}

// rewrite reads a PDF and writes it to out with the slot on every page. covered pages get the mark as an annotation too.
func rewrite(in io.ReadSeeker, out *os.File, validate bool, most int, covered map[int]bool) (rewritten, error) {
	ctx, err := readStructure(in, validate)
	if err != nil {
		return rewritten{}, err
	}
	notes := strip(ctx)
	var random [12]byte
	_, _ = rand.Read(random[:])
	m := &marker{ctx: ctx, name: types.Name("W" + hex.EncodeToString(random[:4])), most: most, covered: covered,
		seen: map[int]bool{}, before: map[int]types.IndirectRef{}, after: map[string]types.IndirectRef{}}
	tag := []byte("%SLOT" + hex.EncodeToString(random[4:]))
	filling := bytes.Repeat([]byte("%-------------------------------------------------------------\n"), copies.SlotBytes/64)
	copy(filling, tag)
	box := types.NewNumberArray(0, 0, copies.FormSize, copies.FormSize)
	// The stream stays uncompressed in the file, so that it never moves into an object stream.
	m.form, err = m.stream(types.Dict{"Type": types.Name("XObject"), "Subtype": types.Name("Form"), "BBox": box}, string(filling))
	if err != nil {
		return rewritten{}, err
	}
	state, err := ctx.IndRefForNewObject(types.Dict{"Type": types.Name("ExtGState"), "ca": types.Float(0.25), "CA": types.Float(0.25),
		"BM": types.Name("Normal"), "SMask": types.Name("None"), "AIS": types.Boolean(false)})
	if err != nil {
		return rewritten{}, err
	}
	m.state = *state
	root, err := ctx.Catalog()
	if err != nil {
		return rewritten{}, err
	}
	if _, err := m.walk(root["Pages"], inherited{}, nil, 0); err != nil {
		return rewritten{}, err
	}
	ctx.PageCount = m.pages
	if m.pages == 0 {
		return rewritten{}, errNoPages
	}
	ctx.EncKey, ctx.Encrypt = nil, nil
	if err := restart(out); err != nil {
		return rewritten{}, err
	}
	// Hidden behind a plain writer: the library does other things with a file.
	if err := api.WriteContext(ctx, struct{ io.Writer }{out}); err != nil {
		return rewritten{}, fmt.Errorf("write: %w", err)
	}
	object := m.form.ObjectNumber.Value()
	prepared, err := findSlot(out, ctx.Write.Table[object], object, tag)
	if err != nil {
		return rewritten{}, err
	}
	return rewritten{prepared: prepared, pages: m.pages, notes: notes}, nil
}

func restart(f *os.File) error {
	if err := f.Truncate(0); err != nil {
		return err
	}
	_, err := f.Seek(0, io.SeekStart)
	return err
}

// findSlot measures the slot's object and writes the empty slot over its filling.
func findSlot(out *os.File, at int64, object int, tag []byte) (council.Prepared, error) {
	size, err := out.Seek(0, io.SeekEnd)
	if err != nil {
		return council.Prepared{}, err
	}
	b := make([]byte, copies.SlotBytes+1024)
	n, err := out.ReadAt(b, at)
	if err != nil && !errors.Is(err, io.EOF) {
		return council.Prepared{}, err
	}
	b = b[:n]
	end := bytes.Index(b, []byte("endobj"))
	if !bytes.HasPrefix(b, fmt.Appendf(nil, "%d 0 obj", object)) || end < copies.SlotBytes || !bytes.Contains(b[:end], tag) {
		return council.Prepared{}, errors.New("the slot is not where it was written")
	}
	p := council.Prepared{Size: size, SlotOffset: at, SlotLength: int64(end), SlotObject: object}
	empty, err := copies.EmptySlot(object, p.SlotLength)
	if err != nil {
		return council.Prepared{}, err
	}
	_, err = out.WriteAt(empty, at)
	return p, err
}
