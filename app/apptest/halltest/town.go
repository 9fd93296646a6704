package halltest

import (
	"context"
	"fmt"
	"time"

	"ris/app/council"
)

// Town is who and what there is before the first act. All ids.
type Town struct {
	Body, Other          council.ID // two municipalities
	Old, Term, OtherTerm council.ID
	Council, Main, Works council.ID // Rat, Hauptausschuss, Bauausschuss
	OtherCouncil         council.ID

	Clerk, Clerk2, OtherClerk, IT, Mayor council.ID // Clerk2 is a second clerk of Body
	MainMember, MainMember2, WorksMember council.ID
	Former, OldTermOnly, Newcomer        council.ID // seat ended; seat in the old term only; seat since last month
	Substitute, OtherMember              council.ID
}

// Everybody names all persons, for tests that ask as each of them.
func (t Town) Everybody() map[string]council.ID {
	return map[string]council.ID{"clerk": t.Clerk, "second clerk": t.Clerk2, "clerk of the other body": t.OtherClerk, "IT": t.IT, "mayor": t.Mayor,
		"member of the main committee": t.MainMember, "another one": t.MainMember2, "member of the works committee": t.WorksMember,
		"former member": t.Former, "newcomer": t.Newcomer, "substitute": t.Substitute, "member in the other body": t.OtherMember}
}

func (h *Hall) settle(ctx context.Context) (t Town) {
	s, now := h.Store, h.Now()
	day := func(years, months int) time.Time { return now.AddDate(years, months, 0).Truncate(24 * time.Hour) }
	body := func(name, short string) council.ID {
		b := council.Body{Name: name, ShortName: short}
		must(h.T, s.SaveBody(ctx, &b))
		return b.ID
	}
	term := func(b council.ID, name string, from, to time.Time) council.ID {
		x := council.LegislativeTerm{Body: b, Name: name, Start: from, End: to}
		must(h.T, s.SaveTerm(ctx, &x))
		return x.ID
	}
	organization := func(b council.ID, name, short string) council.ID {
		o := council.Organization{Body: b, Name: name, ShortName: short, Type: council.Committee, Start: day(-10, 0)}
		must(h.T, s.SaveOrganization(ctx, &o))
		return o.ID
	}
	n := 0
	person := func(b council.ID, name string) council.ID {
		n++
		p := council.Person{Body: b, Name: name, FamilyName: name, Account: fmt.Sprintf("person%d@probe.example", n)}
		must(h.T, s.SavePerson(ctx, &p))
		return p.ID
	}
	seat := func(p, o, b council.ID, from, to time.Time) {
		must(h.T, s.SaveMembership(ctx, &council.Membership{Body: b, Person: p, Organization: o, Role: "Mitglied", VotingRight: true, Start: from, End: to}))
	}
	grant := func(p, b council.ID, r council.Role) {
		must(h.T, s.SaveGrant(ctx, &council.Grant{Body: b, Person: p, Role: r, Start: day(-1, 0)}))
	}
	var open time.Time
	t.Body, t.Other = body("Stadt Probe", "Probe"), body("Gemeinde Nebenan", "Nebenan")
	t.Old = term(t.Body, "2020–2024", day(-6, 0), day(-2, 0).AddDate(0, 0, -1))
	t.Term = term(t.Body, "2024–2029", day(-2, 0), open)
	t.OtherTerm = term(t.Other, "2024–2029", day(-2, 0), open)
	t.Council, t.Main, t.Works = organization(t.Body, "Rat", "Rat"), organization(t.Body, "Hauptausschuss", "HA"), organization(t.Body, "Bauausschuss", "BA")
	t.OtherCouncil = organization(t.Other, "Gemeinderat", "GR")
	t.Clerk, t.Clerk2, t.OtherClerk = person(t.Body, "Carla Klerk"), person(t.Body, "Konrad Klerk"), person(t.Other, "Nora Nebenan")
	grant(t.Clerk, t.Body, council.Clerk)
	grant(t.Clerk2, t.Body, council.Clerk)
	grant(t.OtherClerk, t.Other, council.Clerk)
	t.IT, t.Mayor = person(t.Body, "Ida Technik"), person(t.Body, "Bruno Meister")
	grant(t.IT, t.Body, council.IT)
	grant(t.Mayor, t.Body, council.Mayor)
	seat(t.Mayor, t.Council, t.Body, day(-2, 0), open)
	t.MainMember, t.MainMember2, t.WorksMember = person(t.Body, "Maria Müller-Łukasz"), person(t.Body, "Max Haupt"), person(t.Body, "Willi Bau")
	seat(t.MainMember, t.Main, t.Body, day(-2, 0), open)
	seat(t.MainMember2, t.Main, t.Body, day(-6, 0), open)
	seat(t.WorksMember, t.Works, t.Body, day(-2, 0), open)
	t.Former, t.Newcomer, t.Substitute = person(t.Body, "Frieda Früher"), person(t.Body, "Neele Neu"), person(t.Body, "Vera Tretung")
	seat(t.Former, t.Main, t.Body, day(-2, 0), day(0, -2))
	seat(t.Newcomer, t.Main, t.Body, day(0, -1), open)
	t.OtherMember = person(t.Other, "Otto Drüben")
	seat(t.OtherMember, t.OtherCouncil, t.Other, day(-2, 0), open)
	must(h.T, h.Publication.ProjectBody(ctx, t.Body))
	must(h.T, h.Publication.ProjectBody(ctx, t.Other))
	return t
}
