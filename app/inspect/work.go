package inspect

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"ris/app/council"
	"ris/documents"
	"ris/documents/blob"
	"ris/documents/convert"
	"ris/documents/pipeline"
	"ris/documents/recognise"
)

// work is what happens to an upload: its kind, conversion where it is no PDF, the pipeline, text recognition.
func (i *inspector) work(ctx context.Context, s *shelf, name string) (r documents.Result, err error) {
	f, err := i.open(name)
	if err != nil {
		return r, err
	}
	defer f.Close()
	sum, size, err := s.Put(ctx, blob.Originals, f, i.limit())
	if err != nil {
		return r, err
	}
	if size == 0 {
		return r, council.E(council.Invalid, documents.RefusedEmpty)
	}
	p, err := i.pipeline(s)
	if err != nil {
		return r, err
	}
	in := documents.Input{SHA256: sum, Name: filepath.Base(name)}
	converted, err := i.convert(ctx, s, p, &in, size)
	if err != nil || converted.Refused != "" {
		return converted, err
	}
	if r, err = p.Process(ctx, in); err != nil {
		return r, err
	}
	r.PeakBytes = max(r.PeakBytes, converted.PeakBytes)
	if r.Refused == "" && r.OCRPages > 0 {
		i.recognise(ctx, p, in, &r)
	}
	return r, nil
}

// convert makes a PDF of what is none and names it in in; a PDF is left alone.
func (i *inspector) convert(ctx context.Context, s *shelf, p *pipeline.Pipeline, in *documents.Input, size int64) (r documents.Result, err error) {
	path, _ := s.Path(blob.Originals, in.SHA256)
	f, err := os.Open(path)
	if err != nil {
		return r, err
	}
	defer f.Close()
	head := make([]byte, convert.HeadBytes)
	n, err := f.ReadAt(head, 0)
	if n == 0 {
		return r, err
	}
	kind := convert.Sniff(head[:n], in.Name)
	if kind == convert.PDF || kind == convert.Unknown && strings.EqualFold(filepath.Ext(in.Name), ".pdf") {
		return r, nil // what calls itself a PDF and has lost its head is the pipeline's to mend or refuse
	}
	c := convert.Converter{Pool: p.Pool(), Soffice: i.soffice, Bytes: i.limit(), Log: i.Log, Time: perFile / 2}
	out, err := c.Convert(ctx, f, size, kind, in.Name)
	if err != nil {
		return r, err
	}
	defer out.Close()
	r.PeakBytes = out.PeakBytes
	if out.Refused != "" {
		r.Refused, r.Details = out.Refused, out.Details
		return r, nil
	}
	if _, err := out.PDF.Seek(0, io.SeekStart); err != nil {
		return r, err
	}
	in.Converted, _, err = s.Put(ctx, blob.Converted, out.PDF, 0)
	return r, err
}

// ocrReserve is the time that is left for printing when recognition stops beginning new pages.
const ocrReserve = 25 * time.Second

// recognise reads pages that are pictures, as many as asked for and as there is time. Pages that it could not read stay without text.
func (i *inspector) recognise(ctx context.Context, p *pipeline.Pipeline, in documents.Input, r *documents.Result) {
	most := len(r.Text)
	switch n, err := strconv.Atoi(i.OCR); {
	case err == nil:
		most = n
	case i.OCR != "all":
		return
	}
	if most <= 0 || i.reader == nil {
		return
	}
	reader := pipeline.Recognition{Pipeline: p, Reader: i.reader}
	end, _ := ctx.Deadline()
	for n := range r.Text {
		if r.Text[n].OCR != council.OCRNeeded {
			continue
		}
		if most == 0 || time.Until(end) < ocrReserve {
			return
		}
		most--
		page, err := reader.Page(ctx, in, r.Text[n])
		if err != nil {
			i.Log.Debug("page not recognised", "page", r.Text[n].Page, "error", err)
			return
		}
		r.Letters += len(page.Boxes) - len(r.Text[n].Boxes)
		r.Text[n] = page
	}
}

// tools are the outside programs; what is not installed is left out.
func (i *inspector) tools() {
	i.soffice = convert.FindSoffice(i.Soffice)
	if reader, err := recognise.New(recognise.Config{}); err == nil {
		i.reader = reader
	}
}
