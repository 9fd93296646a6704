package pipeline

import (
	"encoding/json"
	"errors"

	"ris/app/council"
	"ris/documents/pdf"
	"ris/documents/sandbox"
)

const taskReduce = "pdf.reduce" // files: base, reduced copy to write

type reduceOrder struct {
	CacheDir string
	Base     council.Prepared
}

// reduceVerdict: Light says that a reduced copy would save too little, Cause that it could not be made.
type reduceVerdict struct {
	Light bool
	Cause string
	Made  council.Prepared
}

func init() {
	sandbox.Register(taskReduce, func(c *sandbox.Child) (any, error) {
		var o reduceOrder
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
		made, err := e.Reduce(c.Files[0], o.Base, c.Files[1], c.Step)
		switch {
		case errors.Is(err, pdf.ErrNotHeavy):
			return reduceVerdict{Light: true}, nil
		case err != nil:
			return reduceVerdict{Cause: err.Error()}, nil
		}
		return reduceVerdict{Made: made}, nil
	})
}
