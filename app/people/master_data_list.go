package people

import (
	"context"
	"slices"

	"ris/app/council"
	"ris/auth/policy"
)

// Organizations lists those of a Body; empty = of all bodies of the person. A Body that is not the person's gives an empty list,
// as an unknown one does.
func (s *Service) Organizations(ctx context.Context, v policy.Viewer, body council.ID) ([]council.Organization, error) {
	var out []council.Organization
	for _, b := range own(v, body) {
		list, err := s.Store.Organizations(ctx, b)
		if err != nil {
			return nil, err
		}
		out = append(out, list...)
	}
	return out, nil
}

// Locations is the same for places, for clerks alone: a place may have been made for a meeting that nobody else may know of yet. Who may
// see a meeting sees its place there.
func (s *Service) Locations(ctx context.Context, v policy.Viewer, body council.ID) ([]council.Location, error) {
	var out []council.Location
	for _, b := range own(v, body) {
		if !policy.IsClerk(v, b) {
			continue
		}
		list, err := s.Store.Locations(ctx, b)
		if err != nil {
			return nil, err
		}
		out = append(out, list...)
	}
	return out, nil
}

func own(v policy.Viewer, body council.ID) []council.ID {
	if body == "" {
		return v.Bodies()
	}
	if slices.Contains(v.Bodies(), body) {
		return []council.ID{body}
	}
	return nil
}
