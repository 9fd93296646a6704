package api

import (
	"context"
	"net/url"
	"strconv"
	"time"

	"ris/app/council"
	"ris/app/meetings"
	"ris/app/packets"
	"ris/app/server/httpkit"
	"ris/auth/policy"
)

// ByID is the id in the path. It is exported because huma reads embedded fields only then.
type ByID struct {
	ID string `path:"id"`
}

// id is the path's id: what is no id is an object that does not exist, with the same answer.
func (b ByID) id() council.ID { return council.ID(b.ID) }

type meetingList struct {
	In    string `query:"body" doc:"id of a Body; left out = all of the person's"`
	From  string `query:"from" doc:"start not before: day or RFC 3339 time"`
	To    string `query:"to" doc:"start not after: day or RFC 3339 time"`
	State string `query:"state" enum:"draft,published,withdrawn"`
	Limit int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
	After string `query:"after" doc:"id of the last meeting of the page before"`
}

type meetingWrite struct {
	Writing
	Body MeetingInput
}

type meetingPatch struct {
	ByID
	Writing
	Body MeetingChange
}

func (s *surface) meetingRoutes() {
	read(s, op("GET", "/meetings", "listMeetings", "Meetings that the viewer may see, latest first", "meetings"), s.meetingList)
	read(s, op("GET", "/meetings/{id}", "showMeeting", "A meeting with its agenda", "meetings"),
		func(ctx context.Context, v policy.Viewer, in *ByID) (*Show[Meeting], error) {
			m, err := s.Packets.Meeting(ctx, v, in.id())
			return &Show[Meeting]{httpkit.ETag(m.Revision), meeting(m, s.Clock(), callOf(ctx).lang)}, err
		})
	add := op("POST", "/meetings", "addMeeting", "Make a meeting as a draft", "meetings")
	add.DefaultStatus = 201
	write(s, add, func(ctx context.Context, v policy.Viewer, in *meetingWrite) (*Answer[Meeting], error) {
		m, err := s.Meetings.Add(ctx, v, meetings.NewMeeting{Body: in.Body.Body, Name: in.Body.Name, Organizations: in.Body.Organizations,
			Place: place(in.Body.Location), Start: in.Body.Start, End: value(in.Body.End)})
		if err != nil {
			return nil, err
		}
		return s.answerMeeting(ctx, v, m.ID, 201)
	})
	write(s, op("PATCH", "/meetings/{id}", "changeMeeting", "Change a meeting", "meetings"),
		func(ctx context.Context, v policy.Viewer, in *meetingPatch) (*Answer[Meeting], error) {
			revision, err := in.asked(true)
			if err != nil {
				return nil, s.orNotFound(ctx, v, in.id(), err)
			}
			b := in.Body
			_, err = s.Meetings.Change(ctx, v, in.id(), revision, meetings.ChangeMeeting{Name: b.Name, Start: b.Start, End: b.End,
				Place: place(b.Location), Cancelled: b.Cancelled, Organizations: b.Organizations})
			if err != nil {
				return nil, err
			}
			return s.answerMeeting(ctx, v, in.id(), 200)
		})
	erase(s, op("DELETE", "/meetings/{id}", "deleteMeeting", "Delete a draft", "meetings"),
		func(ctx context.Context, v policy.Viewer, in *struct {
			ByID
			Writing
		}) error {
			revision, err := in.asked(true)
			if err != nil {
				return s.orNotFound(ctx, v, in.id(), err)
			}
			return s.Meetings.Delete(ctx, v, in.id(), revision)
		})
}

// orNotFound keeps a missing If-Match from telling that the object exists: who may not see it is told so first.
func (s *surface) orNotFound(ctx context.Context, v policy.Viewer, meeting council.ID, err error) error {
	if _, hidden := s.Packets.Meeting(ctx, v, meeting); hidden != nil {
		return hidden
	}
	return err
}

func (s *surface) meetingList(ctx context.Context, v policy.Viewer, in *meetingList) (*Plain[List[MeetingSummary]], error) {
	from, err := point(in.From, false)
	if err != nil {
		return nil, err
	}
	to, err := point(in.To, true)
	if err != nil {
		return nil, err
	}
	page, next, err := s.Packets.Meetings(ctx, v, council.MeetingFilter{Body: council.ID(in.In), From: from, To: to,
		State: council.State(in.State), After: council.ID(in.After), Limit: in.Limit})
	if err != nil {
		return nil, err
	}
	out := List[MeetingSummary]{Data: []MeetingSummary{}}
	for _, m := range page {
		out.Data = append(out.Data, summary(m, s.Clock()))
	}
	if next != "" {
		q := url.Values{"after": {string(next)}, "limit": {strconv.Itoa(in.Limit)}}
		for name, value := range map[string]string{"body": in.In, "from": in.From, "to": in.To, "state": in.State} {
			if value != "" {
				q.Set(name, value)
			}
		}
		out.Next = Prefix + "/meetings?" + q.Encode()
	}
	return &Plain[List[MeetingSummary]]{out}, nil
}

func (s *surface) answerMeeting(ctx context.Context, v policy.Viewer, id council.ID, status int) (*Answer[Meeting], error) {
	m, err := s.Packets.Meeting(ctx, v, id)
	if err != nil {
		return nil, err
	}
	return showMeeting(m, s.Clock(), callOf(ctx).lang, status), nil
}

func showMeeting(m packets.Meeting, now time.Time, lang string, status int) *Answer[Meeting] {
	out := &Answer[Meeting]{Status: status, ETag: httpkit.ETag(m.Revision), Body: meeting(m, now, lang)}
	if status == 201 {
		out.Location = out.Body.URL
	}
	return out
}

func place(in *LocationInput) *meetings.Place {
	if in == nil {
		return nil
	}
	return &meetings.Place{ID: in.ID, Description: in.Description, Room: in.Room, StreetAddress: in.StreetAddress, Locality: in.Locality}
}

func value(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return *t
}

// point reads a day or a time of a query; end takes the end of the day.
func point(text string, end bool) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	if t, err := time.Parse(time.RFC3339, text); err == nil {
		return t.UTC(), nil
	}
	t, err := time.ParseInLocation(time.DateOnly, text, packets.Berlin)
	if err != nil {
		return t, council.E(council.Invalid, "api.error.date")
	}
	if end {
		t = t.AddDate(0, 0, 1).Add(-time.Microsecond)
	}
	return t.UTC(), nil
}
