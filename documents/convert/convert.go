package convert

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"time"

	"ris/app/council"
	"ris/documents"
	"ris/documents/sandbox"
)

// Converter makes PDFs. It may be used from many goroutines; children wait for a place in the pool.
type Converter struct {
	Pool    *sandbox.Pool
	Soffice string       // absolute path of LibreOffice's program; empty = Office files are refused with advice
	TempDir string       // "" = the system's
	Bytes   int64        // most bytes of the attachments of an e-mail together; 0 = 500 MB
	Log     *slog.Logger // nil = slog.Default(); never gets text or names of papers
	Time    time.Duration
}

// Outcome is what came of it. Close it.
type Outcome struct {
	Refused     string   // message key, empty when accepted
	Details     []string // pairs name, value
	Kind        Kind     // as the child saw it
	PDF         *os.File // without a name in any folder; positioned anywhere
	Size        int64    // of the PDF
	Notes       []Note   // for the clerk
	Attachments []Attachment
	PeakBytes   int64
}

// Note is a hint for the clerk: a message key with pairs name, value.
type Note struct {
	Key  string   `json:"key"`
	Args []string `json:"args,omitempty"`
}

// Attachment is a file that came with an e-mail and can be a file of the paper by itself.
type Attachment struct {
	Name string
	Kind Kind
	File *os.File // without a name in any folder
	Size int64
}

// Close closes the files.
func (o *Outcome) Close() {
	if o.PDF != nil {
		o.PDF.Close()
	}
	for _, a := range o.Attachments {
		a.File.Close()
	}
}

// The tasks of the child. Their files: the original, the result.
const (
	taskOffice  = "convert.office"  // looks through an Office file and writes a clean one
	taskPicture = "convert.picture" // writes a PDF
	taskMail    = "convert.mail"    // writes a PDF and sends the attachments
)

// order is what a child is asked to do.
type order struct {
	Size int64
	Kind Kind
	Name string
	Most int64 // bytes of attachments
}

// verdict is the child's answer.
type verdict struct {
	Refused string
	Details []string
	Cause   string
	Kind    Kind
	Notes   []Note
}

var limits = map[string]time.Duration{"": time.Minute, "look": 30 * time.Second, "picture": 30 * time.Second, "mail": 30 * time.Second}

// Convert makes a PDF of the file. Refused is no error; an error is ours (no child could be started, disk full): try again. progress
// may be nil; it hears done of total pages (0 of 0 = not countable).
func (c *Converter) Convert(ctx context.Context, in *os.File, size int64, kind Kind, name string) (*Outcome, error) {
	out := &Outcome{Kind: kind}
	switch {
	case size == 0:
		out.Refused = documents.RefusedEmpty
	case !kind.Accepted():
		out.Refused = kind.Refusal()
	case kind.office() && c.Soffice == "":
		out.Refused = RefusedNoOffice
	}
	if out.Refused != "" {
		return out, nil
	}
	if err := c.convert(ctx, in, size, kind, name, out); err != nil {
		out.Close()
		return nil, err
	}
	return out, nil
}

func (c *Converter) convert(ctx context.Context, in *os.File, size int64, kind Kind, name string, out *Outcome) error {
	made, err := c.temporary()
	if err != nil {
		return err
	}
	task := taskPicture
	switch {
	case kind.office():
		task = taskOffice
	case kind == Mail:
		task = taskMail
	}
	most := c.Bytes
	if most <= 0 {
		most = 500_000_000
	}
	var v verdict
	receiver := &receiver{c: c, out: out}
	usage, err := c.Pool.Run(ctx, sandbox.Call{Task: task, Arguments: order{Size: size, Kind: kind, Name: name, Most: most}, Files: []*os.File{in, made},
		Steps: limits, Total: 2 * time.Minute, Data: receiver.take}, &v)
	out.PeakBytes = usage.PeakBytes
	var f *sandbox.Failure
	switch {
	case errors.As(err, &f):
		c.log().Warn("conversion refused: its child ended", "kind", string(kind), "reason", string(f.Reason), "output", f.Output)
		out.refuse(meaning(kind, f.Reason))
	case err != nil && ctx.Err() != nil:
		made.Close()
		return ctx.Err()
	case err != nil:
		made.Close()
		return ours(err)
	case v.Refused != "":
		c.log().Debug("conversion refused", "kind", string(kind), "cause", v.Cause)
		out.refuse(v.Refused, v.Details...)
	}
	if out.Refused != "" {
		made.Close()
		return nil
	}
	out.Notes = v.Notes
	if v.Kind != "" {
		out.Kind = v.Kind
	}
	if task == taskOffice {
		defer made.Close()
		return c.office(ctx, made, out)
	}
	out.PDF = made
	return out.measure()
}

func (o *Outcome) refuse(key string, details ...string) { o.Refused, o.Details = key, details }

// measure sets Size; an empty result is a refusal.
func (o *Outcome) measure() error {
	info, err := o.PDF.Stat()
	if err != nil {
		return ours(err)
	}
	o.Size = info.Size()
	return nil
}

func meaning(k Kind, r sandbox.Reason) string {
	switch {
	case r == sandbox.OutOfMemory:
		return documents.RefusedBomb
	case r == sandbox.OutOfTime:
		return documents.RefusedTimeout
	case k.office():
		return RefusedOffice
	case k == Mail:
		return RefusedMail
	}
	return RefusedPicture
}

func ours(cause error) error {
	return council.E(council.Unavailable, "error.unavailable").Because(cause)
}

func (c *Converter) log() *slog.Logger {
	if c.Log != nil {
		return c.Log
	}
	return slog.Default()
}

// temporary makes a file that has no name any more.
func (c *Converter) temporary() (*os.File, error) {
	f, err := os.CreateTemp(c.TempDir, "ris-convert-")
	if err != nil {
		return nil, ours(err)
	}
	if err := os.Remove(f.Name()); err != nil {
		f.Close()
		return nil, ours(err)
	}
	return f, nil
}

// Pieces on the way from the child: an attachment begins, and its bytes.
const (
	pieceAttachment = 'A' // JSON {name, kind}
	pieceBytes      = 'B'
)

// mostAttachments of one e-mail become files; the others are named in a note.
const mostAttachments = 100

// receiver takes the attachments of an e-mail.
type receiver struct {
	c   *Converter
	out *Outcome
}

var errPiece = errors.New("the child sent something unexpected")

func (r *receiver) take(b []byte) error {
	if len(b) == 0 {
		return errPiece
	}
	switch b[0] {
	case pieceAttachment:
		var a struct {
			Name string
			Kind Kind
		}
		if err := json.Unmarshal(b[1:], &a); err != nil || !a.Kind.Accepted() || a.Kind == Mail || len(r.out.Attachments) >= mostAttachments {
			return errPiece
		}
		f, err := r.c.temporary()
		if err != nil {
			return err
		}
		r.out.Attachments = append(r.out.Attachments, Attachment{Name: a.Name, Kind: a.Kind, File: f})
		return nil
	case pieceBytes:
		if len(r.out.Attachments) == 0 {
			return errPiece
		}
		a := &r.out.Attachments[len(r.out.Attachments)-1]
		n, err := a.File.Write(b[1:])
		a.Size += int64(n)
		if err != nil {
			return fmt.Errorf("attachment: %w", err)
		}
		return nil
	}
	return errPiece
}
