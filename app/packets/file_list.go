package packets

import (
	"context"
	"slices"

	"ris/app/audit"
	"ris/app/council"
	"ris/auth/policy"
)

// files loads files that the viewer may see, by paper.
func (s *Service) files(ctx context.Context, v policy.Viewer, fresh freshness, filter council.FileFilter) (map[council.ID][]File, error) {
	list, err := s.Store.Files(ctx, v, filter)
	if err != nil {
		return nil, err
	}
	out := map[council.ID][]File{}
	for _, f := range list {
		full, ok, err := s.file(ctx, v, fresh, f)
		if err != nil {
			return nil, err
		}
		if ok {
			out[f.Paper] = append(out[f.Paper], full)
		}
	}
	return out, nil
}

// file adds the versions. false when the viewer may read none of them: the file is then not shown at all.
func (s *Service) file(ctx context.Context, v policy.Viewer, fresh freshness, f council.File) (File, bool, error) {
	versions, err := s.Store.FileVersions(ctx, v, f.ID)
	if err != nil {
		return File{}, false, err
	}
	if len(versions) == 0 {
		return File{}, false, nil
	}
	versions = slices.SortedFunc(slices.Values(versions), func(a, b council.FileVersion) int { return b.Number - a.Number })
	out := File{File: f, Shown: versions[0], Versions: versions}
	for _, x := range versions {
		if x.ID == f.Current {
			out.Shown = x
		}
	}
	if policy.IsClerk(v, f.Body) && versions[0].ID != out.Shown.ID {
		out.Latest = &versions[0]
	}
	if !policy.IsClerk(v, f.Body) {
		out.Mode = "" // how strongly a paper is protected is the office's business
	}
	out.New = fresh.version(out.Shown)
	out.NonPublic = !out.Shown.Audience.Public()
	out.Withdrawn, err = s.withdrawal(ctx, v, f.State, f.Body, f.ID, audit.FileWithdraw)
	return out, err == nil, err
}

// File is one file with its versions.
func (s *Service) File(ctx context.Context, v policy.Viewer, id council.ID) (File, error) {
	f, err := s.Store.File(ctx, v, id)
	if err != nil {
		return File{}, err
	}
	fresh, err := s.visit(ctx, v)
	if err != nil {
		return File{}, err
	}
	out, ok, err := s.file(ctx, v, fresh, f)
	if err == nil && !ok {
		err = council.ErrNotFound()
	}
	return out, err
}
