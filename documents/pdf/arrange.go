package pdf

import (
	"fmt"
	"io"
	"os"

	"ris/app/council"
	"ris/documents/copies"
)

// provenPages is how many pages of an arranged base are drawn: its streams are the same bytes as before, only the order of objects
// changed.
const provenPages = 12

// Arranged takes a base (tagged by Retag) that another program has written anew in a better order, finds its slots again, brings them
// to rest, and proves it against the proven base: as many pages, and the first, the last and some between look the same without
// the mark and different with it.
func (e *Engine) Arranged(base io.ReaderAt, was council.Prepared, arranged *os.File, size int64, tag string, step func(string)) (council.Prepared, error) {
	step("arrange")
	p, err := findSlots(arranged, size, tag, len(was.Parts.Shifts))
	if err != nil {
		return p, err
	}
	p.Parts.Mode, p.Repaired = was.Parts.Mode, was.Repaired
	if p.SlotLength < copies.SlotBytes+140 {
		return p, errSlot // less would fit than into the base
	}
	if err := settle(arranged, p); err != nil {
		return p, err
	}
	v, end, err := e.prover(base, was.Size, arranged, p, step)
	if err != nil {
		return p, err
	}
	defer end()
	pages := v.marked.pages
	for n := range min(pages, provenPages) {
		page := n * (pages - 1) / max(1, min(pages, provenPages)-1)
		if err := v.prove(page); err != nil {
			return p, err
		}
	}
	if len(v.missing.pages) > 0 || v.out.identical != len(v.out.pages) {
		return p, fmt.Errorf("%w: %d of %d pages after arranging", errLooksWrong, v.out.identical, len(v.out.pages))
	}
	return p, nil
}
