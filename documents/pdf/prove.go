package pdf

import (
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
)

// testMark is of usual length: a shorter one would be harder to see than most real ones.
var testMark = documents.Mark{Name: "Maria Mustermann", Account: "m.mustermann@stadt.example", Date: "01.01.2026"}

// proof is what the pictures showed.
type proof struct {
	pages     []council.PageSize
	identical int
	marked    int
}

// proveBase compares original and base picture by picture. errLooksWrong: a page changed too much; *unmarked: pages without a
// visible mark. step is called before each picture.
func (e *Engine) proveBase(original io.ReaderAt, size int64, base io.ReaderAt, p council.Prepared, step func(string)) (proof, error) {
	var out proof
	i, err := e.New()
	if err != nil {
		return out, err
	}
	defer i.Close()
	marked, err := copies.Open(section{io.NewSectionReader(base, 0, p.Size)}, p, testMark)
	if err != nil {
		return out, err
	}
	var docs [3]*document
	for n, f := range []struct {
		r    io.ReaderAt
		size int64
	}{{original, size}, {base, p.Size}, {marked, p.Size}} {
		if docs[n], err = i.open(f.r, f.size); err != nil {
			return out, fmt.Errorf("proof: %w", err)
		}
		defer docs[n].close()
	}
	if docs[0].pages != docs[1].pages || docs[1].pages != docs[2].pages {
		return out, fmt.Errorf("%w: %d pages became %d", errLooksWrong, docs[0].pages, docs[1].pages)
	}
	missing := &unmarked{}
	var pics [3]picture
	for n := range docs[1].pages {
		var sizes [3]council.PageSize
		var errs [3]error
		for k, d := range docs {
			if errs[0] != nil && !errors.Is(errs[0], errUnread) {
				break
			}
			step("proof")
			errs[k] = d.page(n, func(page uint64) error {
				if sizes[k], errs[k] = d.size(page); errs[k] != nil {
					return errs[k]
				}
				return d.render(page, proofSide/max(sizes[k].Width, sizes[k].Height, 0.1), proofSide, &pics[k])
			})
		}
		if errs[0] != nil && !errors.Is(errs[0], errUnread) {
			return out, refuse(documents.RefusedBomb, fmt.Errorf("page %d cannot be drawn: %w", n+1, errs[0]))
		}
		if errs[1] != nil || errs[2] != nil {
			return out, fmt.Errorf("proof of page %d: %w", n+1, errors.Join(errs[1:]...))
		}
		out.pages = append(out.pages, sizes[1])
		switch changed := differs(&pics[0], &pics[1], sameLevel); {
		case errs[0] != nil: // nobody could see the page before; the copy shows what can be shown
		case sizes[0] != sizes[1] || changed > mostChanged:
			return out, fmt.Errorf("%w: page %d, %.1f %% of it, %v became %v", errLooksWrong, n+1, 100*changed, sizes[0], sizes[1])
		case changed == 0:
			out.identical++
		}
		if differs(&pics[1], &pics[2], seenLevel) >= seenShare {
			out.marked++
		} else {
			missing.pages = append(missing.pages, n+1)
		}
	}
	if len(missing.pages) > 0 {
		return out, missing
	}
	return out, nil
}

// differs is the share of pixels that differ by more than level; 1 when the pictures have different sizes.
func differs(a, b *picture, level int) float64 {
	if a.w != b.w || a.h != b.h || len(a.pix) != len(b.pix) || len(a.pix) == 0 {
		return 1
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
