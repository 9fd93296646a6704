package pdf

import (
	"encoding/binary"
	"image"
	"image/color"
	"io"
	"math"
	"slices"
	"strings"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"ris/app/council"
)

// The problems of the report, the worst first; "accessibility." + problem is the message key, its text says what to do in Word and
// LibreOffice.
const (
	problemText     = "accessibility.no_text"
	problemTags     = "accessibility.no_tags"
	problemFonts    = "accessibility.no_unicode"
	problemLanguage = "accessibility.no_language"
	problemTitle    = "accessibility.no_title"
	problemContrast = "accessibility.low_contrast"
	problemOutline  = "accessibility.no_outline"
)

const (
	// enoughContrast is what text of usual size needs (WCAG 2.2, success criterion 1.4.3).
	enoughContrast = 4.5
	// outlineFrom is the number of pages from which a document needs bookmarks (BITV test, step 2.4.1, asks for them in long ones).
	outlineFrom = 21
	// lettersSampled bounds the letters of a page whose contrast is measured, pagesSampled the pages.
	lettersSampled = 300
	pagesSampled   = 40
	// paleLetters: so many letters of low contrast are an accident (a watermark's corner, a stamp).
	paleLetters = 12
	// invisible is the render mode of text that is not painted: recognised words under a scan (ISO 32000-1, table 106).
	invisible = 3
)

// Accessibility looks at a base as programs for people with a disability would. What cannot be read counts as not there.
func (e *Engine) Accessibility(base io.ReaderAt, size int64, step func(string)) (council.AccessibilityReport, error) {
	var r council.AccessibilityReport
	step("open")
	if err := guarded("structure", func() error { return declared(base, size, &r) }); err != nil {
		return r, err
	}
	i, err := e.New()
	if err != nil {
		return r, err
	}
	defer i.Close()
	d, err := i.open(base, size)
	if err != nil {
		return r, err
	}
	defer d.close()
	r.Text, r.Fonts = true, true
	c := &contrasts{}
	for n := range d.pages {
		step("text")
		err := d.page(n, func(page uint64) error { return d.letterFacts(page, n < pagesSampled, &r, c) })
		if err != nil {
			break // of the rest nothing is known
		}
	}
	r.Contrast = c.least()
	pages := d.pages
	for _, p := range []struct {
		bad bool
		key string
	}{
		{!r.Text, problemText}, {!r.Tagged, problemTags}, {!r.Fonts, problemFonts}, {r.Language == "", problemLanguage}, {r.Title == "", problemTitle},
		{r.Contrast > 0 && r.Contrast < enoughContrast, problemContrast}, {!r.Outline && pages >= outlineFrom, problemOutline},
	} {
		if p.bad {
			r.Problems = append(r.Problems, p.key)
		}
	}
	return r, nil
}

// declared is what the document says of itself.
func declared(base io.ReaderAt, size int64, r *council.AccessibilityReport) error {
	ctx, err := readStructure(io.NewSectionReader(base, 0, size), false)
	if err != nil {
		return err
	}
	root, err := ctx.Catalog()
	if err != nil {
		return err
	}
	text := func(o types.Object) string {
		s, _ := ctx.DereferenceText(o)
		return strings.TrimSpace(strings.ToValidUTF8(s, ""))
	}
	marked, _ := ctx.Dereference(dict(ctx, root["MarkInfo"])["Marked"])
	isMarked, _ := marked.(types.Boolean)
	tree := dict(ctx, root["StructTreeRoot"])
	r.Tagged = bool(isMarked) && tree != nil && tree["K"] != nil
	r.Language = text(root["Lang"])
	if ctx.Info != nil {
		r.Title = text(dict(ctx, *ctx.Info)["Title"])
	}
	r.Outline = dict(ctx, root["Outlines"])["First"] != nil
	return nil
}

// letterFacts looks at the letters of one page.
func (d *document) letterFacts(page uint64, contrast bool, r *council.AccessibilityReport, c *contrasts) error {
	i := d.i
	t, err := i.call("FPDFText_LoadPage", page)
	if err != nil || uint32(t) == 0 {
		return err
	}
	defer func() { _, _ = i.call("FPDFText_ClosePage", t) }()
	n, err := i.call("FPDFText_CountChars", t)
	if err != nil {
		return err
	}
	count := min(int(int32(n)), maxLettersPerPage)
	facts, err := d.facts(page, count)
	if err != nil {
		return err
	}
	r.Text = r.Text && !facts.Scan
	bad := 0
	for k := range count {
		wrong, err := i.call("FPDFText_HasUnicodeMapError", t, uint64(k))
		if err != nil {
			return err
		}
		if int32(wrong) == 1 {
			bad++
		}
	}
	if bad*100 > count { // a single sign without a value (a bullet) is no obstacle
		r.Fonts = false
	}
	if !contrast || count == 0 {
		return nil
	}
	img, err := d.colours(page, 1, 2000)
	if err != nil {
		return err
	}
	size, err := d.size(page)
	if err != nil {
		return err
	}
	if size.Rotate != 0 {
		return nil // boxes are those of the unturned page
	}
	return d.sample(t, count, img, size, c)
}

// sample measures letters spread over the page.
func (d *document) sample(t uint64, count int, img image.Image, size council.PageSize, c *contrasts) error {
	i := d.i
	at, err := i.scratch(32)
	if err != nil {
		return err
	}
	every := max(1, count/lettersSampled)
	for k := 0; k < count; k += every {
		code, err := i.call("FPDFText_GetUnicode", t, uint64(k))
		if err != nil {
			return err
		}
		if code <= ' ' || code == 0xA0 || code == 0xFFFE {
			continue
		}
		if object, err := i.call("FPDFText_GetTextObject", t, uint64(k)); err != nil {
			return err
		} else if uint32(object) != 0 {
			if mode, err := i.call("FPDFTextObj_GetTextRenderMode", object); err != nil || int32(mode) == invisible {
				continue
			}
		}
		a := uint64(at)
		if ok, err := i.call("FPDFText_GetFillColor", t, uint64(k), a, a+4, a+8, a+12); err != nil || uint32(ok) == 0 {
			continue
		}
		b, ok := i.module.Memory().Read(at, 16)
		if !ok {
			continue
		}
		ink := color.RGBA{b[0], b[4], b[8], 255}
		if opaque := binary.LittleEndian.Uint32(b[12:]); opaque < 255 {
			continue // what shines through is no plain colour
		}
		if ok, err := i.call("FPDFText_GetCharBox", t, uint64(k), a, a+8, a+16, a+24); err != nil || uint32(ok) == 0 {
			continue
		}
		if b, ok = i.module.Memory().Read(at, 32); !ok {
			continue
		}
		box := [4]float64{float64(float(b)), size.Height - float64(float(b[24:])), float64(float(b[8:])), size.Height - float64(float(b[16:]))} // left, top, right, bottom
		if ground, ok := groundOf(img, box, size); ok {
			c.add(ratio(ink, ground))
		}
	}
	return nil
}

// groundOf is the middle colour of the pixels around a letter.
func groundOf(img image.Image, box [4]float64, size council.PageSize) (color.RGBA, bool) {
	scale := float64(img.Bounds().Dx()) / size.Width
	const around = 1.5
	x0, y0 := int(math.Floor(box[0]*scale-around)), int(math.Floor(box[1]*scale-around))
	x1, y1 := int(math.Ceil(box[2]*scale+around)), int(math.Ceil(box[3]*scale+around))
	if x1-x0 < 3 || y1-y0 < 3 || x1-x0 > 400 || !(image.Rect(x0, y0, x1+1, y1+1)).In(img.Bounds()) {
		return color.RGBA{}, false
	}
	var all []color.RGBA
	take := func(x, y int) {
		r, g, b, _ := img.At(x, y).RGBA()
		all = append(all, color.RGBA{byte(r >> 8), byte(g >> 8), byte(b >> 8), 255})
	}
	for x := x0; x <= x1; x++ { // above and below the letter: beside it its neighbours stand
		take(x, y0)
		take(x, y1)
	}
	slices.SortFunc(all, func(a, b color.RGBA) int {
		return (int(a.R) + int(a.G) + int(a.B)) - (int(b.R) + int(b.G) + int(b.B))
	})
	return all[len(all)/2], true
}

// ratio is the contrast of two colours (WCAG 2.2, definition of contrast ratio).
func ratio(a, b color.RGBA) float64 {
	x, y := luminance(a), luminance(b)
	if x < y {
		x, y = y, x
	}
	return (x + 0.05) / (y + 0.05)
}

func luminance(c color.RGBA) float64 {
	part := func(v byte) float64 {
		s := float64(v) / 255
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*part(c.R) + 0.7152*part(c.G) + 0.0722*part(c.B)
}

// contrasts counts letters by their contrast in tenths.
type contrasts struct {
	counts [211]int
	all    int
}

func (c *contrasts) add(r float64) {
	c.counts[max(0, min(210, int(r*10)))]++
	c.all++
}

// least is the contrast below which fewer than paleLetters (and one of 200) lie; 0 when nothing was measured.
func (c *contrasts) least() float64 {
	if c.all == 0 {
		return 0
	}
	need := min(c.all, max(paleLetters, c.all/200))
	for tenth, n := range c.counts {
		if need -= n; need <= 0 {
			return float64(max(10, tenth)) / 10
		}
	}
	return 21
}
