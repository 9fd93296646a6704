package recognise

import (
	"bytes"
	"fmt"

	"ris/app/council"
)

// Picture is a page as it is seen: 8-bit grey, one byte per pixel, rows from the top without padding.
type Picture struct {
	Width, Height int // pixels
	Pix           []byte
	DPI           int         // of the drawing
	View          council.Box // visible part of the page in PDF user space (points)
	Rotate        int         // the page's /Rotate, degrees clockwise, already done in the picture
}

// pgm is the picture as a portable graymap, which every reader of pictures knows.
func (p *Picture) pgm() []byte {
	var b bytes.Buffer
	b.Grow(len(p.Pix) + 32)
	fmt.Fprintf(&b, "P5\n%d %d\n255\n", p.Width, p.Height)
	b.Write(p.Pix)
	return b.Bytes()
}

// turned is the picture turned clockwise by 90, 180 or 270 degrees.
func (p *Picture) turned(degrees int) *Picture {
	out := *p
	out.Pix = make([]byte, len(p.Pix))
	if degrees%180 != 0 {
		out.Width, out.Height = p.Height, p.Width
	}
	for y := range p.Height {
		row := p.Pix[y*p.Width : (y+1)*p.Width]
		for x, v := range row {
			switch degrees {
			case 90:
				out.Pix[x*out.Width+out.Width-1-y] = v
			case 180:
				out.Pix[(out.Height-1-y)*out.Width+out.Width-1-x] = v
			default:
				out.Pix[(out.Height-1-x)*out.Width+y] = v
			}
		}
	}
	return &out
}

// back gives the place on the picture as it was of a place on the picture turned by degrees; all in pixels from the top left.
func (p *Picture) back(b pixelBox, degrees int) pixelBox {
	w, h := float64(p.Width), float64(p.Height)
	switch degrees {
	case 90:
		return pixelBox{b.y0, h - b.x1, b.y1, h - b.x0}
	case 180:
		return pixelBox{w - b.x1, h - b.y1, w - b.x0, h - b.y0}
	case 270:
		return pixelBox{w - b.y1, b.x0, w - b.y0, b.x1}
	}
	return b
}

type pixelBox struct{ x0, y0, x1, y1 float64 }

// user gives the place in PDF user space of a place on the picture.
func (p *Picture) user(b pixelBox) council.Box {
	l, r := b.x0/float64(p.Width), b.x1/float64(p.Width)
	t, u := b.y0/float64(p.Height), b.y1/float64(p.Height)
	switch (p.Rotate%360 + 360) % 360 {
	case 90:
		l, r, t, u = t, u, 1-r, 1-l
	case 180:
		l, r, t, u = 1-r, 1-l, 1-u, 1-t
	case 270:
		l, r, t, u = 1-u, 1-t, l, r
	}
	w, h := float64(p.View.X1-p.View.X0), float64(p.View.Y1-p.View.Y0)
	return council.Box{X0: p.View.X0 + float32(l*w), X1: p.View.X0 + float32(r*w), Y0: p.View.Y1 - float32(u*h), Y1: p.View.Y1 - float32(t*h)}
}
