package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"slices"
	"syscall"

	"ris/app/council"
	"ris/documents"
)

// Options steer Prepare.
type Options struct {
	Pages  int                     // the most pages allowed
	Repair bool                    // begin with the repair: an earlier child died while reading the structure
	Mode   council.PreparationMode // empty = Standard
	// Step is called when a step begins: "open", "rewrite", "repair", "proof" (once per page; its further pictures are "picture"),
	// "raster" (once per page).
	Step  func(step string)
	Count func(pages int) // told how many pages pdfium counts, once; may be nil
}

// Base is what Prepare made. Sizes are bytes, PageSizes points.
type Base struct {
	Prepared  council.Prepared // without the blob's names
	PageSizes []council.PageSize
	Notes     []string
	Identical int // pages that look exactly as before
	Marked    int // pages on which the test mark was seen: always all of them
}

// Prepare writes the base of original (size bytes) to out, using scratch for a repaired file; both are emptied first.
// A file that cannot be accepted gives a *Refusal. Panics of the libraries become errors; a crash of the process is for the
// caller's parent to see.
func (e *Engine) Prepare(original io.ReaderAt, size int64, out, scratch *os.File, o Options) (Base, error) {
	o.Step("open")
	pages, err := e.check(original, size, o.Pages)
	if err != nil {
		return Base{}, err
	}
	if o.Count != nil {
		o.Count(pages)
	}
	if o.Mode == council.Raster {
		return e.stack(original, size, pages, out, o.Step)
	}
	p := &preparation{engine: e, original: original, size: size, out: out, scratch: scratch, Options: o}
	var errs []error
	if !o.Repair {
		for _, validate := range []bool{true, false} {
			base, err := p.attempt(original, size, validate)
			if err == nil || final(err) {
				return base, err
			}
			errs = append(errs, err)
		}
	}
	base, err := p.repaired()
	if err == nil || final(err) {
		return base, err
	}
	errs = append(errs, err)
	all := errors.Join(errs...)
	if errors.Is(all, syscall.ENOSPC) || errors.Is(all, syscall.EIO) || errors.Is(all, syscall.EDQUOT) {
		return Base{}, all // the machine's fault, not the file's
	}
	var hidden *unmarked
	switch {
	case errors.As(all, &hidden):
		return Base{}, refuse(documents.RefusedUnmarked, all, "page", fmt.Sprint(hidden.pages[0]))
	case !hasEnd(original, size):
		return Base{}, refuse(documents.RefusedTruncated, all)
	}
	return Base{}, refuse(documents.RefusedStructure, all) // pdfium has opened it: as pictures it can go out
}

// final errors do not get better by reading the file another way.
func final(err error) bool {
	var r *Refusal
	return errors.As(err, &r)
}

// check opens the original with pdfium: the one reader that also shows whether there is anything to see. It returns the number of
// pages.
func (e *Engine) check(original io.ReaderAt, size int64, most int) (int, error) {
	if size == 0 {
		return 0, refuse(documents.RefusedEmpty, errors.New("0 bytes"))
	}
	if !hasHeader(original, size) {
		return 0, refuse(documents.RefusedNotPDF, errors.New("no %PDF- in the first 4096 bytes"))
	}
	i, err := e.New()
	if err != nil {
		return 0, err
	}
	defer i.Close()
	d, err := i.open(original, size)
	switch {
	case errors.Is(err, errPassword):
		return 0, refuse(documents.RefusedPassword, err)
	case err != nil && !hasEnd(original, size):
		return 0, refuse(documents.RefusedTruncated, err)
	case err != nil:
		return 0, refuse(documents.RefusedBroken, err)
	}
	defer d.close()
	if d.pages > most {
		return 0, tooMany(d.pages, most)
	}
	if d.pages <= 0 {
		return 0, refuse(documents.RefusedBroken, errNoPages)
	}
	if hasEnd(original, size) {
		return d.pages, nil
	}
	// Without its end a file may have lost pages: accept it only when each page that it counts is there.
	for n := range d.pages {
		if err := d.page(n, func(uint64) error { return nil }); err != nil {
			return 0, refuse(documents.RefusedTruncated, err)
		}
	}
	return d.pages, nil
}

// hasHeader looks where readers look: junk before the header is common in downloads.
func hasHeader(r io.ReaderAt, size int64) bool {
	b := make([]byte, min(size, 4096))
	_, _ = r.ReadAt(b, 0)
	return bytes.Contains(b, []byte("%PDF-"))
}

func hasEnd(r io.ReaderAt, size int64) bool {
	b := make([]byte, min(size, 64<<10))
	_, _ = r.ReadAt(b, size-int64(len(b)))
	return bytes.Contains(b, []byte("%%EOF"))
}

// preparation is one file on its way; attempt can be called several times.
type preparation struct {
	engine       *Engine
	original     io.ReaderAt
	size         int64
	out, scratch *os.File
	Options
}

// attempt rewrites in (the original, or its repaired form) and proves the result against the original. Pages whose mark cannot be
// seen are mended and the proof is made again: a call inside the content goes to its end, annotations over it into the page.
func (p *preparation) attempt(in io.ReaderAt, size int64, validate bool) (Base, error) {
	how := asked{interleaved: p.Mode == council.Interleaved, last: map[int]bool{}, flatten: map[int]int{}}
	for {
		base, err := p.once(in, size, validate, how)
		var hidden *unmarked
		if !errors.As(err, &hidden) || !how.mend(hidden.pages) {
			return base, err
		}
	}
}

// mend takes the next way for pages without a visible mark; false: there is none left.
func (a asked) mend(pages []int) bool {
	for _, n := range pages {
		switch {
		case a.interleaved && !a.last[n]:
			a.last[n] = true
		case a.flatten[n] < 2:
			a.flatten[n]++
		default:
			return false
		}
	}
	return true
}

func (p *preparation) once(in io.ReaderAt, size int64, validate bool, how asked) (Base, error) {
	p.Step("rewrite")
	var r rewritten
	err := guarded("rewrite", func() (err error) {
		r, err = rewrite(in, size, p.out, validate, p.Pages, how, randomHex(tagDigits/2))
		return err
	})
	if err != nil {
		return Base{}, err
	}
	debug.FreeOSMemory() // the whole file was in memory: the pictures need the room
	seen, err := p.engine.proveBase(p.original, p.size, p.out, r.prepared, p.Step)
	if err != nil {
		return Base{}, err
	}
	if seen.identical < len(seen.pages) {
		r.notes = append(r.notes, noteChanged)
	}
	return Base{Prepared: r.prepared, PageSizes: seen.pages, Notes: r.notes, Identical: seen.identical, Marked: seen.marked}, nil
}

// repaired lets pdfium write anew what it could read, and prepares that.
func (p *preparation) repaired() (Base, error) {
	p.Step("repair")
	i, err := p.engine.New()
	if err != nil {
		return Base{}, err
	}
	err = guarded("repair", func() error {
		d, err := i.open(p.original, p.size)
		if err != nil {
			return err
		}
		defer d.close()
		if err := restart(p.scratch); err != nil {
			return err
		}
		return d.saveRebuilt(p.scratch)
	})
	i.Close()
	if err != nil {
		return Base{}, err
	}
	size, err := p.scratch.Seek(0, io.SeekEnd)
	if err != nil {
		return Base{}, err
	}
	var errs []error
	for _, validate := range []bool{true, false} {
		base, err := p.attempt(p.scratch, size, validate)
		if err == nil {
			base.Prepared.Repaired = true
			base.Notes = slices.Insert(base.Notes, 0, noteRepaired)
			return base, nil
		}
		errs = append(errs, err)
		if final(err) {
			break
		}
	}
	return Base{}, errors.Join(errs...)
}
