package pdfgen

import "fmt"

// table sets a portrait table with wrapped text, as an Abwägungstabelle has it.
func (p *sheet) table() {
	p.heading(p.d.Title, 14)
	widths := []float64{12, 43, 60, 50}
	head := []string{"Nr.", "Einwender / Ort", "Inhalt", "Stellungnahme der Verwaltung"}
	p.tableHead(widths, head)
	for n := 1; p.PageNo() < p.d.Pages || n <= 4; n++ {
		cells := []string{fmt.Sprint(n), p.d.Phrases.Rows[p.rng.IntN(len(p.d.Phrases.Rows))], p.filler(1 + p.rng.IntN(2)), p.filler(1)}
		p.tableRow(widths, cells, head)
	}
}

func (p *sheet) tableHead(widths []float64, head []string) {
	p.SetFont(face, "B", 9)
	p.SetFillColor(232, 239, 245)
	for i, h := range head {
		p.CellFormat(widths[i], 7, h, "1", 0, "L", true, 0, "")
	}
	p.Ln(-1)
}

func (p *sheet) tableRow(widths []float64, cells, head []string) {
	const line = 4.6
	p.SetFont(face, "", 9)
	lines := 1
	for i, c := range cells {
		lines = max(lines, len(p.SplitText(c, widths[i]-2)))
	}
	height := float64(lines)*line + 1.5
	_, pageHeight := p.GetPageSize()
	if p.GetY()+height > pageHeight-24 {
		p.AddPage()
		p.tableHead(widths, head)
		p.SetFont(face, "", 9)
	}
	x, y := p.GetXY()
	for i, c := range cells {
		p.Rect(x, y, widths[i], height, "D")
		p.SetXY(x, y+0.7)
		p.MultiCell(widths[i], line, c, "", "L", false)
		x += widths[i]
	}
	p.SetXY(25, y+height)
}

// budget sets one landscape page a product: three years of income and expenses with sums that add up.
func (p *sheet) budget() {
	for n := 0; ; n++ {
		if n > 0 {
			p.AddPage()
		}
		p.product(n)
		if p.PageNo() >= p.d.Pages {
			return
		}
	}
}

func (p *sheet) product(n int) {
	name := p.d.Phrases.Products[n%len(p.d.Phrases.Products)]
	p.heading(fmt.Sprintf("%s: Produkt %02d.%02d  %s", p.d.Title, 1+n%17, 1+n/17, name), 13)
	years := p.d.Date.Year()
	head := []string{"Ertrags- und Aufwandsarten", fmt.Sprint("Ergebnis ", years-1), fmt.Sprint("Ansatz ", years), fmt.Sprint("Ansatz ", years+1), fmt.Sprint("Planung ", years+2)}
	widths := []float64{92, 40, 40, 40, 40}
	p.tableHead(widths, head)
	var income, expense [4]int
	for i, account := range p.d.Phrases.Accounts {
		p.SetFont(face, "", 9.5)
		p.CellFormat(widths[0], 6.4, account, "1", 0, "L", false, 0, "")
		base := 4000 + p.rng.IntN(400000)
		for y := range 4 {
			v := base * (96 + y*2 + p.rng.IntN(5)) / 100
			if i < 6 {
				income[y] += v
			} else {
				expense[y] += v
			}
			p.CellFormat(widths[y+1], 6.4, euro(v), "1", 0, "R", false, 0, "")
		}
		p.Ln(-1)
	}
	p.SetFont(face, "B", 9.5)
	for _, row := range []struct {
		name string
		at   func(int) int
	}{
		{"Summe Erträge", func(y int) int { return income[y] }},
		{"Summe Aufwendungen", func(y int) int { return expense[y] }},
		{"Ergebnis", func(y int) int { return income[y] - expense[y] }},
	} {
		p.CellFormat(widths[0], 6.8, row.name, "1", 0, "L", false, 0, "")
		for y := range 4 {
			p.CellFormat(widths[y+1], 6.8, euro(row.at(y)), "1", 0, "R", false, 0, "")
		}
		p.Ln(-1)
	}
	p.Ln(3)
	p.paragraph(p.filler(3))
}
