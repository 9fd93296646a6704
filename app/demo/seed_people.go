package demo

import (
	"context"
	"fmt"
	"strings"
	"time"

	"ris/app/council"
)

// MasterStore is what the seed writes without use-cases: the people and places that exist before the first meeting.
type MasterStore interface {
	InTx(ctx context.Context, fn func(ctx context.Context) error) error
	SaveBody(ctx context.Context, b *council.Body) error
	SaveTerm(ctx context.Context, t *council.LegislativeTerm) error
	SaveOrganization(ctx context.Context, o *council.Organization) error
	SavePerson(ctx context.Context, p *council.Person) error
	SaveMembership(ctx context.Context, m *council.Membership) error
	SaveLocation(ctx context.Context, l *council.Location) error
	SaveGrant(ctx context.Context, g *council.Grant) error
}

// licence is Datenlizenz Deutschland Zero 2.0: free use of the published data without conditions.
const licence = "https://www.govdata.de/dl-de/zero-2-0"

// people ties the town's keys to the stored ids.
type people struct {
	bodies, locations, organizations, persons map[string]council.ID
	terms                                     map[string][2]council.ID // body key -> past, present
	first                                     time.Time                // day of the first start, midnight UTC
	termStart                                 time.Time
}

// seedPeople stores bodies, terms, organizations, persons, memberships, places and grants in one transaction.
func seedPeople(ctx context.Context, store MasterStore, t Town, firstStart time.Time) (*people, error) {
	p := &people{bodies: map[string]council.ID{}, locations: map[string]council.ID{}, organizations: map[string]council.ID{},
		persons: map[string]council.ID{}, terms: map[string][2]council.ID{}}
	p.first = time.Date(firstStart.Year(), firstStart.Month(), firstStart.Day(), 0, 0, 0, 0, time.UTC)
	p.termStart = time.Date(p.first.Year(), p.first.Month()-12, 1, 0, 0, 0, 0, time.UTC)
	err := store.InTx(ctx, func(ctx context.Context) error {
		for _, step := range []func(context.Context, MasterStore, Town) error{p.seedBodies, p.seedOrganizations, p.seedPersons} {
			if err := step(ctx, store, t); err != nil {
				return fmt.Errorf("demo: seed: %w", err)
			}
		}
		return nil
	})
	return p, err
}

func (p *people) seedBodies(ctx context.Context, store MasterStore, t Town) error {
	for _, b := range t.Bodies {
		body := council.Body{Name: b.Name, ShortName: b.ShortName, AGS: b.AGS, Classification: b.Classification, Website: b.Website,
			License: licence, ContactName: b.ContactName, ContactEmail: b.ContactEmail}
		if err := store.SaveBody(ctx, &body); err != nil {
			return err
		}
		p.bodies[b.Key] = body.ID
		past := council.LegislativeTerm{Body: body.ID, Name: termName(p.termStart.AddDate(-5, 0, 0)), Start: p.termStart.AddDate(-5, 0, 0), End: p.termStart.AddDate(0, 0, -1)}
		present := council.LegislativeTerm{Body: body.ID, Name: termName(p.termStart), Start: p.termStart, End: p.termStart.AddDate(5, 0, -1)}
		for _, term := range []*council.LegislativeTerm{&past, &present} {
			if err := store.SaveTerm(ctx, term); err != nil {
				return err
			}
		}
		p.terms[b.Key] = [2]council.ID{past.ID, present.ID}
	}
	for _, l := range t.Locations {
		loc := council.Location{Body: p.bodies[l.Body], Description: l.Description, Room: l.Room, StreetAddress: l.Street, PostalCode: l.PostalCode, Locality: l.Locality}
		if err := store.SaveLocation(ctx, &loc); err != nil {
			return err
		}
		p.locations[l.Key] = loc.ID
	}
	return nil
}

func termName(start time.Time) string {
	return fmt.Sprintf("Wahlperiode %d–%d", start.Year(), start.Year()+5)
}

func (p *people) seedOrganizations(ctx context.Context, store MasterStore, t Town) error {
	for _, o := range t.Organizations {
		org := council.Organization{Body: p.bodies[o.Body], Name: o.Name, ShortName: o.ShortName, Type: council.OrganizationType(o.Type),
			Classification: o.Classification, Start: p.termStart.AddDate(-5, 0, 0)}
		if err := store.SaveOrganization(ctx, &org); err != nil {
			return err
		}
		p.organizations[o.Key] = org.ID
	}
	return nil
}

func (p *people) seedPersons(ctx context.Context, store MasterStore, t Town) error {
	home := map[string]string{}
	for _, o := range t.Organizations {
		home[o.Key] = o.Body
	}
	for _, tp := range t.Persons {
		body := tp.Home
		if body == "" {
			body = t.Bodies[0].Key
		}
		person := council.Person{Body: p.bodies[body], Name: tp.display(), FamilyName: tp.Family, GivenName: tp.Given, Title: tp.Title, Gender: tp.Gender, Account: tp.Account}
		if err := store.SavePerson(ctx, &person); err != nil {
			return err
		}
		p.persons[tp.Key] = person.ID
		for _, m := range p.seats(tp, person.ID, home) {
			if err := store.SaveMembership(ctx, &m); err != nil {
				return err
			}
		}
		for _, g := range tp.Grants {
			body, role, _ := strings.Cut(g, ":")
			grant := council.Grant{Body: p.bodies[body], Person: person.ID, Role: council.Role(role), Start: p.termStart.AddDate(-5, 0, 0)}
			if err := store.SaveGrant(ctx, &grant); err != nil {
				return err
			}
		}
	}
	return nil
}

// seats are the person's memberships, since the past term for those who sat then too, and the one of the group.
func (p *people) seats(tp TownPerson, person council.ID, home map[string]string) []council.Membership {
	var out []council.Membership
	faction := p.organizations[tp.Faction]
	for _, seat := range tp.Seats {
		org, role, named := strings.Cut(seat, ":")
		if !named {
			role = "Mitglied"
		}
		m := council.Membership{Body: p.bodies[home[org]], Person: person, Organization: p.organizations[org], Role: role,
			VotingRight: !strings.Contains(role, "beratend"), OnBehalfOf: faction, Start: p.termStart}
		if tp.Past { // one seat that runs on, so the non-public papers of the past term stay readable
			m.Start = p.termStart.AddDate(-5, 0, 0)
		}
		if tp.Ended {
			m.End = p.first.AddDate(0, 0, -40)
		}
		out = append(out, m)
	}
	if faction != "" {
		m := council.Membership{Body: p.bodies[home[tp.Faction]], Person: person, Organization: faction, Role: "Mitglied", VotingRight: true, Start: p.termStart}
		if tp.Ended {
			m.End = p.first.AddDate(0, 0, -40)
		}
		out = append(out, m)
	}
	return out
}
