package pipeline_test

import (
	"bytes"
	"fmt"
	"image"
	"image/draw"
	"image/jpeg"
	"image/png"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"ris/app/council"
	"ris/documents/pdf/pdftest"
	"ris/documents/pipeline"
	"ris/documents/recognise"
	"ris/documents/trace"
)

// madePictures are personal copies as they come back from paper or a screen: drawn at 100 to 200 dpi, turned by any quarter and up to
// four degrees more, seen from the side, blurred, noisy, unevenly lit, and packed as JPEG.
const (
	madePictures = 20
	// leastRead is how many of them must lead to the right person; TestCodesAreReadFromPictures prints how many did.
	leastRead = 12
)

func TestCodesAreReadFromPictures(t *testing.T) {
	reader, err := recognise.New(recognise.Config{})
	if err != nil {
		t.Skip(err)
	}
	if _, err := exec.LookPath("pdftoppm"); err != nil {
		t.Skip("pdftoppm is not installed")
	}
	if testing.Short() || raceDetector {
		t.Skip("takes minutes")
	}
	step := 1
	if os.Getenv("RIS_LONG") == "" { // make test-documents takes all
		step = 7
	}
	b := open(t)
	tracing := &pipeline.Tracing{Pipeline: b.Pipeline, Reader: reader}
	version := council.ID("00000000-0000-7000-8000-999999999999")
	r := b.processAs(t, pdftest.Report(3), council.Standard)
	if r.Refused != "" {
		t.Fatal(r.Refused)
	}
	read, tried := 0, 0
	for n := 0; n < madePictures; n += step {
		tried++
		own, code := b.copyOf(t, r.Prepared, version, n)
		dpi := []int{100, 120, 150, 200}[n*4/madePictures]
		hard := float64(n%5) / 4 // 0 a good scan, 1 a bad photo
		photo := distorted(drawn(t, own, 1+n%3, dpi), rand.New(rand.NewPCG(uint64(n), 7)), 0.2+0.8*hard)
		path := filepath.Join(t.TempDir(), "photo.jpg")
		var packed bytes.Buffer
		if err := jpeg.Encode(&packed, photo, &jpeg.Options{Quality: 85 - int(35*hard)}); err != nil {
			t.Fatal(err)
		}
		save(t, path, packed.Bytes())
		if dir := os.Getenv("RIS_KEEP_PICTURES"); dir != "" {
			save(t, filepath.Join(dir, fmt.Sprintf("photo-%02d.jpg", n)), packed.Bytes())
		}
		e := readMarks(t, tracing, path)
		found := lookUp(e, version, 0, nil)
		switch {
		case len(found) == 1 && found[0].Receipt.Person == person(n):
			read++
			t.Logf("picture %2d, %d dpi, hardness %.2f: read %s (chance %.1g)", n, dpi, hard, found[0].Code+" "+code, found[0].Chance)
		case len(found) > 0:
			t.Errorf("picture %d leads to somebody else: %+v", n, found) // worse than none
		default:
			t.Logf("picture %2d, %d dpi, hardness %.2f: not read; codes seen %v, printed %s", n, dpi, hard, e.Codes, code)
		}
	}
	t.Logf("%d of %d made pictures lead to the right person", read, tried)
	if read*madePictures < leastRead*tried {
		t.Errorf("only %d of %d pictures were read, want %d of %d", read, tried, leastRead, madePictures)
	}
}

// A scan in a PDF, and a PNG of the screen, are read as well; without a reader the answer says why nothing was.
func TestScansInFilesAreRead(t *testing.T) {
	reader, err := recognise.New(recognise.Config{})
	if err != nil {
		t.Skip(err)
	}
	b := open(t)
	version := council.ID("00000000-0000-7000-8000-999999999999")
	r := b.processAs(t, pdftest.Report(2), council.Standard)
	own, _ := b.copyOf(t, r.Prepared, version, 8)
	page := drawn(t, own, 2, 150)
	var shot bytes.Buffer
	if err := png.Encode(&shot, page); err != nil {
		t.Fatal(err)
	}
	var photo bytes.Buffer
	if err := jpeg.Encode(&photo, page, nil); err != nil {
		t.Fatal(err)
	}
	scan := pdftest.Raw(map[int]string{1: "<</Type/Catalog/Pages 2 0 R>>", 2: "<</Type/Pages/Kids[3 0 R]/Count 1>>",
		3: "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>",
		4: pdftest.Stream("", "q 595 0 0 842 0 0 cm /I Do Q"),
		5: pdftest.Stream(fmt.Sprintf("/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/DCTDecode",
			page.Rect.Dx(), page.Rect.Dy()), photo.String())})
	for name, file := range map[string][]byte{"screen": shot.Bytes(), "scan": scan} {
		t.Run(name, func(t *testing.T) {
			path := write(t, file)
			e := readMarks(t, &pipeline.Tracing{Pipeline: b.Pipeline, Reader: reader}, path)
			if found := lookUp(e, version, 0, nil); len(found) != 1 || found[0].Receipt.Person != person(8) || found[0].Ways[0] != trace.WayPicture {
				t.Errorf("found %+v in %+v", found, e)
			}
			e = readMarks(t, &pipeline.Tracing{Pipeline: b.Pipeline}, path)
			if len(e.Codes) > 0 || !strings.Contains(strings.Join(e.Unclear, " "), trace.UnclearReader) {
				t.Errorf("without a reader: %+v", e)
			}
		})
	}
}

// drawn is a page as poppler draws it, grey.
func drawn(t testing.TB, path string, page, dpi int) *image.Gray {
	t.Helper()
	out := filepath.Join(t.TempDir(), "page")
	tool(t, "pdftoppm", "-png", "-gray", "-singlefile", "-f", fmt.Sprint(page), "-l", fmt.Sprint(page), "-r", fmt.Sprint(dpi), path, out)
	m, err := png.Decode(bytes.NewReader(load(t, out+".png")))
	if err != nil {
		t.Fatal(err)
	}
	g := image.NewGray(m.Bounds())
	draw.Draw(g, g.Rect, m, m.Bounds().Min, draw.Src)
	return g
}

// distorted is the picture as a camera sees it.
func distorted(g *image.Gray, r *rand.Rand, hard float64) *image.Gray {
	w, h := float64(g.Rect.Dx()), float64(g.Rect.Dy())
	off := func(by float64) float64 { return (2*r.Float64() - 1) * by * hard }
	angle := off(4) * math.Pi / 180
	var corners [4][2]float64
	for i, c := range [4][2]float64{{0, 0}, {w, 0}, {w, h}, {0, h}} {
		x, y := c[0]-w/2, c[1]-h/2
		sin, cos := math.Sincos(angle)
		corners[i] = [2]float64{w/2 + (x*cos-y*sin)*(1+off(0.02)), h/2 + (x*sin+y*cos)*(1+off(0.02))}
	}
	at := func(x, y float64) float64 {
		ix, iy := int(math.Floor(x)), int(math.Floor(y))
		if ix < 0 || iy < 0 || ix+1 >= g.Rect.Dx() || iy+1 >= g.Rect.Dy() {
			return 110 // the table
		}
		fx, fy, k := x-float64(ix), y-float64(iy), iy*g.Stride+ix
		return (float64(g.Pix[k])*(1-fx)+float64(g.Pix[k+1])*fx)*(1-fy) + (float64(g.Pix[k+g.Stride])*(1-fx)+float64(g.Pix[k+g.Stride+1])*fx)*fy
	}
	lightX, lightY := r.Float64()-0.5, r.Float64()-0.5
	out := image.NewGray(g.Rect)
	for y := range g.Rect.Dy() {
		for x := range g.Rect.Dx() {
			u, v := float64(x)/w, float64(y)/h
			px := (1-u)*(1-v)*corners[0][0] + u*(1-v)*corners[1][0] + u*v*corners[2][0] + (1-u)*v*corners[3][0]
			py := (1-u)*(1-v)*corners[0][1] + u*(1-v)*corners[1][1] + u*v*corners[2][1] + (1-u)*v*corners[3][1]
			blur := 0.6 * hard
			seen := (at(px-blur, py-blur) + at(px+blur, py-blur) + at(px-blur, py+blur) + at(px+blur, py+blur)) / 4
			seen = seen*(1-0.25*hard*(0.5+2*lightX*(u-0.5)+2*lightY*(v-0.5))) + r.NormFloat64()*6*hard
			out.Pix[y*out.Stride+x] = byte(max(0, min(255, seen)))
		}
	}
	for range r.IntN(4) {
		turned := image.NewGray(image.Rect(0, 0, out.Rect.Dy(), out.Rect.Dx()))
		for y := range out.Rect.Dy() {
			for x := range out.Rect.Dx() {
				turned.Pix[x*turned.Stride+out.Rect.Dy()-1-y] = out.Pix[y*out.Stride+x]
			}
		}
		out = turned
	}
	return out
}
