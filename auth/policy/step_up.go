package policy

import "ris/app/council"

// Stale is the viewer whose proof of identity has become old (auth/session.Fresh says when). It sees the same lists and may do the same
// acts; only what stands in non-public papers waits, see Confirmed.
func (v Viewer) Stale() Viewer {
	v.stale = v.SignedIn()
	return v
}

// IsStale reports whether non-public papers would ask for a new proof.
func IsStale(v Viewer) bool { return v.stale }

// Confirmed is asked before the content of a paper (its bytes, pictures, words, places in it) is given to somebody who may read it.
//
//	Was in nichtöffentlichen Unterlagen steht, wird nur gezeigt, wenn die Anmeldung jung genug ist oder mit einem Passkey bestätigt wurde.
//
// The error is council.Forbidden with the key "error.step_up", which the apps know: they lead to the confirmation and back. It tells
// of nothing, because it is asked after the right to read.
func Confirmed(v Viewer, nonPublic bool) error {
	if v.stale && nonPublic && !v.Unfiltered() {
		return council.E(council.Forbidden, "error.step_up")
	}
	return nil
}
