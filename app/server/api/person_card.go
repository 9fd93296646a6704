package api

import (
	"context"
	"net/http"

	"ris/app/provisioning"
	"ris/auth/policy"
)

func personCard(c provisioning.Card) PersonCard {
	out := PersonCard{ID: c.ID, Body: c.Person.Body, Name: c.Name, Title: c.Title, GivenName: c.GivenName, FamilyName: c.FamilyName, Gender: c.Gender, Account: c.Account,
		Locked: moment(c.Closes()), LockedBy: string(c.LockOrigin), Unconfirmed: c.Unconfirmed, SignedIn: c.SignedIn, Home: c.Home, Seats: []PersonSeat{}, Grants: []PersonGrant{},
		Revision: c.Revision}
	if c.Wanted != nil {
		out.Wanted = &PersonAccountWant{Account: c.Wanted.Account, Since: c.Wanted.Since.UTC()}
	}
	for _, s := range c.Seats {
		seat := PersonSeat{ID: s.ID, Organization: organizationRef(s.Committee), Role: s.Role, VotingRight: s.VotingRight, Start: day(s.Start), End: day(s.End)}
		if s.OnBehalfOf.ID != "" {
			ref := organizationRef(s.OnBehalfOf)
			seat.OnBehalfOf = &ref
		}
		out.Seats = append(out.Seats, seat)
	}
	for _, g := range c.Grants {
		one := PersonGrant{ID: g.ID, Body: g.Body, Role: string(g.Role), Start: day(g.Start), End: day(g.End), Kept: g.Source}
		if g.Group.ID != "" {
			ref := organizationRef(g.Group)
			one.Organization = &ref
		}
		out.Grants = append(out.Grants, one)
	}
	return out
}

type accountDecide struct {
	ByID
	Writing
	Body struct {
		Account string `json:"account" maxLength:"254" doc:"the address that was shown as wanted"`
		Take    bool   `json:"take" doc:"true = it becomes the address of the account; false = it is refused"`
	}
}

type identityUnlink struct {
	ByID
	Writing
	Body struct {
		Reason string `json:"reason" maxLength:"300" doc:"stands in the log"`
	}
}

// accountRoutes are the clerk's decisions on how somebody signs in.
func (s *surface) accountRoutes() {
	write(s, op("POST", "/persons/{id}/account", "decideAccount", "Take or refuse the address that the directory wants for a person", "persons"),
		func(ctx context.Context, v policy.Viewer, in *accountDecide) (*Answer[PersonDone], error) {
			c, done, err := s.Provisioning.DecideAccount(ctx, v, in.id(), in.Body.Account, in.Body.Take)
			return personAnswer(http.StatusOK, c, done, err)
		})
	erase(s, op("POST", "/persons/{id}/relink", "relinkPerson", "Forget the provider's identities of a person: the next sign-in binds anew", "persons"),
		func(ctx context.Context, v policy.Viewer, in *identityUnlink) error {
			return s.Provisioning.RelinkPerson(ctx, v, in.id(), in.Body.Reason)
		})
}
