package council

import (
	"slices"
	"strings"
)

// Label names a set of readers: "public", "org:<id>@<term id>", "meeting:<id>", "clerk:<body id>", "person:<id>",
// "guest:<agenda item id>"; only withheld: "conflict:<agenda item id>".
// An unknown label matches nobody. Only auth/policy makes labels.
type Label string

// Audience says who may read an object: somebody who holds one of Allowed and none of Withheld.
// The zero Audience is readable by nobody. Both sets are sorted and without doubles (see Normal).
type Audience struct {
	Allowed  []Label
	Withheld []Label
}

// Normal returns the audience sorted and without doubles, so that equal audiences are equal values.
func (a Audience) Normal() Audience {
	norm := func(in []Label) []Label {
		if len(in) == 0 {
			return nil
		}
		out := slices.Clone(in)
		slices.Sort(out)
		return slices.Compact(out)
	}
	return Audience{Allowed: norm(a.Allowed), Withheld: norm(a.Withheld)}
}

// Equal reports whether both audiences name the same labels.
func (a Audience) Equal(b Audience) bool {
	x, y := a.Normal(), b.Normal()
	return slices.Equal(x.Allowed, y.Allowed) && slices.Equal(x.Withheld, y.Withheld)
}

// Public reports whether anonymous visitors may read it: what the publication gate asks.
func (a Audience) Public() bool { return slices.Contains(a.Allowed, "public") && len(a.Withheld) == 0 }

// String is for logs and tests.
func (a Audience) String() string {
	join := func(l []Label) string {
		s := make([]string, len(l))
		for i, x := range l {
			s[i] = string(x)
		}
		return strings.Join(s, " ")
	}
	if len(a.Withheld) == 0 {
		return join(a.Allowed)
	}
	return join(a.Allowed) + " not " + join(a.Withheld)
}
