package council

import "time"

// LockOrigin says by which way a lock came.
type LockOrigin string

// The origins. A lock of the directory is Person.DirectoryLocked and never stands in LockedBy.
const (
	LockedByClerk     LockOrigin = "clerk"
	LockedByImport    LockOrigin = "import" // a table that somebody of the office took over
	LockedByDirectory LockOrigin = "directory"
)

// Closes is the first moment from which the person may not sign in and holds no right, whoever locked; zero = open.
func (p Person) Closes() time.Time {
	if p.Locked.IsZero() || !p.DirectoryLocked.IsZero() && p.DirectoryLocked.Before(p.Locked) {
		return p.DirectoryLocked
	}
	return p.Locked
}

// Closed reports whether the person is locked at that moment, the moment itself included.
func (p Person) Closed(now time.Time) bool {
	at := p.Closes()
	return !at.IsZero() && !now.Before(at)
}

// ClosedBy is whose lock closes the person, now or later; the office's when both are in force; empty = open.
func (p Person) ClosedBy(now time.Time) LockOrigin {
	switch {
	case p.Closes().IsZero():
		return ""
	case !p.Locked.IsZero() && !now.Before(p.Locked), p.DirectoryLocked.IsZero(), p.Closes().Equal(p.Locked):
		if p.LockedBy == "" {
			return LockedByClerk
		}
		return p.LockedBy
	}
	return LockedByDirectory
}
