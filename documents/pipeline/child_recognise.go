package pipeline

import (
	"encoding/binary"
	"encoding/json"
	"io"

	"ris/documents/pagetext"
	"ris/documents/pdf"
	"ris/documents/sandbox"
)

// The tasks of text recognition.
const (
	taskPicture = "pdf.reading" // files: the PDF; order.First is the page, order.DPI the resolution
	taskLayer   = "pdf.layer"   // files: the PDF, the layered one to write, the recognised pages (pagetext)
)

// piecePicture is followed by four bytes (length of the description), the description (JSON of pdf.PagePicture), the pixels.
const piecePicture = 'I'

// mostLayerText bounds the recognised text of one document, in stored bytes.
const mostLayerText = 256 << 20

// layered is the answer of taskLayer; Pages 0 = no layer could be laid, Cause says why (for the log).
type layered struct {
	Size  int64
	Pages int
	Cause string
}

func init() {
	sandbox.Register(taskPicture, func(c *sandbox.Child) (any, error) {
		o, e, err := begin(c)
		if err != nil {
			return nil, err
		}
		p, err := e.Picture(c.Files[0], o.Size, o.First, o.DPI, c.Step)
		if err != nil {
			return nil, err
		}
		head, err := json.Marshal(p)
		if err != nil {
			return nil, err
		}
		piece := binary.BigEndian.AppendUint32([]byte{piecePicture}, uint32(len(head)))
		return verdict{}, c.Send(append(append(piece, head...), p.Pix...))
	})
	sandbox.Register(taskLayer, func(c *sandbox.Child) (any, error) {
		o, e, err := begin(c)
		if err != nil {
			return nil, err
		}
		stored, err := io.ReadAll(io.LimitReader(c.Files[2], mostLayerText))
		if err != nil {
			return nil, err
		}
		text, err := pagetext.Decode(stored)
		if err != nil {
			return nil, err
		}
		size, pages, err := e.Layer(c.Files[0], o.Size, c.Files[1], text, c.Step)
		if err != nil {
			return layered{Cause: err.Error()}, nil
		}
		return layered{Size: size, Pages: pages}, nil
	})
}

// readPicture takes a piece apart; what it says is checked, because a child may be in foreign hands.
func readPicture(b []byte) (p pdf.PagePicture, err error) {
	if len(b) < 5 || b[0] != piecePicture {
		return p, errPiece
	}
	n := int(binary.BigEndian.Uint32(b[1:]))
	if n > len(b)-5 || n > 4096 || json.Unmarshal(b[5:5+n], &p) != nil {
		return p, errPiece
	}
	p.Pix = b[5+n:]
	if p.Width < 1 || p.Height < 1 || p.Width > 1<<16 || p.Height > 1<<16 || p.Width*p.Height != len(p.Pix) || p.DPI < 1 || p.DPI > 1200 {
		return p, errPiece
	}
	return p, nil
}
