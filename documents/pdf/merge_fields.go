package pdf

import (
	"fmt"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// forms joins the forms of the parts (ISO 32000-1, 12.7.2): without them a program that draws a field by its value, as many forms ask
// for, would show an empty page. The fields of a part stand under one of their own, because two papers may use the same names.
type forms struct {
	fields    types.Array
	resources types.Dict // by category, then by name; the first part that uses a name has it
	draw      bool       // a part asks programs to draw its fields by their values
}

// add takes a part's form, and gives the object numbers of its outermost fields with the reference under which they have to stand.
func (f *forms) add(s *source, root types.Dict, part int) (outermost map[int]types.IndirectRef, err error) {
	form := dict(s.ctx, root["AcroForm"])
	var kids types.Array
	outermost = map[int]types.IndirectRef{}
	parent := types.IndirectRef{}
	for _, o := range array(s.ctx, form["Fields"]) {
		ref, ok := o.(types.IndirectRef)
		if old := ref.ObjectNumber.Value(); ok && dict(s.ctx, ref) != nil && outermost[old] == (types.IndirectRef{}) {
			if len(kids) == 0 {
				parent = *types.NewIndirectRef(s.to.reserve(), 0)
			}
			outermost[old] = parent
			kids = append(kids, s.reference(old))
		}
	}
	if len(kids) == 0 {
		return nil, nil
	}
	above := types.Dict{"T": textString(fmt.Sprint("p", part)), "Kids": kids}
	for _, key := range []string{"DA", "Q"} { // both are inherited
		if v := s.copied(form[key], 0); v != nil {
			above[key] = v
		}
	}
	f.fields = append(f.fields, parent)
	if b, ok := form["NeedAppearances"].(types.Boolean); ok && bool(b) {
		f.draw = true
	}
	for category, o := range dict(s.ctx, form["DR"]) {
		for name, resource := range dict(s.ctx, o) {
			if f.resources == nil {
				f.resources = types.Dict{}
			}
			all, _ := f.resources[category].(types.Dict)
			if all == nil {
				all = types.Dict{}
				f.resources[category] = all
			}
			if v := s.copied(resource, 0); all[name] == nil && v != nil {
				all[name] = v
			}
		}
	}
	return outermost, s.to.object(parent.ObjectNumber.Value(), above)
}

// dictionary is the packet's form, nil when no part has fields.
func (f *forms) dictionary() types.Dict {
	if len(f.fields) == 0 {
		return nil
	}
	d := types.Dict{"Fields": f.fields}
	if f.resources != nil {
		d["DR"] = f.resources
	}
	if f.draw {
		d["NeedAppearances"] = types.Boolean(true)
	}
	return d
}
