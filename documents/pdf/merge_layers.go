package pdf

import "github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

// layers joins the optional content of the parts (ISO 32000-1, 8.11.4): without it, hidden layers would show.
type layers struct {
	groups, on, off, order, as types.Array
}

func (l *layers) add(s *source, root types.Dict) {
	p := dict(s.ctx, root["OCProperties"])
	if p == nil {
		return
	}
	take := func(o types.Object) types.Array {
		a, _ := s.copied(array(s.ctx, o), 0).(types.Array)
		return a
	}
	groups := take(p["OCGs"])
	d := dict(s.ctx, p["D"])
	off, on := take(d["OFF"]), take(d["ON"])
	if name(s.ctx, d["BaseState"]) == "OFF" {
		// Joined, the state of all others is ON: what this part hides by default is named.
		shown := map[types.IndirectRef]bool{}
		for _, o := range on {
			if ref, ok := o.(types.IndirectRef); ok {
				shown[ref] = true
			}
		}
		for _, g := range groups {
			if ref, ok := g.(types.IndirectRef); ok && !shown[ref] {
				off = append(off, g)
			}
		}
	}
	l.groups = append(l.groups, groups...)
	l.off = append(l.off, off...)
	l.on = append(l.on, on...)
	l.order = append(l.order, take(d["Order"])...)
	l.as = append(l.as, take(d["AS"])...)
}

func (l *layers) properties() types.Dict {
	if len(l.groups) == 0 {
		return nil
	}
	d := types.Dict{"ON": orEmpty(l.on), "OFF": orEmpty(l.off), "Order": orEmpty(l.order)}
	if len(l.as) > 0 {
		d["AS"] = l.as
	}
	return types.Dict{"OCGs": l.groups, "D": d}
}

func orEmpty(a types.Array) types.Array {
	if a == nil {
		return types.Array{}
	}
	return a
}
