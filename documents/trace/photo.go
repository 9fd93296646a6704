package trace

import (
	"bufio"
	"errors"
	"fmt"
	"image"
	"image/color"
	_ "image/jpeg" // the forms in which pictures of pages come
	_ "image/png"
	"io"
)

// mostPixels bounds a picture that is looked at: more than cameras make, and four bytes of each fit into the child.
const mostPixels = 80_000_000

// ErrPicture says that a file is no picture that can be read, or too large.
var ErrPicture = errors.New("no JPEG or PNG picture that can be read")

// ReadPhoto decodes a JPEG or PNG picture. It runs in the sandbox child. Errors: ErrPicture.
func ReadPhoto(r io.ReadSeeker) (g Gray, err error) {
	defer func() { // a decoder that fails on foreign bytes is no failure of ours
		if p := recover(); p != nil {
			err = fmt.Errorf("%w: %v", ErrPicture, p)
		}
	}()
	size, _, err := image.DecodeConfig(bufio.NewReader(r))
	if err != nil || size.Width < 1 || size.Height < 1 || size.Width > mostPixels/size.Height {
		return g, fmt.Errorf("%w: %d x %d: %w", ErrPicture, size.Width, size.Height, errors.Join(err))
	}
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return g, err
	}
	m, _, err := image.Decode(bufio.NewReader(r))
	if err != nil {
		return g, fmt.Errorf("%w: %w", ErrPicture, err)
	}
	b := m.Bounds()
	g = Gray{b.Dx(), b.Dy(), make([]byte, b.Dx()*b.Dy())}
	for y := range g.H {
		row := g.Pix[y*g.W : (y+1)*g.W]
		switch v := m.(type) {
		case *image.YCbCr: // JPEG: the brightness stands there
			copy(row, v.Y[y*v.YStride:])
		case *image.Gray:
			copy(row, v.Pix[y*v.Stride:])
		default:
			for x := range row {
				row[x] = color.GrayModel.Convert(m.At(b.Min.X+x, b.Min.Y+y)).(color.Gray).Y
			}
		}
	}
	return g, nil
}
