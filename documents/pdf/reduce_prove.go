package pdf

import (
	"fmt"
	"io"
	"os"

	"ris/app/council"
	"ris/documents/copies"
)

const (
	reducedSide = 200 // pixels of a page's longer side: fine grain of a scan has gone, all that can be read at a glance has not
	// reducedLevel and mostReduced: how many pixels may differ by how much from the page before.
	reducedLevel = 32
	mostReduced  = 0.03
)

// proveReduced compares each page of a reduced copy with its page in the base, and looks for the mark. The pictures are drawn
// smoothly: what is drawn roughly takes single pixels of a scan, and those are others.
func (e *Engine) proveReduced(base io.ReaderAt, size int64, out *os.File, made council.Prepared, step func(string)) error {
	marked, err := copies.Open(section{io.NewSectionReader(out, 0, made.Size)}, made, testMark)
	if err != nil {
		return err
	}
	i, err := e.New()
	if err != nil {
		return err
	}
	defer i.Close()
	var docs [3]*document
	for n, f := range []struct {
		r    io.ReaderAt
		size int64
	}{{base, size}, {out, made.Size}, {marked, made.Size}} {
		if docs[n], err = i.open(f.r, f.size); err != nil {
			return fmt.Errorf("proof: %w", err)
		}
		defer docs[n].close()
	}
	if docs[0].pages != docs[1].pages || docs[1].pages != docs[2].pages {
		return fmt.Errorf("%w: %d pages became %d", errLooksWrong, docs[0].pages, docs[1].pages)
	}
	var pics [3]picture
	var sizes [3]council.PageSize
	for n := range docs[0].pages {
		for k, d := range docs {
			step("proof")
			side := reducedSide
			if err := d.page(n, func(page uint64) (err error) {
				if sizes[k], err = d.size(page); err != nil {
					return err
				}
				return d.render(page, float64(side)/max(sizes[k].Width, sizes[k].Height, 0.1), side, &pics[k])
			}); err != nil {
				return fmt.Errorf("proof of page %d: %w", n+1, err)
			}
		}
		if changed := differs(&pics[0], &pics[1], reducedLevel); sizes[0] != sizes[1] || changed > mostReduced {
			return fmt.Errorf("%w: page %d, %.1f %% of it", errLooksWrong, n+1, 100*changed)
		}
		if differs(&pics[1], &pics[2], seenLevel) < seenShare {
			return fmt.Errorf("%w", &unmarked{pages: []int{n + 1}})
		}
	}
	return nil
}
