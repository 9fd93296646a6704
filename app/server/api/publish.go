package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"ris/app/council"
	"ris/app/server/httpkit"
	"ris/auth/policy"
)

type publishWrite struct {
	ByID
	Writing
}

type withdrawWrite struct {
	ByID
	Writing
	Body *ReasonInput `required:"false"`
}

// reason may be left out together with its body.
func (w withdrawWrite) reason() string {
	if w.Body == nil {
		return ""
	}
	return w.Body.Reason
}

func (s *surface) publishRoutes() {
	publish := op("POST", "/meetings/{id}/publish", "publishMeeting",
		"Publish the meeting; answers after at most 15 seconds, with publishRequested set while files are still being prepared", "meetings")
	publish.Errors = []int{http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound, http.StatusConflict, http.StatusPreconditionFailed}
	huma.Register(s.api, publish, func(ctx context.Context, in *publishWrite) (*Answer[Meeting], error) {
		c := callOf(ctx)
		out, err := s.publish(ctx, c, in)
		if err != nil {
			c.failed(err)
			return nil, httpkit.Describe(err, c.lang, c.request)
		}
		return out, nil
	})
	read(s, op("GET", "/meetings/{id}/publish-preview", "previewPublish", "What the next publication makes visible to whom", "meetings"),
		func(ctx context.Context, v policy.Viewer, in *ByID) (*Plain[PublishPreview], error) {
			p, err := s.Meetings.PreviewPublish(ctx, v, in.id())
			return &Plain[PublishPreview]{preview(p, callOf(ctx).lang)}, err
		})
	write(s, op("POST", "/meetings/{id}/withdraw", "withdrawMeeting", "Take a meeting back from its readers at once", "meetings"),
		func(ctx context.Context, v policy.Viewer, in *withdrawWrite) (*Answer[Meeting], error) {
			revision, err := in.asked(false)
			if err != nil {
				return nil, err
			}
			if _, err := s.Meetings.Withdraw(ctx, v, in.id(), revision, in.reason()); err != nil {
				return nil, err
			}
			return s.answerMeeting(ctx, v, in.id(), 200)
		})
	write(s, op("POST", "/meetings/{id}/restore", "restoreMeeting", "Make a withdrawn meeting a draft again; publishing it opens it", "meetings"),
		func(ctx context.Context, v policy.Viewer, in *publishWrite) (*Answer[Meeting], error) {
			revision, err := in.asked(false)
			if err != nil {
				return nil, err
			}
			if _, err := s.Meetings.Restore(ctx, v, in.id(), revision); err != nil {
				return nil, err
			}
			return s.answerMeeting(ctx, v, in.id(), 200)
		})
}

// publish keeps the key in the transaction of the request; the waiting is done outside of any. The same key sent again does not
// ask again: it waits for the outcome and answers the meeting as it is now.
func (s *surface) publish(ctx context.Context, c *call, in *publishWrite) (*Answer[Meeting], error) {
	revision, err := in.asked(false)
	if err != nil {
		return nil, err
	}
	_, err = once(ctx, s.Store, s.Clock, c, in, func(ctx context.Context, v policy.Viewer, in *publishWrite) (*Answer[struct{}], error) {
		_, err := s.Meetings.RequestPublish(ctx, v, in.id(), revision)
		return &Answer[struct{}]{Status: 200}, err
	})
	if err != nil {
		return nil, err
	}
	if err := s.mayAwait(ctx, c.viewer, in.id()); err != nil {
		return nil, err
	}
	if _, err := s.Meetings.AwaitPublish(ctx, c.viewer, in.id()); err != nil {
		return nil, err
	}
	return s.answerMeeting(ctx, c.viewer, in.id(), 200)
}

// mayAwait: a kept key answers whoever lost the right meanwhile like everybody else.
func (s *surface) mayAwait(ctx context.Context, v policy.Viewer, id council.ID) error {
	m, err := s.Packets.Meeting(ctx, v, id)
	if err != nil {
		return err
	}
	return policy.MayManage(v, m.Meeting.Body, m.Audience)
}
