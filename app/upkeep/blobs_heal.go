package upkeep

import (
	"context"

	"ris/app/audit"
	"ris/app/council"
	"ris/app/jobs"
	"ris/documents/blob"
)

// problemDamaged tells the clerk that the original cannot be read any more.
const problemDamaged = "file.problem.damaged"

// note writes down what is damaged, tells it in the log and in the log of acts, and mends it where something sound is left to make it
// from: the same bytes in another area, or the original of a base.
func (s *Service) note(ctx context.Context, d council.BlobDamage, heal bool) error {
	s.Log.Error("a blob is damaged", "area", d.Area, "blob", d.SHA256, "what", d.Problem)
	if err := s.Store.SaveBlobDamage(ctx, d); err != nil {
		return err
	}
	versions, err := s.Store.VersionsOfBlob(ctx, d.BlobKey)
	if err != nil {
		return err
	}
	if err := s.tell(ctx, audit.BlobDamaged, d, versions); err != nil || !heal {
		return err
	}
	if ok, err := s.copyFromTwin(ctx, d.BlobKey); err != nil || ok {
		if ok {
			err = s.healed(ctx, d, versions)
		}
		return err
	}
	switch blob.Area(d.Area) {
	case blob.Bases, blob.Converted:
		for _, v := range versions {
			if err := s.prepareAgain(ctx, v); err != nil {
				return err
			}
		}
	case blob.Originals:
		return s.show(ctx, versions)
	}
	return nil
}

// copyFromTwin writes the bytes anew when they lie sound in another area: a public rendition is the base, byte for byte.
func (s *Service) copyFromTwin(ctx context.Context, key council.BlobKey) (bool, error) {
	for _, area := range blob.Areas() {
		if string(area) == key.Area {
			continue
		}
		if err := s.read(ctx, area, key.SHA256, 0); err != nil {
			continue // not there, or damaged as well
		}
		r, err := s.Blobs.Open(ctx, area, key.SHA256)
		if err != nil {
			continue
		}
		_ = s.Blobs.Delete(ctx, blob.Area(key.Area), key.SHA256) // a store that writes once only would keep the damaged bytes
		got, _, err := s.Blobs.Put(ctx, blob.Area(key.Area), r, 0)
		_ = r.Close()
		return got == key.SHA256, err
	}
	return false, nil
}

// prepareAgain has a version worked from its original once more, if that is sound; it cannot be opened until then.
func (s *Service) prepareAgain(ctx context.Context, v council.FileVersion) error {
	if err := s.read(ctx, blob.Originals, v.SHA256, 0); err != nil {
		return s.show(ctx, []council.FileVersion{v})
	}
	return s.Store.InTx(ctx, func(ctx context.Context) error {
		now, err := s.version(ctx, v)
		if err != nil || !now.Processing.Ready() || now.Prepared.Blob != v.Prepared.Blob {
			return err // worked already
		}
		now.Processing, now.Problem = council.Received, ""
		if err := s.Store.SaveFileVersion(ctx, &now); err != nil {
			return err
		}
		return s.Store.Enqueue(ctx, jobs.ProcessFile{Version: now.ID})
	})
}

// version is the present state of v.
func (s *Service) version(ctx context.Context, v council.FileVersion) (council.FileVersion, error) {
	all, err := s.Store.VersionsOfBlob(ctx, council.BlobKey{Area: string(blob.Originals), SHA256: v.SHA256})
	if err != nil {
		return v, err
	}
	for _, x := range all {
		if x.ID == v.ID {
			return x, nil
		}
	}
	return council.FileVersion{}, nil // deleted meanwhile: nothing of it is ready
}

// show puts the problem where the clerk sees it: at the file.
func (s *Service) show(ctx context.Context, versions []council.FileVersion) error {
	for _, v := range versions {
		err := s.Store.InTx(ctx, func(ctx context.Context) error {
			now, err := s.version(ctx, v)
			if err != nil || now.ID == "" || now.Problem != "" {
				return err
			}
			now.Problem = problemDamaged
			return s.Store.SaveFileVersion(ctx, &now)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// recheck looks at what is noted as damaged: mended or needed by nothing any more, it is noted as healed.
func (s *Service) recheck(ctx context.Context) error {
	all, err := s.Store.BlobDamages(ctx)
	if err != nil {
		return err
	}
	for _, d := range all {
		needed, err := s.Store.BlobNeeded(ctx, d.BlobKey)
		if err != nil {
			return err
		}
		if needed && s.read(ctx, blob.Area(d.Area), d.SHA256, 0) != nil {
			continue
		}
		if !needed { // its bytes are of no use to anybody; what was made in its place has another name
			if err := s.Blobs.Delete(ctx, blob.Area(d.Area), d.SHA256); err != nil {
				return err
			}
		}
		if err := s.healed(ctx, d, nil); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) healed(ctx context.Context, d council.BlobDamage, versions []council.FileVersion) error {
	d.Healed = s.Clock()
	if err := s.Store.SaveBlobDamage(ctx, d); err != nil {
		return err
	}
	s.Log.Info("a damaged blob is mended", "area", d.Area, "blob", d.SHA256)
	return s.tell(ctx, audit.BlobHealed, d, versions)
}

// tell writes to the log of acts: at each version that is concerned, so that it stands in the history of its town.
func (s *Service) tell(ctx context.Context, act string, d council.BlobDamage, versions []council.FileVersion) error {
	if len(versions) == 0 {
		versions = []council.FileVersion{{}}
	}
	for _, v := range versions {
		if err := s.Store.Audit(ctx, audit.Entry(system, s.Clock(), act, "file", v.Body, v.File, "area", d.Area, "blob", d.SHA256, "version", string(v.ID))); err != nil {
			return err
		}
	}
	return nil
}
