package council

import "time"

// DifferenceState says how far the comparison of two versions is.
type DifferenceState string

// The states of a Difference.
const (
	DifferenceAsked    DifferenceState = "asked"    // a job will make it
	DifferenceText     DifferenceState = "text"     // the words are compared, the pictures of pages are still to come
	DifferenceReady    DifferenceState = "ready"    // all of it
	DifferenceNoImages DifferenceState = "noimages" // the words are compared, the pictures could not be
	DifferenceFailed   DifferenceState = "failed"   // neither
)

// Shown reports whether there is something to show.
func (s DifferenceState) Shown() bool {
	return s == DifferenceText || s == DifferenceReady || s == DifferenceNoImages
}

// Difference is what changed between two versions of a file. It is as secret as both: who may not read one of them must not see it.
type Difference struct {
	Old, New ID // file versions
	State    DifferenceState
	Data     []byte // documents/compare.Encode; empty while there is nothing to show
	Made     time.Time
}
