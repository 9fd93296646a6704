package api

import (
	"context"

	"ris/app/council"
	"ris/app/provisioning"
	"ris/auth/policy"
)

// PersonEndings are the persons for whom something ends, or has ended lately: what is to come first, the nearest day first.
type PersonEndings struct {
	Data  []PersonLeaving `json:"data"`
	More  bool            `json:"more" doc:"there are further ones"`
	Back  int             `json:"back" doc:"so many days back"`
	Ahead int             `json:"ahead" doc:"so many days ahead"`
}

// PersonLeaving is one of them.
type PersonLeaving struct {
	ID      council.ID         `json:"id"`
	Name    string             `json:"name"`
	Account string             `json:"account" doc:"empty for somebody at home in another Body"`
	Days    []PersonLeavingDay `json:"days" doc:"by day"`
}

// PersonLeavingDay is a last day with what ends and what follows.
type PersonLeavingDay struct {
	Last  string               `json:"last" doc:"YYYY-MM-DD, the last day"`
	Ends  []PersonLeavingPart  `json:"ends"`
	Loses []OrganizationRef    `json:"loses" doc:"of whose non-public papers nothing is read from the next day on"`
	Clerk bool                 `json:"clerk" doc:"what the clerk of the Body reads is not read any more"`
	Grace []PersonLeavingGrace `json:"grace"`
	Out   bool                 `json:"out" doc:"no right is left: sessions end, and no device gets a new lease"`
}

// PersonLeavingPart is one thing that ends.
type PersonLeavingPart struct {
	Kind         string           `json:"kind" enum:"seat,deputy,role,access"`
	Role         string           `json:"role" doc:"of a seat in words, of a role its name"`
	Organization *OrganizationRef `json:"organization"`
}

// PersonLeavingGrace is what may be read on until a day, by a setting of the Body.
type PersonLeavingGrace struct {
	Organization OrganizationRef `json:"organization"`
	Until        string          `json:"until" doc:"YYYY-MM-DD, the last day"`
}

func (s *surface) endingRoutes() {
	read(s, op("GET", "/persons/endings", "listEndings", "For the clerk: whose seats, roles and access end, and what each loses on which day", "persons"),
		func(ctx context.Context, v policy.Viewer, in *inBody) (*Plain[PersonEndings], error) {
			all, more, err := s.Provisioning.Endings(ctx, v, council.ID(in.In))
			out := PersonEndings{Data: []PersonLeaving{}, More: more, Back: provisioning.EndingsBack, Ahead: provisioning.EndingsAhead}
			for _, e := range all {
				out.Data = append(out.Data, personLeaving(e))
			}
			return &Plain[PersonEndings]{out}, err
		})
}

func personLeaving(e provisioning.Ending) PersonLeaving {
	out := PersonLeaving{ID: e.Person.ID, Name: e.Person.Name, Account: e.Person.Account, Days: []PersonLeavingDay{}}
	for _, d := range e.Days {
		one := PersonLeavingDay{Last: *day(d.Last), Ends: []PersonLeavingPart{}, Loses: []OrganizationRef{}, Clerk: d.Clerk, Grace: []PersonLeavingGrace{}, Out: d.Out}
		for _, p := range d.Ends {
			part := PersonLeavingPart{Kind: p.Kind, Role: p.Role}
			if p.Organization.ID != "" {
				ref := organizationRef(p.Organization)
				part.Organization = &ref
			}
			one.Ends = append(one.Ends, part)
		}
		for _, o := range d.Loses {
			one.Loses = append(one.Loses, organizationRef(o))
		}
		for _, g := range d.Grace {
			one.Grace = append(one.Grace, PersonLeavingGrace{organizationRef(g.Organization), *day(g.Until)})
		}
		out.Days = append(out.Days, one)
	}
	return out
}
