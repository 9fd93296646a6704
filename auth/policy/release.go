package policy

import (
	"slices"

	"ris/app/council"
)

// Acts that touch a person's rights need two persons of the same Body, as a clerk would say it:
//
//   - Asking for the act is for the Sitzungsdienst of the Body.
//   - Releasing or refusing it is for the Sitzungsdienst or the mayor of the same Body, and never for the one who asked, whatever
//     their offices.
//   - That somebody asked, and what became of it, is seen by the Sitzungsdienst and the mayor of the Body; by nobody else, not by
//     those who run the system.
//   - What the act found is seen by the two persons alone, as long as they still hold their office.
//
// Named system work may do none of this: a program is no second person.

// MayRequestRelease: the clerk of the Body.
func MayRequestRelease(v Viewer, body council.ID) bool {
	return v.SignedIn() && slices.Contains(v.clerk, body)
}

// MayDecideRelease: another clerk of the Body, or its mayor; never the one who asked.
func MayDecideRelease(v Viewer, body, requestedBy council.ID) bool {
	return SeesReleases(v, body) && v.person != requestedBy
}

// SeesReleases: clerks and the mayor of the Body.
func SeesReleases(v Viewer, body council.ID) bool {
	return v.SignedIn() && (slices.Contains(v.clerk, body) || slices.Contains(v.mayor, body))
}

// SeesReleased: what the act found is for the one who asked and the one who released it.
func SeesReleased(v Viewer, r council.Release) bool {
	return SeesReleases(v, r.Body) && r.DecidedBy != "" && (v.person == r.RequestedBy || v.person == r.DecidedBy)
}

// ReleaseBodies are the bodies of whose releases the viewer may know, sorted.
func ReleaseBodies(v Viewer) []council.ID {
	if !v.SignedIn() {
		return nil
	}
	all := append(slices.Clone(v.clerk), v.mayor...)
	slices.Sort(all)
	return slices.Compact(all)
}
