package audience

import (
	"slices"

	"ris/app/council"
)

// Widens reports whether somebody could read with b who could not with a: a new allowed label, or a withheld one less.
func Widens(a, b council.Audience) bool {
	for _, l := range b.Allowed {
		if !slices.Contains(a.Allowed, l) {
			return true
		}
	}
	for _, l := range a.Withheld {
		if !slices.Contains(b.Withheld, l) {
			return true
		}
	}
	return false
}

// widened is our mistake, not the clerk's: the use-case should have held the object back.
func widened(kind string, id council.ID) error {
	return council.E(council.Internal, "error.internal").Because(opened{kind, id})
}

type opened struct {
	kind string
	id   council.ID
}

func (o opened) Error() string {
	return "audience: " + o.kind + " " + string(o.id) + " would be opened outside of a publication"
}
