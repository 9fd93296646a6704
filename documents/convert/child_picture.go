package convert

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"
	"io"

	"golang.org/x/image/tiff"
	"golang.org/x/image/webp"

	"ris/documents"
	"ris/documents/sandbox"
)

// Bounds of pictures. An A0 plan scanned at 300 dpi has 140 million pixels, grey.
const (
	mostPixelBytes = 400_000_000 // of one picture, decoded
	mostPictures   = 2000        // pages of a TIFF
	mostFileBytes  = 300 << 20   // of a file that has to be in memory to be decoded
)

func init() {
	sandbox.Register(taskPicture, func(c *sandbox.Child) (any, error) {
		var o order
		if err := json.Unmarshal(c.Arguments, &o); err != nil {
			return nil, err
		}
		if _, err := c.Seal(); err != nil {
			return nil, err
		}
		w := newWriter(c.Files[1])
		err := pictures(c, o, w)
		if err == nil {
			err = w.close()
		}
		return refusedOr(verdict{Kind: o.Kind}, err)
	})
}

// picture is one decoded or passed-through page.
type picture struct {
	width, height int // as stored, pixels
	turn          int // EXIF orientation 1 to 8
	dpiX, dpiY    float64
	image         image.Image // nil when jpeg is given
	jpeg          []byte      // without metadata
	components    int         // of jpeg
	inverted      bool        // CMYK as Adobe writes it
}

func pictures(c *sandbox.Child, o order, w *writer) error {
	in := io.NewSectionReader(c.Files[0], 0, o.Size)
	if o.Kind == TIFF {
		return tiffs(c, in, w)
	}
	c.Step("picture")
	if o.Size > mostFileBytes {
		return &refusal{key: RefusedPixels, cause: errors.New("too large a file")}
	}
	b, err := io.ReadAll(in)
	if err != nil {
		return err
	}
	var p picture
	switch o.Kind {
	case JPEG:
		p, err = readJPEG(b)
	case PNG:
		p, err = decode(b, png.DecodeConfig, png.Decode)
		p.dpiX, p.dpiY, p.turn = pngFacts(b)
	case WebP:
		p, err = decode(b, webp.DecodeConfig, webp.Decode)
	default:
		err = fmt.Errorf("no picture: %s", o.Kind)
	}
	if err != nil {
		return err
	}
	return w.page(p)
}

// decode takes the size first: a picture that would fill the memory is refused before it does.
func decode(b []byte, size func(io.Reader) (image.Config, error), read func(io.Reader) (image.Image, error)) (picture, error) {
	if err := bounded(size(bytes.NewReader(b))); err != nil {
		return picture{}, err
	}
	img, err := read(bytes.NewReader(b))
	if err != nil {
		return picture{}, &refusal{key: RefusedPicture, cause: err}
	}
	return picture{width: img.Bounds().Dx(), height: img.Bounds().Dy(), image: img}, nil
}

func bounded(c image.Config, err error) error {
	if err != nil {
		return &refusal{key: RefusedPicture, cause: err}
	}
	if c.Width <= 0 || c.Height <= 0 {
		return &refusal{key: RefusedPicture, cause: errors.New("no pixels")}
	}
	if int64(c.Width)*int64(c.Height)*pixelBytes(c.ColorModel) > mostPixelBytes {
		return &refusal{key: RefusedPixels, cause: fmt.Errorf("%d x %d", c.Width, c.Height)}
	}
	return nil
}

// readJPEG keeps the picture's own bytes: nothing is lost by a second encoding. It is decoded once, to be sure that it can be.
func readJPEG(b []byte) (picture, error) {
	config, err := jpeg.DecodeConfig(bytes.NewReader(b))
	if err := bounded(config, err); err != nil {
		return picture{}, err
	}
	img, err := jpeg.Decode(bytes.NewReader(b))
	if err != nil {
		return picture{}, &refusal{key: RefusedPicture, cause: err}
	}
	p := picture{width: config.Width, height: config.Height}
	switch img.(type) {
	case *image.Gray:
		p.components = 1
	case *image.CMYK:
		p.components = 4
	default:
		p.components = 3
	}
	if p.jpeg, err = p.stripped(b); err != nil {
		return p, &refusal{key: RefusedPicture, cause: err}
	}
	return p, nil
}

// tiffs walks the chain of pages. The decoder knows the first only, so it is shown a head that points at the page.
func tiffs(c *sandbox.Child, in *io.SectionReader, w *writer) error {
	pages, err := tiffPages(in)
	if err != nil {
		return &refusal{key: RefusedPicture, cause: err}
	}
	for _, p := range pages {
		c.Step("picture")
		at := tiffAt{in, p.head}
		config, err := tiff.DecodeConfig(&at)
		if err := bounded(config, err); err != nil {
			return err
		}
		at = tiffAt{in, p.head}
		img, err := tiff.Decode(&at)
		if err != nil {
			return &refusal{key: RefusedPicture, cause: err}
		}
		if err := w.page(picture{width: img.Bounds().Dx(), height: img.Bounds().Dy(), turn: p.turn, dpiX: p.dpiX, dpiY: p.dpiY, image: img}); err != nil {
			return err
		}
	}
	if len(pages) == 0 {
		return &refusal{key: documents.RefusedTruncated, cause: errors.New("no pages")}
	}
	return nil
}

// tiffAt is a TIFF whose first page is another one.
type tiffAt struct {
	*io.SectionReader
	head [8]byte
}

// ReadAt gives the changed head.
func (t *tiffAt) ReadAt(p []byte, off int64) (int, error) {
	n, err := t.SectionReader.ReadAt(p, off)
	if off < int64(len(t.head)) {
		copy(p[:n], t.head[off:])
	}
	return n, err
}

// Read is never used by a decoder that has ReadAt.
func (t *tiffAt) Read([]byte) (int, error) { return 0, errors.ErrUnsupported }

var _ io.ReaderAt = (*tiffAt)(nil)
