package copies

import (
	"crypto/sha256"
	"encoding/hex"
	"image"
	"math"
	"strings"
	"sync"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/vector"

	"ris/app/council"
	"ris/documents"
	"ris/documents/blob"
	"ris/documents/raster"
)

// openPages opens a raster base. key names the mark on it, for the memory of finished pages.
func openPages(base blob.Reader, p council.Prepared, lines []string, seed [32]byte, key string) (*raster.Copy, error) {
	stack, err := raster.Open(base, p.Size)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256([]byte("doc" + p.Blob))
	doc := hex.EncodeToString(sum[:idBytes/2])
	id := doc
	if seed != [32]byte{} {
		id = FileID(seed)
	}
	return raster.New(stack, raster.Options{Ink: ink(lines), Doc: doc, ID: id, Key: key}), nil
}

// Ink is a mark as it is burnt into pictures. Errors as with Lines.
func Ink(m documents.Mark) (raster.Ink, error) {
	lines, err := Lines(m)
	if err != nil {
		return nil, err
	}
	return ink(lines), nil
}

// ink draws the mark of these lines in pixels, as Form draws it in the form: along the diagonal, letters with a bright edge.
func ink(lines []string) raster.Ink {
	return func(_, _ float64, w, h int) []byte {
		return inks.get(strings.Join(lines, "\n"), w, h, func() []byte { return rasterise(lines, w, h) })
	}
}

func rasterise(lines []string, w, h int) []byte {
	unit := math.Hypot(float64(w), float64(h)) * Span(float64(w), float64(h)) / FormSize // pixels per unit of the form
	sin, cos := math.Sincos(math.Atan2(float64(h), float64(w)))
	letters := vector.NewRasterizer(w, h)
	sizes, feet := layout(lines)
	for i, line := range lines {
		glyphs, scale, left := compose(line, sizes[i], feet[i])
		for _, g := range glyphs {
			// y of the segments grows downwards, as the pixels do; y of the form grows upwards.
			trace(letters, g.segments, func(x, y float64) (float32, float32) {
				fx, fy := left+(g.x+x)*scale-FormSize/2, feet[i]+(g.y-y)*scale-FormSize/2
				return float32(float64(w)/2 + (fx*cos-fy*sin)*unit), float32(float64(h)/2 - (fx*sin+fy*cos)*unit)
			})
		}
	}
	cover := image.NewAlpha(image.Rect(0, 0, w, h))
	letters.Draw(cover, cover.Bounds(), image.Opaque, image.Point{})
	edge := widen(cover.Pix, w, h, max(1, int(math.Round(edgeWidth*unit))))
	out := make([]byte, w*h)
	for i, c := range cover.Pix {
		if e := edge[i]; e != 0 {
			full := (uint16(c)*15 + 127) / 255
			out[i] = byte(full)<<4 | byte((uint16(e-min(e, c))*15+127)/255)
		}
	}
	return out
}

// edgeWidth of the bright edge around letters of the first line, in units of the form: half of Form's stroke.
const edgeWidth = 1.0

func trace(to *vector.Rasterizer, segments sfnt.Segments, place func(x, y float64) (float32, float32)) {
	at := func(s sfnt.Segment, i int) (float32, float32) {
		return place(float64(s.Args[i].X)/64, float64(s.Args[i].Y)/64)
	}
	open := false
	for _, s := range segments {
		x, y := at(s, 0)
		switch s.Op {
		case sfnt.SegmentOpMoveTo:
			if open {
				to.ClosePath()
			}
			to.MoveTo(x, y)
			open = true
		case sfnt.SegmentOpLineTo:
			to.LineTo(x, y)
		case sfnt.SegmentOpQuadTo:
			x1, y1 := at(s, 1)
			to.QuadTo(x, y, x1, y1)
		case sfnt.SegmentOpCubeTo:
			x1, y1 := at(s, 1)
			x2, y2 := at(s, 2)
			to.CubeTo(x, y, x1, y1, x2, y2)
		}
	}
	if open {
		to.ClosePath()
	}
}

// widen gives each pixel the most that is covered within r pixels to each side.
func widen(in []byte, w, h, r int) []byte {
	across, out := make([]byte, len(in)), make([]byte, len(in))
	for y := range h {
		row, to := in[y*w:(y+1)*w], across[y*w:(y+1)*w]
		for x, c := range row {
			if c != 0 {
				for k := max(0, x-r); k <= min(w-1, x+r); k++ {
					to[k] = max(to[k], c)
				}
			}
		}
	}
	for y := range h {
		for x, c := range across[y*w : (y+1)*w] {
			if c != 0 {
				for k := max(0, y-r); k <= min(h-1, y+r); k++ {
					out[k*w+x] = max(out[k*w+x], c)
				}
			}
		}
	}
	return out
}

// inks keeps the marks drawn last: all pages of a size share one.
var inks = &inkCache{m: map[inkKey][]byte{}}

type inkKey struct {
	lines string
	w, h  int
}

type inkCache struct {
	mu    sync.Mutex
	bytes int
	m     map[inkKey][]byte
}

// mostInk bounds the cache in bytes: a page of 200 dpi has 4 MB.
const mostInk = 24 << 20

func (c *inkCache) get(lines string, w, h int, make func() []byte) []byte {
	key := inkKey{lines, w, h}
	c.mu.Lock()
	b, ok := c.m[key]
	c.mu.Unlock()
	if ok {
		return b
	}
	b = make()
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.bytes+len(b) > mostInk {
		clear(c.m)
		c.bytes = 0
	}
	c.m[key] = b
	c.bytes += len(b)
	return b
}
