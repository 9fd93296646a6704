package pdf

import (
	"io"
	"slices"
	"unicode"

	"ris/app/council"
)

// HiddenText is what of a page's letters nobody sees, judged by a picture of the page. Covered are those in a dark area without any
// trace of a letter: under a bar that was drawn over them, still to be had by copying. Unseen are those in the colour of the
// paper or off the visible page.
type HiddenText struct {
	Page    int
	Covered []council.LetterRange
	Unseen  []council.LetterRange
}

const (
	hiddenScale = 100.0 / 72 // pixels per point
	hiddenSide  = 2400       // pixels of the longer side at most
	hiddenRun   = 3          // letters side by side that must be without a trace: a word in print never is
	leastHeight = 5          // pixels of a letter: smaller ones blur to a grey that looks like a bar
	sameShade   = 24         // levels (of 255) by which an area without letters may vary
	darkest     = 170        // a mean level up to which an area is a bar, not paper
	coverStep   = "cover"    // the step's name, with a deadline of its own
)

// Hidden looks at the given pages (from 1) of a base and hands over those with hidden letters; ranges are of the letters that Text gives.
// A page that cannot be drawn is left out. step is called before each page.
func (e *Engine) Hidden(base io.ReaderAt, size int64, pages []int, step func(string), each func(HiddenText) error) error {
	if len(pages) == 0 {
		return nil
	}
	i, err := e.New()
	if err != nil {
		return err
	}
	defer i.Close()
	d, err := i.open(base, size)
	if err != nil {
		return err
	}
	defer d.close()
	var pic picture
	for _, n := range pages {
		if n < 1 || n > d.pages {
			continue
		}
		step(coverStep)
		var found HiddenText
		err := d.page(n-1, func(page uint64) (err error) {
			found, err = d.hidden(page, n, &pic)
			return err
		})
		if err != nil {
			continue
		}
		if len(found.Covered)+len(found.Unseen) > 0 {
			if err := each(found); err != nil {
				return err
			}
		}
	}
	return nil
}

func (d *document) hidden(page uint64, number int, pic *picture) (HiddenText, error) {
	out := HiddenText{Page: number}
	text, err := d.text(page, number)
	if err != nil {
		return out, err
	}
	view, err := d.view(page)
	if err != nil {
		return out, err
	}
	if err := d.render(page, hiddenScale, hiddenSide, pic); err != nil {
		return out, err
	}
	letters := []rune(text.Text)
	covered, unseen := make([]bool, len(letters)), make([]bool, len(letters))
	for start := 0; start < len(letters); {
		end := start
		for end < len(letters) && end < len(text.Boxes) && counts(letters[end], text.Boxes[end]) {
			end++
		}
		if end == start {
			start++
			continue
		}
		for k := start; k < end; k++ {
			if !view.meets(text.Boxes[k]) {
				unseen[k] = true
			}
		}
		run := min(hiddenRun, end-start)
		for k := start; k+run <= end && run >= 2; k++ {
			level, plain := pic.plain(view, text.Boxes[k:k+run])
			if !plain {
				continue
			}
			for m := k; m < k+run; m++ {
				covered[m] = covered[m] || level <= darkest
				unseen[m] = unseen[m] || level > darkest
			}
		}
		start = end
	}
	out.Covered = ranges(covered)
	if slices.Contains(unseen, true) {
		// An invisible text layer over a scan is no secret: it may lie beside its letters.
		invisible, err := d.invisible(page)
		if err != nil {
			return out, err
		}
		if !invisible {
			out.Unseen = ranges(unseen)
		}
	}
	return out, nil
}

// counts: a letter or digit with an extent. Dashes and dots are as plain as a bar.
func counts(r rune, b council.Box) bool {
	return (unicode.IsLetter(r) || unicode.IsDigit(r)) && b.X1 > b.X0 && b.Y1 > b.Y0
}

func ranges(set []bool) []council.LetterRange {
	var out []council.LetterRange
	for i := 0; i < len(set); i++ {
		if !set[i] {
			continue
		}
		start := i
		for i < len(set) && set[i] {
			i++
		}
		out = append(out, council.LetterRange{Start: start, End: i})
	}
	return out
}

// viewed is the visible box of a page in user space and how it is turned.
type viewed struct {
	box    council.Box
	rotate int
}

func (v viewed) meets(b council.Box) bool {
	return b.X1 > v.box.X0 && b.X0 < v.box.X1 && b.Y1 > v.box.Y0 && b.Y0 < v.box.Y1
}

func (d *document) view(page uint64) (viewed, error) {
	at, err := d.i.scratch(32)
	if err != nil {
		return viewed{}, err
	}
	if _, err := d.i.call("FPDF_GetPageBoundingBox", page, uint64(at)); err != nil { // FS_RECTF: left, top, right, bottom
		return viewed{}, err
	}
	m := d.i.module.Memory()
	var b council.Box
	b.X0, _ = m.ReadFloat32Le(at)
	b.Y1, _ = m.ReadFloat32Le(at + 4)
	b.X1, _ = m.ReadFloat32Le(at + 8)
	b.Y0, _ = m.ReadFloat32Le(at + 12)
	r, err := d.i.call("FPDFPage_GetRotation", page)
	return viewed{box: ordered(b), rotate: int(int32(r)) * 90}, err
}

// pixels places a box of user space on the picture of the page.
func (v viewed) pixels(b council.Box, w, h int) (x0, y0, x1, y1 float64) {
	return v.onPicture(b, float64(w), float64(h))
}

// onPicture places a box of user space on the page as it is seen, w x h large, from its top left corner.
func (v viewed) onPicture(b council.Box, w, h float64) (x0, y0, x1, y1 float64) {
	width, height := float64(v.box.X1-v.box.X0), float64(v.box.Y1-v.box.Y0)
	if width <= 0 || height <= 0 {
		return 0, 0, 0, 0
	}
	l, r := float64(b.X0-v.box.X0)/width, float64(b.X1-v.box.X0)/width
	t, u := float64(v.box.Y1-b.Y1)/height, float64(v.box.Y1-b.Y0)/height // from the top
	switch v.rotate {
	case 90:
		l, r, t, u = 1-u, 1-t, l, r
	case 180:
		l, r, t, u = 1-r, 1-l, 1-u, 1-t
	case 270:
		l, r, t, u = t, u, 1-r, 1-l
	}
	return l * w, t * h, r * w, u * h
}

// plain reports the mean level of the area on which the letters stand when nothing can be told apart in it.
func (p *picture) plain(v viewed, boxes []council.Box) (level int, plain bool) {
	x0, y0, x1, y1 := 1e9, 1e9, -1e9, -1e9
	for _, b := range boxes {
		bx0, by0, bx1, by1 := v.pixels(b, p.w, p.h)
		x0, y0, x1, y1 = min(x0, bx0), min(y0, by0), max(x1, bx1), max(y1, by1)
	}
	if v.rotate%180 == 0 && y1-y0 < leastHeight || v.rotate%180 != 0 && x1-x0 < leastHeight {
		return 0, false
	}
	if x1-x0 > 60*(y1-y0) || y1-y0 > 60*(x1-x0) { // torn over two lines
		return 0, false
	}
	left, right := max(0, int(x0+0.5)), min(p.w, int(x1+0.5))
	top, bottom := max(0, int(y0+0.15*(y1-y0)+0.5)), min(p.h, int(y1-0.15*(y1-y0)+0.5))
	if right-left < 2 || bottom-top < 2 {
		return 0, false
	}
	lo, hi, sum := 255, 0, 0
	for y := top; y < bottom; y++ {
		for _, c := range p.pix[y*p.w+left : y*p.w+right] {
			lo, hi, sum = min(lo, int(c)), max(hi, int(c)), sum+int(c)
		}
		if hi-lo > sameShade {
			return 0, false
		}
	}
	return sum / ((right - left) * (bottom - top)), true
}

// invisible: the page has text that is drawn without ink (text rendering mode 3 or 7, ISO 32000-1, table 106).
func (d *document) invisible(page uint64) (bool, error) {
	n, err := d.i.call("FPDFPage_CountObjects", page)
	if err != nil {
		return false, err
	}
	for k := range min(int(int32(n)), mostObjects) {
		object, err := d.i.call("FPDFPage_GetObject", page, uint64(k))
		if err != nil {
			return false, err
		}
		kind, err := d.i.call("FPDFPageObj_GetType", object)
		if err != nil {
			return false, err
		}
		if uint32(kind) != drawnText {
			continue
		}
		mode, err := d.i.call("FPDFTextObj_GetTextRenderMode", object)
		if err != nil {
			return false, err
		}
		if m := int32(mode); m == 3 || m == 7 {
			return true, nil
		}
	}
	return false, nil
}
