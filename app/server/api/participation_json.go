package api

import "ris/app/council"

// Participation is who may not, or instead of whom may, take part in a meeting. Persons are all who can be named.
type Participation struct {
	Persons       []Participant  `json:"persons"`
	Conflicts     []Conflict     `json:"conflicts" doc:"in force"`
	Substitutions []Substitution `json:"substitutions"`
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
	Revision   int64      `json:"revision"`
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
}

// SubstitutionInput records a Vertretungsfall.
type SubstitutionInput struct {
	Organization council.ID `json:"organization"`
	Absent       council.ID `json:"absent"`
	Substitute   council.ID `json:"substitute"`
}
