package papers

import (
	"context"
	"io"
	"time"
	"unicode/utf8"

	"ris/app/council"
	"ris/auth/policy"
)

// KeepUploads is how long an upload that was begun may take; then it is collected. A clerk who was cut off before the weekend goes on
// after it.
const KeepUploads = 7 * 24 * time.Hour

// mostUploads is how many unfinished uploads one person may have.
const mostUploads = 500

// BeginUpload notes an upload in several requests, after asking whether the viewer may add to the paper. Of u, Paper, Role, Name,
// FileName, Replaces, Reason and Length count. council.TooLarge before a byte has come.
func (s *Service) BeginUpload(ctx context.Context, v policy.Viewer, u council.Upload) (council.Upload, error) {
	if err := s.CheckUpload(ctx, v, u.Paper); err != nil {
		return u, err
	}
	if u.Length > s.MaxBytes() {
		return u, s.TooLarge()
	}
	if u.Role != "" && u.Role != council.MainFile && u.Role != council.AuxiliaryFile || u.Replaces != "" && !u.Replaces.Valid() ||
		utf8.RuneCountInString(u.FileName) > 1000 || utf8.RuneCountInString(u.Reason) > 500 {
		return u, council.E(council.Invalid, "error.invalid")
	}
	u.Person, u.State, u.Problem, u.File = v.Person(), council.UploadOpen, "", ""
	u.Expires = s.Clock().Add(KeepUploads)
	err := s.Store.InTx(ctx, func(ctx context.Context) error {
		own, err := s.Store.Uploads(ctx, v, "")
		if err != nil {
			return err
		}
		open := 0
		for _, o := range own {
			if o.State != council.UploadDone {
				open++
			}
		}
		if open >= mostUploads {
			return council.E(council.Conflict, "upload.error.too_many")
		}
		return s.Store.SaveUpload(ctx, &u)
	})
	return u, err
}

// Upload is one of the viewer's own; not found for anybody else's.
func (s *Service) Upload(ctx context.Context, v policy.Viewer, id council.ID) (council.Upload, error) {
	if !v.SignedIn() {
		return council.Upload{}, council.ErrNotFound()
	}
	return s.Store.Upload(ctx, v, id)
}

// Uploads are the viewer's own to a paper that are not done, the first begun first; an empty paper = to all.
func (s *Service) Uploads(ctx context.Context, v policy.Viewer, paper council.ID) ([]council.Upload, error) {
	if !v.SignedIn() {
		return nil, council.ErrNotFound()
	}
	all, err := s.Store.Uploads(ctx, v, paper)
	var out []council.Upload
	for _, u := range all {
		if u.State != council.UploadDone {
			out = append(out, u)
		}
	}
	return out, err
}

// RemoveUpload forgets an upload of the viewer; a file that it has become stays.
func (s *Service) RemoveUpload(ctx context.Context, v policy.Viewer, id council.ID) error {
	if _, err := s.Upload(ctx, v, id); err != nil {
		return err
	}
	return s.Store.DeleteUpload(ctx, id)
}

// FinishUpload takes a complete upload as AddFile does: the file and the note of it are one transaction, so that asking again gives
// the same file. What is refused stays for another try, with the reason in it.
func (s *Service) FinishUpload(ctx context.Context, v policy.Viewer, id council.ID, content io.Reader) (council.ID, error) {
	u, err := s.Upload(ctx, v, id)
	if err != nil {
		return "", err
	}
	if u.State == council.UploadDone {
		return u.File, nil
	}
	if err := s.CheckUpload(ctx, v, u.Paper); err != nil {
		return "", err
	}
	stored, err := s.Receive(ctx, Upload{Paper: u.Paper, Role: u.Role, Name: u.Name, FileName: u.FileName, Replaces: u.Replaces,
		Reason: u.Reason, Content: content})
	if err == nil {
		err = s.Store.InTx(ctx, func(ctx context.Context) error {
			if u, err = s.Upload(ctx, v, id); err != nil || u.State == council.UploadDone {
				return err
			}
			f, err := s.AddFile(ctx, v, stored)
			if err != nil {
				return err
			}
			u.State, u.Problem, u.File = council.UploadDone, "", f.ID
			return s.Store.SaveUpload(ctx, &u)
		})
	}
	if err != nil {
		return "", s.refuseUpload(ctx, v, id, err)
	}
	return u.File, nil
}

// refuseUpload keeps the reason with the upload when it lies in what was sent, and gives the reason back.
func (s *Service) refuseUpload(ctx context.Context, v policy.Viewer, id council.ID, reason error) error {
	problem, ok := problemOf(reason)
	if !ok {
		return reason
	}
	err := s.Store.InTx(ctx, func(ctx context.Context) error {
		u, err := s.Upload(ctx, v, id)
		if err != nil || u.State == council.UploadDone {
			return err
		}
		u.State, u.Problem = council.UploadRefused, problem
		return s.Store.SaveUpload(ctx, &u)
	})
	if err != nil {
		return err
	}
	return reason
}
