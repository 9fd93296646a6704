package policy

import (
	"slices"
	"time"

	"ris/app/council"
)

// Geräte, as the office would say it:
//
//   - Jeder sieht die eigenen Geräte, benennt sie, meldet sie ab und lässt sie löschen.
//   - Sitzungsdienst und IT einer Körperschaft sehen die Geräte der Personen, die dort zu Hause sind (auch ausgeschiedene) oder dort zurzeit
//     einen Sitz oder eine Aufgabe haben, melden sie ab und lassen sie löschen. Sie sehen dabei nie, welche Unterlagen auf einem Gerät
//     liegen, nur wie viele.
//   - Für alle anderen gibt es fremde Geräte nicht.

// MaySeeDevicesOf reports whether the viewer looks after the devices of people in this Body.
func MaySeeDevicesOf(v Viewer, body council.ID) bool {
	return v.SignedIn() && (slices.Contains(v.clerk, body) || slices.Contains(v.it, body))
}

// DeviceBodies are the bodies whose people's devices the viewer looks after, sorted.
func DeviceBodies(v Viewer) []council.ID {
	if !v.SignedIn() {
		return nil
	}
	return ConnectBodies(v)
}

// MayManageDevicesOf: one's own, and those of people of a Body that the viewer looks after. of are the facts of the devices' person,
// now is the town's time.
func MayManageDevicesOf(v Viewer, of Facts, now time.Time) bool {
	if !v.SignedIn() {
		return false
	}
	if v.person == of.Person.ID || MaySeeDevicesOf(v, of.Person.Body) {
		return true
	}
	today := day(now)
	return slices.ContainsFunc(of.Memberships, func(m council.Membership) bool {
		return inForce(m.Start, m.End, today) && MaySeeDevicesOf(v, m.Body)
	}) || slices.ContainsFunc(of.Grants, func(g council.Grant) bool {
		return inForce(g.Start, g.End, today) && MaySeeDevicesOf(v, g.Body)
	})
}
