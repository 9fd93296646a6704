package documentsbench

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"strings"

	"codeberg.org/go-pdf/fpdf"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goitalic"
	"golang.org/x/image/font/gofont/goregular"

	"ris/documents/pdf/pdftest"
)

// The measured files carry the names of the measured design: r10, r100 and r500 are reports of an office program with embedded parts
// of three fonts and words placed one by one (0.1, 0.5 and 2.3 MB), scan60 is 60 noisy pictures (46 MB), mixed has each size and
// rotation that papers come in.

const seedOfFiles = 20261121

// report is an office report of n pages, about 3,000 letters each.
func report(n int) []byte { return reportOf(n, 1) }

// reportOf is one of many such reports, told apart by a number.
func reportOf(n int, number uint64) []byte {
	f := fpdf.New("P", "mm", "A4", "")
	f.SetAutoPageBreak(false, 0)
	f.SetTitle("Bericht", true)
	for style, ttf := range map[string][]byte{"": goregular.TTF, "B": gobold.TTF, "I": goitalic.TTF} {
		f.AddUTF8FontFromBytes("go", style, ttf)
	}
	r := rand.New(rand.NewPCG(seedOfFiles, number))
	words := strings.Fields(vocabulary)
	for page := range n {
		f.AddPage()
		f.SetFont("go", "B", 14)
		f.Text(20, 22, fmt.Sprintf("%d. %s", page+1, words[r.IntN(len(words))]))
		for line := range 40 {
			f.SetFont("go", []string{"", "", "", "I"}[r.IntN(4)], 9.5)
			x, y := 20.0, 32+float64(line)*5.4
			for x < 172 { // an office program places each word by itself in a justified line
				word := words[r.IntN(len(words))]
				f.Text(x, y, word)
				x += f.GetStringWidth(word) + 1.6 + r.Float64()*1.2
			}
		}
	}
	var b bytes.Buffer
	if err := f.Output(&b); err != nil {
		panic(err) // our own text on our own page
	}
	return b.Bytes()
}

const vocabulary = `Der Ausschuss für Umwelt und Stadtentwicklung empfiehlt dem Rat die Straßenbeleuchtung im Ortsteil bis zum Jahresende zu erneuern
Die Mittel stehen im Haushaltsplan bereit Verwaltung wird beauftragt Öffentlichkeitsbeteiligung durchzuführen und über das Ergebnis zu berichten
Anregungen der Bürgerinnen und Bürger werden in der Begründung berücksichtigt Neubau Kindertageseinrichtung Gesamtkosten in Höhe von 4.250.000 Euro
Land übernimmt einen Anteil von 60 vom Hundert Grundstücksverhältnisse sind geklärt Gemäß der Geschäftsordnung ist die Vorlage in nichtöffentlicher
Sitzung zu beraten weil schutzwürdige Belange Einzelner berührt sein können Bebauungsplan Nr. 17 Gewerbegebiet Aufstellungsbeschluss Erschließung`

// scan is n noisy pages of pictures. Four pictures are drawn; each page's is its own by a comment in the JPEG, so that no program
// stores it once.
func scan(n int) []byte { return pictured(n, jpegs(pdftest.Scan(4, 200))) }

// pictured is n pages of these pictures in turn.
func pictured(n int, pictures [][]byte) []byte {
	objects := map[int]string{1: "<</Type/Catalog/Pages 2 0 R>>"}
	var kids []string
	for page := range n {
		at := 10 + 3*page
		picture := pictures[page%len(pictures)]
		comment := fmt.Appendf([]byte{0xff, 0xfe}, "")
		text := fmt.Sprintf("page %d", page)
		comment = append(binary.BigEndian.AppendUint16(comment, uint16(len(text)+2)), text...)
		own := string(picture[:2]) + string(comment) + string(picture[2:])
		w, h, colours := jpegFrame(picture)
		objects[at] = fmt.Sprintf("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources<</XObject<</I %d 0 R>>>>>>", at+1, at+2)
		objects[at+1] = pdftest.Stream("", "q 595 0 0 842 0 0 cm /I Do Q")
		objects[at+2] = pdftest.Stream(fmt.Sprintf("/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8/ColorSpace/%s/Filter/DCTDecode", w, h, colours), own)
		kids = append(kids, fmt.Sprintf("%d 0 R", at))
	}
	objects[2] = fmt.Sprintf("<</Type/Pages/Kids[%s]/Count %d>>", strings.Join(kids, " "), n)
	return pdftest.Raw(objects)
}

// jpegs cuts the pictures out of a document.
func jpegs(pdf []byte) (out [][]byte) {
	for {
		start := bytes.Index(pdf, []byte("\xff\xd8\xff"))
		if start < 0 {
			return out
		}
		pdf = pdf[start:]
		end := bytes.Index(pdf, []byte("\nendstream"))
		if end < 0 {
			return out
		}
		out = append(out, pdf[:end])
		pdf = pdf[end:]
	}
}

// jpegFrame reads the frame header (ITU-T T.81, B.2.2): pixels, and the colour space by the number of components.
func jpegFrame(b []byte) (w, h int, colours string) {
	i := bytes.Index(b, []byte{0xff, 0xc0})
	if i < 0 || i+10 > len(b) {
		panic("our own picture has no frame")
	}
	colours = "DeviceGray"
	if b[i+9] == 3 {
		colours = "DeviceRGB"
	}
	return int(binary.BigEndian.Uint16(b[i+7:])), int(binary.BigEndian.Uint16(b[i+5:])), colours
}

// made makes the file of a name.
func made(name string) []byte {
	switch name {
	case "r10":
		return report(10)
	case "r100":
		return report(100)
	case "r500":
		return report(500)
	case "scan60":
		return scan(60)
	case "mixed":
		return pdftest.Mixed()
	}
	panic("no file " + name)
}
