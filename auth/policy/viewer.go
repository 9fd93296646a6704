package policy

import (
	"maps"
	"slices"
	"time"

	"ris/app/council"
)

// Viewer is who is asking. Its fields are private: a Viewer comes from Anonymous, System or ForPerson only.
// The zero Viewer holds no label and may do nothing; it is not even the public.
type Viewer struct {
	person  council.ID
	name    string
	account string
	system  string
	labels  []council.Label // sorted
	grounds map[council.Label][]Ground
	clerk   []council.ID // bodies in which the viewer is clerk now
	it      []council.ID
	mayor   []council.ID // gives no right to read; see release.go
	bodies  []council.ID // bodies the viewer has anything to do with now
	stale   bool         // the proof of who it is has become old, see step_up.go
}

// Facts are what ForPerson needs to know of a person. Substitutions are those in which the person is the substitute; Deputies, Guests
// and Conflicts are the person's own. Terms are the legislative terms of all bodies that anything names, Settings those of the same
// bodies (a Body without is careful). Organizations are those of the bodies whose mayor the person is, GroupSeats the seats held on behalf
// of the Fraktion in whose office the person works.
type Facts struct {
	Person        council.Person
	Memberships   []council.Membership
	Grants        []council.Grant
	Substitutions []council.Substitution
	Deputies      []council.Deputy
	Guests        []council.Guest
	Conflicts     []council.ConflictOfInterest
	Terms         []council.LegislativeTerm
	Settings      []council.AccessSettings
	Organizations []council.Organization
	GroupSeats    []council.Membership
}

func (f Facts) settings(body council.ID) council.AccessSettings {
	for _, s := range f.Settings {
		if s.ID == body {
			return s
		}
	}
	return council.AccessSettings{}
}

// Anonymous is the public: it holds the label "public" and nothing else.
func Anonymous() Viewer { return Viewer{labels: []council.Label{LabelPublic}} }

// System is work that nobody asked for in person; it reads everything, and reason is logged.
func System(reason string) Viewer {
	if reason == "" {
		reason = "unnamed"
	}
	return Viewer{system: reason}
}

// ForPerson computes the labels that the person holds at this moment; days are those of now's time zone, so give the town's:
//
//	Jeder liest, was öffentlich ist, und was nur ihm selbst gehört. Alles Weitere geben Sitz, Vertretung, Einladung und Aufgabe, jede für
//	ihre Zeit; was keine davon gibt, gibt niemand. Wer gesperrt ist, hat von dieser Sekunde an gar kein Recht.
func ForPerson(f Facts, now time.Time) Viewer {
	if at := f.Person.Closes(); !at.IsZero() && !now.Before(at) {
		return Viewer{}
	}
	v := Viewer{person: f.Person.ID, name: f.Person.Name, account: f.Person.Account}
	h := &holding{f: f, now: now, today: day(now), v: &v, labels: map[council.Label][]Ground{}, bodies: map[council.ID]bool{}}
	h.hold(LabelPublic, Ground{Kind: AsPublic})
	h.hold(LabelPerson(f.Person.ID), Ground{Kind: AsOneself})
	h.seats()
	h.substitutions()
	h.deputies()
	h.guests()
	h.offices()
	h.conflicts()
	v.grounds = h.labels
	v.labels = slices.Sorted(maps.Keys(h.labels))
	v.bodies = slices.Sorted(maps.Keys(h.bodies))
	return v
}

// holding gathers what one person holds at one moment; each rule adds to it (seat.go, substitute.go, ...).
type holding struct {
	f      Facts
	now    time.Time
	today  time.Time // midnight UTC of now's day
	v      *Viewer
	labels map[council.Label][]Ground
	bodies map[council.ID]bool
}

func (h *holding) hold(l council.Label, g Ground) { h.labels[l] = append(h.labels[l], g) }

// Person is the viewer's person id; empty for the public and for system work.
func (v Viewer) Person() council.ID { return v.person }

// Name is the person's display name.
func (v Viewer) Name() string { return v.name }

// Account is the person's account name (e-mail address).
func (v Viewer) Account() string { return v.account }

// SignedIn reports whether a person is asking.
func (v Viewer) SignedIn() bool { return v.person != "" }

// SystemReason is the named reason of system work; empty for people.
func (v Viewer) SystemReason() string { return v.system }

// Labels are the labels that the viewer holds, sorted: what SQL and search filters take. Callers must not change them.
// System work holds none; stores must ask Unfiltered first.
func (v Viewer) Labels() []council.Label { return v.labels }

// Unfiltered reports whether this is system work, which reads everything.
func (v Viewer) Unfiltered() bool { return v.system != "" }

// Bodies are the bodies that the viewer works or sits in, sorted.
func (v Viewer) Bodies() []council.ID { return v.bodies }
