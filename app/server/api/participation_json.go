package api

import (
	"time"

	"ris/app/council"
)

// Participation is who may not, or instead of whom may, take part in a meeting. Persons are all who can be named.
type Participation struct {
	Persons       []Participant  `json:"persons"`
	Conflicts     []Conflict     `json:"conflicts" doc:"in force"`
	Substitutions []Substitution `json:"substitutions"`
	Guests        []Guest        `json:"guests" doc:"neither taken back nor past"`
	ConflictMode  string         `json:"conflictMode" enum:"hide,mark,declare" doc:"what a conflict does that is recorded now"`
}

// Participant is a person of the Body; Organizations are those of the meeting in which the person has a seat on its day.
type Participant struct {
	ID            council.ID   `json:"id" format:"uuid"`
	Name          string       `json:"name"`
	Organizations []council.ID `json:"organizations"`
}

// Conflict is a Befangenheit in an agenda item. Revision is what If-Match sends back.
type Conflict struct {
	ID         council.ID `json:"id" format:"uuid"`
	AgendaItem council.ID `json:"agendaItem" format:"uuid"`
	Person     council.ID `json:"person" format:"uuid"`
	Reason     string     `json:"reason"`
	Decider    string     `json:"decider" doc:"who found so"`
	Mode       string     `json:"mode" enum:"hide,mark,declare" doc:"what it does to the non-public papers: withheld at once, a note only, withheld from the declaration on"`
	Declared   *time.Time `json:"declared" doc:"with mode declare: since when they are withheld; null = not declared yet"`
	Revision   int64      `json:"revision"`
}

// Guest is somebody from outside who may read one agenda item and its papers. Revision is what If-Match sends back.
type Guest struct {
	ID         council.ID `json:"id" format:"uuid"`
	AgendaItem council.ID `json:"agendaItem" format:"uuid"`
	Person     council.ID `json:"person" format:"uuid"`
	Reason     string     `json:"reason"`
	Start      time.Time  `json:"start"`
	End        time.Time  `json:"end" doc:"from this moment on nothing may be read any more"`
	Revision   int64      `json:"revision"`
}

// GuestInput invites a guest.
type GuestInput struct {
	Person council.ID `json:"person"`
	Start  time.Time  `json:"start,omitempty" doc:"left out = now"`
	End    time.Time  `json:"end"`
	Reason string     `json:"reason,omitempty" maxLength:"500"`
}

// Substitution is a Vertretungsfall in a meeting. Revision is what If-Match sends back.
type Substitution struct {
	ID           council.ID `json:"id" format:"uuid"`
	Organization council.ID `json:"organization" format:"uuid"`
	Absent       council.ID `json:"absent" format:"uuid"`
	Substitute   council.ID `json:"substitute" format:"uuid"`
	Revision     int64      `json:"revision"`
}

// ConflictInput records a Befangenheit.
type ConflictInput struct {
	Person  council.ID `json:"person"`
	Reason  string     `json:"reason,omitempty" maxLength:"500"`
	Decider string     `json:"decider,omitempty" maxLength:"200"`
	// Declared is kept only where the Body hides from the declaration on.
	Declared bool `json:"declared,omitempty" doc:"the person has declared it now; counts with mode declare"`
}

// SubstitutionInput records a Vertretungsfall.
type SubstitutionInput struct {
	Organization council.ID `json:"organization"`
	Absent       council.ID `json:"absent"`
	Substitute   council.ID `json:"substitute"`
}
