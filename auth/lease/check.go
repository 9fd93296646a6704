package lease

import "time"

// Tolerance is by how much a device's clock may jump back before it is called wrong: clocks are corrected by small steps.
const Tolerance = 5 * time.Minute

// State is what the device keeps beside the lease.
type State struct {
	Lease    Lease
	Received time.Time // the device's own clock when the lease arrived
	Mark     time.Time // the latest moment that was reached, by the reckoning of Now
}

// Verdict says what may be opened now.
type Verdict struct {
	Public    bool
	NonPublic bool
	Reason    Reason
}

// Reason says why something is locked.
type Reason string

// The reasons.
const (
	Good        Reason = ""
	Over        Reason = "over"         // the non-public time is over
	ClockBack   Reason = "clock"        // the device's clock was set back: only the server can say what time it is
	OtherDevice Reason = "other_device" // the lease was copied from another device or person
)

// Now reckons the moment from the device's own clock: the server's time of the lease, and what has passed since it arrived.
func (s State) Now(local time.Time) time.Time { return s.Lease.Issued.Add(local.Sub(s.Received)) }

// At answers for a device and person at the device's own time. The caller has verified the lease. Whoever gets a verdict keeps what Reach
// gives, so that the time never runs back.
func (s State) At(local time.Time, device, person string) Verdict {
	now := s.Now(local)
	switch {
	case string(s.Lease.Device) != device || string(s.Lease.Person) != person:
		return Verdict{Reason: OtherDevice}
	case now.Before(s.Lease.Issued.Add(-Tolerance)) || now.Before(s.Mark.Add(-Tolerance)):
		// Public papers have no secret to keep: they stay, unless their time is limited.
		return Verdict{Public: s.Lease.PublicUntil == nil, Reason: ClockBack}
	}
	if now.Before(s.Mark) { // within the tolerance the later moment counts
		now = s.Mark
	}
	v := Verdict{Public: s.Lease.PublicUntil == nil || now.Before(*s.Lease.PublicUntil), NonPublic: now.Before(s.Lease.NonPublicUntil)}
	if !v.NonPublic || !v.Public {
		v.Reason = Over
	}
	return v
}

// Reach moves the mark on; it never goes back.
func (s State) Reach(local time.Time) State {
	if now := s.Now(local); now.After(s.Mark) {
		s.Mark = now
	}
	return s
}
