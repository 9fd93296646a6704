package api

import (
	"context"

	"ris/app/council"
	"ris/app/papers"
	"ris/app/server/httpkit"
	"ris/auth/policy"
)

// VersionOf names a version of the file in the path; exported for the same reason as ByID.
type VersionOf struct {
	ByID
	Version string `query:"version" doc:"id of a version; left out = the one that readers get"`
}

type marksOf struct {
	VersionOf
	Q    string `query:"q" maxLength:"500"`
	Page int    `query:"page" minimum:"0" doc:"from 1; left out = all pages"`
}

type filePatch struct {
	ByID
	Writing
	Body FileChange
}

func (s *surface) fileRoutes() {
	read(s, op("GET", "/files/{id}/info", "showFile", "A file with its versions", "files"),
		func(ctx context.Context, v policy.Viewer, in *ByID) (*Show[File], error) {
			f, err := s.Packets.File(ctx, v, in.id())
			if err != nil {
				return nil, err
			}
			by, err := s.Versions.Uploaders(ctx, v, f.Body, f.Versions)
			out := file(f, callOf(ctx).lang)
			for i := range out.Versions {
				out.Versions[i].By = by[out.Versions[i].ID]
			}
			return &Show[File]{httpkit.ETag(f.Revision), out}, err
		})
	read(s, op("GET", "/files/{id}/pages", "listPages", "The visible sizes of the pages", "files"),
		func(ctx context.Context, v policy.Viewer, in *VersionOf) (*Plain[FilePages], error) {
			_, fv, err := s.Packets.Version(ctx, v, in.id(), council.ID(in.Version))
			out := FilePages{Version: fv.ID, Pages: fv.PageSizes}
			if out.Pages == nil {
				out.Pages = []council.PageSize{}
			}
			return &Plain[FilePages]{out}, err
		})
	read(s, op("GET", "/files/{id}/marks", "listMarks", "Where the words of a query stand", "files"),
		func(ctx context.Context, v policy.Viewer, in *marksOf) (*Plain[List[PageMarks]], error) {
			_, fv, err := s.Packets.Version(ctx, v, in.id(), council.ID(in.Version))
			if err != nil {
				return nil, err
			}
			pages, err := s.Finding.Marks(ctx, v, fv.ID, in.Page, in.Q)
			out := List[PageMarks]{Data: []PageMarks{}}
			for _, p := range pages {
				out.Data = append(out.Data, PageMarks(p))
			}
			return &Plain[List[PageMarks]]{out}, err
		})
	write(s, op("PATCH", "/files/{id}", "changeFile", "Change the name, the role or the mode of a file", "files"),
		func(ctx context.Context, v policy.Viewer, in *filePatch) (*Answer[File], error) {
			revision, err := in.asked(true)
			if err != nil {
				if _, hidden := s.Packets.File(ctx, v, in.id()); hidden != nil {
					return nil, hidden
				}
				return nil, err
			}
			change := papers.ChangeFile{Name: in.Body.Name, Role: (*council.FileRole)(in.Body.Role), Mode: (*council.PreparationMode)(in.Body.Mode)}
			if _, err := s.Papers.ChangeFile(ctx, v, in.id(), revision, change); err != nil {
				return nil, err
			}
			return s.answerFile(ctx, v, in.id(), 200)
		})
	write(s, op("POST", "/files/{id}/withdraw", "withdrawFile",
		"Take a file back; no publication brings it back before it is restored. A file that was never published is deleted (204)", "files"),
		func(ctx context.Context, v policy.Viewer, in *withdrawWrite) (*Answer[File], error) {
			revision, err := in.asked(false)
			if err != nil {
				return nil, err
			}
			deleted, err := s.Papers.WithdrawFile(ctx, v, in.id(), revision, in.reason())
			if err != nil {
				return nil, err
			}
			if deleted {
				return &Answer[File]{Status: 204}, nil
			}
			return s.answerFile(ctx, v, in.id(), 200)
		})
	write(s, op("POST", "/files/{id}/restore", "restoreFile", "Make a withdrawn file a draft again; the next publication opens it", "files"),
		func(ctx context.Context, v policy.Viewer, in *publishWrite) (*Answer[File], error) {
			revision, err := in.asked(false)
			if err != nil {
				return nil, err
			}
			if _, err := s.Papers.RestoreFile(ctx, v, in.id(), revision); err != nil {
				return nil, err
			}
			return s.answerFile(ctx, v, in.id(), 200)
		})
	write(s, op("POST", "/files/{id}/again", "processFileAgain", "Process a file once more", "files"),
		func(ctx context.Context, v policy.Viewer, in *publishWrite) (*Answer[File], error) {
			revision, err := in.asked(false)
			if err != nil {
				return nil, err
			}
			if _, err := s.Papers.Again(ctx, v, in.id(), revision); err != nil {
				return nil, err
			}
			return s.answerFile(ctx, v, in.id(), 200)
		})
}

func (s *surface) answerFile(ctx context.Context, v policy.Viewer, id council.ID, status int) (*Answer[File], error) {
	f, err := s.Packets.File(ctx, v, id)
	if err != nil {
		return nil, err
	}
	out := &Answer[File]{Status: status, ETag: httpkit.ETag(f.Revision), Body: file(f, callOf(ctx).lang)}
	if status == 201 {
		out.Location = out.Body.URL
	}
	return out, nil
}
