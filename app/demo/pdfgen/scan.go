package pdfgen

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"math"
	"strings"

	"codeberg.org/go-pdf/fpdf"
	"golang.org/x/image/draw"
	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/f64"
	"golang.org/x/image/math/fixed"
)

// Scanned pages are A4 at 150 dpi, grey, slightly turned and noisy.
const (
	scanWidth  = 1240
	scanHeight = 1754
	scanDPI    = 150
)

// makeScan sets pages as pictures: a reader sees text, the file holds none.
func makeScan(d Document) ([]byte, error) {
	f := fpdf.New("P", "mm", "A4", "")
	f.SetCreationDate(d.Date)
	f.SetModificationDate(d.Date)
	f.SetCatalogSort(true)
	f.SetAutoPageBreak(false, 0)
	p := &sheet{d: d, rng: seeded(d)}
	for n := 1; n <= max(1, d.Pages); n++ {
		picture, err := p.scanPage(n)
		if err != nil {
			return nil, err
		}
		name := fmt.Sprint("scan", n)
		f.AddPage()
		f.RegisterImageOptionsReader(name, fpdf.ImageOptions{ImageType: "JPG"}, bytes.NewReader(picture))
		f.ImageOptions(name, 0, 0, 210, 297, false, fpdf.ImageOptions{ImageType: "JPG"}, 0, "")
	}
	var b bytes.Buffer
	if err := f.Output(&b); err != nil {
		return nil, fmt.Errorf("pdfgen: %s: %w", d.Title, err)
	}
	return b.Bytes(), nil
}

func (p *sheet) scanPage(n int) ([]byte, error) {
	flat := image.NewGray(image.Rect(0, 0, scanWidth, scanHeight))
	draw.Draw(flat, flat.Bounds(), image.NewUniform(color.Gray{Y: 247}), image.Point{}, draw.Src)
	bold, err := typeface(gobold.TTF, 13)
	if err != nil {
		return nil, err
	}
	regular, err := typeface(goregular.TTF, 10.5)
	if err != nil {
		return nil, err
	}
	pen := &font.Drawer{Dst: flat, Src: image.NewUniform(color.Gray{Y: 40}), Face: bold}
	y := 200
	y = write(pen, p.d.Title, 150, y, 32)
	pen.Face = regular
	y = write(pen, fmt.Sprintf("%s, %s, Blatt %d", p.d.Body, p.d.Date.Format("02.01.2006"), n), 150, y+10, 28)
	texts := p.d.Text
	if n > 1 {
		texts = nil
	}
	for _, t := range texts {
		y = write(pen, t, 150, y+20, 28)
	}
	for y < scanHeight-330 {
		y = write(pen, p.filler(4), 150, y+20, 28)
	}
	return p.photocopy(flat, scanWidth-n)
}

// photocopy turns the page by up to one degree, adds a shadow at the edge and noise. width in pixels differs from page to page, because
// fpdf orders pictures by it and equal ones at random.
func (p *sheet) photocopy(flat *image.Gray, width int) ([]byte, error) {
	out := image.NewGray(flat.Bounds())
	draw.Draw(out, out.Bounds(), image.NewUniform(color.Gray{Y: 235}), image.Point{}, draw.Src)
	a := (p.rng.Float64() - 0.5) * 2 * math.Pi / 180
	s, c := math.Sin(a), math.Cos(a)
	cx, cy := float64(scanWidth)/2, float64(scanHeight)/2
	m := f64.Aff3{c, -s, cx - c*cx + s*cy, s, c, cy - s*cx - c*cy}
	draw.ApproxBiLinear.Transform(out, m, flat, flat.Bounds(), draw.Over, nil)
	for i := range out.Pix {
		v := int(out.Pix[i]) + p.rng.IntN(23) - 11
		if x := i % scanWidth; x < 40 {
			v -= 40 - x
		}
		out.Pix[i] = uint8(min(255, max(0, v)))
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, out.SubImage(image.Rect(0, 0, width, scanHeight)), &jpeg.Options{Quality: 55}); err != nil {
		return nil, fmt.Errorf("pdfgen: scan: %w", err)
	}
	return b.Bytes(), nil
}

func typeface(ttf []byte, points float64) (font.Face, error) {
	f, err := opentype.Parse(ttf)
	if err != nil {
		return nil, fmt.Errorf("pdfgen: font: %w", err)
	}
	return opentype.NewFace(f, &opentype.FaceOptions{Size: points, DPI: scanDPI, Hinting: font.HintingNone})
}

// write breaks text into lines of the page's width and returns the y after the last one.
func write(pen *font.Drawer, text string, x, y, lead int) int {
	line := ""
	flush := func() {
		pen.Dot = fixed.P(x, y)
		pen.DrawString(line)
		y += lead
		line = ""
	}
	for _, word := range strings.Fields(text) {
		if next := strings.TrimSpace(line + " " + word); pen.MeasureString(next).Ceil() <= scanWidth-300 {
			line = next
			continue
		}
		flush()
		line = word
	}
	flush()
	return y
}
