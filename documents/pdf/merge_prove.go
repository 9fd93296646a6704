package pdf

import (
	"fmt"
	"io"

	"ris/app/council"
	"ris/documents/copies"
)

const (
	// mergedSide is the longer side of the pictures, in pixels: the pages were proven before, here it is only seen that they came
	// over whole and that their calls lead to the new slot.
	mergedSide = 250
	// mostMoved is the share of a page's pixels that may differ from the page in its part.
	mostMoved = 0.002
)

// proveMerged compares each page of the packet with its page in the part, both marked by the test mark. A page that is equal to a
// page whose mark was seen has the mark.
func (e *Engine) proveMerged(out io.ReaderAt, made council.Prepared, p Packet, part func(int) *io.SectionReader, counts []int, step func(string), progress func(done, total int)) (Merged, error) {
	step("open")
	marked := func(r io.ReaderAt, b council.Prepared) (*copies.Copy, error) {
		return copies.Open(section{io.NewSectionReader(r, 0, b.Size)}, b, testMark)
	}
	all, err := marked(out, made)
	if err != nil {
		return Merged{}, err
	}
	i, err := e.New()
	if err != nil {
		return Merged{}, err
	}
	defer i.Close()
	whole, err := i.open(all, made.Size)
	if err != nil {
		return Merged{}, fmt.Errorf("proof: %w", err)
	}
	defer whole.close()
	total := 0
	for _, n := range counts {
		total += n
	}
	if whole.pages != total {
		return Merged{}, fmt.Errorf("%w: %d pages became %d", errLooksWrong, total, whole.pages)
	}
	result := Merged{Prepared: made}
	for n := range p.Parts {
		base := p.Parts[n].Base
		own, err := marked(part(n), base)
		if err != nil {
			return Merged{}, &PartError{n, err}
		}
		err = e.provePart(whole, own, base.Size, counts[n], &result, step, func() { progress(result.Marked, total) })
		if err != nil {
			return Merged{}, &PartError{n, err}
		}
	}
	return result, nil
}

// provePart goes on behind the pages that are in result.
func (e *Engine) provePart(whole *document, own io.ReaderAt, size int64, pages int, result *Merged, step func(string), seen func()) error {
	i, err := e.New()
	if err != nil {
		return err
	}
	defer i.Close()
	d, err := i.open(own, size)
	if err != nil {
		return err
	}
	defer d.close()
	if d.pages != pages {
		return fmt.Errorf("%w: %d pages became %d", errLooksWrong, d.pages, pages)
	}
	var pics [2]picture
	var sizes [2]council.PageSize
	for n := range pages {
		for k, x := range []struct {
			d *document
			n int
		}{{d, n}, {whole, len(result.Sizes)}} {
			step("proof")
			err := x.d.page(x.n, func(page uint64) (err error) {
				if sizes[k], err = x.d.size(page); err != nil {
					return err
				}
				return x.d.renderRough(page, mergedSide/max(sizes[k].Width, sizes[k].Height, 0.1), mergedSide, &pics[k])
			})
			if err != nil {
				return fmt.Errorf("page %d: %w", n+1, err)
			}
		}
		if moved := differs(&pics[0], &pics[1], seenLevel); sizes[0] != sizes[1] || moved > mostMoved {
			return fmt.Errorf("%w: page %d, %.1f %% of it, %v became %v", errLooksWrong, n+1, 100*moved, sizes[0], sizes[1])
		}
		result.Sizes = append(result.Sizes, sizes[1])
		result.Marked++
		seen()
	}
	return nil
}
