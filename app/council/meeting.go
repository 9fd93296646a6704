package council

import "time"

// State is how far an object has come on its way to its readers. The zero State is Draft: closed by default.
type State string

const (
	Draft     State = "draft"     // seen by clerks only
	Published State = "published" // seen by its Audience
	Withdrawn State = "withdrawn" // history for clerks, a dated trace for the others
)

// Meeting is a Sitzung (OParl Meeting). Organizations: the lead committee first. Times are UTC.
type Meeting struct {
	Stamp
	Body          ID
	Name          string
	Organizations []ID
	Location      ID // or empty
	Start         time.Time
	End           time.Time // zero = open
	Cancelled     bool
	State         State
	// PublishRequested is the moment of a publication that still waits for its files; zero = none is under way.
	PublishRequested   time.Time
	PublishRequestedBy ID
	PublishedAt        time.Time // first publication
	Audience           Audience
}

// MeetingState is OParl's word for where the meeting stands at the given moment.
func (m Meeting) MeetingState(now time.Time) string {
	switch {
	case m.State != Published:
		return "terminiert"
	case now.After(m.Start.Add(12 * time.Hour)):
		return "durchgeführt"
	default:
		return "eingeladen"
	}
}

// AgendaItem is a Tagesordnungspunkt. Order counts from 0 without gaps within the meeting; Number is free text ("Ö 3", "N 1.2").
// Public is false unless the clerk says otherwise.
type AgendaItem struct {
	Stamp
	Body     ID
	Meeting  ID
	Order    int
	Number   string
	Name     string
	Public   bool
	State    State
	Result   string // OParl result, only after the meeting
	Audience Audience
}

// Substitution is a Vertretungsfall: for one meeting, Substitute acts for Absent in Organization.
type Substitution struct {
	Stamp
	Body         ID
	Meeting      ID
	Organization ID
	Absent       ID
	Substitute   ID
}

// ConflictOfInterest is a Befangenheit (GO NRW § 31 and its sisters): the person may not take part in the item.
// Mode says what it does to the item's non-public papers; it is the Body's setting of the day of recording. Decider names who found so.
type ConflictOfInterest struct {
	Stamp
	Body       ID
	AgendaItem ID
	Person     ID
	Reason     string
	Decider    string
	Mode       ConflictMode // empty (recorded before there were modes) = ConflictHides
	Declared   time.Time    // with ConflictDeclared: from this moment on the papers are withheld; zero = not declared yet
	Revoked    time.Time    // zero = in force
}
