package council

import "time"

// AccessSettings are what a Body decides about its readers where law and house rules differ. Its ID is the Body's. The zero value
// is the careful choice everywhere.
type AccessSettings struct {
	Stamp
	// ConflictMode is what a conflict of interest does that is recorded from now on; empty = ConflictHides.
	ConflictMode ConflictMode
	// DeputiesRead: a standing deputy reads what the organization reads, also while nobody is substituted.
	DeputiesRead bool
	// NewcomersReadOlder: a member also reads the non-public papers of terms that had ended when the seat began.
	NewcomersReadOlder bool
	// FormerDays is for how many days after the end of a term its last members go on reading it; 0 = not at all, at most MostFormerDays.
	FormerDays int
	// MayorReads: the mayor reads as a member of each committee would, without a seat.
	MayorReads bool
	// GroupOfficesRead: the office of a Fraktion reads what the committees read in which the Fraktion has a seat.
	GroupOfficesRead bool
}

// MostFormerDays bounds AccessSettings.FormerDays.
const MostFormerDays = 90

// ConflictMode is what a Befangenheit does to the non-public papers of its agenda item.
type ConflictMode string

const (
	ConflictHides    ConflictMode = "hide"    // withheld from the moment of recording
	ConflictMarks    ConflictMode = "mark"    // noted only; the papers stay readable
	ConflictDeclared ConflictMode = "declare" // withheld from the moment of declaration on
)

// Known reports whether m is one of the three, or empty (not chosen).
func (m ConflictMode) Known() bool {
	return m == "" || m == ConflictHides || m == ConflictMarks || m == ConflictDeclared
}

// Deputy is a standing deputy (stellvertretendes Mitglied) of an organization for a time. Start and End are dates, both inclusive; a
// zero End is open. Whether it lets anybody read is the Body's setting; a recorded Substitution always does.
type Deputy struct {
	Stamp
	Body         ID
	Organization ID
	Person       ID
	Start        time.Time
	End          time.Time
}

// Guest is somebody from outside (an expert, a planner) who may read one agenda item and its papers. Start and End are moments:
// from Start on, and no longer at End.
type Guest struct {
	Stamp
	Body       ID
	Meeting    ID
	AgendaItem ID
	Person     ID
	Reason     string
	Start      time.Time
	End        time.Time
	Revoked    time.Time // zero = in force
}

// GuestFilter narrows Guests; the list is ordered by id.
type GuestFilter struct {
	Meeting    ID
	AgendaItem ID
	Person     ID
}

// DeputyFilter narrows Deputies; the list is ordered by start, then id.
type DeputyFilter struct {
	Body   ID
	Person ID
}
