package api

import (
	"context"

	"ris/app/council"
	"ris/auth/policy"
)

// inBody: the field is not called Body, because huma would take it for the body of the request.
type inBody struct {
	In string `query:"body" doc:"id of a Body; left out = all of the person's"`
}

func (s *surface) peopleRoutes() {
	read(s, op("GET", "/me", "showMe", "Who is signed in", "people"), func(ctx context.Context, v policy.Viewer, _ *struct{}) (*Plain[Me], error) {
		m, err := s.People.Show(ctx, v)
		out := me(m)
		out.UploadLimit = s.Papers.MaxBytes()
		return &Plain[Me]{out}, err
	})
	read(s, op("GET", "/organizations", "listOrganizations", "Committees and groups of the person's bodies", "people"),
		func(ctx context.Context, v policy.Viewer, in *inBody) (*Plain[List[Organization]], error) {
			list, err := s.People.Organizations(ctx, v, council.ID(in.In))
			out := List[Organization]{Data: []Organization{}}
			for _, o := range list {
				out.Data = append(out.Data, Organization{organizationRef(o), o.Body})
			}
			return &Plain[List[Organization]]{out}, err
		})
	read(s, op("GET", "/locations", "listLocations", "Places of the bodies in which the person is clerk; empty for others", "people"),
		func(ctx context.Context, v policy.Viewer, in *inBody) (*Plain[List[LocationRef]], error) {
			list, err := s.People.Locations(ctx, v, council.ID(in.In))
			out := List[LocationRef]{Data: []LocationRef{}}
			for _, l := range list {
				out.Data = append(out.Data, *locationRef(&l))
			}
			return &Plain[List[LocationRef]]{out}, err
		})
}
