package front

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"codeberg.org/go-pdf/fpdf"

	"ris/documents/copies"
)

// Noto Sans has every letter of Latin, Greek and Cyrillic; its licence (SIL OFL 1.1) lies beside it.
//
//go:embed noto/NotoSans-Regular.ttf
var regular []byte

func bold() []byte { return copies.BoldFace() }

const (
	face = "noto"
	// millimetres
	left, top, right, bottom = 22.0, 20.0, 20.0, 22.0
	width                    = 210 - left - right
	numberWidth              = 15.0
	pageWidth                = 24.0
	height                   = 297.0
	point                    = 72 / 25.4
)

// sheet sets the pages.
type sheet struct {
	*fpdf.Fpdf
	agenda Agenda
	first  map[int]int
	links  []Link
	pages  []int // of the items
}

func (s *sheet) ink(r, g, b int) { s.SetTextColor(r, g, b) }
func (s *sheet) black()          { s.ink(20, 24, 28) }
func (s *sheet) grey()           { s.ink(88, 96, 105) }

func (s *sheet) head() {
	s.SetFont(face, "", 9.5)
	s.grey()
	s.line(s.agenda.Body+" · Sitzungsmappe", 5)
	s.Ln(4)
	s.black()
	s.SetFont(face, "B", 19)
	s.text(left, width, s.agenda.Meeting, 8.4)
	s.Ln(2)
	for _, f := range s.agenda.Facts {
		s.SetFont(face, "", 10)
		s.grey()
		y := s.GetY()
		s.SetXY(left, y)
		s.CellFormat(28, 5.4, printable(f[0]), "", 0, "L", false, 0, "")
		s.black()
		s.text(left+28, width-28, f[1], 5.4)
	}
	s.Ln(6)
	s.SetFont(face, "B", 13)
	s.line(Title, 7)
	s.rule(0.4)
	s.Ln(1.5)
}

func (s *sheet) rule(weight float64) {
	s.SetDrawColor(120, 128, 136)
	s.SetLineWidth(weight)
	s.Line(left, s.GetY(), left+width, s.GetY())
}

func (s *sheet) items() {
	both := false
	for _, it := range s.agenda.Items {
		both = both || it.NonPublic != s.agenda.Items[0].NonPublic
	}
	for i, it := range s.agenda.Items {
		if both && (i == 0 || it.NonPublic != s.agenda.Items[i-1].NonPublic) {
			s.part(it.NonPublic)
		}
		s.item(it)
	}
	if len(s.agenda.Items) == 0 {
		s.SetFont(face, "", 10)
		s.grey()
		s.line("Noch keine Tagesordnungspunkte.", 6)
	}
}

func (s *sheet) part(nonPublic bool) {
	text := "Öffentlicher Teil"
	if nonPublic {
		text = "Nichtöffentlicher Teil"
	}
	s.room(26)
	s.Ln(3)
	s.SetFont(face, "B", 10)
	s.grey()
	s.line(text, 6)
	s.black()
}

func (s *sheet) item(it Item) {
	s.SetFont(face, "B", 10.5)
	lines := len(s.split(it.Name, width-numberWidth))
	need := float64(lines)*5.2 + 6
	if len(it.Papers) > 0 {
		need += 12
	}
	s.room(need)
	s.pages = append(s.pages, s.PageNo())
	s.Ln(2.2)
	s.black()
	y := s.GetY()
	s.SetXY(left, y)
	number := printable(it.Number)
	if number == "" {
		number = "–"
	}
	s.CellFormat(numberWidth, 5.2, number, "", 0, "L", false, 0, "")
	s.text(left+numberWidth, width-numberWidth, it.Name, 5.2)
	for _, p := range it.Papers {
		s.paper(p)
	}
	s.Ln(1.2)
	s.rule(0.1)
}

func (s *sheet) paper(p Paper) {
	s.room(13)
	s.Ln(0.8)
	name := strings.TrimSpace(p.Reference + "  " + p.Name)
	if len(p.Files) == 1 { // one row says it all
		only := p.Files[0]
		only.Name = name
		s.file(only, 0, 9.5)
		return
	}
	s.SetFont(face, "", 9.5)
	s.black()
	s.text(left+numberWidth, width-numberWidth-pageWidth, name, 4.8)
	for _, f := range p.Files {
		if f.Name == p.Name {
			f.Name = MainName
		}
		s.file(f, 4, 9)
	}
}

// file is one row: what it is, how long, and where it begins. The row is a link.
func (s *sheet) file(f File, indent, size float64) {
	const high = 5.0
	s.SetFont(face, "", size)
	room := width - numberWidth - indent - pageWidth - 22
	if f.Part == 0 {
		room = width - numberWidth - indent
		f.Name += " (" + f.Note + ")"
	}
	lines := s.split(f.Name, room)
	s.room(float64(len(lines)) * high)
	begin := s.GetY()
	if f.Part > 0 {
		s.ink(11, 90, 143)
	} else {
		s.grey()
	}
	for i, l := range lines {
		s.SetXY(left+numberWidth+indent, begin+float64(i)*high)
		s.CellFormat(room, high, l, "", 0, "L", false, 0, "")
	}
	if f.Part > 0 {
		s.grey()
		s.SetFont(face, "", 9)
		s.SetXY(left+width-pageWidth-22, begin)
		s.CellFormat(22, high, pages(f.Pages), "", 0, "R", false, 0, "")
		s.ink(11, 90, 143)
		s.CellFormat(pageWidth, high, "Seite "+strconv.Itoa(s.first[f.Part]), "", 0, "R", false, 0, "")
	}
	end := begin + float64(len(lines))*high
	if f.Part > 0 {
		s.links = append(s.links, Link{Page: s.PageNo(), Part: f.Part,
			Box: [4]float64{(left + numberWidth) * point, (height - end) * point, (left + width) * point, (height - begin) * point}})
	}
	s.SetXY(left, end)
	s.black()
}

func pages(n int) string {
	if n == 1 {
		return "1 Seite"
	}
	return fmt.Sprintf("%d Seiten", n)
}

// room begins a new page when less than need millimetres are left.
func (s *sheet) room(need float64) {
	if s.GetY()+need > height-bottom {
		s.AddPage()
		s.SetFont(face, "", 9)
		s.grey()
		s.line(s.agenda.Meeting+" · "+Title+" (Fortsetzung)", 5)
		s.rule(0.1)
		s.Ln(2)
		s.black()
	}
}

// foot is the page's number as its label has it.
func (s *sheet) foot() {
	s.SetXY(left, height-14)
	s.SetFont(face, "", 8.5)
	s.grey()
	s.CellFormat(width, 5, roman(s.PageNo()), "", 0, "C", false, 0, "")
}

// line is one line that is cut when it is too long.
func (s *sheet) line(text string, high float64) {
	lines := s.split(text, width)
	if len(lines) > 1 {
		lines[0] += " …"
	}
	s.SetX(left)
	s.CellFormat(width, high, lines[0], "", 1, "L", false, 0, "")
}

// text is as many lines as it needs, at most a dozen.
func (s *sheet) text(x, w float64, text string, high float64) {
	for _, l := range s.split(text, w) {
		s.SetX(x)
		s.CellFormat(w, high, l, "", 1, "L", false, 0, "")
	}
}

const mostLines = 12

func (s *sheet) split(text string, w float64) []string {
	text = printable(text)
	if text == "" {
		return []string{""}
	}
	lines := s.SplitText(text, w)
	if len(lines) > mostLines {
		lines = append(lines[:mostLines-1], lines[mostLines-1]+" …")
	}
	return lines
}

// printable is the text in one line, with a box for what lies outside of Unicode's first plane: the font has none of it, and the
// library cannot measure it.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if r > 0xFFFF || r == utf8.RuneError {
			return '□'
		}
		return r
	}, strings.Join(strings.Fields(text), " "))
}

func roman(n int) string {
	out := ""
	for _, d := range []struct {
		value int
		sign  string
	}{{100, "c"}, {90, "xc"}, {50, "l"}, {40, "xl"}, {10, "x"}, {9, "ix"}, {5, "v"}, {4, "iv"}, {1, "i"}} {
		for n >= d.value {
			n -= d.value
			out += d.sign
		}
	}
	return out
}
