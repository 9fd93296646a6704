package versions

import (
	"context"

	"ris/app/council"
	"ris/auth/policy"
)

// Uploaders names who brought the versions of a file, by version; for its clerk alone, nil for everybody else. A person who is no longer
// known has no name.
func (s *Service) Uploaders(ctx context.Context, v policy.Viewer, body council.ID, versions []council.FileVersion) (map[council.ID]string, error) {
	if !policy.IsClerk(v, body) {
		return nil, nil
	}
	names, out := map[council.ID]string{"": ""}, map[council.ID]string{}
	for _, fv := range versions {
		if _, known := names[fv.UploadedBy]; !known {
			p, err := s.Store.Person(ctx, fv.UploadedBy)
			if err != nil && !gone(err) {
				return nil, err
			}
			names[fv.UploadedBy] = p.Name
		}
		out[fv.ID] = names[fv.UploadedBy]
	}
	return out, nil
}
