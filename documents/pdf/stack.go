package pdf

import (
	"fmt"
	"io"
	"math"
	"os"

	"ris/app/council"
	"ris/documents"
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
func (e *Engine) stack(original io.ReaderAt, size int64, out *os.File, step func(string)) (Base, error) {
	i, err := e.New()
	if err != nil {
		return Base{}, err
	}
	defer i.Close()
	d, err := i.open(original, size)
	if err != nil {
		return Base{}, err
	}
	defer d.close()
	if err := restart(out); err != nil {
		return Base{}, err
	}
	base := Base{Notes: []string{noteRaster}}
	w := raster.NewWriter(out)
	var pic picture
	for n := range d.pages {
		step("raster")
		var s council.PageSize
		err := d.page(n, func(page uint64) error {
			if s, err = d.size(page); err != nil {
				return err
			}
			scale := min(stackScale, math.Sqrt(stackPixels/max(1, s.Width*s.Height)))
			return d.render(page, scale, stackSide, &pic)
		})
		if err != nil {
			return Base{}, refuse(documents.RefusedBroken, fmt.Errorf("page %d cannot be drawn: %w", n+1, err))
		}
		if err := w.Page(s.Width, s.Height, pic.w, pic.h, pic.pix); err != nil {
			return Base{}, err
		}
		s.Rotate = 0 // the picture stands upright
		base.PageSizes = append(base.PageSizes, s)
	}
	if err := w.Close(); err != nil {
		return Base{}, err
	}
	base.Prepared = council.Prepared{Parts: council.Parts{Mode: council.Raster}}
	base.Prepared.Size, err = out.Seek(0, io.SeekEnd)
	base.Marked = d.pages // the mark is burnt into every picture as it goes out
	return base, err
}
