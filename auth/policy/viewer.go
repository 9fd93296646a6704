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
	clerk   []council.ID    // bodies in which the viewer is clerk now
	it      []council.ID
	mayor   []council.ID // gives no right to read; see release.go
	bodies  []council.ID // bodies the viewer has anything to do with now
}

// Facts are what ForPerson needs to know of a person. Substitutions are those in which the person is the substitute.
// Terms are the legislative terms of all bodies that the memberships name.
type Facts struct {
	Person        council.Person
	Memberships   []council.Membership
	Grants        []council.Grant
	Substitutions []council.Substitution
	Terms         []council.LegislativeTerm
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
//   - everybody holds "public" and "person:<own id>";
//   - a membership in force gives "org:<organization>@<term>" for each term of that Body in which this membership began or
//     ran, so a new member does not see the old terms' non-public papers;
//   - a membership that has ended gives nothing;
//   - a recorded substitution gives "meeting:<id>";
//   - a clerk grant in force gives "clerk:<body>"; mayor and IT grants give no right to read.
func ForPerson(f Facts, now time.Time) Viewer {
	v := Viewer{person: f.Person.ID, name: f.Person.Name, account: f.Person.Account}
	labels := map[council.Label]bool{LabelPublic: true, LabelPerson(f.Person.ID): true}
	bodies := map[council.ID]bool{}
	today := day(now)
	for _, m := range f.Memberships {
		if m.Person != f.Person.ID || !inForce(m.Start, m.End, today) {
			continue
		}
		bodies[m.Body] = true
		for _, t := range f.Terms {
			if t.Body == m.Body && overlaps(m.Start, m.End, t.Start, t.End) && !day(t.Start).After(today) {
				labels[LabelOrganization(m.Organization, t.ID)] = true
			}
		}
	}
	for _, s := range f.Substitutions {
		if s.Substitute == f.Person.ID {
			labels[LabelMeeting(s.Meeting)] = true
			bodies[s.Body] = true
		}
	}
	for _, g := range f.Grants {
		if g.Person != f.Person.ID || !inForce(g.Start, g.End, today) {
			continue
		}
		bodies[g.Body] = true
		switch g.Role {
		case council.Clerk:
			labels[LabelClerk(g.Body)] = true
			v.clerk = append(v.clerk, g.Body)
		case council.IT:
			v.it = append(v.it, g.Body)
		case council.Mayor:
			v.mayor = append(v.mayor, g.Body)
		}
	}
	v.labels = slices.Sorted(maps.Keys(labels))
	v.bodies = slices.Sorted(maps.Keys(bodies))
	return v
}

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

func day(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
}

// inForce: start and end are days, both inclusive; a zero end is open; a zero start has always been.
func inForce(start, end, today time.Time) bool {
	return !day(start).After(today) && (end.IsZero() || !day(end).Before(today))
}

func overlaps(aStart, aEnd, bStart, bEnd time.Time) bool {
	return (bEnd.IsZero() || !day(aStart).After(day(bEnd))) && (aEnd.IsZero() || !day(bStart).After(day(aEnd)))
}
