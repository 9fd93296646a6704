package papers

import (
	"context"

	"ris/app/audit"
	"ris/app/council"
	"ris/auth/policy"
	"ris/documents/blob"
)

// Original is a file as it was uploaded, for its clerk alone. Close Content.
type Original struct {
	Name    string
	Content blob.Reader
}

// OpenOriginal is an act of its own and stands in the list of acts: what was uploaded carries nobody's mark and may hold what no
// reader gets (comments, deleted text, the place of a photo). version empty = the newest. Conflict while the virus scan is open, and
// for what it has found.
func (s *Service) OpenOriginal(ctx context.Context, v policy.Viewer, file, version council.ID) (Original, error) {
	f, err := s.file(ctx, v, file, 0)
	if err != nil {
		return Original{}, err
	}
	versions, err := s.Store.FileVersions(ctx, v, file)
	if err != nil {
		return Original{}, err
	}
	n, ok := newest(versions)
	if version != "" {
		ok = false
		for _, x := range versions {
			if x.ID == version {
				n, ok = x, true
			}
		}
	}
	switch {
	case !ok:
		return Original{}, council.ErrNotFound()
	case policy.Confirmed(v, !n.Audience.Public()) != nil:
		return Original{}, policy.Confirmed(v, true)
	case n.Problem == ProblemInfected:
		return Original{}, council.E(council.Conflict, ProblemInfected)
	case n.Processing != council.Refused && !n.Processing.Ready():
		return Original{}, council.E(council.Conflict, "file.error.in_work")
	}
	r, err := s.Blobs.Open(ctx, blob.Originals, n.SHA256)
	if err != nil {
		return Original{}, err
	}
	if err := s.Store.Audit(ctx, audit.Entry(v, s.Clock(), audit.FileOriginal, "file", f.Body, f.ID, "version", string(n.ID))); err != nil {
		r.Close()
		return Original{}, err
	}
	return Original{Name: originalName(f, n), Content: r}, nil
}
