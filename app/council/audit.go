package council

import "time"

// AuditLine is a line of the log with its place in the tree that proves it (app/audit/journal).
type AuditLine struct {
	AuditEntry
	Sequence int64 // from 0; -1 = not in the tree yet
	// Veils stand in the place of a person who was erased: by the name of the field ("actor", "object", "details.person"), hex.
	Veils map[string]string
}

// AuditTree is the head of the tree. The zero value is the empty tree.
type AuditTree struct {
	Size     int64  // how many lines it holds
	Root     []byte // its hash, 32 bytes; none for the empty tree
	Modified time.Time
}

// AuditTile is a piece of the tree: up to 256 hashes of 32 bytes of one level of tiles.
type AuditTile struct {
	Level    int64
	Position int64
	Data     []byte
}

// AuditCheckpoint is a signed head of the tree (text, golang.org/x/mod/sumdb/note).
type AuditCheckpoint struct {
	Size    int64
	Note    string
	Created time.Time
}

// AuditRange picks lines by what they are and how old they are. Either Acts (only these) or Except (all but these).
type AuditRange struct {
	Acts   []string
	Except []string
	Before time.Time
	Limit  int
}

// AuditPage asks for lines for people, latest first. Acts (only these) or Except (all but these), as in AuditRange.
type AuditPage struct {
	About  ID // what was done by or to this person
	Body   ID // acts in this Body
	Acts   []string
	Except []string
	At     time.Time // only what is older than this line; zero = from the latest
	ID     ID        // breaks ties of At
	Limit  int
}
