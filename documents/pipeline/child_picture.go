package pipeline

import (
	"encoding/binary"
	"encoding/json"

	"ris/documents/pdf"
	"ris/documents/sandbox"
)

const (
	taskThumbnail  = "pdf.picture"       // files: base
	taskAccessible = "pdf.accessibility" // files: base
	pieceThumbnail = 'T'                 // four bytes page, two width, two height; then JPEG (nothing = cannot be drawn)
)

// thumbnailOrder: First and Last are pages from 1.
type thumbnailOrder struct {
	CacheDir    string
	Size        int64
	First, Last int
}

func init() {
	sandbox.Register(taskThumbnail, func(c *sandbox.Child) (any, error) {
		o, e, err := beginThumbnail(c)
		if err != nil {
			return nil, err
		}
		return verdict{}, e.Pictures(c.Files[0], o.Size, o.First, o.Last, c.Step, func(page, w, h int, jpeg []byte) error {
			b := binary.BigEndian.AppendUint32([]byte{pieceThumbnail}, uint32(page))
			b = binary.BigEndian.AppendUint16(binary.BigEndian.AppendUint16(b, uint16(w)), uint16(h))
			return c.Send(append(b, jpeg...))
		})
	})
	sandbox.Register(taskAccessible, func(c *sandbox.Child) (any, error) {
		o, e, err := beginThumbnail(c)
		if err != nil {
			return nil, err
		}
		return e.Accessibility(c.Files[0], o.Size, c.Step)
	})
}

// beginThumbnail loads pdfium and closes the child off.
func beginThumbnail(c *sandbox.Child) (o thumbnailOrder, e *pdf.Engine, err error) {
	if err = json.Unmarshal(c.Arguments, &o); err != nil {
		return o, nil, err
	}
	if e, err = pdf.NewEngine(o.CacheDir); err != nil {
		return o, nil, err
	}
	_, err = c.Seal()
	return o, e, err
}
