package journal

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"time"
)

// Exported is a line of the log for a program outside: the text that stands in the tree, in which persons are tags, and beside it who
// they are, as far as they were not erased.
type Exported struct {
	Place  int64             `json:"place"` // in the tree, from 0
	Hash   string            `json:"hash"`  // base64 of the 32 bytes in the tree
	Line   json.RawMessage   `json:"line"`  // exactly what was hashed (RFC 6962, section 2.1: SHA-256 of a zero byte and this text)
	Named  map[string]string `json:"named"` // by the name of the field
	Reason string            `json:"reason,omitempty"`
}

// Export gives all lines of the tree, or those of one act, in order.
func (j *Journal) Export(ctx context.Context, act string, each func(any) error) error {
	if _, err := j.Sequence(ctx); err != nil {
		return err
	}
	keys, err := j.Store.AuditKeys(ctx, nil)
	if err != nil {
		return err
	}
	for from := int64(0); ; {
		lines, err := j.Store.AuditLines(ctx, from, 2000)
		if err != nil || len(lines) == 0 {
			return err
		}
		for _, l := range lines {
			from = l.Sequence + 1
			if act != "" && l.Act != act {
				continue
			}
			out := Exported{Place: l.Sequence, Named: map[string]string{}}
			if out.Line, err = record(l, keys); err != nil {
				out.Line, out.Reason = json.RawMessage("null"), "line of "+l.At.UTC().Format(time.RFC3339)+": "+err.Error()
			} else if h, err := Hash(l, keys); err == nil {
				out.Hash = base64.StdEncoding.EncodeToString(h[:])
			}
			for _, f := range fields(l) {
				out.Named[f.name] = f.value
			}
			if err := each(out); err != nil {
				return err
			}
		}
	}
}
