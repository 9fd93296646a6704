package pdftest

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	"math/rand/v2"
	"strings"

	"github.com/go-pdf/fpdf"
	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// vocabulary are words of council papers, and where their syllables end: "Be-schluss-vor-la-ge" is torn at one of the dashes.
var vocabulary = strings.Fields(`Be-schluss-vor-la-ge Öf-fent-lich-keits-be-tei-li-gung Stra-ßen-be-leuch-tung Haus-halts-sat-zung Bür-ger-meis-te-rin
	Be-bau-ungs-plan Grund-stücks-ver-hält-nis-se Ge-neh-mi-gung Ver-wal-tung Aus-schuss Käm-me-rei Schul-ent-wick-lung Ab-was-ser-be-sei-ti-gung
	Nie-der-schrift Ge-schäfts-ord-nung Feu-er-wehr-be-darfs-plan Kin-der-ta-ges-ein-rich-tung Wirt-schafts-för-de-rung Um-welt-prü-fung Er-schlie-ßung
	Denk-mal-schutz Ver-pflich-tungs-er-mäch-ti-gun-gen Ei-gen-be-trieb Flä-chen-nut-zungs-plan Pflicht-auf-ga-ben Über-prü-fung Zu-wen-dungs-be-scheid
	der die das und für mit über wird sind nach durch gemäß auf von zur dem eine einer nicht auch als zum Rat Euro Mittel Jahr Plan Antrag beschließt empfiehlt
	stellt fest be-auf-tragt ge-än-dert zu-ge-stimmt ab-ge-lehnt öf-fent-lich nicht-öf-fent-lich E-Mail 2026 4.250.000 20/6415 Nord-Süd-Achse`)

// Hyphenated is a report of n A4 pages in justified text whose words are torn at line ends, with a running head and page numbers, and
// the words of its text, whole and in order. The same n gives the same bytes.
func Hyphenated(n int) (file []byte, words []string) {
	f := fpdf.New("P", "pt", "A4", "")
	latin := f.UnicodeTranslatorFromDescriptor("cp1252")
	f.SetAutoPageBreak(false, 0)
	f.SetFont("Times", "", 11)
	r := rand.New(rand.NewPCG(7, uint64(n)))
	const left, right, lines = 70.0, 525.0, 48
	rest := "" // of a torn word, for the next line
	var pending []string
	for page := range n {
		f.AddPage()
		f.SetFont("Times", "", 9)
		f.Text(left, 40, latin("Stadt Musterhausen · Bericht zur Haushaltsführung"))
		f.Text(290, 815, latin(fmt.Sprintf("Seite %d von %d", page+1, n)))
		f.SetFont("Times", "", 11)
		for line := range lines {
			var parts []string
			width := 0.0
			if rest != "" {
				parts, width, rest = append(parts, rest), f.GetStringWidth(latin(rest)), ""
			}
			for {
				w := ""
				if len(pending) > 0 {
					w, pending = pending[0], pending[1:]
				} else {
					w = vocabulary[r.IntN(len(vocabulary))]
				}
				whole := plain(w)
				space := 2.75 * float64(len(parts))
				if width+space+f.GetStringWidth(latin(whole)) <= right-left {
					parts, width, words = append(parts, whole), width+f.GetStringWidth(latin(whole)), append(words, whole)
					continue
				}
				last := line == lines-1 // a page ends with a whole word: pages are indexed one by one
				head, tail := "", ""
				if !last {
					head, tail = tear(w, func(s string) bool { return width+space+f.GetStringWidth(latin(s)) <= right-left })
				}
				if head != "" {
					parts, width, words, rest = append(parts, head), width+f.GetStringWidth(latin(head)), append(words, whole), tail
				} else {
					pending = append(pending, w)
				}
				break
			}
			gap := 0.0
			if len(parts) > 1 {
				gap = min(12, (right-left-width)/float64(len(parts)-1))
			}
			x := left
			for _, p := range parts {
				f.Text(x, 70+float64(line)*15, latin(p))
				x += f.GetStringWidth(latin(p)) + gap
			}
		}
	}
	return output(f), words
}

// plain is a word without its marks of syllables; written hyphens stay ("E-Mail", "Nord-Süd-Achse": their parts begin with capitals).
func plain(w string) string {
	parts := strings.Split(w, "-")
	out := parts[0]
	for _, p := range parts[1:] {
		if p != "" && p[0] >= 'A' && p[0] <= 'Z' {
			out += "-"
		}
		out += p
	}
	return out
}

// tear finds the longest beginning of a word that fits with its hyphen; at least two letters stay on each side.
func tear(w string, fits func(string) bool) (head, tail string) {
	parts := strings.Split(w, "-")
	for i := len(parts) - 1; i > 0; i-- {
		h := plain(strings.Join(parts[:i], "-"))
		t := plain(strings.Join(parts[i:], "-"))
		if len(h) < 2 || len(t) < 2 {
			continue
		}
		if fits(h + "-") {
			return h + "-", t
		}
	}
	return "", ""
}

// PrintedScan is a page of text as a noisy picture (JPEG, dpi pixels per inch), put into the scanner turned clockwise by a multiple of 90
// degrees, and shown with the /Rotate given. It answers the lines that stand on it.
func PrintedScan(lines []string, dpi, turned, rotate int) []byte {
	face := printFace(dpi)
	page := image.NewGray(image.Rect(0, 0, 827*dpi/100, 1169*dpi/100))
	r := rand.New(rand.NewPCG(3, uint64(dpi)))
	for i := range page.Pix {
		page.Pix[i] = 238 + uint8(r.IntN(17))
	}
	d := font.Drawer{Dst: page, Src: image.Black, Face: face}
	for i, l := range lines {
		d.Dot = fixed.P(90*dpi/100, (110+i*26)*dpi/100)
		d.DrawString(l)
	}
	for i, v := range page.Pix { // the grain of a scanner over paper and ink alike
		page.Pix[i] = uint8(max(0, min(255, int(v)+r.IntN(31)-15)))
	}
	picture := page
	for range (turned%360 + 360) % 360 / 90 {
		picture = quarter(picture)
	}
	var b bytes.Buffer
	_ = jpeg.Encode(&b, picture, &jpeg.Options{Quality: 85}) // a buffer takes everything
	w, h := float64(picture.Rect.Dx())*72/float64(dpi), float64(picture.Rect.Dy())*72/float64(dpi)
	return Raw(map[int]string{1: "<</Type/Catalog/Pages 2 0 R>>", 2: "<</Type/Pages/Kids[3 0 R]/Count 1>>",
		3: fmt.Sprintf("<</Type/Page/Parent 2 0 R/MediaBox[0 0 %.2f %.2f]/Rotate %d/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>", w, h, rotate),
		4: Stream("", fmt.Sprintf("q %.2f 0 0 %.2f 0 0 cm /I Do Q", w, h)),
		5: Stream(fmt.Sprintf("/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/DCTDecode", picture.Rect.Dx(), picture.Rect.Dy()), b.String())})
}

func printFace(dpi int) font.Face {
	f, err := opentype.Parse(goregular.TTF)
	if err != nil {
		panic(err) // the font is part of the program
	}
	face, err := opentype.NewFace(f, &opentype.FaceOptions{Size: 11, DPI: float64(dpi)})
	if err != nil {
		panic(err)
	}
	return face
}

func quarter(p *image.Gray) *image.Gray {
	w, h := p.Rect.Dx(), p.Rect.Dy()
	out := image.NewGray(image.Rect(0, 0, h, w))
	for y := range h {
		for x := range w {
			out.Pix[x*out.Stride+h-1-y] = p.Pix[y*p.Stride+x]
		}
	}
	return out
}
