package readmodel

import (
	"time"

	"ris/app/council"
)

// Type is the name of an OParl 1.1 type, as in the end of its type URL.
type Type string

// The types that are rows. System is made from the configuration and has none.
const (
	Body            Type = "Body"
	LegislativeTerm Type = "LegislativeTerm"
	Organization    Type = "Organization"
	Person          Type = "Person"
	Membership      Type = "Membership"
	Meeting         Type = "Meeting"
	AgendaItem      Type = "AgendaItem"
	Paper           Type = "Paper"
	Consultation    Type = "Consultation"
	File            Type = "File"
	Location        Type = "Location"
)

// Object is one row of public_objects. Times are UTC with microseconds; OParl shows whole seconds of them.
type Object struct {
	ID   council.ID
	Type Type
	Body council.ID // the municipality it belongs to; a Body's own id
	// OParl is the finished JSON with Base in front of every own URL. A tombstone's holds id, type, created, modified, deleted.
	OParl    []byte
	Content  string    // hex SHA-256 of everything but the times: equal content is no change
	Created  time.Time // first publication
	Modified time.Time // latest visible change; of a tombstone the moment of the withdrawal
	Deleted  bool
	SortAt   time.Time // Meeting: start; Paper: publication; otherwise zero
}

// Relation names what a link means; it is written from the object that names the other.
type Relation string

// The relations; in brackets the types that have them.
const (
	InMeeting      Relation = "meeting"      // (AgendaItem, Consultation) -> Meeting
	OnItem         Relation = "agendaItem"   // (Consultation) -> AgendaItem
	OfPaper        Relation = "paper"        // (Consultation, File) -> Paper
	OfOrganization Relation = "organization" // (Meeting, Consultation, Membership) -> Organization
	OfPerson       Relation = "person"       // (Membership) -> Person
	AtLocation     Relation = "location"     // (Meeting) -> Location
)

// Link is one row of public_links. A tombstone keeps its links: they carry the dated trace ("withdrawn on ..."), no content.
type Link struct {
	Source   council.ID
	Relation Relation
	Target   council.ID
	Position int // order among the sources of one target, or among the targets of one source
}

// FileRow is one row of public_files: where the public rendition of a file lies.
type FileRow struct {
	ID       council.ID
	Body     council.ID
	Paper    council.ID
	Version  council.ID
	Revision int64  // of the version when its text was read
	Blob     string // hex SHA-256, key in the blob area Public
	Size     int64  // bytes
	SHA512   string // hex
	FileName string
	Pages    int
	Modified time.Time
}

// PageRow is the joined text of one page (from 1) of a public file.
type PageRow struct {
	File council.ID
	Page int
	Text string
}
