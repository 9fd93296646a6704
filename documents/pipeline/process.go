package pipeline

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"time"

	"ris/app/council"
	"ris/documents"
	"ris/documents/blob"
	"ris/documents/copies"
	"ris/documents/pagetext"
	"ris/documents/pdf"
	"ris/documents/sandbox"
)

// noteTextMissing says that the text of some pages is not known: readable, but not searchable everywhere.
const noteTextMissing = "text_missing"

// Process implements documents.Pipeline.
func (p *Pipeline) Process(ctx context.Context, in documents.Input) (documents.Result, error) {
	started := time.Now()
	w := &work{pipeline: p, in: in}
	defer w.close()
	err := w.open(ctx, in.SHA256)
	if err == nil && w.result.Refused == "" {
		err = p.Warm(ctx)
	}
	if err == nil && w.result.Refused == "" {
		err = w.run(ctx)
	}
	if err == nil && w.result.Refused == "" {
		w.finishText()
		w.arrange(ctx)
		err = w.store(ctx)
	}
	w.result.Seconds = time.Since(started).Seconds()
	if err != nil {
		return documents.Result{}, err
	}
	if w.result.Refused != "" {
		// Nothing of a refused file stays but the reason.
		r := w.result
		return documents.Result{Refused: r.Refused, Details: r.Details, Seconds: r.Seconds, PeakBytes: r.PeakBytes}, nil
	}
	return w.result, nil
}

// work is one document on its way.
type work struct {
	pipeline *Pipeline
	original *os.File
	base     *os.File
	scratch  *os.File
	in       documents.Input
	size     int64
	pages    int   // as pdfium counts them; 0 = not known yet
	begun    int   // pages of the step under way
	prepared bool  // the base is there and proven
	last     int   // last page whose text has come
	textDone bool  // every page's text has come
	covered  []int // pages with letters under a bar, and with letters that nobody sees
	unseen   []int
	result   documents.Result
}

func (w *work) close() {
	for _, f := range []*os.File{w.original, w.base, w.scratch} {
		if f != nil {
			f.Close()
		}
	}
}

func ours(cause error) error {
	return council.E(council.Unavailable, "error.unavailable").Because(cause)
}

func (w *work) refuse(key string, details ...string) {
	w.result.Refused, w.result.Details = key, details
}

// open gets descriptors for the child: the original itself, and two files without a name.
func (w *work) open(ctx context.Context, sum string) error {
	area := blob.Originals
	if w.in.Converted != "" {
		area, sum = blob.Converted, w.in.Converted
	}
	r, err := w.pipeline.config.Blobs.Open(ctx, area, sum)
	if err != nil {
		return err
	}
	defer r.Close()
	w.size = r.Size()
	switch limit := w.pipeline.config.Limits.Bytes; {
	case w.size == 0:
		w.refuse(documents.RefusedEmpty)
		return nil
	case w.size > limit:
		w.refuse(documents.RefusedTooLarge, "limit", blob.MegaBytes(limit))
		return nil
	}
	if path, ok := w.pipeline.config.Blobs.Path(area, sum); ok {
		if w.original, err = os.Open(path); err != nil { // for reading only: the child cannot change it
			return ours(err)
		}
	} else {
		if w.original, err = w.temporary(); err != nil {
			return err
		}
		if _, err := io.Copy(w.original, r); err != nil {
			return ours(err)
		}
	}
	if w.base, err = w.temporary(); err != nil {
		return err
	}
	w.scratch, err = w.temporary()
	return err
}

// temporary makes a file that has no name any more: it is gone with the process, whatever happens.
func (w *work) temporary() (*os.File, error) {
	f, err := os.CreateTemp(w.pipeline.config.TempDir, "ris-document-")
	if err != nil {
		return nil, ours(err)
	}
	if err := os.Remove(f.Name()); err != nil {
		f.Close()
		return nil, ours(err)
	}
	return f, nil
}

func (w *work) run(ctx context.Context) error {
	c := w.pipeline.config
	o := order{CacheDir: c.CacheDir, Size: w.size, Pages: c.Limits.Pages, TextTime: textTime, Mode: w.in.Mode}
	files := []*os.File{w.original, w.base, w.scratch}
	err := w.child(ctx, taskProcess, o, files)
	var f *sandbox.Failure
	if errors.As(err, &f) && !w.prepared && f.Step == "rewrite" && f.Reason == sandbox.Crashed {
		// The reader of the structure ended the process (a stack overflow cannot be caught): once more, mended first.
		o.Repair = true
		f, err = nil, w.child(ctx, taskProcess, o, files)
		errors.As(err, &f)
	}
	switch {
	case f != nil && !w.prepared:
		w.pipeline.config.Log.Warn("document refused: its child ended", "reason", string(f.Reason), "step", f.Step, "output", f.Output)
		w.refuse(meaning(f.Reason))
		return nil
	case f != nil:
		return w.restOfText(ctx)
	case err != nil && ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		return ours(err)
	}
	return nil
}

// meaning is what a child's end says to people about the file.
func meaning(r sandbox.Reason) string {
	switch r {
	case sandbox.OutOfMemory:
		return documents.RefusedBomb
	case sandbox.OutOfTime:
		return documents.RefusedTimeout
	default:
		return documents.RefusedBroken
	}
}

// restOfText goes on behind the page on which the child ended, once. The paper is readable in any case.
func (w *work) restOfText(ctx context.Context) error {
	if w.textDone {
		return nil
	}
	w.note(noteTextMissing)
	first := w.last + 2
	if first > len(w.result.PageSizes) {
		return nil
	}
	o := order{CacheDir: w.pipeline.config.CacheDir, Size: w.result.Prepared.Size, First: first, TextTime: textTime, Mode: w.in.Mode}
	file := w.base
	if w.in.Mode == council.Raster {
		file, o.Size = w.original, w.size
	}
	err := w.child(ctx, taskText, o, []*os.File{file})
	if ctx.Err() != nil {
		return ctx.Err()
	}
	var f *sandbox.Failure
	if err != nil && !errors.As(err, &f) {
		return ours(err)
	}
	return nil
}

func (w *work) note(n string) {
	if !slices.Contains(w.result.Notes, n) {
		w.result.Notes = append(w.result.Notes, n)
	}
}

// child runs one task and takes what it sends.
func (w *work) child(ctx context.Context, task string, o order, files []*os.File) error {
	var v verdict
	usage, err := w.pipeline.pool.Run(ctx, sandbox.Call{Task: task, Arguments: o, Files: files, Steps: steps, Data: w.piece, OnStep: w.step}, &v)
	w.result.PeakBytes = max(w.result.PeakBytes, usage.PeakBytes)
	if err != nil {
		return err
	}
	if v.Refused != "" {
		w.pipeline.config.Log.Info("document refused", "key", v.Refused, "cause", v.Cause)
		w.refuse(v.Refused, v.Args...)
	}
	if v.Unread > 0 {
		w.note(noteTextMissing)
	}
	return nil
}

// most text of one document that is kept, in letters: 5,000 full pages. A file that claims more loses the rest.
const mostLetters = 25_000_000

var errPiece = errors.New("the child sent something unexpected")

func (w *work) piece(b []byte) error {
	if len(b) == 0 {
		return errPiece
	}
	switch b[0] {
	case pieceCount:
		if len(b) != 5 {
			return errPiece
		}
		w.pages = int(binary.BigEndian.Uint32(b[1:]))
	case pieceBase:
		var base pdf.Base
		if err := json.Unmarshal(b[1:], &base); err != nil || w.prepared {
			return errPiece
		}
		w.prepared = true
		w.result.Prepared, w.result.PageSizes, w.result.Notes = base.Prepared, base.PageSizes, base.Notes
		w.result.Identical, w.result.Marked = base.Identical, base.Marked
	case piecePage:
		if len(b) < 5 || !w.prepared {
			return errPiece
		}
		pages, err := pagetext.Decode(b[5:])
		if err != nil || len(pages) != 1 || pages[0].Page <= w.last {
			return errPiece
		}
		w.last = pages[0].Page
		if binary.BigEndian.Uint32(b[1:5]) == 1 {
			w.result.OCRPages++
			pages[0].OCR = council.OCRNeeded
		}
		if w.result.Letters+len(pages[0].Boxes) > mostLetters {
			w.note(noteTextMissing)
			return nil
		}
		w.result.Letters += len(pages[0].Boxes)
		w.result.Text = append(w.result.Text, pages[0])
	default:
		return w.outlinePiece(b)
	}
	return nil
}

// store puts the base where copies are made from.
func (w *work) store(ctx context.Context) error {
	if !w.prepared {
		return ours(errors.New("the child ended well without a base"))
	}
	size := w.result.Prepared.Size
	key, n, err := w.pipeline.config.Blobs.Put(ctx, blob.Bases, io.NewSectionReader(w.base, 0, size), 0)
	if err != nil {
		return ours(err)
	}
	if n != size {
		return ours(fmt.Errorf("the base has %d bytes, announced were %d", n, size))
	}
	w.result.Prepared.Blob = key
	if w.result.Prepared.Parts.Mode == council.Raster {
		return nil // every byte of a copy is made: there are no pieces
	}
	w.result.Prepared.Parts.CRC, err = copies.Pieces(w.base, w.result.Prepared)
	if err != nil {
		return ours(err)
	}
	return nil
}
