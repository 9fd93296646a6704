package pdf

import (
	"fmt"
	"math"
	"strings"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// largeAnnotation is the share of the page from which an annotation can hide the mark.
const largeAnnotation = 0.01

// flattened draws the page's annotations into its content and takes them off the page: an annotation is shown above all content, so a
// mark under it would not be seen, and a mark that was an annotation itself could be deleted in any viewer. level 1 means large
// ones, 2 all that show something. Links, and what is hidden, stay as they are.
func (m *marker) flattened(d types.Dict, in inherited, resources types.Dict, level int) string {
	box := m.visible(d, in)
	area := (box[2] - box[0]) * (box[3] - box[1])
	var kept types.Array
	var content strings.Builder
	for _, a := range array(m.ctx, d["Annots"]) {
		annotation := dict(m.ctx, a)
		rect, ok := rectangle(m.ctx, annotation["Rect"])
		if !ok || level == 1 && (rect[2]-rect[0])*(rect[3]-rect[1]) < largeAnnotation*area {
			kept = append(kept, a)
			continue
		}
		drawing, ok := m.appearance(annotation, rect, resources)
		if !ok {
			kept = append(kept, a)
			continue
		}
		content.WriteString(drawing)
	}
	d["Annots"] = kept
	if len(kept) == 0 {
		delete(d, "Annots")
	}
	return content.String()
}

// appearance is how a viewer shows the annotation, as page content (algorithm of ISO 32000-1, 12.5.5).
func (m *marker) appearance(a types.Dict, rect [4]float64, resources types.Dict) (string, bool) {
	const hidden, noView = 2, 32 // ISO 32000-1, table 165
	flags, _ := number(m.ctx, a["F"])
	subtype := name(m.ctx, a["Subtype"])
	if int(flags)&(hidden|noView) != 0 || subtype == "Link" || subtype == "Popup" {
		return "", false
	}
	normal := dict(m.ctx, a["AP"])["N"]
	if state := name(m.ctx, a["AS"]); state != "" {
		if states, err := m.ctx.DereferenceDict(normal); err == nil && states != nil {
			normal = states[state]
		}
	}
	ref, ok := normal.(types.IndirectRef)
	if !ok {
		return "", false
	}
	form, _, err := m.ctx.DereferenceStreamDict(ref)
	if err != nil || form == nil {
		return "", false
	}
	box, ok := rectangle(m.ctx, form.Dict["BBox"])
	if !ok {
		return "", false
	}
	own := identity
	if list := array(m.ctx, form.Dict["Matrix"]); len(list) == 6 {
		for i, o := range list {
			own[i], _ = number(m.ctx, o)
		}
	}
	// The box that holds the transformed corners of the form is laid onto the annotation's rectangle.
	low, high := [2]float64{math.Inf(1), math.Inf(1)}, [2]float64{math.Inf(-1), math.Inf(-1)}
	for _, corner := range [][2]float64{{box[0], box[1]}, {box[2], box[1]}, {box[0], box[3]}, {box[2], box[3]}} {
		for axis := range 2 {
			v := corner[0]*own[axis] + corner[1]*own[2+axis] + own[4+axis]
			low[axis], high[axis] = min(low[axis], v), max(high[axis], v)
		}
	}
	if !(high[0] > low[0] && high[1] > low[1]) {
		return "", false
	}
	sx, sy := (rect[2]-rect[0])/(high[0]-low[0]), (rect[3]-rect[1])/(high[1]-low[1])
	form.Dict["Type"], form.Dict["Subtype"] = types.Name("XObject"), types.Name("Form") // both may be missing in an appearance
	m.flat++
	called := fmt.Sprintf("%sA%d", m.name, m.flat)
	m.extend(resources, "XObject", called, ref)
	blend := ""
	if subtype == "Highlight" {
		state, err := m.ctx.IndRefForNewObject(types.Dict{"BM": types.Name("Multiply")})
		if err != nil {
			return "", false
		}
		m.extend(resources, "ExtGState", called, *state)
		blend = "/" + called + " gs "
	}
	return fmt.Sprintf("q %s%.5f 0 0 %.5f %.4f %.4f cm /%s Do Q\n", blend, sx, sy, rect[0]-low[0]*sx, rect[1]-low[1]*sy, called), true
}
