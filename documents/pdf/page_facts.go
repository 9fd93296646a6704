package pdf

import (
	"slices"

	"ris/app/council"
)

// fewLetters is the number below which a page with a picture over most of it counts as a scan.
const fewLetters = 20

// Kinds of page objects (FPDF_PAGEOBJ_* of pdfium's fpdf_edit.h).
const (
	drawnText  = 1
	drawnPath  = 2
	drawnImage = 3
	drawnShade = 4
	drawnForm  = 5
)

const (
	mostObjects     = 3000 // that are looked at one by one; beyond, a page counts as suspect
	mostComparisons = 300_000
	// scanCover is the share of the page that pictures cover on a scan.
	scanCover = 0.6
	// lightInk is the level (of 255) from which all of a letter's colour parts make it light.
	lightInk = 0xe0
	// smallest cover, in points: less hides no letter
	coverWidth, coverHeight = 5, 4
)

// facts looks at the objects of an open page with so many letters, in the order of drawing, and where the letters stand (boxes; none =
// not looked at).
func (d *document) facts(page uint64, letters int, boxes ...council.Box) (PageFacts, error) {
	var out PageFacts
	i := d.i
	size, err := d.size(page)
	if err != nil {
		return out, err
	}
	n, err := i.call("FPDFPage_CountObjects", page)
	if err != nil {
		return out, err
	}
	count := int(int32(n))
	view, err := d.view(page)
	if err != nil {
		return out, err
	}
	out.view = view
	out.Suspect = count > mostObjects || slices.ContainsFunc(boxes, func(b council.Box) bool { return b != council.Box{} && !view.meets(b) })
	covered := 0.0
	var texts []council.Box
	comparisons := 0
	for k := range min(count, mostObjects) {
		object, err := i.call("FPDFPage_GetObject", page, uint64(k))
		if err != nil {
			return out, err
		}
		kind, err := i.call("FPDFPageObj_GetType", object)
		if err != nil {
			return out, err
		}
		if out.Suspect && uint32(kind) != drawnImage {
			continue
		}
		box, ok, err := d.bounds(object)
		if err != nil {
			return out, err
		}
		if !ok {
			continue
		}
		switch uint32(kind) {
		case drawnText:
			texts = append(texts, box)
			out.Suspect, err = d.light(object)
		case drawnImage:
			covered += float64(box.X1-box.X0) * float64(box.Y1-box.Y0)
			out.Suspect = out.Suspect || covers(box, texts, &comparisons)
		case drawnPath, drawnShade:
			out.Suspect = covers(box, texts, &comparisons) && (uint32(kind) == drawnShade || d.filled(object))
		case drawnForm: // its inside has coordinates of its own: whether something lies over letters only the picture tells
			inside, e := i.call("FPDFFormObj_CountObjects", object)
			err = e
			out.Suspect = int32(inside) > 1 || covers(box, texts, &comparisons)
		}
		if err != nil {
			return out, err
		}
	}
	out.Scan = letters < fewLetters && covered > scanCover*size.Width*size.Height
	if !out.Suspect {
		out.Suspect, err = d.annotated(page)
	}
	out.Suspect = out.Suspect && letters > 0
	return out, err
}

func (d *document) bounds(object uint64) (council.Box, bool, error) {
	at, err := d.i.scratch(32)
	if err != nil {
		return council.Box{}, false, err
	}
	ok, err := d.i.call("FPDFPageObj_GetBounds", object, uint64(at), uint64(at+4), uint64(at+8), uint64(at+12))
	if err != nil || uint32(ok) == 0 {
		return council.Box{}, false, err
	}
	m := d.i.module.Memory()
	var b council.Box
	b.X0, _ = m.ReadFloat32Le(at)
	b.Y0, _ = m.ReadFloat32Le(at + 4)
	b.X1, _ = m.ReadFloat32Le(at + 8)
	b.Y1, _ = m.ReadFloat32Le(at + 12)
	return ordered(b), true, nil
}

// covers: the box lies over a good part of something written earlier.
func covers(box council.Box, texts []council.Box, comparisons *int) bool {
	if box.X1-box.X0 < coverWidth || box.Y1-box.Y0 < coverHeight {
		return false
	}
	if *comparisons += len(texts); *comparisons > mostComparisons {
		return true
	}
	for _, t := range texts {
		w := min(box.X1, t.X1) - max(box.X0, t.X0)
		h := min(box.Y1, t.Y1) - max(box.Y0, t.Y0)
		if w > coverWidth-1 && h > 0.5*(t.Y1-t.Y0) {
			return true
		}
	}
	return false
}

// light: ink that may not show on paper.
func (d *document) light(object uint64) (bool, error) {
	r, g, b, a, err := d.ink(object)
	return a < 40 || min(r, g, b) >= lightInk, err
}

// thickLine is the width in points from which a line can hide letters.
const thickLine = 4

// filled: the path paints an area, or a line so thick that it is one.
func (d *document) filled(object uint64) bool {
	at, err := d.i.scratch(32)
	if err != nil {
		return false
	}
	ok, err := d.i.call("FPDFPath_GetDrawMode", object, uint64(at), uint64(at+4))
	if err != nil || uint32(ok) == 0 {
		return false
	}
	fill, _ := d.i.module.Memory().ReadUint32Le(at)
	stroke, _ := d.i.module.Memory().ReadUint32Le(at + 4)
	if fill != 0 || stroke == 0 {
		return fill != 0
	}
	if ok, err = d.i.call("FPDFPageObj_GetStrokeWidth", object, uint64(at)); err != nil || uint32(ok) == 0 {
		return false
	}
	width, _ := d.i.module.Memory().ReadFloat32Le(at)
	return width >= thickLine
}

func (d *document) ink(object uint64) (r, g, b, a uint32, err error) {
	at, err := d.i.scratch(32)
	if err != nil {
		return 0, 0, 0, 255, err
	}
	ok, err := d.i.call("FPDFPageObj_GetFillColor", object, uint64(at), uint64(at+4), uint64(at+8), uint64(at+12))
	if err != nil || uint32(ok) == 0 {
		return 0, 0, 0, 255, err
	}
	m := d.i.module.Memory()
	r, _ = m.ReadUint32Le(at)
	g, _ = m.ReadUint32Le(at + 4)
	b, _ = m.ReadUint32Le(at + 8)
	a, _ = m.ReadUint32Le(at + 12)
	return r, g, b, a, nil
}

// annotated: the page has annotations that paint (all but notes, links, pop-ups and form fields).
func (d *document) annotated(page uint64) (bool, error) {
	const note, link, popup, widget = 1, 2, 16, 20 // FPDF_ANNOT_*
	n, err := d.i.call("FPDFPage_GetAnnotCount", page)
	if err != nil {
		return false, err
	}
	for k := range min(int(int32(n)), 500) {
		a, err := d.i.call("FPDFPage_GetAnnot", page, uint64(k))
		if err != nil {
			return false, err
		}
		kind, err := d.i.call("FPDFAnnot_GetSubtype", a)
		if err != nil {
			return false, err
		}
		if _, err := d.i.call("FPDFPage_CloseAnnot", a); err != nil {
			return false, err
		}
		if k := uint32(kind); k != note && k != link && k != popup && k != widget {
			return true, nil
		}
	}
	return false, nil
}
