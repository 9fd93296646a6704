package api

import (
	"context"

	"ris/app/server/httpkit"
	"ris/auth/policy"
)

type preparationPut struct {
	ByID
	Writing
	Body PreparationChange
}

type templateOf struct {
	ByID
	Template string `query:"template" maxLength:"2000" doc:"not kept; left out = the usual one"`
}

func (s *surface) bodyRoutes() {
	read(s, op("GET", "/bodies/{id}/preparation", "showPreparation", "For the clerk: the template of the personal mark, and how papers are prepared by their type", "bodies"),
		func(ctx context.Context, v policy.Viewer, in *ByID) (*Show[Preparation], error) {
			p, err := s.Bodies.ShowPreparation(ctx, v, in.id())
			return &Show[Preparation]{httpkit.ETag(p.Body.Revision), preparation(p)}, err
		})
	write(s, op("PUT", "/bodies/{id}/preparation", "changePreparation", "Change them; a template that does not fit everybody's mark is refused", "bodies"),
		func(ctx context.Context, v policy.Viewer, in *preparationPut) (*Answer[Preparation], error) {
			revision, err := in.asked(true)
			if err != nil {
				if _, hidden := s.Bodies.ShowPreparation(ctx, v, in.id()); hidden != nil {
					return nil, hidden
				}
				return nil, err
			}
			return preparationAnswer(s.Bodies.ChangePreparation(ctx, v, in.id(), revision, in.Body.change()))
		})
	read(s, op("GET", "/bodies/{id}/preparation/preview", "previewPreparation", "The marks that a template would give; nothing is kept", "bodies"),
		func(ctx context.Context, v policy.Viewer, in *templateOf) (*Plain[List[MarkSample]], error) {
			samples, err := s.Bodies.PreviewPreparation(ctx, v, in.id(), in.Template)
			return &Plain[List[MarkSample]]{markSamples(samples, callOf(ctx).lang)}, err
		})
}
