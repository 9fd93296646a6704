package policy_test

import (
	"flag"
	"fmt"
	"os"
	"testing"
	"time"

	"pgregory.net/rapid"

	"ris/app/council"
	"ris/auth/policy"
)

// world is a small random town. Days count from day 0; the terms are days 0-9, 10-19 and 20-29 in Body a, and one endless
// term in Body b.
type world struct {
	now         int
	memberships []council.Membership
	grants      []council.Grant
	substitutes []council.Substitution
	conflicts   []council.ConflictOfInterest
	meetings    []council.Meeting
	items       []council.AgendaItem
	paper       council.Paper
	stands      []int // indices of the items on which the paper stands
	file        council.File
	version     council.FileVersion
}

var worldTerms = []council.LegislativeTerm{
	{Stamp: council.Stamp{ID: "t1"}, Body: "a", Start: dayNo(0), End: dayNo(9)},
	{Stamp: council.Stamp{ID: "t2"}, Body: "a", Start: dayNo(10), End: dayNo(19)},
	{Stamp: council.Stamp{ID: "t3"}, Body: "a", Start: dayNo(20), End: dayNo(29)},
	{Stamp: council.Stamp{ID: "u1"}, Body: "b", Start: dayNo(0)},
}

func dayNo(n int) time.Time { return time.Date(2026, 1, 1+n, 0, 0, 0, 0, time.UTC) }

var (
	worldPeople = []council.ID{"p0", "p1", "p2"}
	worldOrgs   = map[council.ID]council.ID{"o0": "a", "o1": "a", "o2": "b"}
	orgIDs      = []council.ID{"o0", "o1", "o2"}
	states      = []council.State{council.Draft, council.Published, council.Published, council.Published, council.Withdrawn, ""}
)

func drawWorld(t *rapid.T) world {
	day := rapid.IntRange(0, 29)
	bodies := []council.ID{"a", "b"}
	end := func(label string, from int) time.Time {
		if rapid.Bool().Draw(t, label+" open") {
			return time.Time{}
		}
		return dayNo(from + rapid.IntRange(0, 15).Draw(t, label))
	}
	w := world{now: day.Draw(t, "now")}
	for range rapid.IntRange(0, 4).Draw(t, "memberships") {
		org := rapid.SampledFrom(orgIDs).Draw(t, "org")
		from := day.Draw(t, "from")
		w.memberships = append(w.memberships, council.Membership{Body: worldOrgs[org], Person: rapid.SampledFrom(worldPeople).Draw(t, "member"),
			Organization: org, Start: dayNo(from), End: end("until", from)})
	}
	for range rapid.IntRange(0, 2).Draw(t, "grants") {
		from := day.Draw(t, "granted from")
		w.grants = append(w.grants, council.Grant{Body: rapid.SampledFrom(bodies).Draw(t, "grant body"), Person: rapid.SampledFrom(worldPeople).Draw(t, "grantee"),
			Role: rapid.SampledFrom([]council.Role{council.Clerk, council.Mayor, council.IT}).Draw(t, "role"), Start: dayNo(from), End: end("granted until", from)})
	}
	for i := range rapid.IntRange(1, 2).Draw(t, "meetings") {
		b := rapid.SampledFrom(bodies).Draw(t, "meeting body")
		m := council.Meeting{Stamp: council.Stamp{ID: council.ID(fmt.Sprint("m", i))}, Body: b, State: rapid.SampledFrom(states).Draw(t, "meeting state"),
			Start: dayNo(rapid.IntRange(-2, 31).Draw(t, "meeting day")).Add(time.Duration(rapid.IntRange(0, 23).Draw(t, "hour")) * time.Hour)}
		for _, o := range orgIDs {
			if worldOrgs[o] == b && rapid.Bool().Draw(t, "invited") {
				m.Organizations = append(m.Organizations, o)
			}
		}
		w.meetings = append(w.meetings, m)
		for j := range rapid.IntRange(0, 2).Draw(t, "items") {
			w.items = append(w.items, council.AgendaItem{Stamp: council.Stamp{ID: council.ID(fmt.Sprint("i", i, j))}, Body: b, Meeting: m.ID,
				Public: rapid.Bool().Draw(t, "public"), State: rapid.SampledFrom(states).Draw(t, "item state")})
		}
		if rapid.Bool().Draw(t, "substitution") {
			w.substitutes = append(w.substitutes, council.Substitution{Body: b, Meeting: m.ID, Organization: "o0",
				Absent: rapid.SampledFrom(worldPeople).Draw(t, "absent"), Substitute: rapid.SampledFrom(worldPeople).Draw(t, "substitute")})
		}
	}
	for i, it := range w.items {
		if rapid.Bool().Draw(t, "stands on") {
			w.stands = append(w.stands, i)
		}
		if rapid.IntRange(0, 2).Draw(t, "conflict") == 0 {
			c := council.ConflictOfInterest{AgendaItem: it.ID, Person: rapid.SampledFrom(worldPeople).Draw(t, "conflicted")}
			if rapid.IntRange(0, 2).Draw(t, "revoked") == 0 {
				c.Revoked = dayNo(0)
			}
			w.conflicts = append(w.conflicts, c)
		}
	}
	w.paper = council.Paper{Body: w.meetings[0].Body, State: rapid.SampledFrom(states).Draw(t, "paper state")}
	w.file = council.File{Body: w.paper.Body, State: rapid.SampledFrom(states).Draw(t, "file state"), Current: "v1"}
	w.version = council.FileVersion{Stamp: council.Stamp{ID: rapid.SampledFrom([]council.ID{"v1", "v0"}).Draw(t, "version")}, Body: w.paper.Body,
		State: rapid.SampledFrom(states).Draw(t, "version state")}
	return w
}

// The oracle answers from the German rules alone, question by question, without labels. person "" is the public.

// istSitzungsdienst: Sitzungsdienst ist, wem diese Aufgabe in der Körperschaft heute übertragen ist (erster und letzter Tag zählen).
func (w world) istSitzungsdienst(person, body council.ID) bool {
	for _, g := range w.grants {
		if g.Person == person && g.Body == body && g.Role == council.Clerk && w.heute(g.Start, g.End) {
			return true
		}
	}
	return false
}

func (w world) heute(from, to time.Time) bool {
	n := dayNo(w.now)
	return !n.Before(from) && (to.IsZero() || !n.After(to))
}

// gehoertHinein: Zur Sitzung gehört, wer heute Mitglied eines ihrer Gremien ist und es in der Wahlperiode der Sitzung schon
// war (sein jetziger Sitz reicht in sie hinein, und sie hat begonnen), oder wer für diese Sitzung als Vertretung eingetragen ist.
func (w world) gehoertHinein(person council.ID, m council.Meeting) bool {
	for _, s := range w.substitutes {
		if s.Substitute == person && s.Meeting == m.ID {
			return true
		}
	}
	day := time.Date(m.Start.Year(), m.Start.Month(), m.Start.Day(), 0, 0, 0, 0, time.UTC)
	for _, seat := range w.memberships {
		if seat.Person != person || !w.heute(seat.Start, seat.End) {
			continue
		}
		for _, org := range m.Organizations {
			if org != seat.Organization {
				continue
			}
			for _, term := range worldTerms {
				// every single day of the term is looked at, so that no arithmetic of intervals is shared with the code
				if term.Body != m.Body || day.Before(term.Start) || !term.End.IsZero() && day.After(term.End) || dayNo(w.now).Before(term.Start) {
					continue
				}
				for n := 0; n < 60; n++ {
					d := dayNo(n)
					inTerm := !d.Before(term.Start) && (term.End.IsZero() || !d.After(term.End))
					inSeat := !d.Before(seat.Start) && (seat.End.IsZero() || !d.After(seat.End))
					if inTerm && inSeat {
						return true
					}
				}
			}
		}
	}
	return false
}

func (w world) meeting(id council.ID) council.Meeting {
	for _, m := range w.meetings {
		if m.ID == id {
			return m
		}
	}
	panic("no such meeting")
}

// punkt: Einen Punkt sieht der Sitzungsdienst; ist er wie seine Sitzung veröffentlicht, auch wer hineingehört, und alle, wenn er öffentlich ist.
func (w world) punkt(person council.ID, it council.AgendaItem) bool {
	if w.istSitzungsdienst(person, it.Body) {
		return true
	}
	m := w.meeting(it.Meeting)
	if it.State != council.Published || m.State != council.Published {
		return false
	}
	return it.Public || person != "" && w.gehoertHinein(person, m)
}

// sitzung: Eine Sitzung sieht der Sitzungsdienst; ist sie veröffentlicht, auch wer hineingehört, und alle, wenn ein veröffentlichter Punkt öffentlich ist.
func (w world) sitzung(person council.ID, m council.Meeting) bool {
	if w.istSitzungsdienst(person, m.Body) {
		return true
	}
	if m.State != council.Published {
		return false
	}
	for _, it := range w.items {
		if it.Meeting == m.ID && it.Public && it.State == council.Published {
			return true
		}
	}
	return person != "" && w.gehoertHinein(person, m)
}

func (w world) vorlageOeffentlich() bool {
	for _, i := range w.stands {
		if w.items[i].Public && w.punkt("", w.items[i]) {
			return true
		}
	}
	return false
}

// vorlage: Eine Vorlage liest der Sitzungsdienst. Ist sie veröffentlicht, liest sie auch, wer einen ihrer Punkte sieht; ist sie
// nicht öffentlich, liest sie niemand, der bei einem ihrer Punkte befangen ist, auch nicht im Sitzungsdienst.
func (w world) vorlage(person council.ID) bool {
	if w.paper.State != council.Published {
		return w.istSitzungsdienst(person, w.paper.Body)
	}
	if w.vorlageOeffentlich() {
		return true
	}
	for _, c := range w.conflicts {
		for _, i := range w.stands {
			if c.AgendaItem == w.items[i].ID && c.Person == person && c.Revoked.IsZero() {
				return false
			}
		}
	}
	if w.istSitzungsdienst(person, w.paper.Body) {
		return true
	}
	for _, i := range w.stands {
		if w.punkt(person, w.items[i]) {
			return true
		}
	}
	return false
}

// datei, fassung: wie die Vorlage, solange sie selbst veröffentlicht sind. Eine ersetzte Fassung liest nur noch, wer sie auch
// ohne ihre Öffentlichkeit lesen dürfte.
func (w world) datei(person council.ID) bool {
	if w.file.State != council.Published {
		return w.istSitzungsdienst(person, w.file.Body)
	}
	return w.vorlage(person)
}

func (w world) fassung(person council.ID) bool {
	if w.version.State != council.Published || w.file.State != council.Published {
		return w.istSitzungsdienst(person, w.version.Body)
	}
	if w.version.ID == w.file.Current || !w.vorlageOeffentlich() || w.paper.State != council.Published {
		return w.datei(person)
	}
	if person == "" {
		return false
	}
	if w.istSitzungsdienst(person, w.paper.Body) {
		return true
	}
	for _, i := range w.stands {
		it, m := w.items[i], w.meeting(w.items[i].Meeting)
		if w.istSitzungsdienst(person, it.Body) || it.State == council.Published && m.State == council.Published && w.gehoertHinein(person, m) {
			return true
		}
	}
	return false
}

func (w world) viewer(person council.ID) policy.Viewer {
	if person == "" {
		return policy.Anonymous()
	}
	return policy.ForPerson(policy.Facts{Person: council.Person{Stamp: council.Stamp{ID: person}}, Memberships: w.memberships, Grants: w.grants,
		Substitutions: w.substitutes, Conflicts: w.conflicts, Terms: worldTerms}, dayNo(w.now).Add(15*time.Hour))
}

// TestMain asks for more worlds than rapid's default of 100; -rapid.checks on the command line wins.
func TestMain(m *testing.M) {
	_ = flag.Set("rapid.checks", "3000")
	_ = flag.Set("rapid.nofailfile", "true") // the mutants must not leave files behind
	flag.Parse()
	os.Exit(m.Run())
}

func TestTheRuleAgreesWithTheOracle(t *testing.T) {
	decisions, yes := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		facts := func(it council.AgendaItem) policy.ItemFacts {
			return policy.ItemFacts{Item: it, Meeting: w.meeting(it.Meeting), Terms: worldTerms, Conflicts: w.conflicts}
		}
		var stands []policy.ItemFacts
		for _, i := range w.stands {
			stands = append(stands, facts(w.items[i]))
		}
		paper := policy.ForPaper(w.paper, stands)
		file := policy.ForFile(w.file, paper)
		version := policy.ForFileVersion(w.version, w.file, file)
		for _, person := range append([]council.ID{""}, worldPeople...) {
			v := w.viewer(person)
			check := func(what string, a council.Audience, want bool) {
				decisions++
				if want {
					yes++
				}
				if got := policy.CanRead(v, a); got != want {
					t.Fatalf("%s for %q on day %d: rule says %v, oracle says %v\naudience %s\nlabels %v\nworld %+v", what, person, w.now, got, want, a, v.Labels(), w)
				}
				if person == "" && want != a.Public() {
					t.Fatalf("%s: the publication gate and the oracle differ (%s)", what, a)
				}
			}
			for _, m := range w.meetings {
				var items []council.AgendaItem
				for _, it := range w.items {
					if it.Meeting == m.ID {
						items = append(items, it)
					}
				}
				check("meeting "+string(m.ID), policy.ForMeeting(m, items, worldTerms), w.sitzung(person, m))
			}
			for _, it := range w.items {
				check("item "+string(it.ID), policy.ForAgendaItem(facts(it)), w.punkt(person, it))
			}
			check("paper", paper, w.vorlage(person))
			check("file", file, w.datei(person))
			check("version", version, w.fassung(person))
		}
	})
	if decisions > 0 && (yes*20 < decisions || yes*20 > decisions*19) {
		t.Errorf("%d of %d decisions are yes: the worlds are too one-sided to prove anything", yes, decisions)
	}
}
