package pipeline

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"io"

	"ris/documents/pdf"
	"ris/documents/sandbox"
	"ris/documents/trace"
)

// The tasks of tracing a copy that was found.
const (
	taskMarks  = "trace.marks"  // files: the PDF, scratch; answers trace.Evidence
	taskStrips = "trace.strips" // files: the PDF (order.First is the page) or picture (order.First is 0)
)

// pieceStrip is followed by width and height (four bytes each) and the pixels of a picture of a mark.
const pieceStrip = 'T'

// viewed is the answer of taskStrips. Unclear is a message key or empty.
type viewed struct{ Unclear string }

// traceDPI gives an A4 page the working size of trace.Strips.
const traceDPI = 150

func init() {
	sandbox.Register(taskMarks, func(c *sandbox.Child) (any, error) {
		o, e, err := begin(c)
		if err != nil {
			return nil, err
		}
		return e.Marks(c.Files[0], o.Size, c.Files[1], c.Step)
	})
	sandbox.Register(taskStrips, func(c *sandbox.Child) (any, error) {
		o, e, err := begin(c)
		if err != nil {
			return nil, err
		}
		page, err := pageSeen(c, o, e)
		if err != nil {
			return viewed{Unclear: trace.UnclearFile}, nil
		}
		c.Step("strips")
		for _, s := range trace.Strips(page) {
			piece := binary.BigEndian.AppendUint32([]byte{pieceStrip}, uint32(s.W))
			if err := c.Send(append(binary.BigEndian.AppendUint32(piece, uint32(s.H)), s.Pix...)); err != nil {
				return nil, err
			}
		}
		return viewed{}, nil
	})
}

// pageSeen is a page of a PDF, or the picture.
func pageSeen(c *sandbox.Child, o order, e *pdf.Engine) (trace.Gray, error) {
	if o.First == 0 {
		c.Step("draw")
		return trace.ReadPhoto(io.NewSectionReader(c.Files[0], 0, o.Size))
	}
	p, err := e.Picture(c.Files[0], o.Size, o.First, traceDPI, c.Step)
	return trace.Gray{W: p.Width, H: p.Height, Pix: p.Pix}, err
}

// readStrip takes a piece apart; what it says is checked, because a child may be in foreign hands.
func readStrip(b []byte) (trace.Gray, error) {
	if len(b) < 9 || b[0] != pieceStrip {
		return trace.Gray{}, errPiece
	}
	g := trace.Gray{W: int(binary.BigEndian.Uint32(b[1:])), H: int(binary.BigEndian.Uint32(b[5:])), Pix: b[9:]}
	if g.W < 1 || g.H < 1 || g.W > 1<<14 || g.H > 1<<14 || g.W*g.H != len(g.Pix) {
		return trace.Gray{}, errPiece
	}
	return g, nil
}

// decodeEvidence is strict about what a child says.
func decodeEvidence(b json.RawMessage) (e trace.Evidence, err error) {
	return e, errors.Join(json.Unmarshal(b, &e), e.Check())
}
