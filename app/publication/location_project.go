package publication

import (
	"context"

	"ris/app/council"
	"ris/app/publication/readmodel"
)

// putLocation writes the place of a public meeting.
func (r *run) putLocation(ctx context.Context, id council.ID) (*readmodel.OParlLocation, error) {
	l, err := r.source.Location(ctx, id)
	if err != nil {
		return nil, err
	}
	o := &readmodel.OParlLocation{
		Description: readmodel.Clean(l.Description), StreetAddress: readmodel.Clean(l.StreetAddress), Room: readmodel.Clean(l.Room),
		PostalCode: readmodel.Clean(l.PostalCode), Locality: readmodel.Clean(l.Locality),
	}
	return o, r.put(ctx, row{id: id, typ: readmodel.Location, body: l.Body, head: &o.Head, oparl: o})
}

// placeOf is the place that the read model has of a meeting until now; empty when there is none.
func (r *run) placeOf(ctx context.Context, meeting council.ID) (council.ID, error) {
	heads, err := r.model.PublicObjects(ctx, []council.ID{meeting})
	if err != nil || len(heads) == 0 || heads[0].Deleted {
		return "", err
	}
	var o readmodel.OParlMeeting
	if err := decode(heads[0], &o); err != nil || o.Location == nil {
		return "", err
	}
	return o.Location.ID.ID(), nil
}

// leavePlace makes a tombstone of a place that the meeting has left, when no public meeting takes place there any more: where
// councils meet in private is not public. An empty place = whatever place the meeting's tombstone still points at.
func (r *run) leavePlace(ctx context.Context, meeting, place council.ID) error {
	places := []council.ID{place}
	if place == "" {
		var err error
		if places, err = r.model.PublicTargets(ctx, meeting, readmodel.AtLocation); err != nil {
			return err
		}
	}
	for _, id := range places {
		users, err := r.model.PublicLinked(ctx, readmodel.Meeting, readmodel.AtLocation, []council.ID{id})
		if err != nil {
			return err
		}
		used := false
		for _, u := range users {
			used = used || !u.Deleted
		}
		if !used {
			if err := r.retract(ctx, id); err != nil {
				return err
			}
		}
	}
	return nil
}
