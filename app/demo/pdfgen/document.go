package pdfgen

import (
	"bytes"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"time"

	"codeberg.org/go-pdf/fpdf"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goitalic"
	"golang.org/x/image/font/gofont/goregular"
)

// Document describes one PDF. Kind is one of the Kind constants; Pages is the least number of pages, 1 to 500.
type Document struct {
	Kind       Kind
	Body       string // "Stadt Auenrode"
	Title      string
	Reference  string
	PaperType  string
	Department string
	Date       time.Time
	NonPublic  bool
	Proposal   string
	Text       []string
	Stops      [][3]string // Beratungsfolge: organization, day, role
	Pages      int
	Phrases    Phrases
}

// Kind says how a document is set.
type Kind string

const (
	Letter  Kind = "vorlage" // cover, proposal, reasons
	Report  Kind = "report"  // chapters of running text
	Statute Kind = "statute" // paragraphs
	Table   Kind = "table"   // portrait tables
	Budget  Kind = "budget"  // landscape tables of money
	Plan    Kind = "plan"    // A3 landscape drawing
	Scan    Kind = "scan"    // pictures of pages, no text layer
)

// Phrases are the town's own stock sentences and words.
type Phrases struct {
	Sentences []string `json:"sentences"`
	Headings  []string `json:"headings"`
	Statute   []string `json:"statute"`
	Products  []string `json:"products"`
	Accounts  []string `json:"accounts"`
	Rows      []string `json:"rows"`
}

// Make sets the document and returns the PDF's bytes.
func Make(d Document) ([]byte, error) {
	if d.Kind == Scan {
		return makeScan(d)
	}
	p := newSheet(d)
	switch d.Kind {
	case Letter:
		p.letter()
	case Report:
		p.report()
	case Statute:
		p.statute()
	case Table:
		p.table()
	case Budget:
		p.budget()
	case Plan:
		p.plan()
	default:
		return nil, fmt.Errorf("pdfgen: unknown kind %q", d.Kind)
	}
	return p.bytes()
}

// sheet is one document in the making; all lengths are millimetres.
type sheet struct {
	*fpdf.Fpdf
	d   Document
	rng *rand.Rand
}

const face = "Go"

func newSheet(d Document) *sheet {
	orientation, size := "P", "A4"
	switch d.Kind {
	case Budget:
		orientation = "L"
	case Plan:
		orientation, size = "L", "A3"
	}
	f := fpdf.New(orientation, "mm", size, "")
	f.SetCreationDate(d.Date)
	f.SetModificationDate(d.Date)
	f.SetCatalogSort(true)
	f.SetTitle(d.Title, true)
	f.SetAuthor(d.Body, true)
	f.SetLang("de-DE")
	f.AddUTF8FontFromBytes(face, "", goregular.TTF)
	f.AddUTF8FontFromBytes(face, "B", gobold.TTF)
	f.AddUTF8FontFromBytes(face, "I", goitalic.TTF)
	f.SetMargins(25, 22, 20)
	f.SetAutoPageBreak(true, 22)
	f.AliasNbPages("{alle}")
	p := &sheet{Fpdf: f, d: d, rng: seeded(d)}
	f.SetHeaderFunc(p.header)
	f.SetFooterFunc(p.footer)
	f.AddPage()
	return p
}

func seeded(d Document) *rand.Rand {
	h := fnv.New64a()
	_, _ = h.Write([]byte(string(d.Kind) + d.Reference + d.Title))
	return rand.New(rand.NewPCG(h.Sum64(), 47))
}

func (p *sheet) header() {
	if p.PageNo() == 1 && p.d.Kind == Letter {
		return
	}
	p.SetFont(face, "", 8.5)
	p.SetTextColor(90, 90, 90)
	w, _ := p.GetPageSize()
	p.SetXY(25, 11)
	p.CellFormat(w-45, 5, p.d.Body+"  ·  "+p.d.Reference, "", 0, "L", false, 0, "")
	p.SetDrawColor(170, 170, 170)
	p.Line(25, 17, w-20, 17)
	p.SetTextColor(0, 0, 0)
	p.SetXY(25, 22)
}

func (p *sheet) footer() {
	w, _ := p.GetPageSize()
	p.SetXY(25, -14)
	p.SetFont(face, "", 8.5)
	p.SetTextColor(90, 90, 90)
	p.CellFormat((w-45)/2, 5, p.d.Title, "", 0, "L", false, 0, "")
	p.CellFormat((w-45)/2, 5, fmt.Sprintf("Seite %d von {alle}", p.PageNo()), "", 0, "R", false, 0, "")
	p.SetTextColor(0, 0, 0)
}

func (p *sheet) heading(text string, size float64) {
	p.Ln(3)
	p.SetFont(face, "B", size)
	p.MultiCell(0, size*0.48, text, "", "L", false)
	p.Ln(1.5)
}

func (p *sheet) paragraph(text string) {
	p.SetFont(face, "", 10.5)
	p.MultiCell(0, 5.3, text, "", "L", false)
	p.Ln(2)
}

// filler is a paragraph of n stock sentences, never the same sentence twice in a row.
func (p *sheet) filler(n int) string {
	var b bytes.Buffer
	last := -1
	for range n {
		i := p.rng.IntN(len(p.d.Phrases.Sentences))
		if i == last {
			i = (i + 1) % len(p.d.Phrases.Sentences)
		}
		last = i
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(p.d.Phrases.Sentences[i])
	}
	return b.String()
}

func (p *sheet) bytes() ([]byte, error) {
	var b bytes.Buffer
	if err := p.Output(&b); err != nil {
		return nil, fmt.Errorf("pdfgen: %s: %w", p.d.Title, err)
	}
	return b.Bytes(), nil
}
