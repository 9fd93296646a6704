package pdf

import (
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// signatures takes signature fields out: a changed file would be shown as wrongly signed. What a visible signature looks like
// stays on the page as a plain stamp; the signed original is kept by the office.
func (s *stripper) signatures() {
	for number, entry := range s.ctx.Table {
		if entry == nil || entry.Free {
			continue
		}
		if d, ok := entry.Object.(types.Dict); ok && s.isSignature(d, 0) {
			s.notes[noteSignatures] = true
			s.toStamp(number, d)
		}
	}
	root, err := s.ctx.Catalog()
	if err != nil {
		return
	}
	form := dict(s.ctx, root["AcroForm"])
	if form == nil {
		return
	}
	delete(form, "SigFlags")
	fields := array(s.ctx, form["Fields"])
	kept := make(types.Array, 0, len(fields))
	for _, f := range fields {
		if d := dict(s.ctx, f); d != nil && !s.left(f) && name(s.ctx, d["Subtype"]) != "Stamp" && !s.isSignature(d, 0) {
			kept = append(kept, f)
		}
	}
	form["Fields"] = kept
	if len(kept) == 0 && len(fields) > 0 {
		delete(root, "AcroForm")
	}
}

// isSignature looks for the field type, which a widget inherits from its field (ISO 32000-1, 12.7.3.1).
func (s *stripper) isSignature(d types.Dict, depth int) bool {
	if ft := name(s.ctx, d["FT"]); ft != "" || depth > 10 {
		return ft == "Sig"
	}
	if parent := dict(s.ctx, d["Parent"]); parent != nil && d["Subtype"] != nil {
		return s.isSignature(parent, depth+1)
	}
	return false
}

func (s *stripper) left(o types.Object) bool {
	ref, ok := o.(types.IndirectRef)
	return ok && s.gone[ref.ObjectNumber.Value()]
}

func (s *stripper) toStamp(number int, d types.Dict) {
	_, visible := rectangle(s.ctx, d["Rect"])
	widget := name(s.ctx, d["Subtype"]) == "Widget"
	appearance := dict(s.ctx, d["AP"])
	for _, k := range []string{"V", "Lock", "SV", "DV", "Ff", "DA", "MK", "T", "TU", "TM"} {
		delete(d, k)
	}
	if !widget {
		return // a field above its widgets: it leaves the list of fields
	}
	if !visible || appearance == nil || appearance["N"] == nil {
		s.gone[number] = true
		return
	}
	delete(d, "Parent")
	delete(d, "FT")
	d["Subtype"] = types.Name("Stamp")
}
