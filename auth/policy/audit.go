package policy

import (
	"slices"

	"ris/app/council"
)

// The log of what was done, as a clerk would say it:
//
//   - Each person sees what was opened and done in their own name, and what was done to their account.
//   - The Sitzungsdienst of a Body sees the acts in that Body: what was published, changed, released, given out. It does not see who
//     opened which paper, nor who signed in when: how a member works with papers is the member's affair. To look that up, two
//     persons have to agree (release.go).
//   - The head of the log, which names nobody and no paper, is for the Sitzungsdienst and for those who run the system.
//   - Nobody else sees anything of it. What a line is about is named only where the viewer may still read it.

// SeesLinesAbout: the person alone.
func SeesLinesAbout(v Viewer, person council.ID) bool { return v.SignedIn() && v.person == person }

// SeesLinesOf: the clerk of the Body.
func SeesLinesOf(v Viewer, body council.ID) bool {
	return v.Unfiltered() || v.SignedIn() && slices.Contains(v.clerk, body)
}

// SeesLogHead: clerks and those who run the system.
func SeesLogHead(v Viewer) bool { return v.SignedIn() && (IsAnyClerk(v) || IsIT(v)) }
