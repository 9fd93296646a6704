package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"ris/app/council"
	"ris/documents"
	"ris/documents/blob"
	"ris/documents/copies"
)

const (
	proofSide = 500 // pixels of a page's longer side: 43 dpi for A4
	// sameLevel is the largest difference of a pixel (of 255) that still counts as the same picture.
	sameLevel = 24
	// mostChanged is the share of pixels that may differ: what was taken out (the sign of an attached file) is small.
	mostChanged = 0.03
	// seenLevel is the difference of a pixel (of 255) that the eye sees as part of the mark, and seenShare the least share of
	// the page's pixels that must show it: on white paper a usual mark changes 3 to 5 %.
	seenLevel = 8
	seenShare = 0.006
	// sampleScans: of the pages that are nothing but pictures, one in so many is compared as it looks; of the others it is enough that
	// the pictures' bytes and places are the same.
	sampleScans = 8
)

// The steps of the proof: the first picture of a page, and each further one.
const (
	stepProof   = "proof"
	stepPicture = "picture"
)

// testMark is of usual length: a shorter one would be harder to see than most real ones.
var testMark = documents.Mark{Name: "Maria Mustermann", Account: "m.mustermann@stadt.example", Date: "01.01.2026"}

// proof is what the pictures showed.
type proof struct {
	pages     []council.PageSize
	identical int
	marked    int
}

// prover compares original, base and marked base page by page. Every page is drawn with the mark and without it; the original is
// drawn too, unless its page is made of the same pictures, byte by byte.
type prover struct {
	engine                 *Engine
	instance               *Instance
	files                  [3]opened // original, base, marked base
	worn                   bool      // the instance has drawn a page
	original, base, marked *document
	step                   func(string)
	pics                   [3]picture // original, without and with the mark
	scans                  bool       // the page before was nothing but pictures
	out                    proof
	missing                unmarked
}

// proveBase compares original and base picture by picture. errLooksWrong: a page changed too much; *unmarked: pages without a
// visible mark. step is called before each picture.
func (e *Engine) proveBase(original io.ReaderAt, size int64, base io.ReaderAt, p council.Prepared, step func(string)) (proof, error) {
	v, end, err := e.prover(original, size, base, p, step)
	if err != nil {
		return proof{}, err
	}
	defer end()
	for n := range v.marked.pages {
		if err := v.prove(n); err != nil {
			return v.out, err
		}
	}
	if len(v.missing.pages) > 0 {
		return v.out, &v.missing
	}
	return v.out, nil
}

// prover opens the three documents; end closes them.
func (e *Engine) prover(original io.ReaderAt, size int64, base io.ReaderAt, p council.Prepared, step func(string)) (v *prover, end func(), err error) {
	marked, err := copies.Open(section{io.NewSectionReader(base, 0, p.Size)}, p, testMark)
	if err != nil {
		return nil, nil, err
	}
	v = &prover{engine: e, step: step, files: [3]opened{{original, size}, {base, p.Size}, {marked, p.Size}}}
	if err := v.open(); err != nil {
		v.close()
		return nil, nil, err
	}
	if v.original.pages != v.base.pages || v.base.pages != v.marked.pages {
		err := fmt.Errorf("%w: %d pages became %d", errLooksWrong, v.original.pages, v.base.pages)
		v.close()
		return nil, nil, err
	}
	return v, v.close, nil
}

// opened is a file that is open as a document.
type opened struct {
	r    io.ReaderAt
	size int64
}

func (v *prover) open() (err error) {
	if v.instance, err = v.engine.New(); err != nil {
		return err
	}
	for n, d := range []**document{&v.original, &v.base, &v.marked} {
		if *d, err = v.instance.open(v.files[n].r, v.files[n].size); err != nil {
			return fmt.Errorf("proof: %w", err)
		}
	}
	v.worn = false
	return nil
}

func (v *prover) close() {
	if v.instance != nil {
		v.instance.Close() // with all that is open in it
	}
	v.instance = nil
}

// mostMemory is how large an instance may grow before the next page gets a fresh one: it keeps what it has read of a file.
const mostMemory = 96 << 20

// prove is page with a second try: an instance that has seen many pages may have failed for lack of memory.
func (v *prover) prove(n int) error {
	if v.instance.module.Memory().Size() > mostMemory && v.worn {
		v.close()
		if err := v.open(); err != nil {
			return err
		}
	}
	worn, pages, missing := v.worn, len(v.out.pages), len(v.missing.pages)
	err := v.page(n)
	v.worn = true
	if err == nil || !worn || errors.Is(err, errLooksWrong) || len(v.out.pages) != pages || len(v.missing.pages) != missing {
		return err
	}
	v.close()
	if err := v.open(); err != nil {
		return err
	}
	v.scans = false
	err = v.page(n)
	v.worn = true
	return err
}

func (v *prover) page(n int) error {
	v.step(stepProof)
	same := v.scans && n < v.original.pages-1 && n%sampleScans != 0 && v.samePictures(n)
	v.scans = v.scans && same
	var before council.PageSize
	var unread error
	if !same {
		// The original comes first: what cannot be drawn even there is the file's own fault, and does not get better.
		before, unread = v.drawOriginal(n)
		if unread != nil && !errors.Is(unread, errUnread) {
			return refuse(documents.RefusedBomb, fmt.Errorf("page %d cannot be drawn: %w", n+1, unread))
		}
		v.step(stepPicture)
	}
	size, apart, err := v.withAndWithout(n)
	if err != nil {
		return fmt.Errorf("proof of page %d: %w", n+1, err)
	}
	if !apart {
		// The mark could not be told from the page's own drawing: the page of the base itself shows how it looks without.
		v.step(stepPicture)
		if _, err := v.base.draw(n, &v.pics[1]); err != nil {
			return fmt.Errorf("proof of page %d: %w", n+1, err)
		}
	}
	v.out.pages = append(v.out.pages, size)
	if differs(&v.pics[1], &v.pics[2], seenLevel) >= seenShare {
		v.out.marked++
	} else {
		v.missing.pages = append(v.missing.pages, n+1)
	}
	if same {
		v.out.identical++
		return nil
	}
	switch changed := differs(&v.pics[0], &v.pics[1], sameLevel); {
	case unread != nil: // nobody could see the page before; the copy shows what can be shown
	case before != size || changed > mostChanged:
		return fmt.Errorf("%w: page %d, %.1f %% of it, %v became %v", errLooksWrong, n+1, 100*changed, before, size)
	case changed == 0:
		v.out.identical++
	}
	return nil
}

// drawOriginal draws the original's page, and learns whether it is a scan: then the next may be one too.
func (v *prover) drawOriginal(n int) (size council.PageSize, err error) {
	err = v.original.page(n, func(page uint64) error {
		if size, err = v.original.drawOpen(page, &v.pics[0]); err != nil {
			return err
		}
		v.scans, err = v.original.onlyPictures(page)
		return err
	})
	return size, err
}

// draw draws page n (from 0) for the proof.
func (d *document) draw(n int, into *picture) (size council.PageSize, err error) {
	err = d.page(n, func(page uint64) error {
		size, err = d.drawOpen(page, into)
		return err
	})
	return size, err
}

func (d *document) drawOpen(page uint64, into *picture) (council.PageSize, error) {
	size, err := d.size(page)
	if err != nil {
		return size, err
	}
	return size, d.renderRough(page, proofSide/max(size.Width, size.Height, 0.1), proofSide, into)
}

// withAndWithout draws a marked page twice, the second time with the mark's object switched off: that costs no second unpacking of a
// scan. apart is false when the object could not be told from others.
func (v *prover) withAndWithout(n int) (size council.PageSize, apart bool, err error) {
	d := v.marked
	err = d.page(n, func(page uint64) error {
		if size, err = d.drawOpen(page, &v.pics[2]); err != nil {
			return err
		}
		mark, err := v.markOf(page)
		if err != nil || mark == 0 {
			return err
		}
		if ok, err := d.i.call("FPDFPageObj_SetIsActive", mark, 0); err != nil || uint32(ok) == 0 {
			return err
		}
		v.step(stepPicture)
		_, err = d.drawOpen(page, &v.pics[1])
		apart = err == nil
		return err
	})
	return size, apart, err
}

const (
	kindImage = 3 // FPDF_PAGEOBJ_IMAGE
	kindForm  = 5 // FPDF_PAGEOBJ_FORM
)

// markOf finds the one form on the page that is drawn like the mark, and as an artifact; 0 when there is none or more than one.
func (v *prover) markOf(page uint64) (uint64, error) {
	i := v.marked.i
	count, err := i.call("FPDFPage_CountObjects", page)
	if err != nil {
		return 0, err
	}
	var found uint64
	for k := int(int32(count)) - 1; k >= 0; k-- {
		object, err := i.call("FPDFPage_GetObject", page, uint64(k))
		if err != nil {
			return 0, err
		}
		kind, err := i.call("FPDFPageObj_GetType", object)
		if err != nil {
			return 0, err
		}
		if uint32(kind) != kindForm {
			continue
		}
		parts, err := i.call("FPDFFormObj_CountObjects", object)
		if err != nil {
			return 0, err
		}
		marks, err := i.call("FPDFPageObj_CountMarks", object)
		if err != nil {
			return 0, err
		}
		if int32(marks) != 1 || int(int32(parts)) != markParts() {
			continue
		}
		if found != 0 {
			return 0, nil
		}
		found = object
	}
	return found, nil
}

// differs is the share of pixels that differ by more than level; 1 when the pictures have different sizes.
func differs(a, b *picture, level int) float64 {
	if a.w != b.w || a.h != b.h || len(a.pix) != len(b.pix) || len(a.pix) == 0 {
		return 1
	}
	if bytes.Equal(a.pix, b.pix) {
		return 0
	}
	n := 0
	for i, p := range a.pix {
		if d := int(p) - int(b.pix[i]); d > level || d < -level {
			n++
		}
	}
	return float64(n) / float64(len(a.pix))
}

// section lets a part of a file stand for a stored blob.
type section struct{ *io.SectionReader }

func (section) Close() error { return nil }

var _ blob.Reader = section{}
