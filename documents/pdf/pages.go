package pdf

import (
	"bytes"
	"compress/flate"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"math/rand/v2"
	"strings"

	"github.com/pdfcpu/pdfcpu/pkg/filter"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"ris/documents"
	"ris/documents/copies"
)

const (
	deepestTree  = 60   // nodes above a page; more is an attack
	mostBrackets = 5000 // q, Q or EMC that one page may lack
)

// marker puts the call of the slot onto every page.
type marker struct {
	ctx   *model.Context
	name  types.Name // of form and graphics state in every page's resources, random per paper
	form  types.IndirectRef
	state types.IndirectRef
	tag   string // of the slots, until they are found; see parts.go
	asked
	most   int // pages allowed
	pages  int
	seen   map[int]bool
	before map[int]types.IndirectRef    // streams of "q", by count: most pages share one
	after  map[string]types.IndirectRef // closing streams, by text
	opened map[int]int                  // how many q open a page, by its object
	flat   int                          // annotations drawn into pages
	packer *zlib.Writer
}

// asked is how the pages are to be marked. Page numbers start at 1.
type asked struct {
	interleaved bool         // the call stands inside each page's own content, and each page has a shift
	last        map[int]bool // interleaved pages on which the call has to be last all the same: it was not seen elsewhere
	// flatten are pages with annotations over the mark: those are drawn into the page under it. 1: the large ones; 2: all.
	flatten map[int]int
}

// inherited are the page attributes that come from the nodes above (ISO 32000-1, table 30).
type inherited struct {
	resources, media, crop types.Object
	rotate                 types.Object
}

// walk visits the tree below o and returns the reference under which its parent has to list it: another one for a page that is
// listed twice, none for a node that cannot be a part of the tree. /Count is never trusted and written anew.
func (m *marker) walk(o types.Object, in inherited, parent *types.IndirectRef, depth int) (*types.IndirectRef, error) {
	if depth > deepestTree {
		return nil, fmt.Errorf("%w: too deep", errPageTree)
	}
	ref, ok := o.(types.IndirectRef)
	d, err := m.ctx.DereferenceDict(o)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errPageTree, err)
	}
	if !ok || d == nil {
		return nil, nil // no reader shows it; the count of pages is compared later
	}
	kids, isNode := d.Find("Kids")
	if n := ref.ObjectNumber.Value(); m.seen[n] {
		if isNode {
			return nil, nil // a tree that comes back to itself
		}
		return m.again(n, d)
	} else {
		m.seen[n] = true
	}
	if parent != nil {
		d["Parent"] = *parent
	}
	if !isNode {
		if m.pages++; m.pages > m.most {
			return nil, tooMany(m.pages, m.most)
		}
		return &ref, m.page(ref.ObjectNumber.Value(), d, in)
	}
	before := m.pages
	in.resources = either(d["Resources"], in.resources)
	in.media = either(d["MediaBox"], in.media)
	in.crop = either(d["CropBox"], in.crop)
	in.rotate = either(d["Rotate"], in.rotate)
	kept := types.Array{}
	for _, k := range array(m.ctx, kids) {
		kid, err := m.walk(k, in, &ref, depth+1)
		if err != nil {
			return nil, err
		}
		if kid != nil {
			kept = append(kept, *kid)
		}
	}
	d["Kids"], d["Count"] = kept, types.Integer(m.pages-before)
	return &ref, nil
}

// again lists a page a second time as an object of its own; its content is marked already.
func (m *marker) again(object int, d types.Dict) (*types.IndirectRef, error) {
	if m.pages++; m.pages > m.most {
		return nil, tooMany(m.pages, m.most)
	}
	twin := maps.Clone(d)
	if contents, ok := twin["Contents"].(types.Array); ok && m.interleaved && len(contents) > 0 {
		first, err := m.opening(m.opened[object]) // a shift of its own
		if err != nil {
			return nil, err
		}
		twin["Contents"] = append(types.Array{first}, contents[1:]...)
	}
	return m.ctx.IndRefForNewObject(twin)
}

func tooMany(pages, most int) error {
	return refuse(documents.RefusedTooMany, fmt.Errorf("%d pages", pages), "limit", fmt.Sprint(most), "pages", fmt.Sprint(pages))
}

func either(a, b types.Object) types.Object {
	if a != nil {
		return a
	}
	return b
}

func (m *marker) page(object int, d types.Dict, in inherited) error {
	resources := dict(m.ctx, either(d["Resources"], in.resources))
	if resources == nil {
		resources = types.Dict{}
		d["Resources"] = resources
	}
	m.extend(resources, "XObject", string(m.name), m.form)
	m.extend(resources, "ExtGState", string(m.name), m.state)

	streams, content, whole, err := m.content(d["Contents"])
	if err != nil {
		return fmt.Errorf("page %d: %w", m.pages, err)
	}
	b := scanContent(content)
	open := 1 - b.lowest
	shut := open + b.depth
	if open > mostBrackets || shut > mostBrackets || b.marked > mostBrackets {
		return fmt.Errorf("page %d: %w", m.pages, errContent)
	}
	first, err := m.opening(open)
	if err != nil {
		return err
	}
	m.opened[object] = open
	placed := matrix(m.matrix(d, in))
	call := m.call(placed)
	if level := m.flatten[m.pages]; level > 0 {
		call = m.flattened(d, in, resources, level) + call
	}
	end := b.closing(shut)
	if m.interleaved && whole {
		own, err := m.woven(content, end, call, placed)
		if err != nil {
			return err
		}
		d["Contents"] = types.Array{first, own}
		return nil
	}
	last, err := m.closing(end + call)
	if err != nil {
		return err
	}
	contents := make(types.Array, 0, len(streams)+2)
	contents = append(append(append(contents, first), streams...), last)
	d["Contents"] = contents
	return nil
}

// extend adds a name to a category of the resources that the page really uses, in place even when pages share them.
func (m *marker) extend(resources types.Dict, category, name string, ref types.IndirectRef) {
	d := dict(m.ctx, resources[category])
	if d == nil {
		d = types.Dict{}
		resources[category] = d
	}
	d[name] = ref
}

// content returns the page's streams by reference, and what they say one after the other; whole is false when a part of it could not
// be read.
func (m *marker) content(o types.Object) (streams types.Array, content []byte, whole bool, err error) {
	whole = true
	if o == nil {
		return nil, nil, true, nil
	}
	list := array(m.ctx, o)
	if list == nil {
		list = types.Array{o}
	}
	for _, e := range list {
		if _, ok := e.(types.IndirectRef); !ok {
			continue // a stream is always an object of its own
		}
		s, _, err := m.ctx.DereferenceStreamDict(e)
		if err != nil || s == nil {
			continue // no reader shows it either; the pictures tell
		}
		decoded := *s // the original keeps its encoded bytes only
		if err := decoded.DecodeWithLimit(maxContent); errors.Is(err, filter.ErrDecodeLimitExceeded) {
			return nil, nil, false, refuse(documents.RefusedBomb, err)
		} else if err != nil {
			whole = false
			if len(decoded.Content) == 0 {
				decoded.Content = readable(s)
			}
		}
		if len(content)+len(decoded.Content) > maxContent {
			return nil, nil, false, refuse(documents.RefusedBomb, fmt.Errorf("content of more than %d MB", maxContent>>20))
		}
		streams = append(streams, e)
		content = append(append(content, decoded.Content...), '\n')
	}
	return streams, content, whole, nil
}

// readable is what a damaged deflate stream holds up to the damage: readers show so much of it. What cannot be unpacked at all
// counts as nothing; whether the mark still stands after it the pictures tell.
func readable(s *types.StreamDict) []byte {
	if len(s.FilterPipeline) != 1 || s.FilterPipeline[0].Name != filter.Flate || len(s.Raw) < 3 {
		return nil
	}
	b, _ := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(s.Raw[2:])), maxContent)) // 2 bytes: zlib's header
	return b
}

// matrix places the form's square so that the mark runs along the diagonal of what is visible, upright for the reader.
func (m *marker) matrix(d types.Dict, in inherited) [6]float64 {
	box := m.visible(d, in)
	turn := m.rotation(d, in)
	w, h := box[2]-box[0], box[3]-box[1]
	cx, cy := box[0]+w/2, box[1]+h/2
	if turn%180 != 0 {
		w, h = h, w
	}
	scale := math.Hypot(w, h) * copies.Span(w, h) / copies.FormSize
	sin, cos := math.Sincos(math.Atan2(h, w) + float64(turn)*math.Pi/180)
	sin, cos = sin*scale, cos*scale
	half := float64(copies.FormSize) / 2
	return [6]float64{cos, sin, -sin, cos, cx - half*cos + half*sin, cy - half*sin - half*cos}
}

// visible is the CropBox cut with the MediaBox; without any, US letter, as readers do.
func (m *marker) visible(d types.Dict, in inherited) [4]float64 {
	media, ok := rectangle(m.ctx, either(d["MediaBox"], in.media))
	if !ok {
		media = [4]float64{0, 0, 612, 792}
	}
	crop, ok := rectangle(m.ctx, either(d["CropBox"], in.crop))
	if !ok {
		return media
	}
	cut := [4]float64{max(crop[0], media[0]), max(crop[1], media[1]), min(crop[2], media[2]), min(crop[3], media[3])}
	if cut[2] <= cut[0] || cut[3] <= cut[1] {
		return media
	}
	return cut
}

func (m *marker) rotation(d types.Dict, in inherited) int {
	r, _ := number(m.ctx, either(d["Rotate"], in.rotate))
	return ((int(math.Mod(r, 360)) % 360) + 360) % 360
}

// call is the drawing of the slot. It is an artifact, so that reading programs for the blind skip it, and nothing more
// special: no label by which a program could find and remove it.
func (m *marker) call(t matrix) string {
	return fmt.Sprintf("q /Artifact BMC /%s gs %.5f %.5f %.5f %.5f %.3f %.3f cm /%s Do EMC Q\n", m.name, t[0], t[1], t[2], t[3], t[4], t[5], m.name)
}

func (m *marker) opening(count int) (types.IndirectRef, error) {
	if m.interleaved {
		return m.stream(types.Dict{}, shiftOpening(m.tag, m.pages, count))
	}
	if ref, ok := m.before[count]; ok {
		return ref, nil
	}
	ref, err := m.stream(types.Dict{}, strings.Repeat("q ", count)+"\n")
	m.before[count] = ref
	return ref, err
}

// closing ends what the content left open, and shut brackets.
func (b balance) closing(shut int) string {
	text := b.closers + "\n"
	if b.inText {
		text += "ET "
	}
	return text + strings.Repeat("EMC ", b.marked) + strings.Repeat("Q ", shut)
}

func (m *marker) closing(text string) (types.IndirectRef, error) {
	if ref, ok := m.after[text]; ok {
		return ref, nil
	}
	ref, err := m.stream(types.Dict{}, text)
	m.after[text] = ref
	return ref, err
}

// woven is the page's content as one packed stream with the call inside, at a place that chance chooses among the last ones.
func (m *marker) woven(content []byte, end, call string, placed matrix) (types.IndirectRef, error) {
	at, text := len(content), ""
	if list := findGaps(content); len(list) > 0 && !m.last[m.pages] && m.flatten[m.pages] == 0 {
		p := list[rand.IntN(len(list))]
		if undo, ok := p.ctm.inverse(); ok {
			at, text = p.at, "\n"+m.call(placed.times(undo))
		}
	}
	var out bytes.Buffer
	w := m.packer
	w.Reset(&out)
	_, _ = w.Write(content[:at]) // a bytes.Buffer takes everything
	_, _ = io.WriteString(w, text)
	_, _ = w.Write(content[at:])
	_, _ = io.WriteString(w, end)
	if text == "" {
		_, _ = io.WriteString(w, call)
	}
	_ = w.Close()
	length := int64(out.Len())
	ref, err := m.ctx.IndRefForNewObject(types.StreamDict{Dict: types.Dict{"Length": types.Integer(length), "Filter": types.Name(filter.Flate)},
		StreamLength: &length, FilterPipeline: []types.PDFFilter{{Name: filter.Flate}}, Raw: out.Bytes()})
	if err != nil {
		return types.IndirectRef{}, err
	}
	return *ref, nil
}

// stream makes an uncompressed stream object.
func (m *marker) stream(d types.Dict, text string) (types.IndirectRef, error) {
	length := int64(len(text))
	d["Length"] = types.Integer(length)
	ref, err := m.ctx.IndRefForNewObject(types.StreamDict{Dict: d, StreamLength: &length, Content: []byte(text), Raw: []byte(text)})
	if err != nil {
		return types.IndirectRef{}, err
	}
	return *ref, nil
}
