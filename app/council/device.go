package council

import "time"

// Device is one browser of one person: made at the first sign-in there, known by a secret in a cookie of its own that outlives
// sessions. Who signs in with a browser of somebody else gets a device of their own.
type Device struct {
	Stamp
	Person     ID
	SecretHash string // lower-case hex SHA-256 of the cookie's value
	Name       string // given by the person; empty = made from UserAgent
	UserAgent  string // as the browser called itself at the last sign-in, at most 200 bytes
	LastSeen   time.Time

	// What the app last reported of itself; ReportedAt is zero before the first report.
	AppVersion    string
	OfflinePapers int  // papers that it holds for reading without a network
	HomeScreen    bool // started from the home screen, as an app of its own
	Touch         bool // its screen takes several fingers: a "Mac" of which this is said is an iPad
	ReportedAt    time.Time

	// The last lease that was given out: when, and until when non-public papers may be read offline. Zero = none.
	LeaseIssued time.Time
	LeaseUntil  time.Time

	// The order to delete what is stored on it: who gave it and when, when it was answered to the device, and when the device
	// said that it has deleted. Zero = not yet.
	WipeOrderedAt   time.Time
	WipeOrderedBy   ID
	WipeDeliveredAt time.Time
	WipeConfirmedAt time.Time
}

// WipeState is how far the order to delete has come. Only the device itself can say that it has deleted.
type WipeState string

// The states, in their order.
const (
	WipeNone      WipeState = ""
	WipePending   WipeState = "pending"   // ordered; the device has not been heard of since
	WipeDelivered WipeState = "delivered" // the device was told; it has not confirmed
	WipeConfirmed WipeState = "confirmed"
)

// Wipe is the state of the order.
func (d Device) Wipe() WipeState {
	switch {
	case d.WipeOrderedAt.IsZero():
		return WipeNone
	case !d.WipeConfirmedAt.IsZero():
		return WipeConfirmed
	case !d.WipeDeliveredAt.IsZero():
		return WipeDelivered
	}
	return WipePending
}

// Readable reports whether non-public papers that lie on the device can still be opened without a network, as far as the server
// can know: its lease is in force and it has not said that it has deleted.
func (d Device) Readable(now time.Time) bool {
	return now.Before(d.LeaseUntil) && d.Wipe() != WipeConfirmed
}

// DeviceFilter narrows a list; empty fields do not narrow.
type DeviceFilter struct {
	Persons []ID // nil = of all persons
}
