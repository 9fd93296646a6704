package council

import "time"

// Upload is a file on its way to a paper in several requests (tus 1.0). It belongs to the person who began it; its bytes are no blob
// before the last of them has come.
type Upload struct {
	Stamp
	Person   ID
	Paper    ID
	Role     FileRole // empty: main when the paper has none yet, else auxiliary
	Name     string   // shown to people; empty = the file name without its ending
	FileName string   // as the browser sent it
	Replaces ID       // the file of which this is a new version, or empty
	Reason   string   // why a new version
	Length   int64    // bytes, declared at the beginning
	Expires  time.Time
	State    UploadState
	Problem  string // why it was refused: message key with placeholders, as FileVersion.Problem
	File     ID     // the result, when done
}

// UploadState says how far an upload has come.
type UploadState string

const (
	UploadOpen    UploadState = "open"    // bytes are coming
	UploadRefused UploadState = "refused" // all bytes are here and were not taken; may be tried again or removed
	UploadDone    UploadState = "done"    // File has it
)

// BlobKey names one blob: area as in documents/blob, hex SHA-256.
type BlobKey struct{ Area, SHA256 string }

// BlobDamage is a blob whose bytes are not those of its name any more. Healed is zero while it is damaged.
type BlobDamage struct {
	BlobKey
	Found   time.Time
	Problem string // for the log: what was met instead
	Healed  time.Time
}
