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
	return out, s.addRenditions(ctx, v, out)
}

// addRenditions loads what was made of the shown versions, at once.
func (s *Service) addRenditions(ctx context.Context, v policy.Viewer, files map[council.ID][]File) error {
	var shown []council.ID
	for _, list := range files {
		for _, f := range list {
			shown = append(shown, f.Shown.ID)
		}
	}
	if len(shown) == 0 {
		return nil
	}
	made, err := s.Store.RenditionsOf(ctx, v, shown)
	for _, list := range files {
		for i := range list {
			list[i].Rendition = made[list[i].Shown.ID]
		}
	}
	return err
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
	if !policy.IsClerk(v, f.Body) {
		// Counted among those that the viewer may read: "Fassung 2" would tell of a first one.
		for i := range versions {
			versions[i].Number = len(versions) - i
		}
	}
	out := File{File: f, Shown: versions[0], Versions: versions}
	for _, x := range versions {
		if x.ID == f.Current {
			out.Shown = x
		}
	}
	if policy.IsClerk(v, f.Body) && versions[0].ID != out.Shown.ID {
		out.Latest = &versions[0]
	}
	if policy.IsClerk(v, f.Body) {
		out.Findings = versions[0].Findings
	} else {
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
	if err != nil {
		return out, err
	}
	made, err := s.Store.RenditionsOf(ctx, v, []council.ID{out.Shown.ID})
	out.Rendition = made[out.Shown.ID]
	return out, err
}
