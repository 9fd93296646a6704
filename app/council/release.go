package council

import "time"

// Release is the permission for one act that nobody may do alone (Vier-Augen-Freigabe): asked for by one person with a reason,
// given or refused by another, good for one use, until it expires.
type Release struct {
	Stamp
	Body        ID
	Act         string // "trace.use", ...: the act that it permits
	Object      ID     // what the act is done to
	Reason      string // why it is asked for
	State       ReleaseState
	RequestedBy ID
	DecidedBy   ID // empty = nobody yet
	DecidedAt   time.Time
	Decision    string // what the second person wrote; a refusal has a reason
	UsedAt      time.Time
	Expires     time.Time // the request, and later the permission, is void from then on
}

// ReleaseState is how far a Release has come. Used and Refused are ends; the others end by expiring.
type ReleaseState string

const (
	ReleaseRequested ReleaseState = "requested"
	ReleaseGiven     ReleaseState = "released"
	ReleaseRefused   ReleaseState = "refused"
	ReleaseUsed      ReleaseState = "used"
	ReleaseExpired   ReleaseState = "expired"
)

// At is the release as it counts at that moment: an open one past its end has expired.
func (r Release) At(now time.Time) Release {
	if (r.State == ReleaseRequested || r.State == ReleaseGiven) && !now.Before(r.Expires) {
		r.State = ReleaseExpired
	}
	return r
}

// ReleaseFilter narrows Releases; latest first. Object and Act as in Release.
type ReleaseFilter struct {
	Body   ID
	Act    string
	Object ID
	Open   time.Time // only those that are open (requested or released) and have expired by then; zero = does not narrow
}
