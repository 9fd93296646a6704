package api

import (
	"context"

	"ris/app/council"
	"ris/app/meetings"
	"ris/app/server/httpkit"
	"ris/auth/policy"
)

type guestWrite struct {
	ByID
	Writing
	Body GuestInput
}

type conflictOf struct {
	ByID
	Conflict string `path:"conflict"`
	Writing
}

// guestRoutes are guests of agenda items, and the declaration of a conflict of interest.
func (s *surface) guestRoutes() {
	invite := op("POST", "/agenda-items/{id}/guests", "inviteGuest", "Let somebody from outside read this item and its papers until a moment", "participation")
	invite.DefaultStatus = 201
	write(s, invite, func(ctx context.Context, v policy.Viewer, in *guestWrite) (*Answer[Guest], error) {
		revision, err := in.asked(false)
		if err != nil {
			return nil, err
		}
		g, err := s.Meetings.InviteGuest(ctx, v, in.id(), revision, meetings.NewGuest{Person: in.Body.Person, Start: in.Body.Start, End: in.Body.End, Reason: in.Body.Reason})
		if err != nil {
			return nil, err
		}
		return &Answer[Guest]{Status: 201, ETag: httpkit.ETag(g.Revision), Body: guest(g)}, nil
	})
	erase(s, op("DELETE", "/agenda-items/{id}/guests/{guest}", "dismissGuest", "The guest reads nothing more of the item, at once", "participation"),
		func(ctx context.Context, v policy.Viewer, in *struct {
			ByID
			Guest string `path:"guest"`
			Writing
		}) error {
			revision, err := in.asked(true)
			if err != nil {
				return s.itemOrNotFound(ctx, v, in.id(), err)
			}
			return s.Meetings.DismissGuest(ctx, v, in.id(), council.ID(in.Guest), revision)
		})
	write(s, op("POST", "/agenda-items/{id}/conflicts/{conflict}/declare", "declareConflict",
		"The person has declared it: where the Body hides from the declaration on, the papers are withheld from now on", "participation"),
		func(ctx context.Context, v policy.Viewer, in *conflictOf) (*Answer[Conflict], error) {
			revision, err := in.asked(false)
			if err != nil {
				return nil, err
			}
			c, err := s.Meetings.DeclareConflict(ctx, v, in.id(), council.ID(in.Conflict), revision)
			if err != nil {
				return nil, err
			}
			return &Answer[Conflict]{Status: 200, ETag: httpkit.ETag(c.Revision), Body: conflict(c)}, nil
		})
}

func guest(g council.Guest) Guest {
	return Guest{ID: g.ID, AgendaItem: g.AgendaItem, Person: g.Person, Reason: g.Reason, Start: g.Start, End: g.End, Revision: g.Revision}
}
