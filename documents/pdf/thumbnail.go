package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"io"
)

const (
	// thumbnailDots is the resolution of a page's small picture; the longest side has at most thumbnailSide pixels.
	thumbnailDots    = 36.0
	thumbnailSide    = 440
	thumbnailQuality = 75
	// bitmapColour is FPDFBitmap_BGRx: four bytes per pixel.
	bitmapColour = 3
	// sameColour is how far the three colours of a pixel may lie apart in a picture that counts as grey.
	sameColour = 8
)

// Pictures draws pages first to last (from 1; at most as many as there are) small, and hands over each as JPEG (quality 75, grey where
// the page is). A page that cannot be drawn is handed over with nil. step is called before each page.
func (e *Engine) Pictures(base io.ReaderAt, size int64, first, last int, step func(string), each func(page, w, h int, jpeg []byte) error) error {
	i, err := e.New()
	if err != nil {
		return err
	}
	defer i.Close()
	d, err := i.open(base, size)
	if err != nil {
		return err
	}
	defer d.close()
	for n := max(1, first); n <= min(last, d.pages); n++ {
		step("picture")
		var img image.Image
		err := d.page(n-1, func(page uint64) (err error) {
			img, err = d.colours(page, thumbnailDots/72, thumbnailSide)
			return err
		})
		if errors.Is(err, errUnread) {
			if err := each(n, 0, 0, nil); err != nil {
				return err
			}
			continue
		}
		if err != nil {
			return fmt.Errorf("page %d: %w", n, err) // the instance is spent
		}
		var b bytes.Buffer
		if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: thumbnailQuality}); err != nil {
			return err
		}
		if err := each(n, img.Bounds().Dx(), img.Bounds().Dy(), b.Bytes()); err != nil {
			return err
		}
	}
	return nil
}

// colours draws an open page in colour on white, at scale pixels per point; no side is longer than most pixels.
func (d *document) colours(page uint64, scale float64, most int) (image.Image, error) {
	size, err := d.size(page)
	if err != nil {
		return nil, err
	}
	w, h := size.Width*scale, size.Height*scale
	if longest := max(w, h); longest > float64(most) {
		w, h = w*float64(most)/longest, h*float64(most)/longest
	}
	width, height := max(1, int(w+0.5)), max(1, int(h+0.5))
	bitmap, err := d.i.call("FPDFBitmap_CreateEx", uint64(width), uint64(height), bitmapColour, 0, 0)
	if err != nil {
		return nil, err
	}
	if uint32(bitmap) == 0 {
		return nil, errors.New("pdfium: no memory for a picture")
	}
	defer func() { _, _ = d.i.call("FPDFBitmap_Destroy", bitmap) }()
	if _, err := d.i.call("FPDFBitmap_FillRect", bitmap, 0, 0, uint64(width), uint64(height), 0xFFFFFFFF); err != nil {
		return nil, err
	}
	if _, err := d.i.call("FPDF_RenderPageBitmap", bitmap, page, 0, 0, uint64(width), uint64(height), 0, renderAnnotations); err != nil {
		return nil, err
	}
	if err := d.fields(bitmap, page, width, height, renderAnnotations); err != nil {
		return nil, err
	}
	p, err := d.i.call("FPDFBitmap_GetBuffer", bitmap)
	if err != nil {
		return nil, err
	}
	stride, err := d.i.call("FPDFBitmap_GetStride", bitmap)
	if err != nil {
		return nil, err
	}
	b, ok := d.i.module.Memory().Read(uint32(p), uint32(stride)*uint32(height))
	if !ok {
		return nil, errors.New("pdfium: the picture lies outside its memory")
	}
	return greyOrColour(b, int(stride), width, height), nil
}

// greyOrColour takes rows of B, G, R, x.
func greyOrColour(b []byte, stride, w, h int) image.Image {
	colour := image.NewRGBA(image.Rect(0, 0, w, h))
	grey := image.NewGray(colour.Rect)
	isGrey := true
	for y := range h {
		row, out := b[y*stride:y*stride+4*w], colour.Pix[y*colour.Stride:]
		for x := range w {
			blue, green, red := row[4*x], row[4*x+1], row[4*x+2]
			out[4*x], out[4*x+1], out[4*x+2], out[4*x+3] = red, green, blue, 255
			grey.Pix[y*grey.Stride+x] = green
			if spread := max(red, green, blue) - min(red, green, blue); spread > sameColour {
				isGrey = false
			}
		}
	}
	if isGrey {
		return grey
	}
	return colour
}
