package publication

import (
	"context"
	"slices"

	"ris/app/council"
	"ris/app/publication/readmodel"
)

// putPersons projects the persons who hold a seat in the Body, and those at home in it who hold one elsewhere, with all
// their seats. A seat in a Body that was not projected yet is left out until it is.
func (p *Publication) putPersons(ctx context.Context, body council.ID, seats []council.Membership, keep map[council.ID]bool) error {
	persons, err := p.source.Persons(ctx, body)
	if err != nil {
		return err
	}
	known := map[council.ID]bool{}
	for _, x := range persons {
		known[x.ID] = true
	}
	for _, s := range seats {
		if !known[s.Person] {
			known[s.Person] = true
			guest, err := p.source.Person(ctx, s.Person)
			if err != nil {
				return err
			}
			persons = append(persons, guest)
		}
	}
	for some := range slices.Chunk(persons, 500) {
		if err := p.putSome(ctx, some, keep); err != nil {
			return err
		}
	}
	return nil
}

// putSome projects some hundred persons: their seats, and what the read model has of them, are asked for together.
func (p *Publication) putSome(ctx context.Context, persons []council.Person, keep map[council.ID]bool) error {
	ids := make([]council.ID, len(persons))
	for i, x := range persons {
		ids[i] = x.ID
	}
	all, err := p.source.Memberships(ctx, council.MembershipFilter{Persons: ids})
	if err != nil {
		return err
	}
	seats := map[council.ID][]council.Membership{}
	for _, s := range all {
		seats[s.Person] = append(seats[s.Person], s)
		ids = append(ids, s.ID)
	}
	if _, err := p.model.PublicHeads(ctx, ids); err != nil { // read ahead, see batch
		return err
	}
	for _, x := range persons {
		if err := p.putPerson(ctx, x, seats[x.ID], keep); err != nil {
			return err
		}
	}
	return nil
}

// putPerson projects one with all their seats.
func (p *Publication) putPerson(ctx context.Context, x council.Person, seats []council.Membership, keep map[council.ID]bool) error {
	linked := []council.ID{x.Body}
	for _, s := range seats {
		linked = append(linked, s.Organization, s.OnBehalfOf)
	}
	there, err := p.alive(ctx, linked...)
	if err != nil {
		return err
	}
	o := readmodel.OParlPerson{
		Name: readmodel.Clean(x.Name), FamilyName: readmodel.Clean(x.FamilyName), GivenName: readmodel.Clean(x.GivenName),
		Gender: readmodel.Clean(x.Gender),
	}
	for _, s := range seats {
		if !there[s.Organization] {
			continue
		}
		seat, err := p.putMembership(ctx, s, there[s.OnBehalfOf])
		if err != nil {
			return err
		}
		keep[s.ID] = true
		o.Membership = append(o.Membership, seat)
	}
	if len(o.Membership) == 0 {
		return nil // no seat: not public, and retracted when it was
	}
	home := x.Body
	if !there[home] {
		home = seats[0].Body // at home in a Body that is not projected: listed where the seat is
	}
	o.Body = readmodel.ObjectURL(readmodel.Body, home)
	if title := readmodel.Clean(x.Title); title != "" {
		o.Title = []string{title}
	}
	o.Web = readmodel.URL("/personen/" + string(x.ID))
	keep[x.ID] = true
	return p.put(ctx, row{id: x.ID, typ: readmodel.Person, body: home, head: &o.Head, oparl: &o})
}

func (p *Publication) putMembership(ctx context.Context, s council.Membership, onBehalfOf bool) (readmodel.OParlMembership, error) {
	o := readmodel.OParlMembership{
		Person: readmodel.ObjectURL(readmodel.Person, s.Person), Organization: readmodel.ObjectURL(readmodel.Organization, s.Organization),
		Role: readmodel.Clean(s.Role), VotingRight: s.VotingRight, StartDate: readmodel.Date(s.Start), EndDate: readmodel.Date(s.End),
	}
	if onBehalfOf {
		o.OnBehalfOf = readmodel.ObjectURL(readmodel.Organization, s.OnBehalfOf)
	}
	links := []readmodel.Link{
		{Source: s.ID, Relation: readmodel.OfPerson, Target: s.Person},
		{Source: s.ID, Relation: readmodel.OfOrganization, Target: s.Organization},
	}
	err := p.put(ctx, row{id: s.ID, typ: readmodel.Membership, body: s.Body, links: links, head: &o.Head, oparl: &o})
	return o, err
}
