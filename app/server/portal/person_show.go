package portal

import (
	"context"
	"sort"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"ris/app/council"
	"ris/app/publication/readmodel"
)

// seatView is a seat as the pages of a person and of an organization show it.
type seatView struct {
	Person       ref
	Organization ref
	Faction      ref
	Role         string
	Start, End   time.Time
	sort         string
}

type personView struct {
	ID      council.ID
	Name    string
	Faction string
	Seats   []string // names of organizations
	sort    string
}

type personsView struct{ Persons []personView }

type personPageView struct {
	Name   string
	Seats  []seatView
	Former []seatView
}

// listPersons answers those who hold a seat today, by family name.
func (s *server) listPersons(c *fiber.Ctx) error {
	p, err := s.begin(c)
	if err != nil {
		return err
	}
	all, err := s.all(c, readmodel.Person, p.only())
	if err != nil {
		return err
	}
	var linked []council.ID
	people := make([]readmodel.OParlPerson, len(all))
	for i, o := range all {
		if people[i], err = decode[readmodel.OParlPerson](o); err != nil {
			return err
		}
		for _, seat := range people[i].Membership {
			linked = append(linked, seat.Organization.ID(), seat.OnBehalfOf.ID())
		}
	}
	names, err := s.names(c.UserContext(), linked)
	if err != nil {
		return err
	}
	var v personsView
	for i, x := range people {
		view := personView{ID: all[i].ID, Name: x.Name, sort: strings.ToLower(x.FamilyName + " " + x.GivenName + x.Name)}
		for _, seat := range x.Membership {
			if !inForce(seat, p.now) {
				continue
			}
			view.Seats = append(view.Seats, names[seat.Organization.ID()])
			view.Faction = first(view.Faction, names[seat.OnBehalfOf.ID()])
		}
		if len(view.Seats) > 0 {
			v.Persons = append(v.Persons, view)
		}
	}
	sort.SliceStable(v.Persons, func(i, j int) bool { return v.Persons[i].sort < v.Persons[j].sort })
	p.Title, p.Active = p.T("portal.nav.persons"), "persons"
	return s.render(c, p, "page_persons.gohtml", v)
}

// showPerson answers a person's seats, present and past.
func (s *server) showPerson(c *fiber.Ctx) error {
	o, err := s.living(c.UserContext(), readmodel.Person, c.Params("id"))
	if err != nil {
		return err
	}
	p, err := s.begin(c)
	if err != nil {
		return err
	}
	p.Active = "persons"
	p.choose(o.Body)
	if o.Deleted {
		return s.withdrawn(c, p, o)
	}
	x, err := decode[readmodel.OParlPerson](o)
	if err != nil {
		return err
	}
	seats, err := s.Model.PublicLinked(c.UserContext(), readmodel.Membership, readmodel.OfPerson, []council.ID{o.ID})
	if err != nil {
		return err
	}
	v := personPageView{Name: x.Name}
	if v.Seats, v.Former, err = s.seats(c.UserContext(), seats, p.now); err != nil {
		return err
	}
	p.Title, p.OParl = x.Name, string(readmodel.ObjectURL(readmodel.Person, o.ID))
	return s.render(c, p, "page_person.gohtml", v)
}

// seats divides memberships into those in force and those that have ended; the chair comes first, then by family name.
func (s *server) seats(ctx context.Context, linked []readmodel.Linked, now time.Time) (present, former []seatView, err error) {
	var ids []council.ID
	var seats []readmodel.OParlMembership
	for _, l := range linked {
		if l.Deleted {
			continue
		}
		m, err := decode[readmodel.OParlMembership](l.Object)
		if err != nil {
			return nil, nil, err
		}
		seats = append(seats, m)
		ids = append(ids, m.Person.ID(), m.Organization.ID(), m.OnBehalfOf.ID())
	}
	objects, err := s.Model.PublicObjects(ctx, ids)
	if err != nil {
		return nil, nil, err
	}
	type named struct{ Name, FamilyName string }
	names := map[council.ID]named{}
	for _, o := range objects {
		if names[o.ID], err = decode[named](o); err != nil {
			return nil, nil, err
		}
	}
	for _, m := range seats {
		person, organization, faction := m.Person.ID(), m.Organization.ID(), m.OnBehalfOf.ID()
		v := seatView{
			Person: ref{person, names[person].Name}, Organization: ref{organization, names[organization].Name},
			Faction: ref{faction, names[faction].Name}, Role: m.Role, Start: moment(m.StartDate), End: moment(m.EndDate),
			sort: rank(m.Role) + strings.ToLower(names[person].FamilyName+names[organization].Name),
		}
		if inForce(m, now) {
			present = append(present, v)
		} else if !v.Start.After(now) {
			former = append(former, v)
		}
	}
	for _, list := range [][]seatView{present, former} {
		sort.SliceStable(list, func(i, j int) bool { return list[i].sort < list[j].sort })
	}
	return present, former, nil
}

// rank puts the chair before the deputies before the members.
func rank(role string) string {
	role = strings.ToLower(role)
	switch {
	case strings.HasPrefix(role, "stellv"):
		return "1"
	case strings.Contains(role, "vorsitz"), strings.Contains(role, "bürgermeister"):
		return "0"
	}
	return "2"
}

func inForce(m readmodel.OParlMembership, now time.Time) bool {
	end := endOfDay(moment(m.EndDate))
	return !moment(m.StartDate).After(now) && (end.IsZero() || !end.Before(now))
}
