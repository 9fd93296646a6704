package proof

import (
	"fmt"
	"time"
	_ "time/tzdata"

	"ris/app/council"
	"ris/auth/policy"
)

// Zone is the towns'.
var Zone = func() *time.Location {
	z, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		panic(err)
	}
	return z
}()

// At is the second as a moment in the town's time; in January and February no clock is changed.
func At(second int) time.Time { return time.Date(2026, 1, 1, 0, 0, second, 0, Zone) }

// Date is the day as the product stores it; -1 is open.
func Date(n int) time.Time {
	if n < 0 {
		return time.Time{}
	}
	return time.Date(2026, 1, 1+n, 0, 0, 0, 0, time.UTC)
}

// ID is the id of the n-th thing of a kind.
func (w *World) ID(kind string, n int) council.ID {
	if n < 0 {
		return ""
	}
	var k int
	for _, c := range kind {
		k = k*31 + int(c)
	}
	return council.ID(fmt.Sprintf("%08x-%04x-7000-8000-%012x", uint32(w.Number), uint16(k), n))
}

// Word stands in the names and reasons of the n-th thing of a kind and nowhere else: whoever meets it has met the thing.
func (w *World) Word(kind string, n int) string {
	return fmt.Sprintf("Kanarie%s%dw%dx", kind, n, w.Number)
}

func (w *World) stamp(kind string, n int) council.Stamp { return council.Stamp{ID: w.ID(kind, n)} }

var stateOf = map[State]council.State{Draft: council.Draft, Published: council.Published, Withdrawn: council.Withdrawn, Unset: ""}

// CouncilTerms are all terms.
func (w *World) CouncilTerms() (out []council.LegislativeTerm) {
	for i, t := range w.Terms {
		out = append(out, council.LegislativeTerm{Stamp: w.stamp("term", i), Body: w.ID("body", t.Body), Name: fmt.Sprint("Wahlperiode ", i), Start: Date(t.From), End: Date(t.To)})
	}
	return out
}

// Organizations are all of them.
func (w *World) Organizations() (out []council.Organization) {
	for i, o := range w.Orgs {
		kind := council.Committee
		if o.Group {
			kind = council.Faction
		}
		out = append(out, council.Organization{Stamp: w.stamp("org", i), Body: w.ID("body", o.Body), Name: fmt.Sprint("Gremium ", i), Type: kind})
	}
	return out
}

// AccessSettings are those of a Body.
func (w *World) AccessSettings(body int) council.AccessSettings {
	s := w.Settings[body]
	return council.AccessSettings{Stamp: w.stamp("body", body), DeputiesRead: s.Deputies, NewcomersReadOlder: s.Newcomers, FormerDays: s.FormerDays,
		MayorReads: s.Mayor, GroupOfficesRead: s.Groups}
}

// CouncilPerson is a person.
func (w *World) CouncilPerson(n int) council.Person {
	p := council.Person{Stamp: w.stamp("person", n), Body: w.ID("body", 0), Name: fmt.Sprint("Person ", n)}
	if w.People[n].Locked >= 0 {
		p.Locked = At(w.People[n].Locked).UTC()
	}
	return p
}

// Memberships are all seats.
func (w *World) Memberships() (out []council.Membership) {
	for i, s := range w.Seats {
		out = append(out, council.Membership{Stamp: w.stamp("seat", i), Body: w.ID("body", w.Orgs[s.Org].Body), Person: w.ID("person", s.Person), Organization: w.ID("org", s.Org),
			OnBehalfOf: w.ID("org", s.Group), Start: Date(s.From), End: Date(s.To)})
	}
	return out
}

// Grants are all offices.
func (w *World) Grants() (out []council.Grant) {
	for i, o := range w.Offices {
		role := map[Role]council.Role{Clerk: council.Clerk, Mayor: council.Mayor, IT: council.IT, GroupOffice: council.GroupOffice}[o.Role]
		out = append(out, council.Grant{Stamp: w.stamp("grant", i), Body: w.ID("body", o.Body), Person: w.ID("person", o.Person), Role: role,
			Organization: w.ID("org", o.Group), Start: Date(o.From), End: Date(o.To)})
	}
	return out
}

// CouncilDeputies are all standing deputies.
func (w *World) CouncilDeputies() (out []council.Deputy) {
	for i, d := range w.Deputies {
		out = append(out, council.Deputy{Stamp: w.stamp("deputy", i), Body: w.ID("body", w.Orgs[d.Org].Body), Organization: w.ID("org", d.Org), Person: w.ID("person", d.Person),
			Start: Date(d.From), End: Date(d.To)})
	}
	return out
}

// Substitutions are all of them.
func (w *World) Substitutions() (out []council.Substitution) {
	for i, s := range w.Instead {
		out = append(out, council.Substitution{Stamp: w.stamp("instead", i), Body: w.ID("body", w.Meetings[s.Meeting].Body), Meeting: w.ID("meeting", s.Meeting),
			Organization: w.ID("org", s.Org), Absent: w.ID("person", s.Absent), Substitute: w.ID("person", s.Person)})
	}
	return out
}

// CouncilGuests are all of them.
func (w *World) CouncilGuests() (out []council.Guest) {
	for i, g := range w.Guests {
		m := w.Items[g.Item].Meeting
		x := council.Guest{Stamp: w.stamp("guest", i), Body: w.ID("body", w.Meetings[m].Body), Meeting: w.ID("meeting", m), AgendaItem: w.ID("item", g.Item),
			Person: w.ID("person", g.Person), Reason: w.Word("guest", i), Start: At(g.From).UTC(), End: At(g.To).UTC()}
		if g.Revoked {
			x.Revoked = At(0).UTC()
		}
		out = append(out, x)
	}
	return out
}

// Conflicts are all conflicts of interest.
func (w *World) Conflicts() (out []council.ConflictOfInterest) {
	for i, c := range w.Biased {
		m := w.Items[c.Item].Meeting
		x := council.ConflictOfInterest{Stamp: w.stamp("conflict", i), Body: w.ID("body", w.Meetings[m].Body), AgendaItem: w.ID("item", c.Item), Person: w.ID("person", c.Person),
			Reason: w.Word("conflict", i), Mode: map[Mode]council.ConflictMode{Hides: council.ConflictHides, Marks: council.ConflictMarks, Declares: council.ConflictDeclared}[c.Mode]}
		if c.Declared >= 0 {
			x.Declared = At(c.Declared).UTC()
		}
		if c.Revoked {
			x.Revoked = At(0).UTC()
		}
		out = append(out, x)
	}
	return out
}

// Facts are all of the world's, seen from one person; the rules must pick the person's own.
func (w *World) Facts(person int) policy.Facts {
	return policy.Facts{Person: w.CouncilPerson(person), Memberships: w.Memberships(), Grants: w.Grants(), Substitutions: w.Substitutions(), Deputies: w.CouncilDeputies(),
		Guests: w.CouncilGuests(), Conflicts: w.Conflicts(), Terms: w.CouncilTerms(), Settings: []council.AccessSettings{w.AccessSettings(0), w.AccessSettings(1)},
		Organizations: w.Organizations(), GroupSeats: w.Memberships()}
}

// CouncilMeeting is a meeting, without an audience.
func (w *World) CouncilMeeting(n int) council.Meeting {
	m := w.Meetings[n]
	out := council.Meeting{Stamp: w.stamp("meeting", n), Body: w.ID("body", m.Body), Name: w.Word("meeting", n), Start: At(m.Day*day + m.Hour*60*60).UTC(), State: stateOf[m.State]}
	for _, o := range m.Orgs {
		out.Organizations = append(out.Organizations, w.ID("org", o))
	}
	return out
}

// AgendaItem is an item, without an audience.
func (w *World) AgendaItem(n int) council.AgendaItem {
	it := w.Items[n]
	return council.AgendaItem{Stamp: w.stamp("item", n), Body: w.ID("body", w.Meetings[it.Meeting].Body), Meeting: w.ID("meeting", it.Meeting), Order: n, Name: w.Word("item", n),
		Public: it.Public, State: stateOf[it.State]}
}

// CouncilPaper is a paper, without an audience.
func (w *World) CouncilPaper(n int) council.Paper {
	return council.Paper{Stamp: w.stamp("paper", n), Body: w.ID("body", w.Papers[n].Body), Name: w.Word("paper", n), Reference: "V/" + w.Word("paper", n), State: stateOf[w.Papers[n].State]}
}

// CouncilFile is a file, without an audience.
func (w *World) CouncilFile(n int) council.File {
	f := w.Files[n]
	return council.File{Stamp: w.stamp("file", n), Body: w.ID("body", w.Papers[f.Paper].Body), Paper: w.ID("paper", f.Paper), Role: council.MainFile, Name: w.Word("file", n), FileName: w.Word("file", n) + ".pdf", State: stateOf[f.State], Current: w.ID("version", f.Current)}
}

// FileVersion is a version, without an audience.
func (w *World) FileVersion(n int) council.FileVersion {
	v := w.Versions[n]
	p := w.Files[v.File].Paper
	return council.FileVersion{Stamp: w.stamp("version", n), Body: w.ID("body", w.Papers[p].Body), File: w.ID("file", v.File), Paper: w.ID("paper", p), Number: n + 1, Reason: w.Word("version", n), State: stateOf[v.State]}
}
