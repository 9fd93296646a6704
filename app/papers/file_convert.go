package papers

import (
	"context"
	"errors"
	"io"
	"os"
	"strings"

	"ris/app/audit"
	"ris/app/council"
	"ris/app/jobs"
	"ris/auth/policy"
	"ris/documents"
	"ris/documents/blob"
	"ris/documents/convert"
)

// Converter makes PDFs of what is none; documents/convert has it.
type Converter interface {
	Convert(ctx context.Context, in *os.File, size int64, kind convert.Kind, name string) (*convert.Outcome, error)
}

// convert makes the PDF of an original that is none, once: the result stays with the version. It answers the version as it then is.
func (s *Service) convert(ctx context.Context, t *track, v council.FileVersion, f council.File) (council.FileVersion, error) {
	kind := convert.ByMediaType(v.MediaType)
	if kind == convert.PDF || v.Converted != "" {
		return v, nil
	}
	t.begin(documents.StepConvert)
	if s.Converter == nil {
		t.end(council.StepFailed, convert.RefusedKind)
		return s.refuse(ctx, v.ID, convert.RefusedKind)
	}
	in, size, err := s.local(ctx, v.SHA256)
	if err != nil {
		t.end(council.StepWaiting, "")
		return v, err
	}
	defer in.Close()
	out, err := s.Converter.Convert(ctx, in, size, kind, f.FileName)
	if err != nil {
		t.end(council.StepWaiting, "")
		return v, err
	}
	defer out.Close()
	if out.Refused != "" {
		problem := Problem(out.Refused, out.Details...)
		t.end(council.StepFailed, problem)
		return s.refuse(ctx, v.ID, problem)
	}
	if _, err := out.PDF.Seek(0, io.SeekStart); err != nil {
		t.end(council.StepWaiting, "")
		return v, err
	}
	key, _, err := s.Blobs.Put(ctx, blob.Converted, out.PDF, 0)
	var attached []Stored
	if err == nil {
		attached, err = s.storeAttachments(ctx, v.Paper, out.Attachments)
	}
	if err != nil {
		t.end(council.StepWaiting, "")
		return v, err
	}
	notes := []string{}
	if len(attached) > 0 {
		notes = append(notes, "file.note.convert.attachments")
	}
	for _, n := range out.Notes {
		notes = append(notes, Problem(n.Key, n.Args...))
	}
	err = s.Store.InTx(ctx, func(ctx context.Context) error {
		if err := s.change(ctx, v.ID, func(x *council.FileVersion) {
			x.Converted, x.MediaType = key, out.Kind.MediaType()
			v = *x
		}); err != nil {
			return err
		}
		return s.attach(ctx, v, attached)
	})
	t.end(council.StepDone, Notes(notes...))
	return v, err
}

// refuse says why a version cannot be accepted.
func (s *Service) refuse(ctx context.Context, version council.ID, problem string) (v council.FileVersion, err error) {
	err = s.change(ctx, version, func(x *council.FileVersion) {
		x.Processing, x.Problem = council.Refused, problem
		v = *x
	})
	return v, err
}

// local gives a descriptor of the original: the blob's own file, or a copy without a name when the store is remote.
func (s *Service) local(ctx context.Context, sum string) (*os.File, int64, error) {
	r, err := s.Blobs.Open(ctx, blob.Originals, sum)
	if err != nil {
		return nil, 0, err
	}
	defer r.Close()
	if path, ok := s.Blobs.Path(blob.Originals, sum); ok {
		f, err := os.Open(path)
		return f, r.Size(), err
	}
	f, err := os.CreateTemp("", "ris-original-")
	if err != nil {
		return nil, 0, err
	}
	_, copied := io.Copy(f, r)
	if err := errors.Join(os.Remove(f.Name()), copied); err != nil {
		f.Close()
		return nil, 0, err
	}
	return f, r.Size(), nil
}

// storeAttachments puts what came with an e-mail into the blob store.
func (s *Service) storeAttachments(ctx context.Context, paper council.ID, all []convert.Attachment) (out []Stored, err error) {
	for _, a := range all {
		if a.Size == 0 {
			continue
		}
		if _, err := a.File.Seek(0, io.SeekStart); err != nil {
			return nil, err
		}
		st := Stored{Upload: Upload{Paper: paper, Role: council.AuxiliaryFile}, MediaType: storedType(a.Kind)}
		st.Upload.FileName, _ = CleanFileName(a.Name)
		if st.SHA256, st.Size, err = s.Blobs.Put(ctx, blob.Originals, a.File, s.MaxBytes()); err != nil {
			return nil, err
		}
		out = append(out, st)
	}
	return out, nil
}

// attach makes them files of the paper, each with a way of its own through scan and check. What the paper has already is left out,
// so that a repeated job makes no second file.
func (s *Service) attach(ctx context.Context, mail council.FileVersion, all []Stored) error {
	if len(all) == 0 {
		return nil
	}
	if err := s.Store.HoldPaper(ctx, mail.Paper); err != nil {
		return err
	}
	p, err := s.Store.Paper(ctx, system, mail.Paper)
	if err != nil {
		return err
	}
	for _, st := range all {
		files, err := s.Store.Files(ctx, system, council.FileFilter{Paper: p.ID})
		if err != nil {
			return err
		}
		if _, err := s.checkDouble(ctx, files, st); err != nil {
			if council.KindOf(err) == council.Conflict {
				continue
			}
			return err
		}
		f, err := s.newFile(ctx, p, files, st)
		if err != nil {
			return err
		}
		fv := council.FileVersion{Body: p.Body, File: f.ID, Paper: p.ID, Number: 1, SHA256: st.SHA256, Size: st.Size, MediaType: st.MediaType,
			UploadedBy: mail.UploadedBy, State: council.Draft, Processing: council.Received}
		fv.Audience = policy.ForFileVersion(fv, f, f.Audience)
		if err := s.Store.SaveFileVersion(ctx, &fv); err != nil {
			return err
		}
		if err := s.Store.Audit(ctx, audit.Entry(system, s.Clock(), audit.FileAdd, "file", p.Body, f.ID,
			"paper", string(p.ID), "version", string(fv.ID), "from", string(mail.File))); err != nil {
			return err
		}
		if err := s.Store.Enqueue(ctx, jobs.ProcessFile{Version: fv.ID}); err != nil {
			return err
		}
	}
	return nil
}

// storedType is the media type as FileVersion keeps it: empty for a PDF.
func storedType(k convert.Kind) string {
	if k == convert.PDF {
		return ""
	}
	return k.MediaType()
}

// originalName is the name under which the clerk gets the original: the file's, with the ending of what it is.
func originalName(f council.File, v council.FileVersion) string {
	kind := convert.ByMediaType(v.MediaType)
	if kind == convert.PDF {
		return f.FileName
	}
	ending := string(kind)
	if kind == convert.JPEG {
		ending = "jpg"
	}
	return strings.TrimSuffix(f.FileName, ".pdf") + "." + ending
}
