package packets

import (
	"context"

	"ris/app/council"
	"ris/auth/policy"
	"ris/documents"
	"ris/documents/blob"
	"ris/documents/copies"
)

// Thumbnail is the viewer's own small picture of a page (JPEG). It may be seen by whoever may read the version, and carries the mark
// of the person and of this day: large letters can be read on it. A page that cannot be drawn is a plain sheet.
// Errors: not found, also for a page that the version does not have; conflict while there are no pictures yet.
func (s *Service) Thumbnail(ctx context.Context, v policy.Viewer, file, version council.ID, page int) ([]byte, error) {
	f, fv, err := s.Version(ctx, v, file, version)
	if err != nil {
		return nil, err
	}
	if page < 1 || page > max(1, len(fv.PageSizes)) {
		return nil, council.ErrNotFound()
	}
	if !fv.Processing.Ready() {
		return nil, council.E(council.Conflict, "file.error.not_ready")
	}
	r, err := s.Store.RenditionOf(ctx, v, fv.ID)
	if err != nil && council.KindOf(err) == council.NotFound {
		return nil, council.E(council.Conflict, "file.error.not_ready")
	}
	if err != nil {
		return nil, err
	}
	if page > len(r.Pictures) || r.Pictures[page-1].Length == 0 {
		var size council.PageSize
		if page <= len(fv.PageSizes) {
			size = fv.PageSizes[page-1]
		}
		return copies.Placeholder(size)
	}
	picture, err := s.picture(ctx, r, page)
	if err != nil {
		return nil, err
	}
	body, err := s.Store.Body(ctx, v, f.Body)
	if err != nil {
		return nil, err
	}
	// The picture of the first page stands in lists; who looks at others goes through the paper.
	if page > 1 {
		if err := s.logReading(ctx, v, f, fv, s.Clock(), "as", "pictures"); err != nil {
			return nil, err
		}
	}
	return copies.Thumbnail(picture, documents.Mark{Name: v.Name(), Account: v.Account(), Date: s.Clock().In(Berlin).Format("02.01.2006"),
		NonPublic: nonPublic(f, fv), Template: body.WatermarkText, Body: body.Name})
}

func (s *Service) picture(ctx context.Context, r council.Rendition, page int) ([]byte, error) {
	all, err := s.Blobs.Open(ctx, blob.Rendition, r.Thumbnails)
	if err != nil {
		return nil, council.E(council.Unavailable, "file.error.unreadable").Because(err)
	}
	defer all.Close()
	place := r.Pictures[page-1]
	b := make([]byte, place.Length)
	if _, err := all.ReadAt(b, place.Offset); err != nil {
		return nil, council.E(council.Unavailable, "file.error.unreadable").Because(err)
	}
	return b, nil
}

// Accessibility is the report of a version, for those who can change the file; nil = not looked at yet.
func (s *Service) Accessibility(ctx context.Context, v policy.Viewer, file, version council.ID) (*council.AccessibilityReport, error) {
	f, fv, err := s.Version(ctx, v, file, version)
	if err != nil {
		return nil, err
	}
	if err := policy.MayManage(v, f.Body, f.Audience); err != nil {
		return nil, err
	}
	if version == "" { // the clerk asks about the newest upload
		all, err := s.Store.FileVersions(ctx, v, f.ID)
		if err != nil {
			return nil, err
		}
		for _, x := range all {
			if x.Number > fv.Number {
				fv = x
			}
		}
	}
	r, err := s.Store.RenditionOf(ctx, v, fv.ID)
	if err != nil && council.KindOf(err) == council.NotFound {
		return nil, nil
	}
	return r.Accessibility, err
}
