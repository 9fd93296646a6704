package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"unicode"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"ris/app/council"
	"ris/documents/pagetext"
)

// errNoLayer says that the layer cannot be laid over this file; its words are found by search all the same.
var errNoLayer = errors.New("the text cannot be laid over the pages")

// layerName begins the name of the layer's fonts in a page's resources: a page that has one is not given a second layer.
const layerName = "RecognisedText"

// Layer writes file (size bytes) to out with the recognised words of the given pages as text that is not painted, over pictures
// that are not touched. It proves with pictures that each of these pages looks as before. layered counts the pages that got a layer; those that
// have one already, and those whose own drawing is left open, are left out.
func (e *Engine) Layer(file io.ReaderAt, size int64, out *os.File, text []council.PageText, step func(string)) (written int64, layered int, err error) {
	var errs []error
	for _, validate := range []bool{true, false} {
		step("rewrite")
		var done []int
		err := guarded("layer", func() (err error) {
			done, err = writeLayer(io.NewSectionReader(file, 0, size), out, text, validate)
			return err
		})
		if err == nil {
			if written, err = out.Seek(0, io.SeekEnd); err == nil {
				err = e.looksTheSame(file, size, out, written, done, step)
			}
		}
		if err == nil {
			return written, len(done), nil
		}
		errs = append(errs, err)
	}
	return 0, 0, errors.Join(errs...)
}

// layerer adds the layer while it walks the pages.
type layerer struct {
	ctx   *model.Context
	text  map[int]council.PageText
	fonts layerFonts
	refs  []types.IndirectRef // of the fonts
	pages int
	seen  map[int]bool
	done  []int
}

func writeLayer(in io.ReadSeeker, out *os.File, text []council.PageText, validate bool) ([]int, error) {
	ctx, err := readStructure(in, validate)
	if err != nil {
		return nil, err
	}
	l := &layerer{ctx: ctx, text: map[int]council.PageText{}, seen: map[int]bool{}}
	l.fonts.add("-") // a hyphen at a line end
	for _, p := range text {
		l.text[p.Page] = p
		l.fonts.add(p.Text)
	}
	if err := l.makeFonts(); err != nil {
		return nil, err
	}
	root, err := ctx.Catalog()
	if err != nil {
		return nil, err
	}
	if err := l.walk(root["Pages"], nil, 0); err != nil {
		return nil, err
	}
	if len(l.done) == 0 {
		return nil, errNoLayer
	}
	ctx.EncKey, ctx.Encrypt = nil, nil
	if err := restart(out); err != nil {
		return nil, err
	}
	return l.done, api.WriteContext(ctx, struct{ io.Writer }{out})
}

func (l *layerer) makeFonts() error {
	for n := range l.fonts.sets {
		table, err := l.stream(l.fonts.table(n))
		if err != nil {
			return err
		}
		font, err := l.ctx.IndRefForNewObject(l.fonts.dict(n, table))
		if err != nil {
			return err
		}
		l.refs = append(l.refs, *font)
	}
	return nil
}

func (l *layerer) stream(text string) (types.IndirectRef, error) {
	s, err := l.ctx.NewStreamDictForBuf([]byte(text))
	if err != nil {
		return types.IndirectRef{}, err
	}
	if err := s.Encode(); err != nil {
		return types.IndirectRef{}, err
	}
	ref, err := l.ctx.IndRefForNewObject(*s)
	if err != nil {
		return types.IndirectRef{}, err
	}
	return *ref, nil
}

// walk counts the pages as readers do; resources are those inherited.
func (l *layerer) walk(o types.Object, resources types.Object, depth int) error {
	ref, ok := o.(types.IndirectRef)
	d := dict(l.ctx, o)
	if depth > deepestTree || !ok || d == nil {
		return fmt.Errorf("%w: %w", errNoLayer, errPageTree)
	}
	resources = either(d["Resources"], resources)
	if kids, node := d.Find("Kids"); node {
		if l.seen[ref.ObjectNumber.Value()] {
			return fmt.Errorf("%w: %w", errNoLayer, errPageTree)
		}
		l.seen[ref.ObjectNumber.Value()] = true
		for _, k := range array(l.ctx, kids) {
			if err := l.walk(k, resources, depth+1); err != nil {
				return err
			}
		}
		return nil
	}
	l.pages++
	p, wanted := l.text[l.pages]
	if !wanted || l.seen[ref.ObjectNumber.Value()] {
		return nil
	}
	l.seen[ref.ObjectNumber.Value()] = true
	return l.page(d, resources, p)
}

// page adds the fonts to a copy of the page's resources (pages share them) and the text behind its content.
func (l *layerer) page(d types.Dict, inherited types.Object, p council.PageText) error {
	resources := types.Dict{}
	for k, v := range dict(l.ctx, inherited) {
		resources[k] = v
	}
	fonts := types.Dict{}
	for k, v := range dict(l.ctx, resources["Font"]) {
		if len(k) > len(layerName) && k[:len(layerName)] == layerName {
			return nil
		}
		fonts[k] = v
	}
	m := &marker{ctx: l.ctx}
	streams, content, whole, err := m.content(d["Contents"])
	if err != nil {
		return err
	}
	if b := scanContent(content); !whole || b.depth != 0 || b.lowest != 0 || b.inText || b.marked != 0 || b.closers != "" {
		return nil
	}
	drawn := l.draw(p)
	if drawn == "" {
		return nil
	}
	for n, ref := range l.refs {
		fonts[fmt.Sprintf("%s%d", layerName, n)] = ref
	}
	resources["Font"] = fonts
	before, err := l.stream("q\n")
	if err != nil {
		return err
	}
	after, err := l.stream("\nQ\n" + drawn)
	if err != nil {
		return err
	}
	d["Resources"] = resources
	d["Contents"] = append(append(types.Array{before}, streams...), after)
	l.done = append(l.done, l.pages)
	return nil
}

// draw writes the lines of a page: text rendering mode 3 paints nothing (ISO 32000-1, 9.3.6). Each word reaches to the begin of the next,
// so that programs that copy text see one blank between them.
func (l *layerer) draw(p council.PageText) string {
	var b bytes.Buffer
	letters := []rune(p.Text)
	font := -1
	for start := 0; start < len(letters); {
		end := start
		for end < len(letters) && letters[end] != '\n' && (end == start || letters[end-1] != pagetext.LineHyphen) {
			end++
		}
		l.line(&b, letters[start:end], p.Boxes[start:end], &font)
		start = end
		for start < len(letters) && letters[start] == '\n' {
			start++
		}
	}
	if b.Len() == 0 {
		return ""
	}
	return "q BT 3 Tr\n" + b.String() + "ET Q\n"
}

// along is the direction of a line of text in user space: degrees counter-clockwise.
func along(boxes []council.Box) int {
	var dx, dy float64
	var last *council.Box
	for i := range boxes {
		b := &boxes[i]
		if *b == (council.Box{}) {
			continue
		}
		if last != nil {
			dx += float64(b.X0 + b.X1 - last.X0 - last.X1)
			dy += float64(b.Y0 + b.Y1 - last.Y0 - last.Y1)
		}
		last = b
	}
	switch {
	case math.Abs(dy) > math.Abs(dx) && dy > 0:
		return 90
	case math.Abs(dy) > math.Abs(dx):
		return 270
	case dx < 0:
		return 180
	}
	return 0
}

func (l *layerer) line(b *bytes.Buffer, letters []rune, boxes []council.Box, font *int) {
	turn := along(boxes)
	// In the line's own coordinates text runs to the right: the page is turned back by that much, which Upright does for /Rotate.
	box := council.Box{X0: math.MaxFloat32, Y0: math.MaxFloat32, X1: -math.MaxFloat32, Y1: -math.MaxFloat32}
	flat := make([]council.Box, len(boxes))
	for i, o := range boxes {
		if o == (council.Box{}) {
			continue
		}
		flat[i] = pagetext.Upright(o, turn)
		box = council.Box{X0: min(box.X0, flat[i].X0), Y0: min(box.Y0, flat[i].Y0), X1: max(box.X1, flat[i].X1), Y1: max(box.Y1, flat[i].Y1)}
	}
	high := float64(box.Y1 - box.Y0)
	if high <= 0.5 || high > 500 || box.X1 <= box.X0 {
		return
	}
	base := float64(box.Y0) + 0.2*high
	sin, cos := math.Sincos(float64(turn) * math.Pi / 180)
	for start := 0; start < len(letters); {
		if unicode.IsSpace(letters[start]) || boxes[start] == (council.Box{}) {
			start++
			continue
		}
		end := start
		for end < len(letters) && !unicode.IsSpace(letters[end]) && boxes[end] != (council.Box{}) {
			end++
		}
		next := end
		for next < len(letters) && boxes[next] == (council.Box{}) {
			next++
		}
		x, reach, count := float64(flat[start].X0), float64(flat[end-1].X1), end-start
		if next < len(letters) && float64(flat[next].X0) > reach {
			reach, count = float64(flat[next].X0), count+1
		}
		if reach > x {
			stretch := 100 * (reach - x) / (layerAdvance * high * float64(count))
			fmt.Fprintf(b, "%.0f %.0f %.0f %.0f %.2f %.2f Tm %.2f Tz ", cos, sin, -sin, cos, x*cos-base*sin, x*sin+base*cos, stretch)
			l.word(b, letters[start:end], count > end-start, high, font)
		}
		start = end
	}
}

func (l *layerer) word(b *bytes.Buffer, letters []rune, blank bool, size float64, font *int) {
	open := false
	lastSize := -1.0
	for _, r := range letters {
		if r == pagetext.LineHyphen {
			r = '-'
		}
		c, known := l.fonts.code[r]
		if !known {
			continue
		}
		if c.font != *font || !open && lastSize != size {
			if open {
				b.WriteString("> Tj ")
				open = false
			}
			fmt.Fprintf(b, "/%s%d %.2f Tf ", layerName, c.font, size)
			*font, lastSize = c.font, size
		}
		if !open {
			b.WriteByte('<')
			open = true
		}
		fmt.Fprintf(b, "%02X", c.code)
	}
	if open {
		if blank {
			b.WriteString("20")
		}
		b.WriteString("> Tj\n")
	}
}

// looksTheSame compares the pages that got a layer.
func (e *Engine) looksTheSame(a io.ReaderAt, aSize int64, b io.ReaderAt, bSize int64, pages []int, step func(string)) error {
	i, err := e.New()
	if err != nil {
		return err
	}
	defer i.Close()
	var docs [2]*document
	for n, f := range []struct {
		r    io.ReaderAt
		size int64
	}{{a, aSize}, {b, bSize}} {
		if docs[n], err = i.open(f.r, f.size); err != nil {
			return fmt.Errorf("%w: %w", errNoLayer, err)
		}
		defer docs[n].close()
	}
	if docs[0].pages != docs[1].pages {
		return fmt.Errorf("%w: %d pages became %d", errNoLayer, docs[0].pages, docs[1].pages)
	}
	var pics [2]picture
	for _, n := range pages {
		for k, d := range docs {
			step("draw")
			err := d.page(n-1, func(page uint64) error {
				size, err := d.size(page)
				if err != nil {
					return err
				}
				return d.render(page, proofSide/max(size.Width, size.Height, 0.1), proofSide, &pics[k])
			})
			if err != nil {
				return fmt.Errorf("%w: page %d: %w", errNoLayer, n, err)
			}
		}
		if differs(&pics[0], &pics[1], 0) > 0 {
			return fmt.Errorf("%w: page %d looks different", errNoLayer, n)
		}
	}
	return nil
}
