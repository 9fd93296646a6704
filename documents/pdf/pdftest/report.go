package pdftest

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"math/rand/v2"

	"github.com/go-pdf/fpdf"
)

var paragraphs = []string{
	"Der Ausschuss für Umwelt und Stadtentwicklung empfiehlt dem Rat, die Straßenbeleuchtung im Ortsteil bis zum Jahresende zu erneuern. Die Mittel stehen im Haushaltsplan bereit.",
	"Die Verwaltung wird beauftragt, die Öffentlichkeitsbeteiligung durchzuführen und über das Ergebnis zu berichten. Anregungen der Bürgerinnen und Bürger werden in der Begründung berücksichtigt.",
	"Für den Neubau der Kindertageseinrichtung entstehen Gesamtkosten in Höhe von 4.250.000 Euro; davon übernimmt das Land einen Anteil von 60 vom Hundert. Die Grundstücksverhältnisse sind geklärt.",
	"Gemäß der Geschäftsordnung ist die Vorlage in nichtöffentlicher Sitzung zu beraten, weil schutzwürdige Belange Einzelner berührt sein können.",
}

// Report is a text document of n A4 pages, about 3,000 letters each, in two fonts, deflated.
func Report(n int) []byte {
	f := fpdf.New("P", "mm", "A4", "")
	latin := f.UnicodeTranslatorFromDescriptor("cp1252")
	f.SetAutoPageBreak(false, 0)
	f.SetTitle("Bericht", true)
	for page := range n {
		f.AddPage()
		f.SetFont("Helvetica", "B", 14)
		f.Cell(0, 10, latin(fmt.Sprintf("Seite %d: Beschlussvorlage für den Rat", page+1)))
		f.Ln(12)
		f.SetFont("Times", "", 11)
		for i := range 18 {
			f.MultiCell(0, 4.6, latin(paragraphs[(page+i)%len(paragraphs)]), "", "J", false)
			f.Ln(0.8)
		}
	}
	return output(f)
}

// Scan is n pages that are nothing but a noisy picture (JPEG, dpi pixels per inch).
func Scan(n, dpi int) []byte {
	f := fpdf.New("P", "mm", "A4", "")
	for page := range n {
		f.AddPage()
		img := image.NewGray(image.Rect(0, 0, 827*dpi/100, 1169*dpi/100))
		r := rand.New(rand.NewPCG(1, uint64(page)))
		for i := range img.Pix {
			img.Pix[i] = 235 + uint8(r.IntN(20))
		}
		for line := range 40 {
			for x := 80 * dpi / 100; x < 740*dpi/100; x++ {
				if r.IntN(3) == 0 {
					for y := range 8 {
						img.SetGray(x, (100+line*25)*dpi/100+y, color.Gray{Y: 40})
					}
				}
			}
		}
		var b bytes.Buffer
		_ = jpeg.Encode(&b, img, &jpeg.Options{Quality: 80}) // a buffer takes everything
		name := fmt.Sprint("page", page)
		f.RegisterImageOptionsReader(name, fpdf.ImageOptions{ImageType: "JPG"}, &b)
		f.ImageOptions(name, 0, 0, 210, 297, false, fpdf.ImageOptions{}, 0, "")
	}
	return output(f)
}

func output(f *fpdf.Fpdf) []byte {
	var b bytes.Buffer
	if err := f.Output(&b); err != nil {
		panic(err) // a test's own fault
	}
	return b.Bytes()
}

// Mixed has each page size, box and rotation that papers come in, two dark pages among them.
func Mixed() []byte {
	dark := "q 0.1 g -5000 -5000 20000 20000 re f Q "
	var pages []Page
	for _, r := range []int{0, 90, 180, 270, -90, 450} {
		pages = append(pages, Page{MediaBox: "0 0 595 842", Rotate: r, Content: Words(fmt.Sprintf("A4 gedreht um %d", r))})
	}
	return Pages(append(pages,
		Page{MediaBox: "0 0 1191 842", Content: Words("A3 quer")},
		Page{MediaBox: "0 0 2384 3370", Content: Words("A0")},
		Page{MediaBox: "0 0 960 540", Content: dark + "1 g " + Words("16:9 dunkel")},
		Page{MediaBox: "0 0 595 842", Content: dark},
		Page{MediaBox: "-300 -400 295 442", Content: Words("Ursprung in der Mitte")},
		Page{MediaBox: "0 0 1000 1000", CropBox: "200 300 700 900", Content: Words("beschnitten")},
		Page{MediaBox: "0 0 600 600", CropBox: "-100 -100 300 5000", Rotate: 90, Content: Words("CropBox zu gross")},
		Page{MediaBox: "595 842 0 0", Content: Words("Ecken vertauscht")},
		Page{MediaBox: "0 0 595 842", CropBox: "10 10 10 10", Content: Words("leere CropBox")},
		Page{MediaBox: "0 0 40 30", Content: ""},
		Page{MediaBox: "0 0 595 842", Content: Words("Benutzereinheit"), More: "/UserUnit 2"},
	)...)
}
