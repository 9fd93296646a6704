package pipeline

import (
	"encoding/json"

	"ris/app/council"
	"ris/documents/sandbox"
)

// taskArrange finds the slots of a base that another program has written anew, and proves it. Files: proven base, the other one.
const taskArrange = "pdf.arrange"

// arrangeOrder is what it is asked.
type arrangeOrder struct {
	CacheDir string
	Base     council.Prepared
	Size     int64 // of the other file, bytes
	Tag      string
}

func init() {
	sandbox.Register(taskArrange, func(c *sandbox.Child) (any, error) {
		var o arrangeOrder
		if err := json.Unmarshal(c.Arguments, &o); err != nil {
			return nil, err
		}
		_, e, err := begin(c)
		if err != nil {
			return nil, err
		}
		return e.Arranged(c.Files[0], o.Base, c.Files[1], o.Size, o.Tag, c.Step)
	})
}
