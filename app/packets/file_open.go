package packets

import (
	"context"
	"time"
	_ "time/tzdata" // the day of the mark is Berlin's on every server

	"ris/app/council"
	"ris/auth/policy"
	"ris/documents"
	"ris/documents/blob"
	"ris/documents/copies"
)

// Copy is a personal copy that is open: close it when the answer has been sent.
type Copy struct {
	*copies.Copy
	File    council.File
	Version council.FileVersion
}

// OpenFile opens the viewer's own copy of a version; empty = the one that readers get (for its clerk, while there is none, the
// newest). peek is for HEAD: nothing is given, so no receipt and no line in the log.
//
// The mark carries the day on which this person was first given this version: it never changes, nor do the bytes and the tag.
// Reading a non-public version is logged, see logReading.
// Errors: not found; conflict while the version is being prepared or was refused.
func (s *Service) OpenFile(ctx context.Context, v policy.Viewer, file, version council.ID, peek bool) (*Copy, error) {
	return s.openFile(ctx, v, file, version, peek, false)
}

// OpenReading is OpenFile for the reduced copy of a heavy scan, the same in all but its pictures; the whole copy when there is none.
func (s *Service) OpenReading(ctx context.Context, v policy.Viewer, file, version council.ID, peek bool) (*Copy, error) {
	return s.openFile(ctx, v, file, version, peek, true)
}

func (s *Service) openFile(ctx context.Context, v policy.Viewer, file, version council.ID, peek, reading bool) (*Copy, error) {
	if !v.SignedIn() {
		return nil, council.E(council.Unauthenticated, "error.unauthenticated")
	}
	f, fv, err := s.Version(ctx, v, file, version)
	if err != nil {
		return nil, err
	}
	if !fv.Processing.Ready() {
		if fv.Processing == council.Refused {
			return nil, council.E(council.Conflict, "file.error.refused")
		}
		return nil, council.E(council.Conflict, "file.error.not_ready")
	}
	body, err := s.Store.Body(ctx, v, f.Body)
	if err != nil {
		return nil, err
	}
	now := s.Clock()
	given, seed, err := s.receipt(ctx, v, fv.ID, now, peek)
	if err != nil {
		return nil, err
	}
	prepared := fv.Prepared
	if reading {
		if r, err := s.Store.RenditionOf(ctx, v, fv.ID); err == nil && r.Reading.Blob != "" {
			prepared = r.Reading
		} else if err != nil && council.KindOf(err) != council.NotFound {
			return nil, err
		}
	}
	base, err := s.Blobs.Open(ctx, blob.Bases, prepared.Blob)
	if err != nil {
		return nil, council.E(council.Unavailable, "file.error.unreadable").Because(err)
	}
	c, err := copies.Open(base, prepared, mark(v, body, given, seed, nonPublic(f, fv)))
	if err != nil {
		_ = base.Close()
		return nil, err
	}
	if !peek {
		if err := s.logReading(ctx, v, f, fv, now); err != nil {
			_ = c.Close()
			return nil, err
		}
	}
	return &Copy{Copy: c, File: f, Version: fv}, nil
}

// mark is what the viewer's copy says.
func mark(v policy.Viewer, body council.Body, given council.Receipt, seed [32]byte, nonPublic bool) documents.Mark {
	return documents.Mark{Name: v.Name(), Account: v.Account(), Date: given.FirstGiven.In(Berlin).Format("02.01.2006"), NonPublic: nonPublic,
		Template: body.WatermarkText, Body: body.Name, Code: given.Code, Seed: seed}
}

// nonPublic: a replaced version of a public file was public itself; it is stale, not secret. Everything else that the public may
// not read is marked.
func nonPublic(f council.File, fv council.FileVersion) bool {
	replaced := fv.State == council.Published && fv.ID != f.Current
	return !fv.Audience.Public() && !(replaced && f.Audience.Public())
}

// Version finds a file and one of its versions that the viewer may read; see OpenFile for the empty version. Everything that shows
// what stands in a version comes through here: an old proof of identity is refused for a non-public one (policy.Confirmed).
func (s *Service) Version(ctx context.Context, v policy.Viewer, file, version council.ID) (council.File, council.FileVersion, error) {
	f, fv, err := s.version(ctx, v, file, version)
	if err == nil {
		err = policy.Confirmed(v, nonPublic(f, fv))
	}
	return f, fv, err
}

func (s *Service) version(ctx context.Context, v policy.Viewer, file, version council.ID) (council.File, council.FileVersion, error) {
	f, err := s.Store.File(ctx, v, file)
	if err != nil {
		return f, council.FileVersion{}, err
	}
	if version != "" {
		fv, err := s.Store.FileVersion(ctx, v, version)
		if err == nil && fv.File != f.ID {
			err = council.ErrNotFound()
		}
		return f, fv, err
	}
	full, ok, err := s.file(ctx, v, freshness{nobody: true}, f)
	if err == nil && !ok {
		err = council.ErrNotFound()
	}
	return f, full.Shown, err
}

// Berlin is the time zone in which the bodies live: days of marks and of lists are its days.
var Berlin = mustZone("Europe/Berlin")

func mustZone(name string) *time.Location {
	z, err := time.LoadLocation(name)
	if err != nil {
		panic(err) // the zone data is in the program
	}
	return z
}
