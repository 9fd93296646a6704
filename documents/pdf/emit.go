package pdf

import (
	"bufio"
	"bytes"
	"compress/zlib"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"unicode/utf16"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"ris/app/council"
	"ris/documents/copies"
)

// packedObjects is how many objects share an object stream: enough to pack well, few enough that a reader need not unpack much.
const packedObjects = 200

// emitter writes a PDF object by object (ISO 32000-1, 7.5.7 and 7.5.8): streams go out at once, so that a packet of many papers
// never lies in memory; everything else is kept as text and follows at the end, where a reader that asks for ranges finds it together.
type emitter struct {
	w       *bufio.Writer
	at      int64
	places  []xrefRow // by object number
	pending []pendingObject
	slot    council.Prepared // offset, length and number of the slot
}

// xrefRow is a row of the cross-reference stream: in the file at first, or the second object of the object stream first.
type xrefRow struct {
	kind          byte // 0 free, 1 in the file, 2 in an object stream
	first, second int64
}

type pendingObject struct {
	number int
	text   []byte
}

// newEmitter begins a file with the empty slot as its first object.
func newEmitter(out io.Writer) (*emitter, error) {
	e := &emitter{w: bufio.NewWriterSize(out, 1<<20), places: make([]xrefRow, 1)}
	if err := e.write([]byte("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")); err != nil {
		return nil, err
	}
	number := e.reserve()
	const around = 512 // of the object around the drawing
	slot, err := copies.EmptySlot(number, copies.SlotBytes+around)
	if err != nil {
		return nil, err
	}
	e.slot = council.Prepared{SlotObject: number, SlotOffset: e.at, SlotLength: int64(len(slot))}
	e.places[number] = xrefRow{kind: 1, first: e.at}
	return e, e.write(slot, []byte("endobj\n"))
}

func (e *emitter) write(parts ...[]byte) error {
	for _, p := range parts {
		n, err := e.w.Write(p)
		e.at += int64(n)
		if err != nil {
			return err
		}
	}
	return nil
}

// reserve gives the next object number.
func (e *emitter) reserve() int {
	e.places = append(e.places, xrefRow{})
	return len(e.places) - 1
}

// add writes an object under a new number and gives its reference.
func (e *emitter) add(o types.Object) (types.IndirectRef, error) {
	number := e.reserve()
	return *types.NewIndirectRef(number, 0), e.object(number, o)
}

func (e *emitter) object(number int, o types.Object) error {
	text, err := appendObject(nil, o)
	e.pending = append(e.pending, pendingObject{number, text})
	return err
}

// stream writes a stream whose bytes are encoded as d says, and gives the offset of the first of them.
func (e *emitter) stream(number int, d types.Dict, raw []byte) (int64, error) {
	d["Length"] = types.Integer(len(raw))
	head, err := appendObject(fmt.Appendf(nil, "%d 0 obj\n", number), d)
	if err != nil {
		return 0, err
	}
	e.places[number] = xrefRow{kind: 1, first: e.at}
	head = append(head, "\nstream\n"...)
	begin := e.at + int64(len(head))
	return begin, e.write(head, raw, []byte("\nendstream\nendobj\n"))
}

// finish writes what is left, and gives the length of the file and the offset of the second /ID string's hex digits.
func (e *emitter) finish(root, info types.IndirectRef) (size, id int64, err error) {
	slices.SortFunc(e.pending, func(a, b pendingObject) int { return a.number - b.number })
	for chunk := range slices.Chunk(e.pending, packedObjects) {
		if err := e.pack(chunk); err != nil {
			return 0, 0, err
		}
	}
	number := e.reserve()
	begin := e.at
	e.places[number] = xrefRow{kind: 1, first: begin}
	var rows bytes.Buffer
	for _, p := range e.places {
		rows.Write([]byte{p.kind, byte(p.first >> 32), byte(p.first >> 24), byte(p.first >> 16), byte(p.first >> 8), byte(p.first),
			byte(p.second >> 8), byte(p.second)})
	}
	packed, err := deflate(rows.Bytes())
	if err != nil {
		return 0, 0, err
	}
	var random [16]byte
	_, _ = rand.Read(random[:])
	head := fmt.Appendf(nil, "%d 0 obj\n<</Type/XRef/Size %d/W[1 5 2]/Root %s/Info %s/Filter/FlateDecode/Length %d/ID[<%s><",
		number, len(e.places), root.PDFString(), info.PDFString(), len(packed), hex.EncodeToString(random[:]))
	id = begin + int64(len(head))
	head = fmt.Appendf(head, "%s>]>>\nstream\n", hex.EncodeToString(random[:]))
	if err := e.write(head, packed, fmt.Appendf(nil, "\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n", begin)); err != nil {
		return 0, 0, err
	}
	return e.at, id, e.w.Flush()
}

// pack writes objects into one object stream.
func (e *emitter) pack(chunk []pendingObject) error {
	var index, body bytes.Buffer
	number := e.reserve()
	for i, o := range chunk {
		fmt.Fprintf(&index, "%d %d ", o.number, body.Len())
		body.Write(o.text)
		body.WriteByte('\n')
		e.places[o.number] = xrefRow{kind: 2, first: int64(number), second: int64(i)}
	}
	first := index.Len()
	index.Write(body.Bytes())
	packed, err := deflate(index.Bytes())
	if err != nil {
		return err
	}
	_, err = e.stream(number, types.Dict{"Type": types.Name("ObjStm"), "N": types.Integer(len(chunk)), "First": types.Integer(first),
		"Filter": types.Name("FlateDecode")}, packed)
	return err
}

func deflate(b []byte) ([]byte, error) {
	var out bytes.Buffer
	w := zlib.NewWriter(&out)
	if _, err := w.Write(b); err != nil {
		return nil, err
	}
	err := w.Close()
	return out.Bytes(), err
}

// appendObject writes o as it stands in a file. References are written as they are.
func appendObject(dst []byte, o types.Object) (_ []byte, err error) {
	switch v := o.(type) {
	case nil:
		return append(dst, "null"...), nil
	case types.Dict:
		dst = append(dst, "<<"...)
		for _, k := range slices.Sorted(maps.Keys(v)) {
			dst = append(append(dst, types.Name(k).PDFString()...), ' ')
			if dst, err = appendObject(dst, v[k]); err != nil {
				return nil, err
			}
		}
		return append(dst, ">>"...), nil
	case types.Array:
		dst = append(dst, '[')
		for i, x := range v {
			if i > 0 {
				dst = append(dst, ' ')
			}
			if dst, err = appendObject(dst, x); err != nil {
				return nil, err
			}
		}
		return append(dst, ']'), nil
	case types.Float:
		return strconv.AppendFloat(dst, float64(v), 'f', -1, 64), nil
	case types.Integer:
		return strconv.AppendInt(dst, int64(v), 10), nil
	case types.IndirectRef, written, types.Name, types.Boolean, types.StringLiteral, types.HexLiteral:
		return append(dst, o.PDFString()...), nil
	default:
		return nil, fmt.Errorf("an object of type %T cannot stand here", o)
	}
}

// textString is a text in UTF-16 with its mark (ISO 32000-1, 7.9.2.2), with what would end a string escaped.
func textString(s string) types.StringLiteral {
	b := []byte{0xFE, 0xFF}
	put := func(c byte) {
		switch c {
		case '(', ')', '\\':
			b = append(b, '\\', c)
		case '\r':
			b = append(b, '\\', 'r')
		case '\n':
			b = append(b, '\\', 'n')
		default:
			b = append(b, c)
		}
	}
	for _, u := range utf16.Encode([]rune(s)) {
		put(byte(u >> 8))
		put(byte(u))
	}
	return types.StringLiteral(b)
}
