package convert

import (
	"bufio"
	"compress/zlib"
	"fmt"
	"image"
	"image/color"
	"io"
)

// writer makes a PDF 1.4 of pictures, one on each page, in a stream: nothing but the offsets is kept.
type writer struct {
	out     *bufio.Writer
	at      int64
	offsets []int64 // of object n+1
	pages   []int
	err     error
}

func newWriter(out io.Writer) *writer {
	w := &writer{out: bufio.NewWriterSize(out, 1<<20)}
	w.bytes([]byte("%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"))
	w.offsets = make([]int64, 2) // 1 catalog, 2 pages: written last
	return w
}

func (w *writer) write(format string, args ...any) {
	n, err := fmt.Fprintf(w.out, format, args...)
	w.at += int64(n)
	if w.err == nil {
		w.err = err
	}
}

func (w *writer) bytes(b []byte) {
	n, err := w.out.Write(b)
	w.at += int64(n)
	if w.err == nil {
		w.err = err
	}
}

// Write implements io.Writer for streams.
func (w *writer) Write(b []byte) (int, error) { w.bytes(b); return len(b), w.err }

// object begins the next object and gives its number.
func (w *writer) object() int {
	w.offsets = append(w.offsets, w.at)
	n := len(w.offsets)
	w.write("%d 0 obj\n", n)
	return n
}

// Sizes in points (1/72 inch).
const (
	a4Short, a4Long = 595.276, 841.89
	a0Long          = 3370.4 // longer is no sheet of paper but a wrong resolution
	margin          = 28.35  // 10 mm, where the picture says nothing of its size
)

// page writes one picture on a page of its own: at its natural size when it says a resolution that a scanner gives, else fitted on A4.
func (w *writer) page(p picture) error {
	across, down := p.width, p.height
	if p.turn >= 5 { // EXIF 2.32: 5 to 8 lie on their side
		across, down = down, across
		p.dpiX, p.dpiY = p.dpiY, p.dpiX
	}
	width, height, x, y, pw, ph := 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
	if p.dpiX >= 100 && p.dpiX <= 2400 && p.dpiY >= 100 && p.dpiY <= 2400 && p.dpiX/p.dpiY < 2.5 && p.dpiY/p.dpiX < 2.5 {
		width, height = float64(across)/p.dpiX*72, float64(down)/p.dpiY*72
	}
	if width < 72 || height < 72 || max(width, height) > a0Long {
		pw, ph = a4Short, a4Long
		if across > down {
			pw, ph = ph, pw
		}
		scale := min((pw-2*margin)/float64(across), (ph-2*margin)/float64(down))
		width, height = float64(across)*scale, float64(down)*scale
		x, y = (pw-width)/2, (ph-height)/2
	} else {
		pw, ph = width, height
	}
	picture := w.picture(p)
	content := fmt.Sprintf("q %s cm /P Do Q", placed(p.turn, x, y, width, height))
	c := w.object()
	w.write("<</Length %d>>\nstream\n%s\nendstream\nendobj\n", len(content), content)
	w.pages = append(w.pages, w.object())
	w.write("<</Type/Page/Parent 2 0 R/MediaBox[0 0 %.2f %.2f]/Resources<</XObject<</P %d 0 R>>>>/Contents %d 0 R>>\nendobj\n", pw, ph, picture, c)
	return w.err
}

// placed is the matrix that brings the unit square of the stored picture upright into the box; see the table in EXIF 2.32, 4.6.4.
func placed(turn int, x, y, w, h float64) string {
	var m [6]float64
	switch turn {
	case 2:
		m = [6]float64{-w, 0, 0, h, x + w, y}
	case 3:
		m = [6]float64{-w, 0, 0, -h, x + w, y + h}
	case 4:
		m = [6]float64{w, 0, 0, -h, x, y + h}
	case 5:
		m = [6]float64{0, -h, -w, 0, x + w, y + h}
	case 6:
		m = [6]float64{0, -h, w, 0, x, y + h}
	case 7:
		m = [6]float64{0, h, w, 0, x, y}
	case 8:
		m = [6]float64{0, h, -w, 0, x + w, y}
	default:
		m = [6]float64{w, 0, 0, h, x, y}
	}
	return fmt.Sprintf("%.3f %.3f %.3f %.3f %.3f %.3f", m[0], m[1], m[2], m[3], m[4], m[5])
}

func (w *writer) picture(p picture) int {
	head := fmt.Sprintf("<</Type/XObject/Subtype/Image/Width %d/Height %d", p.width, p.height)
	if p.jpeg != nil {
		n := w.object()
		decode := ""
		if p.inverted {
			decode = "/Decode[1 0 1 0 1 0 1 0]"
		}
		w.write("%s/ColorSpace/%s/BitsPerComponent 8%s/Filter/DCTDecode/Length %d>>\nstream\n", head,
			map[int]string{1: "DeviceGray", 3: "DeviceRGB", 4: "DeviceCMYK"}[p.components], decode, len(p.jpeg))
		w.bytes(p.jpeg)
		w.write("\nendstream\nendobj\n")
		return n
	}
	space, bits, row := rows(p.image)
	w.offsets = append(w.offsets, 0) // its value is known when the stream is written
	length := len(w.offsets)
	n := w.object()
	w.write("%s/ColorSpace/%s/BitsPerComponent %d/Filter/FlateDecode/Length %d 0 R>>\nstream\n", head, space, bits, length)
	from := w.at
	z := zlib.NewWriter(w)
	for y := range p.height {
		if _, err := z.Write(row(y)); err != nil {
			break
		}
	}
	if err := z.Close(); w.err == nil {
		w.err = err
	}
	size := w.at - from
	w.write("\nendstream\nendobj\n")
	w.offsets[length-1] = w.at
	w.write("%d 0 obj\n%d\nendobj\n", length, size)
	return n
}

// rows gives the colour space, the bits of a sample, and each row of samples: black and white in one bit, grey in eight, else
// RGB over white paper where the picture is transparent.
func rows(img image.Image) (space string, bits int, row func(y int) []byte) {
	b := img.Bounds()
	switch g := img.(type) {
	case *image.Gray:
		if bilevel(g) {
			line := make([]byte, (b.Dx()+7)/8)
			return "DeviceGray", 1, func(y int) []byte {
				clear(line)
				for x, v := range g.Pix[y*g.Stride : y*g.Stride+b.Dx()] {
					if v != 0 {
						line[x/8] |= 0x80 >> (x % 8)
					}
				}
				return line
			}
		}
		return "DeviceGray", 8, func(y int) []byte { return g.Pix[y*g.Stride : y*g.Stride+b.Dx()] }
	case *image.Gray16:
		line := make([]byte, b.Dx())
		return "DeviceGray", 8, func(y int) []byte {
			for x := range line {
				line[x] = g.Pix[y*g.Stride+2*x]
			}
			return line
		}
	}
	line := make([]byte, 3*b.Dx())
	return "DeviceRGB", 8, func(y int) []byte {
		for x := range b.Dx() {
			line[3*x], line[3*x+1], line[3*x+2] = onWhite(img.At(b.Min.X+x, b.Min.Y+y))
		}
		return line
	}
}

func bilevel(g *image.Gray) bool {
	for y := range g.Rect.Dy() {
		for _, v := range g.Pix[y*g.Stride : y*g.Stride+g.Rect.Dx()] {
			if v != 0 && v != 255 {
				return false
			}
		}
	}
	return true
}

func onWhite(c color.Color) (r, g, b byte) {
	r16, g16, b16, a := c.RGBA() // multiplied by alpha
	white := 0xffff - a
	return byte((r16 + white) >> 8), byte((g16 + white) >> 8), byte((b16 + white) >> 8)
}

// close writes the tree of pages and the table of offsets.
func (w *writer) close() error {
	w.offsets[1] = w.at
	w.write("2 0 obj\n<</Type/Pages/Count %d/Kids[", len(w.pages))
	for _, p := range w.pages {
		w.write("%d 0 R ", p)
	}
	w.write("]>>\nendobj\n")
	w.offsets[0] = w.at
	w.write("1 0 obj\n<</Type/Catalog/Pages 2 0 R/Lang(de)>>\nendobj\n")
	table := w.at
	w.write("xref\n0 %d\n0000000000 65535 f \n", len(w.offsets)+1)
	for _, o := range w.offsets {
		w.write("%010d 00000 n \n", o)
	}
	w.write("trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(w.offsets)+1, table)
	if w.err == nil {
		w.err = w.out.Flush()
	}
	return w.err
}
