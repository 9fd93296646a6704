package copies

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	imagedraw "image/draw"
	"image/jpeg"

	"ris/app/council"
	"ris/documents"
)

const (
	// mostThumbnail is the longest side of a small picture, pixels: what claims more was not made by us.
	mostThumbnail    = 1000
	thumbnailQuality = 75
	// a small picture is marked more strongly than a page: fewer pixels have to carry the letters
	thumbnailLetter, thumbnailInk, thumbnailEdge = 0x59, 0.40, 0.45
)

// Thumbnail burns the mark into a small picture of a page (JPEG in, JPEG out): large letters can be read on it, so it leaves the house
// as personal as the page. Errors: council.Invalid as with Open, council.Internal when the picture is none of ours.
func Thumbnail(picture []byte, mark documents.Mark) ([]byte, error) {
	lines, err := Lines(mark)
	if err != nil {
		return nil, err
	}
	broken := func(cause error) error { return council.E(council.Internal, "error.internal").Because(cause) }
	c, err := jpeg.DecodeConfig(bytes.NewReader(picture))
	if err != nil {
		return nil, broken(err)
	}
	if c.Width > mostThumbnail || c.Height > mostThumbnail || c.Width < 1 || c.Height < 1 {
		return nil, broken(errors.New("a small picture is too large"))
	}
	img, err := jpeg.Decode(bytes.NewReader(picture))
	if err != nil {
		return nil, broken(err)
	}
	marks := ink(lines)(float64(c.Width), float64(c.Height), c.Width, c.Height)
	var out imagedraw.Image
	if _, grey := img.(*image.Gray); grey {
		out = image.NewGray(img.Bounds())
	} else {
		out = image.NewRGBA(img.Bounds())
	}
	imagedraw.Draw(out, out.Bounds(), img, img.Bounds().Min, imagedraw.Src)
	for i, k := range marks {
		if k == 0 {
			continue
		}
		x, y := i%c.Width, i/c.Width
		letter, edge := float64(k>>4)/15*thumbnailInk, float64(k&15)/15*thumbnailEdge
		r, g, b, _ := out.At(x, y).RGBA()
		mix := func(v uint32) uint8 {
			f := float64(v >> 8)
			f += (thumbnailLetter - f) * letter
			f += (255 - f) * edge
			return uint8(f + 0.5)
		}
		out.Set(x, y, color.RGBA{mix(r), mix(g), mix(b), 255})
	}
	return encoded(out)
}

// Placeholder is the picture of a page that cannot be drawn: a plain grey sheet of its proportions.
func Placeholder(size council.PageSize) ([]byte, error) {
	const side = 200
	w, h := side, side
	if longest := max(size.Width, size.Height); size.Width > 0 && size.Height > 0 {
		w, h = max(8, int(side*size.Width/longest)), max(8, int(side*size.Height/longest))
	}
	img := image.NewGray(image.Rect(0, 0, w, h))
	imagedraw.Draw(img, img.Bounds(), image.NewUniform(color.Gray{0xEC}), image.Point{}, imagedraw.Src)
	return encoded(img)
}

func encoded(img image.Image) ([]byte, error) {
	var b bytes.Buffer
	err := jpeg.Encode(&b, img, &jpeg.Options{Quality: thumbnailQuality})
	return b.Bytes(), err
}
