package council

import "time"

// Packet is a merged packet (Sitzungsmappe) of a meeting: one base for all who may read exactly the same. Its ID is derived from what
// stands in it, so the same content is the same packet, and a change of rights or versions is another one.
type Packet struct {
	ID       ID
	Body     ID
	Meeting  ID
	State    PacketState
	Problem  string // message key when it failed
	Content  string // JSON of what it is made of; belongs to the use-case
	Versions []ID   // in order
	Pages    int
	Done     int // pages proven so far, of Total
	Total    int
	Prepared Prepared
	Created  time.Time
	Used     time.Time // last asked for, exact to an hour
}

// PacketState says how far a packet is.
type PacketState string

// The states of a packet.
const (
	PacketPreparing PacketState = "preparing"
	PacketReady     PacketState = "ready"
	PacketFailed    PacketState = "failed"
)
