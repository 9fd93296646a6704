package pipeline

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"time"

	"ris/documents/recognise"
	"ris/documents/sandbox"
	"ris/documents/trace"
)

// Tracing reads the marks of a copy out of a file that was found. Reader is nil when no text recognition is installed: codes are
// then read from files only, not from pictures.
type Tracing struct {
	Pipeline *Pipeline
	Reader   *recognise.Recogniser
}

// Bounds of one file, so that a made one cannot hold a core for long.
const (
	tracePages   = 3                // pages of a PDF that are looked at as pictures, when its mark is no drawing
	traceTime    = 75 * time.Second // for all of that
	stripTime    = 15 * time.Second // for reading one picture of a mark
	mostStripsIn = 12               // of one page
)

var traceSteps = map[string]time.Duration{"": time.Minute, "open": 20 * time.Second, "repair": time.Minute, "marks": 2 * time.Minute, "text": 5 * time.Second,
	"draw": 20 * time.Second, "strips": time.Minute}

// Read looks at a file of size bytes: a PDF, a JPEG or a PNG. What the file lacks or hides is no error, it stands in the evidence.
// Errors: council.Unavailable (the machine's), the context's.
func (t *Tracing) Read(ctx context.Context, file *os.File, size int64) (trace.Evidence, error) {
	if err := t.Pipeline.Warm(ctx); err != nil {
		return trace.Evidence{}, err
	}
	out := trace.Evidence{Kind: trace.KindPDF}
	if photo(file) {
		out = trace.Evidence{Kind: trace.KindPicture, Pages: 1}
		return out, t.look(ctx, file, size, &out, 0)
	}
	w := &work{pipeline: t.Pipeline}
	defer w.close()
	scratch, err := w.temporary()
	if err != nil {
		return out, err
	}
	defer scratch.Close()
	var raw json.RawMessage
	o := order{CacheDir: t.Pipeline.config.CacheDir, Size: size}
	_, err = t.Pipeline.pool.Run(ctx, sandbox.Call{Task: taskMarks, Arguments: o, Files: []*os.File{file, scratch}, Steps: traceSteps}, &raw)
	var ended *sandbox.Failure
	switch {
	case errors.As(err, &ended):
		out.AddUnclear(trace.UnclearTime)
		if ended.Reason == sandbox.Crashed {
			out.AddUnclear(trace.UnclearFile)
		}
		return out, nil
	case ctx.Err() != nil:
		return out, ctx.Err()
	case err != nil:
		return out, ours(err)
	}
	if out, err = decodeEvidence(raw); err != nil {
		return trace.Evidence{}, ours(err)
	}
	drawn := false
	for _, c := range out.Codes {
		drawn = drawn || c.Drawn
	}
	if !drawn && out.Pages > 0 {
		err = t.look(ctx, file, size, &out, 1)
	}
	return out, err
}

func photo(f *os.File) bool {
	var b [8]byte
	_, _ = f.ReadAt(b[:], 0)
	return bytes.HasPrefix(b[:], []byte{0xff, 0xd8, 0xff}) || string(b[:]) == "\x89PNG\r\n\x1a\n"
}

// look reads the visible code from pictures: of the first pages of a PDF (first 1), or the picture itself (first 0).
func (t *Tracing) look(ctx context.Context, file *os.File, size int64, out *trace.Evidence, first int) error {
	if t.Reader == nil {
		out.AddUnclear(trace.UnclearReader)
		return nil
	}
	end := time.Now().Add(traceTime)
	last := first
	if first > 0 {
		last = min(out.Pages, tracePages)
	}
	for page := first; page <= last && time.Now().Before(end); page++ {
		strips, unclear, err := t.strips(ctx, file, size, page)
		if err != nil {
			return err
		}
		if unclear != "" {
			out.AddUnclear(unclear)
		}
		found, err := t.readStrips(ctx, strips, end)
		if err != nil {
			return err
		}
		for _, code := range found {
			out.AddCode(trace.ReadCode{Text: code, Page: max(page, 1)})
		}
		if len(found) > 0 {
			return nil
		}
	}
	out.AddUnclear(trace.UnclearPicture)
	return nil
}

// strips asks a child for pictures of what may be a mark.
func (t *Tracing) strips(ctx context.Context, file *os.File, size int64, page int) (strips []trace.Gray, unclear string, err error) {
	var v viewed
	o := order{CacheDir: t.Pipeline.config.CacheDir, Size: size, First: page}
	_, err = t.Pipeline.pool.Run(ctx, sandbox.Call{Task: taskStrips, Arguments: o, Files: []*os.File{file}, Steps: traceSteps, Data: func(b []byte) error {
		g, err := readStrip(b)
		if err == nil && len(strips) < mostStripsIn {
			strips = append(strips, g)
		}
		return err
	}}, &v)
	var ended *sandbox.Failure
	switch {
	case errors.As(err, &ended):
		return nil, trace.UnclearTime, nil
	case ctx.Err() != nil:
		return nil, "", ctx.Err()
	case err != nil:
		return nil, "", ours(err)
	}
	if v.Unclear != "" {
		v.Unclear = trace.UnclearFile
	}
	return strips, v.Unclear, nil
}

// readStrips reads the pictures in their order until one that stands upright holds a code. Most marks are read by the first kind of
// layout. Codes of the others are given too: which of them exists says the ledger.
func (t *Tracing) readStrips(ctx context.Context, strips []trace.Gray, end time.Time) (codes []string, err error) {
	for _, layout := range []recognise.Layout{recognise.OneBlock, recognise.FoundLines} {
		for _, s := range strips {
			left := min(stripTime, time.Until(end))
			if left < time.Second {
				return codes, nil
			}
			text, err := t.Reader.Lines(ctx, &recognise.Picture{Width: s.W, Height: s.H, Pix: s.Pix, DPI: traceDPI}, layout, left)
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			if err != nil {
				continue // too few letters, or too long: the next may be better
			}
			found := trace.FindCodes(text)
			codes = append(codes, found...)
			if len(found) > 0 && trace.Upright(text) {
				return codes, nil
			}
		}
	}
	return codes, nil
}
