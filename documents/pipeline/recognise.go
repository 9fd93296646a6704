package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"ris/app/council"
	"ris/documents"
	"ris/documents/blob"
	"ris/documents/pagetext"
	"ris/documents/recognise"
	"ris/documents/sandbox"
)

// Recognition implements documents.Recognition: pictures from a child of the Pipeline, words from Reader.
type Recognition struct {
	Pipeline *Pipeline
	Reader   *recognise.Recogniser
}

var _ documents.Recognition = (*Recognition)(nil)

// readingDPI is the resolution at which pages are read: more finds no more letters and costs a quarter more time.
const readingDPI = 200

// times of the steps of text recognition.
var recogniseSteps = map[string]time.Duration{"": time.Minute, "open": 10 * time.Second, "draw": 20 * time.Second, "rewrite": time.Minute}

// Page implements documents.Recognition.
func (r *Recognition) Page(ctx context.Context, in documents.Input, own council.PageText) (council.PageText, error) {
	failed := own
	failed.OCR = council.OCRFailed
	if err := r.Pipeline.Warm(ctx); err != nil {
		return failed, err
	}
	file, size, err := r.Pipeline.openPDF(ctx, in)
	if err != nil {
		return failed, err
	}
	defer file.Close()
	var picture *recognise.Picture
	take := func(b []byte) error {
		p, err := readPicture(b)
		if err != nil || picture != nil {
			return errPiece
		}
		if in.Mode == council.Raster {
			p.Upright()
		}
		picture = &recognise.Picture{Width: p.Width, Height: p.Height, Pix: p.Pix, DPI: p.DPI, View: p.View, Rotate: p.Rotate}
		return nil
	}
	o := order{CacheDir: r.Pipeline.config.CacheDir, Size: size, First: own.Page, DPI: readingDPI}
	_, err = r.Pipeline.pool.Run(ctx, sandbox.Call{Task: taskPicture, Arguments: o, Files: []*os.File{file}, Steps: recogniseSteps, Total: 2 * time.Minute, Data: take}, nil)
	if err := r.foreign(ctx, "picture", own.Page, err); err != nil {
		return failed, err
	}
	if err != nil || picture == nil {
		return failed, nil
	}
	read, err := r.Reader.Page(ctx, own.Page, picture)
	if err := r.foreign(ctx, "words", own.Page, err); err != nil {
		return failed, err
	}
	if err != nil {
		return failed, nil
	}
	return recognise.Merge(own, read), nil
}

// foreign lets through what is ours to mend; what the file has done is logged and left to the caller as a failed page.
func (r *Recognition) foreign(ctx context.Context, what string, page int, err error) error {
	if err == nil {
		return nil
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	var f *sandbox.Failure
	var t *sandbox.TaskError
	if errors.As(err, &f) || errors.As(err, &t) || errors.Is(err, errPiece) {
		r.Pipeline.config.Log.Warn("a page could not be recognised", "part", what, "page", page, "cause", err)
		return nil
	}
	return ours(err)
}

// Layer implements documents.Recognition.
func (r *Recognition) Layer(ctx context.Context, in documents.Input, pages []council.PageText) (string, error) {
	p := r.Pipeline
	if err := p.Warm(ctx); err != nil {
		return "", err
	}
	file, size, err := p.openPDF(ctx, in)
	if err != nil {
		return "", err
	}
	defer file.Close()
	w := &work{pipeline: p}
	defer w.close()
	if w.base, err = w.temporary(); err != nil {
		return "", err
	}
	if w.scratch, err = w.temporary(); err != nil {
		return "", err
	}
	if _, err := w.scratch.Write(pagetext.Encode(pages)); err != nil {
		return "", ours(err)
	}
	if _, err := w.scratch.Seek(0, io.SeekStart); err != nil {
		return "", ours(err)
	}
	var done layered
	o := order{CacheDir: p.config.CacheDir, Size: size}
	_, err = p.pool.Run(ctx, sandbox.Call{Task: taskLayer, Arguments: o, Files: []*os.File{file, w.base, w.scratch}, Steps: recogniseSteps}, &done)
	if err := r.foreign(ctx, "layer", 0, err); err != nil {
		return "", err
	}
	if err != nil || done.Pages == 0 {
		if done.Cause != "" {
			p.config.Log.Warn("no text layer", "cause", done.Cause)
		}
		return "", nil
	}
	key, n, err := p.config.Blobs.Put(ctx, blob.Converted, io.NewSectionReader(w.base, 0, done.Size), 0)
	if err != nil {
		return "", ours(err)
	}
	if n != done.Size {
		return "", ours(fmt.Errorf("the layered file has %d bytes, announced were %d", n, done.Size))
	}
	return key, nil
}

// openPDF gives a descriptor of the PDF that an upload is, or that was made of it.
func (p *Pipeline) openPDF(ctx context.Context, in documents.Input) (*os.File, int64, error) {
	area, key := blob.Originals, in.SHA256
	if in.Converted != "" {
		area, key = blob.Converted, in.Converted
	}
	b, err := p.config.Blobs.Open(ctx, area, key)
	if err != nil {
		return nil, 0, err
	}
	defer b.Close()
	if path, ok := p.config.Blobs.Path(area, key); ok {
		f, err := os.Open(path)
		if err != nil {
			return nil, 0, ours(err)
		}
		return f, b.Size(), nil
	}
	w := &work{pipeline: p}
	f, err := w.temporary()
	if err != nil {
		return nil, 0, err
	}
	if _, err := io.Copy(f, b); err != nil {
		f.Close()
		return nil, 0, ours(err)
	}
	return f, b.Size(), nil
}
