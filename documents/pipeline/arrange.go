package pipeline

import (
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"time"

	"ris/app/council"
	"ris/documents/pdf"
	"ris/documents/sandbox"
)

// arrangeTime is for the outside program; it reads and writes some 100 MB per second.
const arrangeTime = time.Minute

// qpdfPath is where qpdf is installed; empty = it is not, and papers stay as they were prepared.
var qpdfPath = sync.OnceValue(func() string {
	path, err := exec.LookPath("qpdf")
	if err != nil {
		return ""
	}
	path, err = filepath.Abs(path)
	if err != nil {
		return ""
	}
	return path
})

// arrange has qpdf put the base's small objects together, so that a reader that asks for ranges opens the first page with few of them. The
// base stays as it is when qpdf is not there, when it does not like the file, or when the result cannot be proven: nothing is lost.
func (w *work) arrange(ctx context.Context) {
	if qpdfPath() == "" || w.result.Prepared.Parts.Mode == council.Raster || w.pipeline.config.Plain {
		return
	}
	was := w.result.Prepared
	better, p, err := w.arranged(ctx, was)
	if err != nil {
		w.pipeline.config.Log.Info("base kept in its first order", "because", err)
		return
	}
	if p.Size > was.Size+was.Size/20+4096 {
		better.Close()
		return
	}
	w.base.Close()
	w.base, w.result.Prepared = better, p
}

// arranged returns the proven new base as a file without a name.
func (w *work) arranged(ctx context.Context, was council.Prepared) (f *os.File, p council.Prepared, err error) {
	dir, err := os.MkdirTemp(w.pipeline.config.TempDir, "ris-arrange-")
	if err != nil {
		return nil, p, err
	}
	defer os.RemoveAll(dir)
	in, err := os.OpenFile(filepath.Join(dir, "in.pdf"), os.O_CREATE|os.O_WRONLY|os.O_EXCL, 0o600)
	if err != nil {
		return nil, p, err
	}
	tag, err := pdf.Retag(in, w.base, was)
	if err := errors.Join(err, in.Close()); err != nil {
		return nil, p, err
	}
	program := sandbox.Program{Path: qpdfPath(), Work: dir, Env: []string{"LC_ALL=C"}, Total: arrangeTime, Resident: 600_000_000, Address: 2 << 30, Stdout: io.Discard,
		Args: []string{"--object-streams=generate", "--stream-data=preserve", "{work}/in.pdf", "{work}/out.pdf"}}
	u, err := program.Run(ctx)
	w.result.PeakBytes = max(w.result.PeakBytes, u.PeakBytes)
	if err != nil {
		return nil, p, err
	}
	f, err = os.OpenFile(filepath.Join(dir, "out.pdf"), os.O_RDWR|syscall.O_NOFOLLOW, 0) // a name could have been made a link
	if err != nil {
		return nil, p, err
	}
	defer func() {
		if err != nil {
			f.Close()
		}
	}()
	info, err := f.Stat()
	if err != nil {
		return nil, p, err
	}
	if !info.Mode().IsRegular() {
		return nil, p, errors.New("what was written is no file")
	}
	o := arrangeOrder{CacheDir: w.pipeline.config.CacheDir, Base: was, Size: info.Size(), Tag: tag}
	usage, err := w.pipeline.pool.Run(ctx, sandbox.Call{Task: taskArrange, Arguments: o, Files: []*os.File{w.base, f}, Steps: steps}, &p)
	w.result.PeakBytes = max(w.result.PeakBytes, usage.PeakBytes)
	return f, p, err
}
