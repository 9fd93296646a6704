package pdf

import (
	"fmt"
	"io"
	"math"
	"os"

	"ris/app/council"
	"ris/documents"
	"ris/documents/copies"
	"ris/documents/raster"
)

const (
	// stackScale is the resolution of a page that goes out as a picture: 200 dots per inch, in pixels per point.
	stackScale = 200.0 / 72
	// stackSide and stackPixels bound large plans; both keep A3 at 200 dots per inch.
	stackSide   = 4700
	stackPixels = raster.MaxPixels * 9 / 10
)

// stack draws every page as a grey picture and writes them to out as documents/raster keeps them. Nothing else of the file is taken
// over: no text, no actions, no files in it. A page that cannot be drawn is a refusal, never a blank.
func (e *Engine) stack(original io.ReaderAt, size int64, pages int, out *os.File, step func(string)) (Base, error) {
	if err := restart(out); err != nil {
		return Base{}, err
	}
	base := Base{Notes: []string{noteRaster}}
	ink, err := copies.Ink(testMark)
	if err != nil {
		return Base{}, err
	}
	w := raster.NewWriter(out)
	var pic picture
	var d *document
	defer func() {
		if d != nil {
			d.i.Close()
		}
	}()
	for n := range pages {
		step("raster")
		if d == nil || d.i.module.Memory().Size() > mostMemory {
			if d != nil {
				d.i.Close()
			}
			i, err := e.New()
			if err != nil {
				return Base{}, err
			}
			if d, err = i.open(original, size); err != nil {
				return Base{}, err
			}
		}
		s, err := d.drawForStack(n, &pic)
		if err != nil {
			return Base{}, refuse(documents.RefusedBroken, fmt.Errorf("page %d cannot be drawn: %w", n+1, err))
		}
		if err := w.Page(s.Width, s.Height, pic.w, pic.h, pic.pix); err != nil {
			return Base{}, err
		}
		if raster.Seen(pic.pix, ink(s.Width, s.Height, pic.w, pic.h)) < seenShare {
			return Base{}, refuse(documents.RefusedUnmarked, fmt.Errorf("page %d shows no mark", n+1), "page", fmt.Sprint(n+1))
		}
		base.Marked++
		s.Rotate = 0 // the picture stands upright
		base.PageSizes = append(base.PageSizes, s)
	}
	if err := w.Close(); err != nil {
		return Base{}, err
	}
	base.Prepared = council.Prepared{Parts: council.Parts{Mode: council.Raster}}
	written, err := out.Seek(0, io.SeekEnd)
	base.Prepared.Size = written
	return base, err
}

func (d *document) drawForStack(n int, into *picture) (size council.PageSize, err error) {
	err = d.page(n, func(page uint64) error {
		if size, err = d.size(page); err != nil {
			return err
		}
		scale := min(stackScale, math.Sqrt(stackPixels/max(1, size.Width*size.Height)))
		return d.render(page, scale, stackSide, into)
	})
	return size, err
}
