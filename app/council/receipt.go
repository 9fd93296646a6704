package council

import "time"

// Receipt says that a person was given a copy: of a file version, or of a merged packet of a meeting. It is never changed and is
// the ledger by which a copy found elsewhere leads back to its person.
type Receipt struct {
	Person     ID
	Version    ID        // of a file, or empty
	Packet     ID        // merged packet, or empty; it may be gone meanwhile
	Meeting    ID        // of the packet
	Body       ID        // of the version or packet
	FirstGiven time.Time // its day, in the town's time zone, stands in the mark
	Code       string    // visible copy code, "7K3M-Q9XA"; empty = given before there were codes
}

// Copied is what was given: the version or the packet.
func (r Receipt) Copied() ID {
	if r.Packet != "" {
		return r.Packet
	}
	return r.Version
}
