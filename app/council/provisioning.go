package council

import "time"

// Import is one act on master data (a file, or one change at the desk) with what it changed, so that it can be taken back.
type Import struct {
	Stamp
	Body    ID     // of whom; empty = of several, or a new one
	Source  string // the file's name, or "desk"
	Actor   ID     // who did it; empty = the server's command line
	Changes []byte // JSON of app/provisioning; empty once the time for taking it back is over
	Added   int
	Changed int
	Ended   int
	// UndoneAt is when it was taken back; zero = it holds.
	UndoneAt time.Time
}

// ScimClient is a program that may keep the accounts of one Body (RFC 7644, section 2). TokenHash is the lower-case hex SHA-256 of
// its bearer token, which is stored nowhere.
type ScimClient struct {
	Stamp
	Body      ID
	Name      string
	TokenHash string
	CreatedBy ID // empty = the server's command line
	LastUsed  time.Time
	RevokedAt time.Time // zero = in force
}

// ScimUser is what the directory calls a person (RFC 7643, section 4.1). DeletedAt: it has deleted the account; the person stays.
// Wanted is another address that the directory wants and the clerk has not decided on, since WantedAt; Refused is the last one that the
// clerk refused. Both are in lower case; empty = none.
type ScimUser struct {
	Person     ID
	UserName   string
	ExternalID string
	DeletedAt  time.Time
	Wanted     string
	WantedAt   time.Time
	Refused    string
}

// ScimGroup is a group of the directory (RFC 7643, section 4.2). Kind is the role that its members get, chosen by the clerk; empty =
// none. A seat is never given by a group.
type ScimGroup struct {
	Stamp
	Body        ID
	DisplayName string
	ExternalID  string
	Kind        Role
}

// FromDirectory is the Source of a Grant that a group of the directory gave, and takes back.
const FromDirectory = "directory"
