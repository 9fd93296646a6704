package council

import "time"

// The filters narrow a list; a zero field does not narrow. They never widen what a viewer may see.

// MeetingFilter narrows Meetings. The list is ordered by start, latest first, then by id; After is the id of the last
// meeting of the page before. From and To bound the start, both inclusive. Limit 0 = no limit.
type MeetingFilter struct {
	Body  ID
	From  time.Time
	To    time.Time
	State State
	After ID
	Limit int
}

// PaperFilter narrows Papers; the list is ordered by id. IDs and Meeting and AgendaItem (by consultations) are met together.
type PaperFilter struct {
	Body       ID
	IDs        []ID
	Meeting    ID
	AgendaItem ID
	After      ID
	Limit      int
}

// ConsultationFilter narrows Consultations; the list is ordered by id.
type ConsultationFilter struct {
	Paper      ID
	Papers     []ID
	AgendaItem ID
	Meeting    ID
}

// FileFilter narrows Files; the list is ordered by paper, role (main first), order, id.
type FileFilter struct {
	Paper  ID
	Papers []ID
}

// MembershipFilter narrows Memberships; the list is ordered by start, then id.
type MembershipFilter struct {
	Body         ID
	Person       ID
	Persons      []ID // nil = of all; at most some hundred at once
	Organization ID
}

// SubstitutionFilter narrows Substitutions; the list is ordered by id.
type SubstitutionFilter struct {
	Meeting    ID
	Substitute ID
}

// AuditFilter narrows AuditEntries; latest first. Limit 0 = 100.
type AuditFilter struct {
	Body   ID
	Object ID
	Act    string
	Limit  int
}

// Visit is when a person was here: LastSeen is the latest contact, Previous the end of the visit before the present one.
type Visit struct {
	Person   ID
	Previous time.Time
	LastSeen time.Time
}

// Answered is a write that was answered before under an Idempotency-Key. RequestHash is hex SHA-256 of method, path and body.
type Answered struct {
	Person      ID
	Key         string
	Route       string
	RequestHash string
	Status      int
	Headers     map[string]string
	Body        []byte
	Created     time.Time
}

// SyncResult is the answer that a sync operation got, so that the same operation sent again gets it once more.
type SyncResult struct {
	Person  ID
	OpID    string
	Mark    ID     // the annotation's id
	Status  string // "ok", "copy", "refused"
	Rev     int64
	Copy    ID     // the conflict copy, or empty
	Problem string // message key, or empty
	Created time.Time
}
