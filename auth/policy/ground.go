package policy

import (
	"slices"
	"time"

	"ris/app/council"
)

// GroundKind names the rule by which somebody holds a label.
type GroundKind string

// The grounds; each has a sentence in the catalogue (access.ground.<kind>).
const (
	AsPublic       GroundKind = "public"
	AsOneself      GroundKind = "oneself"
	BySeat         GroundKind = "seat"         // Object: organization
	ByFormerSeat   GroundKind = "former"       // Object: organization
	BySubstitution GroundKind = "substitution" // Object: meeting
	ByDeputy       GroundKind = "deputy"       // Object: organization
	ByInvitation   GroundKind = "guest"        // Object: agenda item; Until is a moment
	ByClerk        GroundKind = "clerk"        // Object: Body
	ByMayor        GroundKind = "mayor"        // Object: organization
	ByGroupOffice  GroundKind = "group_office" // Object: organization
	ByConflict     GroundKind = "conflict"     // Object: agenda item; withholds
)

// Ground is one reason for holding a label. Until is the last day of it (midnight UTC), or the moment at which it ends; zero = open.
type Ground struct {
	Kind   GroundKind
	Object council.ID
	Until  time.Time
}

// Decision says whether a viewer may read with an audience, and why: By are the grounds that allow, Despite those that withhold.
type Decision struct {
	Reads   bool
	By      []Ground
	Despite []Ground
}

// Why is CanRead with its reasons, for clerks who ask who can see something. The public and named system work have no grounds of
// their own but AsPublic.
func Why(v Viewer, a council.Audience) Decision {
	return Decision{Reads: CanRead(v, a), By: v.heldOf(a.Allowed), Despite: v.heldOf(a.Withheld)}
}

func (v Viewer) heldOf(labels []council.Label) (out []Ground) {
	for _, l := range labels {
		if l == LabelPublic && slices.Contains(v.labels, LabelPublic) {
			out = append(out, Ground{Kind: AsPublic})
			continue
		}
		for _, g := range v.grounds[l] {
			if !slices.Contains(out, g) {
				out = append(out, g)
			}
		}
	}
	return out
}
