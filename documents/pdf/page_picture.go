package pdf

import (
	"io"

	"ris/app/council"
)

// PagePicture is a page as it is seen, for reading its words: 8-bit grey, one byte per pixel, rows from the top without padding.
type PagePicture struct {
	Page          int
	Width, Height int // pixels
	DPI           int
	View          council.Box // visible part of the page in user space
	Rotate        int         // the page's /Rotate in degrees clockwise, already done in the picture
	Pix           []byte      `json:"-"`
}

// longestSide bounds a picture, in pixels: 25 million of them. A0 comes at 107 dpi.
const longestSide = 5000

// Picture draws page number (from 1) of a file for reading, at dpi unless the page is too large for that. Annotations are drawn too.
func (e *Engine) Picture(file io.ReaderAt, size int64, number, dpi int, step func(string)) (PagePicture, error) {
	out := PagePicture{Page: number}
	i, err := e.New()
	if err != nil {
		return out, err
	}
	defer i.Close()
	step("open")
	d, err := i.open(file, size)
	if err != nil {
		return out, err
	}
	defer d.close()
	step("draw")
	err = d.page(number-1, func(page uint64) error {
		view, err := d.view(page)
		if err != nil {
			return err
		}
		var pic picture
		if err := d.render(page, float64(dpi)/72, longestSide, &pic); err != nil {
			return err
		}
		out.Width, out.Height, out.Pix = pic.w, pic.h, pic.pix
		out.View, out.Rotate = view.box, view.rotate
		points := max(view.box.X1-view.box.X0, view.box.Y1-view.box.Y0, 1)
		out.DPI = max(36, min(dpi, int(72*float64(max(pic.w, pic.h))/float64(points))))
		return nil
	})
	return out, err
}
