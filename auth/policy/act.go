package policy

import (
	"slices"

	"ris/app/council"
)

// IsClerk: only the clerk of the Body (and named system work) may prepare, publish, replace and withdraw.
func IsClerk(v Viewer, body council.ID) bool {
	return v.Unfiltered() || slices.Contains(v.clerk, body)
}

// IsAnyClerk reports whether the viewer is clerk of at least one Body (may open the console).
func IsAnyClerk(v Viewer) bool { return len(v.clerk) > 0 }

// ClerkBodies are the bodies in which the viewer is clerk.
func ClerkBodies(v Viewer) []council.ID { return v.clerk }

// IsIT reports whether the viewer runs the system of at least one Body. It gives no right to read.
func IsIT(v Viewer) bool { return len(v.it) > 0 }

// MayManage answers what a clerk's act on an object must answer: nil for the clerk of its Body; "forbidden" for somebody who
// may read it; "not found" for everybody else, so that no act tells of an object.
func MayManage(v Viewer, body council.ID, a council.Audience) error {
	if IsClerk(v, body) {
		return nil
	}
	if CanRead(v, a) && v.SignedIn() {
		return council.E(council.Forbidden, "error.forbidden")
	}
	return council.ErrNotFound()
}
