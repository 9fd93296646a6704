package council

import "time"

// Annotation is a member's own mark. It stays with the file version on which it was made. Only Owner ever sees it.
// Positions are PDF user space (points, origin bottom left, rotation 0).
type Annotation struct {
	ID        ID // made by the device, UUIDv7
	Owner     ID
	Paper     ID
	File      ID
	Version   ID
	Kind      string // "highlight", "note"
	Page      int    // from 1
	Quads     [][4]float64
	Quote     string
	Prefix    string // up to 32 characters before the quote
	Suffix    string // up to 32 characters after it
	Start     int    // offset in the whitespace-free text of the page
	End       int
	Body      string // text of the note
	Style     string // "yellow", "green", "pink", "blue"
	Revision  int64
	Seq       int64 // the owner's feed position, strictly growing
	Created   time.Time
	Modified  time.Time
	DeletedAt time.Time // tombstone; zero = alive
}

// AuditEntry is one line of the log of what was done: no content, no tokens. Written in the transaction of the act.
type AuditEntry struct {
	ID      ID
	At      time.Time
	Body    ID
	Actor   ID     // person, or empty for system work
	System  string // the named reason of system work
	Act     string // "meeting.publish", "file.read", ...
	Object  ID
	Kind    string // "meeting", "paper", "file" ...
	Details map[string]string
}
