package pdf

import (
	"bytes"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"regexp"
	"slices"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"ris/documents/trace"
)

const (
	// mostDrawing is the largest decoded stream in which a mark is looked for: one of ours has some 20 kB, a page may have more.
	mostDrawing = 4 << 20
	// mostRead is how much of decoded content is looked at in one file, bytes.
	mostRead = 512 << 20
	// mostTexts is on how many pages the letters are read, to tell which page it was.
	mostTexts = 400
)

// Marks reads what is left of a copy's marks in a PDF that was found: identifiers of all its revisions, codes of marks that are
// drawings, shifts of pages. It reads on whatever of it can be read; scratch takes a repaired file. step is called when a
// part begins: "open", "repair", "marks", "text" (once per page). Errors are the machine's; what the file lacks stands in the evidence.
func (e *Engine) Marks(in io.ReaderAt, size int64, scratch *os.File, step func(string)) (trace.Evidence, error) {
	out := trace.Evidence{Kind: trace.KindPDF}
	if size == 0 || !hasHeader(in, size) {
		out.AddUnclear(trace.UnclearFile)
		return out, nil
	}
	step("open")
	m := &marksReader{out: &out}
	if err := m.identifiers(in, size); err != nil {
		return out, err
	}
	for _, attempt := range []func() (io.ReaderAt, int64, error){
		func() (io.ReaderAt, int64, error) { return in, size, nil },
		func() (io.ReaderAt, int64, error) { step("repair"); return e.rebuilt(in, size, scratch) },
	} {
		r, n, err := attempt()
		if err != nil {
			out.AddUnclear(trace.UnclearFile)
			break
		}
		err = guarded("marks", func() error {
			ctx, err := readStructure(io.NewSectionReader(r, 0, n), false)
			if err != nil {
				return err
			}
			step("marks")
			return m.structure(ctx)
		})
		if err == nil && out.Pages > 0 {
			m.texts(e, r, n, step)
			break
		}
	}
	return out, nil
}

// rebuilt is the file as pdfium writes it anew.
func (e *Engine) rebuilt(in io.ReaderAt, size int64, scratch *os.File) (io.ReaderAt, int64, error) {
	i, err := e.New()
	if err != nil {
		return nil, 0, err
	}
	defer i.Close()
	err = guarded("repair", func() error {
		d, err := i.open(in, size)
		if err != nil {
			return err
		}
		defer d.close()
		if err := restart(scratch); err != nil {
			return err
		}
		return d.saveRebuilt(scratch)
	})
	if err != nil {
		return nil, 0, err
	}
	n, err := scratch.Seek(0, io.SeekEnd)
	return scratch, n, err
}

// marksReader collects evidence.
type marksReader struct {
	out  *trace.Evidence
	read int // bytes of content so far
}

// idPair is a file identifier as programs write it into a trailer (ISO 32000-1, 14.4), in hex digits.
var idPair = regexp.MustCompile(`^/ID\s*\[\s*<\s*[0-9A-Fa-f\s]*>\s*<\s*([0-9A-Fa-f]{32})\s*>`)

// identifiers reads the bytes themselves: a program that adds a revision (a comment, a form) leaves the old trailer where it was.
func (m *marksReader) identifiers(in io.ReaderAt, size int64) error {
	return eachMatch(in, size, []byte("/ID"), func(at int64) error {
		b := make([]byte, min(256, size-at))
		if _, err := in.ReadAt(b, at); err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		if found := idPair.FindSubmatch(b); found != nil {
			m.identifier(string(bytes.ToLower(found[1])))
		}
		return nil
	})
}

func (m *marksReader) identifier(digits string) {
	if len(digits) == 32 && !slices.Contains(m.out.IDs, digits) && len(m.out.IDs) < 100 {
		m.out.IDs = append(m.out.IDs, digits)
	}
}

// structure goes through the pages and all forms.
func (m *marksReader) structure(ctx *model.Context) error {
	if len(ctx.ID) == 2 {
		switch v := ctx.ID[1].(type) {
		case types.HexLiteral:
			if b, err := v.Bytes(); err == nil {
				m.identifier(hex.EncodeToString(b))
			}
		case types.StringLiteral:
			if b, err := types.Unescape(v.Value()); err == nil {
				m.identifier(hex.EncodeToString(b))
			}
		}
	}
	root, err := ctx.Catalog()
	if err != nil {
		return err
	}
	seen := map[int]bool{}
	m.pages(ctx, root["Pages"], seen, 0)
	// Forms of any kind, wherever they are called: some programs put a page's content into one.
	numbers := make([]int, 0, len(ctx.Table))
	for number := range ctx.Table {
		numbers = append(numbers, number)
	}
	slices.Sort(numbers)
	for _, number := range numbers {
		entry := ctx.Table[number]
		if entry == nil || entry.Free {
			continue
		}
		s, ok := entry.Object.(types.StreamDict)
		if !ok || name(ctx, s.Dict["Subtype"]) != "Form" {
			continue
		}
		m.look(m.decoded(&s), 0)
	}
	return nil
}

func (m *marksReader) pages(ctx *model.Context, o types.Object, seen map[int]bool, depth int) {
	if ref, ok := o.(types.IndirectRef); ok {
		n := ref.ObjectNumber.Value()
		if kids := dict(ctx, o); kids == nil || seen[n] && kids["Kids"] != nil {
			return
		}
		seen[n] = true
	}
	d := dict(ctx, o)
	if d == nil || depth > deepestTree || m.out.Pages >= 20_000 {
		return
	}
	if kids, node := d.Find("Kids"); node {
		for _, k := range array(ctx, kids) {
			m.pages(ctx, k, seen, depth+1)
		}
		return
	}
	m.out.Pages++
	list := array(ctx, d["Contents"])
	if list == nil {
		list = types.Array{d["Contents"]}
	}
	var content []byte
	for _, c := range list {
		if s, _, err := ctx.DereferenceStreamDict(c); err == nil && s != nil && len(content) < mostDrawing {
			content = append(append(content, m.decoded(s)...), '\n')
		}
	}
	m.look(content, m.out.Pages)
}

// decoded is a stream's content, or nothing when it cannot be read or the file has had its share.
func (m *marksReader) decoded(s *types.StreamDict) []byte {
	if m.read > mostRead {
		m.out.AddUnclear(trace.UnclearLarge)
		return nil
	}
	one := *s
	if err := one.DecodeWithLimit(mostDrawing); err != nil {
		return nil
	}
	m.read += len(one.Content)
	return one.Content
}

// look takes from one content what it holds; page 0 = a form of unknown place.
func (m *marksReader) look(content []byte, page int) {
	if x, y, ok := trace.ReadShift(content); ok && len(m.out.Shifts) < 5000 {
		m.out.Shifts = append(m.out.Shifts, trace.Moved{Page: page, X: x, Y: y})
	}
	if bytes.Count(content, []byte(" cm")) < 8 { // each letter of a mark moves the pen
		return
	}
	for _, line := range trace.ReadDrawing(content) {
		m.out.Marked = m.out.Marked || len(line) >= 8
		for _, code := range trace.FindCodes(line) {
			m.out.AddCode(trace.ReadCode{Text: code, Page: max(page, 1), Drawn: true})
		}
	}
}

// texts reads the letters of pages with a shift: which page of the paper it was.
func (m *marksReader) texts(e *Engine, in io.ReaderAt, size int64, step func(string)) {
	if len(m.out.Shifts) == 0 {
		return
	}
	i, err := e.New()
	if err != nil {
		return
	}
	defer i.Close()
	_ = guarded("text", func() error {
		d, err := i.open(in, size)
		if err != nil {
			return err
		}
		defer d.close()
		for k := range m.out.Shifts[:min(len(m.out.Shifts), mostTexts)] {
			s := &m.out.Shifts[k]
			if s.Page < 1 || s.Page > d.pages {
				continue
			}
			step("text")
			err := d.page(s.Page-1, func(page uint64) error {
				text, err := d.text(page, s.Page)
				s.Text = trace.Digest(text.Text)
				return err
			})
			if err != nil && !errors.Is(err, errUnread) {
				return err
			}
		}
		return nil
	})
}
