package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// source is a base whose objects are written into another file under new numbers. Only what is asked for goes over, with all that
// it refers to.
type source struct {
	ctx     *model.Context
	to      *emitter
	numbers map[int]int // old to new
	queue   []int       // old numbers that wait to be written
	pages   []sourcePage
	dests   map[string]types.Object // named destinations, read when first asked for
	shifts  map[int]int             // by the old number of a stream: where in its bytes a page's shift begins
	shiftAt map[int]int64           // by old number: where the shift came to stand
	named   bool                    // names of destinations stay: the whole document is copied
	// edit may change a copied dictionary before it is written; old is the number of the object, 0 inside of one.
	edit func(old int, d types.Dict)
	// replace gives another stream in the place of one; false = as it is.
	replace func(old int, s types.StreamDict) (types.StreamDict, bool)
}

type sourcePage struct {
	number int // old
	dict   types.Dict
}

// read opens the base and lets its slot become the emitter's.
func readSource(r io.ReadSeeker, slot int, to *emitter) (*source, error) {
	ctx, err := readStructure(r, false)
	if err != nil {
		return nil, err
	}
	s := &source{ctx: ctx, to: to, numbers: map[int]int{slot: to.slot.SlotObject}, shifts: map[int]int{}, shiftAt: map[int]int64{}}
	root, err := ctx.Catalog()
	if err != nil {
		return nil, err
	}
	if err := s.tree(root["Pages"], map[int]bool{}, 0); err != nil {
		return nil, err
	}
	if len(s.pages) == 0 {
		return nil, errNoPages
	}
	return s, nil
}

// tree lists the pages in order.
func (s *source) tree(o types.Object, seen map[int]bool, depth int) error {
	ref, ok := o.(types.IndirectRef)
	d := dict(s.ctx, o)
	if !ok || d == nil || depth > deepestTree || seen[ref.ObjectNumber.Value()] {
		return errPageTree // in a base each of them would be a fault of ours
	}
	seen[ref.ObjectNumber.Value()] = true
	kids, node := d.Find("Kids")
	if !node {
		s.pages = append(s.pages, sourcePage{ref.ObjectNumber.Value(), d})
		return nil
	}
	for _, k := range array(s.ctx, kids) {
		if err := s.tree(k, seen, depth+1); err != nil {
			return err
		}
	}
	return nil
}

// written is a reference that is of the new file already.
type written struct{ types.IndirectRef }

// reference gives the new reference of an old one, and queues the object.
func (s *source) reference(old int) types.IndirectRef {
	n, known := s.numbers[old]
	if !known {
		n = s.to.reserve()
		s.numbers[old] = n
		s.queue = append(s.queue, old)
	}
	return *types.NewIndirectRef(n, 0)
}

// copied is o with all references exchanged; the original stays as it is.
func (s *source) copied(o types.Object, depth int) types.Object {
	if depth > deepest {
		return nil
	}
	switch v := o.(type) {
	case types.IndirectRef:
		if there, err := s.ctx.Dereference(v); err != nil || there == nil {
			return nil
		}
		return s.reference(v.ObjectNumber.Value())
	case types.Array:
		out := make(types.Array, len(v))
		for i, x := range v {
			out[i] = s.copied(x, depth+1)
		}
		return out
	case types.Dict:
		return s.copiedDict(0, v, depth)
	default:
		return o
	}
}

func (s *source) copiedDict(old int, d types.Dict, depth int) types.Dict {
	out := make(types.Dict, len(d))
	for k, x := range d {
		out[k] = x
	}
	if !s.named {
		s.destinations(out)
	}
	if s.edit != nil {
		s.edit(old, out)
	}
	for k, x := range out {
		if x = s.copied(x, depth+1); x == nil {
			delete(out, k) // null is the same as no entry
			continue
		}
		out[k] = x
	}
	return out
}

// drain writes everything that was referred to.
func (s *source) drain() error {
	for len(s.queue) > 0 {
		old := s.queue[len(s.queue)-1]
		s.queue = s.queue[:len(s.queue)-1]
		o, err := s.ctx.Dereference(*types.NewIndirectRef(old, 0))
		if err != nil {
			return fmt.Errorf("object %d: %w", old, err)
		}
		if err := s.object(old, o); err != nil {
			return fmt.Errorf("object %d: %w", old, err)
		}
	}
	return nil
}

var errEncoded = errors.New("a stream lost its bytes")

func (s *source) object(old int, o types.Object) error {
	number := s.numbers[old]
	switch v := o.(type) {
	case types.Dict:
		return s.to.object(number, s.copiedDict(old, v, 0))
	case types.StreamDict:
		if s.replace != nil {
			if other, ok := s.replace(old, v); ok {
				v = other
			}
		}
		if v.Raw == nil && len(v.Content) > 0 {
			return errEncoded
		}
		d := s.copiedDict(old, v.Dict, 0)
		at, err := s.to.stream(number, d, v.Raw)
		if in, ok := s.shifts[old]; ok {
			s.shiftAt[old] = at + int64(in)
		}
		return err
	case types.ObjectStreamDict, types.XRefStreamDict:
		return s.to.object(number, nil)
	default:
		return s.to.object(number, s.copied(v, 0))
	}
}

// destinations writes named destinations out: two papers may use the same name. A name that leads nowhere is dropped.
func (s *source) destinations(d types.Dict) {
	key := ""
	switch {
	case d["Dest"] != nil:
		key = "Dest"
	case d["D"] != nil && name(s.ctx, d["S"]) == "GoTo":
		key = "D"
	default:
		return
	}
	if to := s.destination(d[key]); to != nil {
		d[key] = to
	} else {
		delete(d, key)
	}
}

// destination is the array of an explicit destination that leads to a page of this document, or nil.
func (s *source) destination(o types.Object) types.Array {
	o, err := s.ctx.Dereference(o)
	if err != nil {
		return nil
	}
	key := ""
	switch v := o.(type) {
	case types.Name:
		key = "/" + string(v)
	case types.StringLiteral:
		b, err := types.Unescape(string(v))
		if err != nil {
			return nil
		}
		key = string(b)
	case types.HexLiteral:
		b, err := v.Bytes()
		if err != nil {
			return nil
		}
		key = string(b)
	default:
		a, _ := o.(types.Array)
		return s.toPage(a)
	}
	if s.dests == nil {
		s.dests = map[string]types.Object{}
		s.readDestinations()
	}
	there, err := s.ctx.Dereference(s.dests[key])
	if err != nil {
		return nil
	}
	if d, ok := there.(types.Dict); ok {
		there, _ = s.ctx.Dereference(d["D"])
	}
	a, _ := there.(types.Array)
	return s.toPage(a)
}

func (s *source) toPage(a types.Array) types.Array {
	if len(a) == 0 {
		return nil
	}
	ref, ok := a[0].(types.IndirectRef)
	if !ok {
		return nil
	}
	for _, p := range s.pages {
		if p.number == ref.ObjectNumber.Value() {
			return a
		}
	}
	return nil
}

const mostNames = 100_000

func (s *source) readDestinations() {
	root, err := s.ctx.Catalog()
	if err != nil {
		return
	}
	for k, v := range dict(s.ctx, root["Dests"]) {
		s.dests["/"+k] = v
	}
	s.nameTree(dict(s.ctx, dict(s.ctx, root["Names"])["Dests"]), 0)
}

func (s *source) nameTree(d types.Dict, depth int) {
	if d == nil || depth > deepestTree || len(s.dests) > mostNames {
		return
	}
	pairs := array(s.ctx, d["Names"])
	for i := 0; i+1 < len(pairs); i += 2 {
		switch v := pairs[i].(type) {
		case types.StringLiteral:
			if b, err := types.Unescape(string(v)); err == nil {
				s.dests[string(b)] = pairs[i+1]
			}
		case types.HexLiteral:
			if b, err := v.Bytes(); err == nil {
				s.dests[string(b)] = pairs[i+1]
			}
		}
	}
	for _, k := range array(s.ctx, d["Kids"]) {
		s.nameTree(dict(s.ctx, k), depth+1)
	}
}

// findShifts notes where the pages' shifts stand; false when a page has none.
func (s *source) findShifts() bool {
	for _, p := range s.pages {
		found := false
		for _, c := range array(s.ctx, p.dict["Contents"]) {
			ref, ok := c.(types.IndirectRef)
			sd, isStream := func() (types.StreamDict, bool) {
				o, _ := s.ctx.Dereference(c)
				sd, ok := o.(types.StreamDict)
				return sd, ok
			}()
			if !ok || !isStream || sd.Dict["Filter"] != nil {
				continue
			}
			if i := bytes.Index(sd.Raw, []byte("1 0 0 1 "+noShift+" cm")); i >= 0 {
				s.shifts[ref.ObjectNumber.Value()] = i + len("1 0 0 1 ")
				found = true
				break
			}
		}
		if !found {
			return false
		}
	}
	return true
}

// shiftOffsets are the places of the shifts in the written file, in the order of pages.
func (s *source) shiftOffsets() (out []int64) {
	for _, p := range s.pages {
		for _, c := range array(s.ctx, p.dict["Contents"]) {
			if ref, ok := c.(types.IndirectRef); ok {
				if at, ok := s.shiftAt[ref.ObjectNumber.Value()]; ok {
					out = append(out, at)
					break
				}
			}
		}
	}
	return out
}
