package inspect

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"math"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"ris/app/council"
	"ris/documents"
	"ris/documents/blob"
	"ris/documents/pipeline"
	"ris/documents/recognise"
	"ris/web/locales"
)

// perFile is the longest wall time for one file; every step below it is cut so that the line is out within 120 s.
const perFile = 105 * time.Second

// Options say what is done with each file.
type Options struct {
	CacheDir string // for compiled code; "" = the user's cache folder
	Bytes    int64  // the most that is accepted; 0 = 500 MB
	Pages    int    // the most pages; 0 = 5,000
	Soffice  string // LibreOffice's program; "" = on PATH, "none" = without
	OCR      string // "all", "none", or how many pages at most ("5")
	Text     bool   // print the text of the pages behind the line, each page ended by a form feed
	CopyFor  string // write a personal copy for this name to CopyTo
	CopyTo   string
	Log      *slog.Logger // nil = slog.Default()
}

// Line is the answer for one file.
type Line struct {
	File           string  `json:"file"`
	State          string  `json:"state"`  // ok, repaired, ocr (has pages that need text recognition), refused
	Reason         string  `json:"reason"` // in German, for clerks: what is wrong and what to do; empty unless refused
	Pages          int     `json:"pages"`
	Letters        int     `json:"letters"`
	Prepared       bool    `json:"prepared"` // personal copies can be made
	IdenticalPages int     `json:"identical_pages"`
	MarkedPages    int     `json:"marked_pages"`
	Seconds        float64 `json:"seconds"`
	SandboxPeakMB  float64 `json:"sandbox_peak_mb"` // highest resident memory of a child, 1,000,000 bytes
}

// Run inspects the files one after the other and writes a line for each to out as soon as it is known. An error is ours: out could
// not be written, the sandbox cannot be started, the copy could not be written; what is wrong with a file stands in its line.
func Run(ctx context.Context, o Options, files []string, out io.Writer) error {
	if o.Log == nil {
		o.Log = slog.Default()
	}
	if o.CopyFor != "" && (len(files) != 1 || o.CopyTo == "") {
		return errors.New("--copy-for needs exactly one file, and --out")
	}
	i := &inspector{Options: o, out: out}
	i.tools()
	if err := i.warm(ctx); err != nil {
		return err
	}
	for _, name := range files {
		if err := i.file(ctx, name); err != nil {
			return err
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
	return nil
}

type inspector struct {
	Options
	out     io.Writer
	soffice string                // program of LibreOffice, or empty
	reader  *recognise.Recogniser // nil = not installed
}

// warm fills the cache of compiled code before the clock of the first file runs.
func (i *inspector) warm(ctx context.Context) error {
	p, err := i.pipeline(nil)
	if err != nil && i.CacheDir == "" {
		i.CacheDir = filepath.Join(os.TempDir(), "ris-cache") // no folder of the user's own
		p, err = i.pipeline(nil)
	}
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, perFile)
	defer cancel()
	return p.Warm(ctx)
}

func (i *inspector) pipeline(s *shelf) (*pipeline.Pipeline, error) {
	return pipeline.New(pipeline.Config{Blobs: s, CacheDir: i.CacheDir, Workers: 1, Log: i.Log,
		Limits: pipeline.Limits{Bytes: i.Bytes, Pages: i.Pages, Total: perFile * 3 / 5}})
}

// file prints the line of one file.
func (i *inspector) file(ctx context.Context, name string) error {
	begun := time.Now()
	shelf := newShelf()
	defer shelf.close()
	within, cancel := context.WithTimeout(ctx, perFile)
	defer cancel()
	r, err := i.work(within, shelf, name)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	line := Line{File: name, State: "ok", Pages: len(r.PageSizes), Letters: r.Letters, Prepared: r.Prepared.Blob != "",
		IdenticalPages: r.Identical, MarkedPages: r.Marked, SandboxPeakMB: math.Round(float64(r.PeakBytes)/1e5) / 10}
	switch {
	case err != nil:
		line.State, line.Reason = "refused", reason(within, err)
		i.Log.Debug("not inspected", "file", name, "error", err)
	case r.Refused != "":
		line.State, line.Reason = "refused", locales.T("de", r.Refused, r.Details...)
	case r.OCRPages > 0:
		line.State = "ocr"
	case r.Prepared.Repaired:
		line.State = "repaired"
	}
	line.Seconds = math.Round(time.Since(begun).Seconds()*1000) / 1000
	b, err := json.Marshal(line)
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintf(i.out, "%s\n", b); err != nil {
		return err
	}
	if line.State == "refused" {
		return nil
	}
	if i.Text {
		if err := printText(i.out, r.Text, len(r.PageSizes)); err != nil {
			return err
		}
	}
	if i.CopyFor != "" {
		return i.copy(ctx, shelf, r)
	}
	return nil
}

func (i *inspector) limit() int64 {
	if i.Bytes > 0 {
		return i.Bytes
	}
	return 500_000_000
}

// open takes regular files only: a pipe or a device may never end. O_NONBLOCK keeps the opening of a pipe from waiting for a writer.
func (i *inspector) open(name string) (*os.File, error) {
	f, err := os.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	switch {
	case err != nil:
	case info.IsDir():
		err = council.E(council.Invalid, "inspect.directory")
	case !info.Mode().IsRegular():
		err = council.E(council.Invalid, "inspect.special")
	case info.Size() > i.limit():
		err = council.E(council.TooLarge, documents.RefusedTooLarge, "limit", blob.MegaBytes(i.limit()))
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

// reason is the text for what kept the file from being looked at.
func reason(ctx context.Context, err error) string {
	var known *council.Error
	switch {
	case ctx.Err() != nil:
		return locales.T("de", documents.RefusedTimeout)
	case errors.Is(err, fs.ErrNotExist):
		return locales.T("de", "inspect.missing")
	case errors.Is(err, fs.ErrPermission):
		return locales.T("de", "inspect.forbidden")
	case errors.As(err, &known) && locales.Has(known.Key):
		return locales.T("de", known.Key, known.Args...)
	}
	return locales.T("de", "inspect.unreadable")
}
