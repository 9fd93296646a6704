package pipeline

import (
	"encoding/binary"
	"encoding/json"
	"errors"

	"ris/documents/pdf"
	"ris/documents/sandbox"
)

const (
	taskMerge     = "pdf.merge" // files: all parts, packet to write, front's base, scratch
	pieceProgress = 'N'         // eight bytes: pages done, pages in all
)

type mergeOrder struct {
	CacheDir string
	Packet   pdf.Packet
}

// mergeVerdict: Failed is the index of a part that cannot be put in, or -1.
type mergeVerdict struct {
	Failed int
	Cause  string
	Merged pdf.Merged
}

// everyPages is how often a child tells how far it is.
const everyPages = 10

func init() {
	sandbox.Register(taskMerge, func(c *sandbox.Child) (any, error) {
		var o mergeOrder
		if err := json.Unmarshal(c.Arguments, &o); err != nil {
			return nil, err
		}
		e, err := pdf.NewEngine(o.CacheDir)
		if err != nil {
			return nil, err
		}
		if _, err := c.Seal(); err != nil {
			return nil, err
		}
		made, err := e.Merge(c.Files[0], o.Packet, c.Files[1], c.Files[2], c.Files[3], c.Step, func(done, total int) {
			if done%everyPages == 0 || done == total {
				_ = c.Send(progressPiece(done, total))
			}
		})
		var bad *pdf.PartError
		if errors.As(err, &bad) {
			return mergeVerdict{Failed: bad.Part, Cause: err.Error()}, nil
		}
		return mergeVerdict{Failed: -1, Merged: made}, err
	})
}

func progressPiece(done, total int) []byte {
	b := binary.BigEndian.AppendUint32([]byte{pieceProgress}, uint32(done))
	return binary.BigEndian.AppendUint32(b, uint32(total))
}

func progressOf(b []byte) (done, total int, ok bool) {
	if len(b) != 9 || b[0] != pieceProgress {
		return 0, 0, false
	}
	return int(binary.BigEndian.Uint32(b[1:])), int(binary.BigEndian.Uint32(b[5:])), true
}
