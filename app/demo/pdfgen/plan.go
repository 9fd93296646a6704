package pdfgen

import (
	"fmt"
	"math"

	"codeberg.org/go-pdf/fpdf"
)

// plan draws an invented site plan on A3 landscape: parcels, a street, a river, buildings, trees, legend and scale bar.
func (p *sheet) plan() {
	for {
		p.drawing()
		if p.PageNo() >= max(1, p.d.Pages) {
			return
		}
		p.AddPage()
	}
}

func (p *sheet) drawing() {
	p.SetAutoPageBreak(false, 0)
	const left, top, right, bottom = 25.0, 24.0, 320.0, 270.0
	p.SetDrawColor(60, 60, 60)
	p.SetLineWidth(0.5)
	p.Rect(left, top, right-left, bottom-top, "D")
	p.ClipRect(left, top, right-left, bottom-top, false)
	p.parcels(left, top, right, bottom)
	p.SetFillColor(196, 221, 240)
	p.SetDrawColor(120, 160, 200)
	var river []fpdf.PointType
	for x := left; x <= right; x += 5 {
		river = append(river, fpdf.PointType{X: x, Y: 215 + 9*math.Sin(x/31)})
	}
	for x := right; x >= left; x -= 5 {
		river = append(river, fpdf.PointType{X: x, Y: 226 + 9*math.Sin(x/31+0.2)})
	}
	p.Polygon(river, "FD")
	p.SetFillColor(240, 232, 205)
	p.SetDrawColor(150, 140, 110)
	p.Polygon([]fpdf.PointType{{X: left, Y: 120}, {X: right, Y: 150}, {X: right, Y: 161}, {X: left, Y: 131}}, "FD")
	p.trees(left, right)
	p.ClipEnd()
	p.SetFont(face, "B", 10)
	p.Text(150, 148, "Mühlenweg")
	p.SetFont(face, "I", 10)
	p.SetTextColor(40, 90, 150)
	p.Text(90, 222, "Rode")
	p.SetTextColor(0, 0, 0)
	p.legend()
}

func (p *sheet) parcels(left, top, right, bottom float64) {
	p.SetLineWidth(0.2)
	for y := top; y < bottom; y += 32 {
		for x := left; x < right; {
			w := 22 + float64(p.rng.IntN(26))
			p.SetDrawColor(130, 130, 130)
			p.SetFillColor(243+p.rng.IntN(8), 246, 235)
			p.Rect(x, y, w, 32, "FD")
			p.SetFillColor(222, 190, 180)
			p.SetDrawColor(120, 70, 60)
			p.Rect(x+4+float64(p.rng.IntN(4)), y+6+float64(p.rng.IntN(6)), w*0.4, 11, "FD")
			p.SetFont(face, "", 6)
			p.SetTextColor(90, 90, 90)
			p.Text(x+1.5, y+30, fmt.Sprintf("%d/%d", 100+p.rng.IntN(800), 1+p.rng.IntN(9)))
			x += w
		}
	}
	p.SetTextColor(0, 0, 0)
}

func (p *sheet) trees(left, right float64) {
	p.SetFillColor(150, 195, 140)
	p.SetDrawColor(70, 120, 70)
	for x := left + 8; x < right; x += 14 {
		y := 120 + (x-left)*30/295
		p.Circle(x, y-4, 2+float64(p.rng.IntN(10))/10, "FD")
		p.Circle(x+5, y+16, 2+float64(p.rng.IntN(10))/10, "FD")
	}
}

func (p *sheet) legend() {
	p.SetXY(325, 26)
	p.SetFont(face, "B", 12)
	p.MultiCell(75, 6, p.d.Title, "", "L", false)
	p.SetX(325)
	p.SetFont(face, "", 9)
	p.MultiCell(75, 5, p.d.Body+"\n"+p.d.Reference+"\nMaßstab 1 : 1.000\nStand "+p.d.Date.Format("02.01.2006"), "", "L", false)
	y := p.GetY() + 8
	for _, l := range []struct {
		name    string
		r, g, b int
	}{{"Gebäude", 222, 190, 180}, {"Verkehrsfläche", 240, 232, 205}, {"Gewässer", 196, 221, 240}, {"Baum, zu erhalten", 150, 195, 140}} {
		p.SetFillColor(l.r, l.g, l.b)
		p.SetDrawColor(100, 100, 100)
		p.Rect(325, y, 8, 5, "FD")
		p.Text(336, y+4, l.name)
		y += 9
	}
	p.SetFillColor(0, 0, 0)
	p.Rect(325, 255, 25, 2, "F")
	p.Rect(350, 255, 25, 2, "D")
	p.Text(325, 262, "0       25       50 m")
}
