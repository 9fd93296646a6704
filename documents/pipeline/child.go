package pipeline

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"time"

	"ris/app/council"
	"ris/documents/pagetext"
	"ris/documents/pdf"
	"ris/documents/sandbox"
)

// The tasks of the child.
const (
	taskWarm    = "pdf.warm"    // fills the compile cache; no files
	taskProcess = "pdf.process" // files: original, base to write, scratch
	taskText    = "pdf.text"    // files: base
)

// order is what the child is asked to do.
type order struct {
	CacheDir string
	Size     int64         // of the first file, bytes
	Pages    int           // the most allowed
	Repair   bool          // begin with the repair
	First    int           // first page of the text, from 1
	TextTime time.Duration // for the text of the whole document
	Mode     council.PreparationMode
	DPI      int // of a picture
}

// verdict is the child's answer. Refused is a message key or empty.
type verdict struct {
	Refused string
	Args    []string
	Cause   string
	Unread  int // pages whose text could not be read
}

// Pieces of data on the way: the first byte says which.
const (
	pieceCount = 'N' // four bytes: pages of the document
	pieceBase  = 'B' // JSON of pdf.Base: the base is written and proven
	piecePage  = 'P' // four bytes: letters' page is a scan (1) or not (0); then pagetext
)

func init() {
	sandbox.Register(taskWarm, func(c *sandbox.Child) (any, error) {
		var o order
		if err := json.Unmarshal(c.Arguments, &o); err != nil {
			return nil, err
		}
		e, err := pdf.NewEngine(o.CacheDir)
		if err != nil {
			return nil, err
		}
		return verdict{}, e.Close()
	})
	sandbox.Register(taskProcess, func(c *sandbox.Child) (any, error) {
		o, e, err := begin(c)
		if err != nil {
			return nil, err
		}
		base, err := e.Prepare(c.Files[0], o.Size, c.Files[1], c.Files[2], pdf.Options{Pages: o.Pages, Repair: o.Repair, Mode: o.Mode, Step: c.Step,
			Count: func(pages int) { _ = c.Send(binary.BigEndian.AppendUint32([]byte{pieceCount}, uint32(pages))) }})
		var r *pdf.Refusal
		if errors.As(err, &r) {
			return verdict{Refused: r.Key, Args: r.Args, Cause: r.Error()}, nil
		}
		if err != nil {
			return nil, err
		}
		b, err := json.Marshal(base)
		if err != nil {
			return nil, err
		}
		if err := c.Send(append([]byte{pieceBase}, b...)); err != nil {
			return nil, err
		}
		o.First = 1
		if o.Mode == council.Raster {
			return readText(c, e, o, 0) // its base has no text: what is found are the words of the original
		}
		o.Size = base.Prepared.Size
		return readText(c, e, o, 1)
	})
	sandbox.Register(taskText, func(c *sandbox.Child) (any, error) {
		o, e, err := begin(c)
		if err != nil {
			return nil, err
		}
		return readText(c, e, o, 0)
	})
}

// begin loads the tools and then closes the child off, before the first foreign byte.
func begin(c *sandbox.Child) (o order, e *pdf.Engine, err error) {
	if err = json.Unmarshal(c.Arguments, &o); err != nil {
		return o, nil, err
	}
	if e, err = pdf.NewEngine(o.CacheDir); err != nil {
		return o, nil, err
	}
	_, err = c.Seal()
	return o, e, err
}

var errTextTime = errors.New("the text of the document takes too long")

func readText(c *sandbox.Child, e *pdf.Engine, o order, file int) (verdict, error) {
	end := time.Now().Add(o.TextTime)
	var after afterText
	unread, err := e.Text(c.Files[file], o.Size, o.First, c.Step, func(p council.PageText, facts pdf.PageFacts) error {
		if time.Now().After(end) {
			return errTextTime
		}
		if o.Mode == council.Raster {
			stand(&p, &facts)
		}
		after.page(p.Page, facts, o.Mode == council.Raster)
		piece := []byte{piecePage}
		if facts.Scan {
			piece = binary.BigEndian.AppendUint32(piece, 1)
		} else {
			piece = binary.BigEndian.AppendUint32(piece, 0)
		}
		return c.Send(append(piece, pagetext.Encode([]council.PageText{p})...))
	})
	if errors.Is(err, errTextTime) {
		unread, err = unread+1, nil
	}
	if err != nil {
		return verdict{Unread: unread}, err
	}
	return verdict{Unread: unread}, after.send(c, e, o, file)
}
