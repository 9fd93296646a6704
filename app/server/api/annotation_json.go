package api

import (
	"time"

	"ris/app/council"
)

// Annotation is a member's own mark. Positions are PDF user space (points, origin bottom left, rotation 0).
type Annotation struct {
	_        struct{}     `nullable:"true"`
	Paper    council.ID   `json:"paper"`
	File     council.ID   `json:"file"`
	Version  council.ID   `json:"version"`
	Kind     string       `json:"kind" enum:"highlight,note"`
	Page     int          `json:"page" minimum:"1"`
	Quads    [][4]float64 `json:"quads" maxItems:"2000" required:"false"`
	Quote    string       `json:"quote" maxLength:"20000" required:"false"`
	Prefix   string       `json:"prefix" maxLength:"200" required:"false"`
	Suffix   string       `json:"suffix" maxLength:"200" required:"false"`
	Start    int          `json:"start" required:"false"`
	End      int          `json:"end" required:"false"`
	Body     string       `json:"body" maxLength:"20000" required:"false"`
	Style    string       `json:"style" required:"false" doc:"yellow, green, pink, blue"`
	Created  *time.Time   `json:"created,omitempty"`
	Modified *time.Time   `json:"modified,omitempty"`
}

// SyncInput are a device's changes since its last contact.
type SyncInput struct {
	Cursor string   `json:"cursor" required:"false" doc:"what the last answer gave; empty = from the start"`
	Ops    []SyncOp `json:"ops" required:"false" maxItems:"500"`
}

// SyncOp is one change made on a device. OpID makes it safe to send twice.
type SyncOp struct {
	OpID       string      `json:"opId" minLength:"1" maxLength:"64"`
	ID         council.ID  `json:"id"`
	BaseRev    int64       `json:"baseRev" required:"false" doc:"revision on which the change was made; 0 = new"`
	Deleted    bool        `json:"deleted,omitempty"`
	Annotation *Annotation `json:"annotation,omitempty"`
}

// SyncAnswer says what became of the operations and what changed since the cursor.
type SyncAnswer struct {
	Results []SyncOpResult `json:"results"`
	Changes []SyncChange   `json:"changes"`
	Cursor  string         `json:"cursor"`
	More    bool           `json:"more" doc:"ask again with the new cursor"`
}

// SyncOpResult is the fate of one operation.
type SyncOpResult struct {
	OpID    string       `json:"opId"`
	ID      council.ID   `json:"id"`
	Status  string       `json:"status" enum:"ok,copy,refused"`
	Rev     int64        `json:"rev"`
	CopyID  council.ID   `json:"copyId,omitempty"`
	Problem *FileProblem `json:"problem,omitempty"`
}

// SyncChange is a mark as the server has it; a deleted one carries no annotation.
type SyncChange struct {
	ID         council.ID  `json:"id"`
	Rev        int64       `json:"rev"`
	Deleted    bool        `json:"deleted"`
	Annotation *Annotation `json:"annotation"`
}
