package privacy

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"time"

	"ris/app/audit"
	"ris/app/council"
	"ris/auth/policy"
)

// Copy is a ZIP archive with what is kept about a person: daten.json for programs (Art. 20 DSGVO), auskunft.html for people (Art. 15).
type Copy struct {
	FileName string
	Data     []byte
}

// Own gives the viewer the own data, notes included. It stands in the log. Notes quote what stands in non-public papers, so an old proof
// of identity is not enough (policy.Confirmed).
func (s *Service) Own(ctx context.Context, v policy.Viewer) (Copy, error) {
	if !v.SignedIn() {
		return Copy{}, council.E(council.Unauthenticated, "error.unauthenticated")
	}
	if err := policy.Confirmed(v, true); err != nil {
		return Copy{}, err
	}
	d, err := s.collect(ctx, v, v.Person(), true)
	if err != nil {
		return Copy{}, err
	}
	c, err := s.archive(d)
	if err != nil {
		return Copy{}, err
	}
	return c, s.Store.Audit(ctx, audit.Entry(v, s.Clock(), audit.PrivacyExport, "person", d.home, v.Person()))
}

// Released gives the data of the person of a released request to the one who asked, once. Notes are not in it. Errors: not found;
// forbidden for the second person; conflict when it is not released or was used.
func (s *Service) Released(ctx context.Context, v policy.Viewer, id council.ID) (c Copy, err error) {
	err = s.Store.InTx(ctx, func(ctx context.Context) error {
		r, err := s.take(ctx, v, id, audit.PrivacyExport)
		if err != nil {
			return err
		}
		d, err := s.collect(ctx, v, r.Object, false)
		if err != nil {
			return err
		}
		if c, err = s.archive(d); err != nil {
			return err
		}
		return s.Store.Audit(ctx, audit.Entry(v, s.Clock(), audit.PrivacyExport, "person", r.Body, r.Object, "release", string(r.ID)))
	})
	return c, err
}

// take uses a release for an act; a person must be the one who asked, the server's operator may carry out any.
func (s *Service) take(ctx context.Context, v policy.Viewer, id council.ID, act string) (council.Release, error) {
	r, err := s.Releases.Show(ctx, v, id)
	if err != nil {
		return r, err
	}
	if r.Act != act {
		return r, council.ErrNotFound()
	}
	if v.SignedIn() && v.Person() != r.RequestedBy {
		return r, council.E(council.Forbidden, "privacy.error.asked_by_other")
	}
	return s.Releases.Use(ctx, v, id, act, r.Object)
}

// archive packs the two documents.
func (s *Service) archive(d *data) (Copy, error) {
	var packed bytes.Buffer
	z := zip.NewWriter(&packed)
	machine, err := json.MarshalIndent(d, "", "  ")
	if err != nil {
		return Copy{}, err
	}
	people, err := s.page(d)
	if err != nil {
		return Copy{}, err
	}
	for _, f := range []struct {
		name string
		data []byte
	}{{"auskunft.html", people}, {"daten.json", machine}} {
		w, err := z.CreateHeader(&zip.FileHeader{Name: f.name, Method: zip.Deflate, Modified: d.Made})
		if err != nil {
			return Copy{}, err
		}
		if _, err := w.Write(f.data); err != nil {
			return Copy{}, err
		}
	}
	if err := z.Close(); err != nil {
		return Copy{}, err
	}
	return Copy{FileName: "auskunft-" + d.Made.In(s.zone()).Format(time.DateOnly) + ".zip", Data: packed.Bytes()}, nil
}
