package pdf

import "ris/app/council"

// A paper that goes out as pictures (stack.go) has pages of its own: upright, with the origin in the lower left corner of what is seen. So
// places on its pages, read from the original, are given as they are on the picture; else search marks would stand beside the words of
// cropped and turned pages.

// upright is the same page as a picture of it.
func (v viewed) upright() viewed {
	w, h := v.seen()
	return viewed{box: council.Box{X1: w, Y1: h}}
}

// seen is the size of the page as it is seen, in points.
func (v viewed) seen() (w, h float32) {
	w, h = v.box.X1-v.box.X0, v.box.Y1-v.box.Y0
	if v.rotate%180 != 0 {
		w, h = h, w
	}
	return w, h
}

// onUpright is where a box of user space lies on the picture, in points from its lower left corner.
func (v viewed) onUpright(b council.Box) council.Box {
	w, h := v.seen()
	x0, y0, x1, y1 := v.onPicture(b, float64(w), float64(h))
	return council.Box{X0: float32(x0), Y0: h - float32(y1), X1: float32(x1), Y1: h - float32(y0)}
}

// Upright gives a place on the page, in user space, as it is on a picture of the page: points from the lower left corner of what is
// seen. The zero Box (a letter without a place) stays what it is.
func (f PageFacts) Upright(b council.Box) council.Box {
	if b == (council.Box{}) {
		return b
	}
	return f.view.onUpright(b)
}

// Upright is the picture's own way to say where things stand: as on a page that is not turned and begins at the origin.
func (p *PagePicture) Upright() {
	v := viewed{p.View, p.Rotate}.upright()
	p.View, p.Rotate = v.box, v.rotate
}
