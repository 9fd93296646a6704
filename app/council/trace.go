package council

import "time"

// Trace is the question whose copy a file is that was found. The file itself is not kept: Evidence is what of it can lead to a copy
// (JSON of documents/trace.Evidence). Result is the answer (JSON, app/trace), empty before two persons have agreed to it and after
// ResultUntil.
type Trace struct {
	Stamp
	Body        ID
	RequestedBy ID
	FileName    string // as it was sent; empty: the file is looked at on the server, by its operator
	MediaType   string // "application/pdf", "image/jpeg", "image/png", or empty
	Size        int64  // bytes
	SHA256      string // hex
	Evidence    string
	Result      string
	TracedAt    time.Time
	ResultUntil time.Time
}
