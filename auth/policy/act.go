package policy

import "ris/app/council"

// IsIT reports whether the viewer runs the system of at least one Body. It gives no right to read.
func IsIT(v Viewer) bool { return len(v.it) > 0 }

// MayManage answers what a clerk's act on an object must answer: nil for the clerk of its Body; "forbidden" for somebody who
// may read it; "not found" for everybody else, so that no act tells of an object.
//
//	Vorbereiten, veröffentlichen, ersetzen, zurückziehen, Vertretung, Befangenheit und Gäste eintragen und nachsehen, wer etwas sehen kann,
//	darf nur der Sitzungsdienst der Körperschaft.
func MayManage(v Viewer, body council.ID, a council.Audience) error {
	if IsClerk(v, body) {
		return nil
	}
	if CanRead(v, a) && v.SignedIn() {
		return council.E(council.Forbidden, "error.forbidden")
	}
	return council.ErrNotFound()
}
