package pdf

import (
	"fmt"
	"io"
	"os"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"ris/app/council"
)

// Packet says what a merged packet is made of. Parts[0] is the front: our own pages, not yet prepared.
type Packet struct {
	Title     string
	Language  string
	Parts     []Part
	Bookmarks []Bookmark
	Labels    []Label
	Links     []PartLink
}

// Part is a base, or the front, in the file of all parts: Offset and Base.Size bytes.
type Part struct {
	Offset int64
	Base   council.Prepared
}

// Bookmark is an entry of the outline, in order. Outline puts the part's own bookmarks below it.
type Bookmark struct {
	Level   int // from 1
	Title   string
	Part    int // index of the part at whose first page it leads
	Page    int // from 1, of the part; 0 = its first
	Outline bool
}

// Label names the pages from Page on (of the packet, from 0), see ISO 32000-1, 12.4.2.
type Label struct {
	Page   int
	Prefix string
	Roman  bool
	First  int
}

// PartLink is an area of the front that leads to the first page of a part.
type PartLink struct {
	Page int // of the front, from 1
	Box  [4]float64
	Part int
}

// Merged is what Merge made. Pages counts all pages; Marked those on which the proof saw the mark: all of them.
type Merged struct {
	Prepared council.Prepared // without the blob's name
	Sizes    []council.PageSize
	Marked   int
}

// PartError says that one part cannot be put into a packet; the packet can be made without it.
type PartError struct {
	Part  int
	Cause error
}

func (e *PartError) Error() string { return fmt.Sprintf("part %d: %v", e.Part, e.Cause) }
func (e *PartError) Unwrap() error { return e.Cause }

// Merge makes the front a base (in front, using scratch) and writes it and all parts to out as one PDF: the slots of all parts
// become one slot, so that each page keeps the call of the mark that was proven when it was prepared. Then every page is compared
// with its page in the part, both with a test mark. progress is told of each page that was compared.
//
// Forms keep what was filled in; tags of structure are not merged: the paper by itself has them.
// One part lies in memory at a time.
func (e *Engine) Merge(parts io.ReaderAt, p Packet, out, front, scratch *os.File, step func(string), progress func(done, total int)) (Merged, error) {
	fail := func(n int, err error) (Merged, error) { return Merged{}, &PartError{n, err} }
	first := p.Parts[0]
	base, err := e.Prepare(io.NewSectionReader(parts, first.Offset, first.Base.Size), first.Base.Size, front, scratch, Options{Pages: mostFront, Step: step})
	if err != nil {
		return Merged{}, fmt.Errorf("front: %w", err)
	}
	p.Parts[0].Base = base.Prepared
	opened := func(n int) *io.SectionReader {
		if n == 0 {
			return io.NewSectionReader(front, 0, base.Prepared.Size)
		}
		return io.NewSectionReader(parts, p.Parts[n].Offset, p.Parts[n].Base.Size)
	}
	if err := restart(out); err != nil {
		return Merged{}, err
	}
	to, err := newEmitter(out)
	if err != nil {
		return Merged{}, err
	}
	m := &merger{to: to, packet: p, tree: to.reserve()}
	for n := range p.Parts {
		step("rewrite")
		err := guarded("merge", func() error { return m.part(n, opened(n)) })
		if err != nil {
			return fail(n, err)
		}
	}
	made, err := m.finish()
	if err != nil {
		return Merged{}, err
	}
	return e.proveMerged(out, made, p, opened, m.counts, step, progress)
}

// mostFront bounds the pages of the front.
const mostFront = 200

// merger collects the parts of a packet.
type merger struct {
	to      *emitter
	packet  Packet
	tree    int // number of the root of all page trees
	kids    types.Array
	pages   []types.IndirectRef
	counts  []int // pages of each part
	firsts  []int // first page of each part, index into pages
	own     map[int][]ownBookmark
	layers  layers
	forms   forms
	shifts  []int64
	without int // pages without a shift
	anchors []frontAnchor
}

// frontAnchor is a link of the front that waits for its page.
type frontAnchor struct {
	number int // reserved for the annotation
	link   PartLink
}

func (m *merger) part(n int, r io.ReadSeeker) error {
	s, err := readSource(r, m.packet.Parts[n].Base.SlotObject, m.to)
	if err != nil {
		return err
	}
	root, err := s.ctx.Catalog()
	if err != nil {
		return err
	}
	top, ok := root["Pages"].(types.IndirectRef)
	if !ok {
		return errPageTree
	}
	whole := *types.NewIndirectRef(m.tree, 0)
	topNumber := top.ObjectNumber.Value()
	pages := map[int]int{}
	for i, p := range s.pages {
		pages[p.number] = i + 1
	}
	if pages[topNumber] != 0 {
		return errPageTree // a lone page without a tree
	}
	fields, err := m.forms.add(s, root, n)
	if err != nil {
		return err
	}
	s.edit = func(old int, d types.Dict) {
		if above, ok := fields[old]; ok && old != 0 {
			d["Parent"] = written{above}
		}
		delete(d, "StructParents")
		delete(d, "StructParent")
		if old == topNumber {
			d["Parent"] = written{whole}
		}
		if page := pages[old]; page != 0 && n == 0 {
			m.addLinks(s, d, page)
		}
	}
	shifted := m.packet.Parts[n].Base.Parts.Mode == council.Interleaved && s.findShifts()
	ref := s.reference(topNumber)
	m.firsts, m.counts = append(m.firsts, len(m.pages)), append(m.counts, len(s.pages))
	for _, p := range s.pages {
		m.pages = append(m.pages, s.reference(p.number))
	}
	if m.own == nil {
		m.own = map[int][]ownBookmark{}
	}
	m.own[n] = s.bookmarks(root)
	m.layers.add(s, root)
	if err := s.drain(); err != nil {
		return err
	}
	if shifted {
		m.shifts = append(m.shifts, s.shiftOffsets()...)
	} else {
		m.without += len(s.pages)
	}
	m.kids = append(m.kids, ref)
	return nil
}

// addLinks gives a page of the front its links; their goals are known at the end.
func (m *merger) addLinks(s *source, d types.Dict, page int) {
	annots := append(types.Array{}, array(s.ctx, d["Annots"])...)
	own := len(annots)
	var refs types.Array
	for _, l := range m.packet.Links {
		if l.Page == page && l.Part > 0 && l.Part < len(m.packet.Parts) {
			number := m.to.reserve()
			m.anchors = append(m.anchors, frontAnchor{number, l})
			refs = append(refs, written{*types.NewIndirectRef(number, 0)})
		}
	}
	if own+len(refs) > 0 {
		d["Annots"] = append(annots, refs...)
	}
}

func (m *merger) finish() (council.Prepared, error) {
	for _, a := range m.anchors {
		goal := m.pages[m.firsts[a.link.Part]]
		err := m.to.object(a.number, types.Dict{"Type": types.Name("Annot"), "Subtype": types.Name("Link"),
			"Rect": types.NewNumberArray(a.link.Box[0], a.link.Box[1], a.link.Box[2], a.link.Box[3]), "Border": types.NewIntegerArray(0, 0, 0),
			"Dest": types.Array{goal, types.Name("Fit")}})
		if err != nil {
			return council.Prepared{}, err
		}
	}
	if err := m.to.object(m.tree, types.Dict{"Type": types.Name("Pages"), "Kids": m.kids, "Count": types.Integer(len(m.pages))}); err != nil {
		return council.Prepared{}, err
	}
	catalog := types.Dict{"Type": types.Name("Catalog"), "Pages": *types.NewIndirectRef(m.tree, 0), "PageLabels": m.labels(),
		"ViewerPreferences": types.Dict{"DisplayDocTitle": types.Boolean(true)}, "PageMode": types.Name("UseOutlines")}
	if m.packet.Language != "" {
		catalog["Lang"] = types.StringLiteral(m.packet.Language)
	}
	if outline, err := m.outline(); err != nil {
		return council.Prepared{}, err
	} else if outline != nil {
		catalog["Outlines"] = *outline
	}
	if l := m.layers.properties(); l != nil {
		catalog["OCProperties"] = l
	}
	if f := m.forms.dictionary(); f != nil {
		catalog["AcroForm"] = f
	}
	root, err := m.to.add(catalog)
	if err != nil {
		return council.Prepared{}, err
	}
	info, err := m.to.add(types.Dict{"Title": textString(m.packet.Title)})
	if err != nil {
		return council.Prepared{}, err
	}
	made := m.to.slot
	if made.Size, made.Parts.ID, err = m.to.finish(root, info); err != nil {
		return council.Prepared{}, err
	}
	if m.without == 0 && len(m.shifts) == len(m.pages) {
		made.Parts.Mode, made.Parts.Shifts = council.Interleaved, m.shifts
	}
	return made, nil
}

func (m *merger) labels() types.Dict {
	nums := types.Array{}
	for _, l := range m.packet.Labels {
		d := types.Dict{"S": types.Name("D"), "St": types.Integer(max(1, l.First))}
		if l.Roman {
			d["S"] = types.Name("r")
		}
		if l.Prefix != "" {
			d["P"] = textString(l.Prefix)
		}
		nums = append(nums, types.Integer(l.Page), d)
	}
	return types.Dict{"Nums": nums}
}
