package pdfgen

import "fmt"

// letter sets a Vorlage: head, Beratungsfolge, proposal, reasons, and stock text until Pages is reached.
func (p *sheet) letter() {
	d := p.d
	w, _ := p.GetPageSize()
	p.SetFillColor(11, 90, 143)
	p.Rect(25, 14, 3, 17, "F")
	p.SetXY(31, 14)
	p.SetFont(face, "B", 15)
	p.CellFormat(w-60, 8, d.Body, "", 2, "L", false, 0, "")
	p.SetFont(face, "", 9.5)
	p.CellFormat(w-60, 5, d.Department, "", 2, "L", false, 0, "")
	p.SetXY(25, 37)
	p.SetFont(face, "B", 13)
	p.CellFormat(95, 8, d.PaperType+" "+d.Reference, "", 0, "L", false, 0, "")
	p.SetFont(face, "", 10)
	status := "öffentlich"
	if d.NonPublic {
		status = "nichtöffentlich"
		p.SetFont(face, "B", 10)
	}
	p.CellFormat(0, 8, status, "", 1, "R", false, 0, "")
	p.SetFont(face, "", 9.5)
	p.CellFormat(0, 5, "Datum: "+d.Date.Format("02.01.2006"), "", 1, "L", false, 0, "")
	p.stops()
	p.heading(d.Title, 14)
	if d.Proposal != "" {
		label := "Beschlussvorschlag"
		switch d.PaperType {
		case "Anfrage":
			label = "Anfrage"
		case "Antrag":
			label = "Antrag"
		}
		p.heading(label, 11.5)
		p.paragraph(d.Proposal)
	}
	p.heading("Sachverhalt", 11.5)
	for _, t := range d.Text {
		p.paragraph(t)
	}
	p.paragraph(p.filler(3))
	if d.PaperType == "Beschlussvorlage" {
		p.money()
	}
	p.chapters()
	p.heading("Unterschrift", 11)
	p.paragraph("gez.\n" + d.Department)
}

func (p *sheet) stops() {
	if len(p.d.Stops) == 0 {
		return
	}
	p.Ln(3)
	p.SetFont(face, "B", 9)
	p.SetFillColor(232, 239, 245)
	for i, head := range []string{"Beratungsfolge", "Sitzung", "Zuständigkeit"} {
		p.CellFormat([]float64{85, 35, 45}[i], 6, head, "1", 0, "L", true, 0, "")
	}
	p.Ln(-1)
	p.SetFont(face, "", 9)
	for _, s := range p.d.Stops {
		for i, cell := range s {
			p.CellFormat([]float64{85, 35, 45}[i], 6, cell, "1", 0, "L", false, 0, "")
		}
		p.Ln(-1)
	}
}

func (p *sheet) money() {
	p.heading("Finanzielle Auswirkungen", 11.5)
	p.SetFont(face, "", 9.5)
	total := (20 + p.rng.IntN(900)) * 1000
	for _, row := range [][2]string{
		{"Gesamtaufwand", euro(total)},
		{"davon im laufenden Jahr", euro(total * 2 / 5)},
		{"Zuwendungen Dritter", euro(total * p.rng.IntN(60) / 100)},
		{"Jährliche Folgekosten", euro(total / 50)},
	} {
		p.CellFormat(85, 6, row[0], "1", 0, "L", false, 0, "")
		p.CellFormat(40, 6, row[1], "1", 1, "R", false, 0, "")
	}
	p.Ln(2)
}

// chapters fills with numbered chapters until the wanted number of pages is reached.
func (p *sheet) chapters() {
	for n := 0; p.PageNo() < p.d.Pages; n++ {
		p.heading(fmt.Sprintf("%d  %s", n+1, p.d.Phrases.Headings[n%len(p.d.Phrases.Headings)]), 11.5)
		for range 2 + p.rng.IntN(3) {
			p.paragraph(p.filler(3 + p.rng.IntN(4)))
		}
	}
}

func (p *sheet) report() {
	p.heading(p.d.Title, 18)
	p.paragraph(p.d.Body + ", Stand " + p.d.Date.Format("02.01.2006"))
	for _, t := range p.d.Text {
		p.paragraph(t)
	}
	p.chapters()
}

func (p *sheet) statute() {
	p.heading(p.d.Title, 15)
	p.paragraph("Aufgrund des § 7 der Gemeindeordnung hat der Rat die folgende Satzung beschlossen:")
	for n := 1; p.PageNo() < p.d.Pages || n <= 6; n++ {
		p.heading(fmt.Sprintf("§ %d  %s", n, p.d.Phrases.Statute[(n-1)%len(p.d.Phrases.Statute)]), 11.5)
		for a := 1; a <= 2+p.rng.IntN(3); a++ {
			p.paragraph(fmt.Sprintf("(%d) %s", a, p.filler(2+p.rng.IntN(2))))
		}
	}
}

// euro writes an amount of whole euros the German way: 1.234.000 €.
func euro(n int) string {
	sign := ""
	if n < 0 {
		sign, n = "-", -n
	}
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "." + s[i:]
	}
	return sign + s + " €"
}
