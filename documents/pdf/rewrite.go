package pdf

import (
	"compress/zlib"
	"crypto/rand"
	"encoding/hex"
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

// rewrite reads a PDF and writes it to out with the slots that are asked for. The slots still carry tag: see settle.
func rewrite(in io.ReaderAt, size int64, out *os.File, validate bool, most int, how asked, tag string) (rewritten, error) {
	short, err := borrow(in, size)
	if err != nil {
		return rewritten{}, err
	}
	defer short.close()
	ctx, err := readStructure(io.NewSectionReader(short, 0, size), validate)
	if err != nil {
		return rewritten{}, err
	}
	short.lend(ctx)
	notes := strip(ctx)
	m := &marker{ctx: ctx, name: types.Name("W" + randomHex(4)), tag: tag, asked: how, most: most, seen: map[int]bool{},
		before: map[int]types.IndirectRef{}, after: map[string]types.IndirectRef{}, opened: map[int]int{}, packer: zlib.NewWriter(nil)}
	box := types.NewNumberArray(0, 0, copies.FormSize, copies.FormSize)
	// The stream stays uncompressed in the file, so that it never moves into an object stream.
	m.form, err = m.stream(types.Dict{"Type": types.Name("XObject"), "Subtype": types.Name("Form"), "BBox": box}, string(filling(tag, fillingBytes)))
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
	// The first string names the base and is the same in all copies; the second is a slot. What the author's program wrote there
	// would tell which papers come from one file.
	ctx.ID = types.Array{types.HexLiteral(randomHex(idDigits / 2)), types.HexLiteral(randomHex(idDigits / 2))}
	if err := restart(out); err != nil {
		return rewritten{}, err
	}
	if err := api.WriteContext(ctx, short.writer(out)); err != nil {
		return rewritten{}, fmt.Errorf("write: %w", err)
	}
	if err := short.giveBack(out, ctx.Write.Table); err != nil {
		return rewritten{}, err
	}
	written, err := out.Seek(0, io.SeekEnd)
	if err != nil {
		return rewritten{}, err
	}
	shifts := 0
	if how.interleaved {
		shifts = m.pages
	}
	prepared, err := findSlots(out, written, tag, shifts)
	if err != nil {
		return rewritten{}, err
	}
	if how.interleaved {
		prepared.Parts.Mode = council.Interleaved
	}
	return rewritten{prepared: prepared, pages: m.pages, notes: notes}, settle(out, prepared)
}

// randomHex is n bytes of chance in hex digits.
func randomHex(n int) string {
	b := make([]byte, n)
	_, _ = rand.Read(b)
	return hex.EncodeToString(b)
}

func restart(f *os.File) error {
	if err := f.Truncate(0); err != nil {
		return err
	}
	_, err := f.Seek(0, io.SeekStart)
	return err
}
