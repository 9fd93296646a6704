package pipeline

import (
	"encoding/json"
	"time"

	"ris/documents/compare"
	"ris/documents/pdf"
	"ris/documents/sandbox"
)

const (
	taskDifference = "pdf.difference" // files: old version, new version
	piecePair      = 'D'              // JSON of compare.PagePicture
)

// differenceOrder is which pages are compared; the sizes of the files are bytes.
type differenceOrder struct {
	CacheDir string
	OldSize  int64
	NewSize  int64
	Upright  [2]bool // the versions go out as pictures: places are given on these
	Pages    compare.Pairs
	Budget   time.Duration
}

// differenceVerdict: All = every pair was looked at.
type differenceVerdict struct{ All bool }

func init() {
	sandbox.Register(taskDifference, func(c *sandbox.Child) (any, error) {
		var o differenceOrder
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
		all, err := e.Difference(pdf.Side{File: c.Files[0], Size: o.OldSize, Upright: o.Upright[0]}, pdf.Side{File: c.Files[1], Size: o.NewSize, Upright: o.Upright[1]}, o.Pages, o.Budget, c.Step, func(p compare.PagePicture) error {
			b, err := json.Marshal(p)
			if err != nil {
				return err
			}
			return c.Send(append([]byte{piecePair}, b...))
		})
		return differenceVerdict{All: all}, err
	})
}
