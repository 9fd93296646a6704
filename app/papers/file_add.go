package papers

import (
	"bufio"
	"context"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"ris/app/audit"
	"ris/app/council"
	"ris/app/jobs"
	"ris/auth/policy"
	"ris/documents"
	"ris/documents/blob"
	"ris/documents/convert"
)

// Upload is one file on its way to a paper. Content is read once, never kept in memory as a whole.
type Upload struct {
	Paper    council.ID
	Role     council.FileRole // empty: main when the paper has none yet, else auxiliary
	Name     string           // shown to people; empty = the file name without its ending
	FileName string           // as the browser sent it; cleaned here
	Replaces council.ID       // the file of which this is a new version, or empty
	Reason   string           // why a new version
	Content  io.Reader
}

// Stored is an upload whose bytes are safe in the blob store but not yet known to the council: what CheckUpload and Receive
// hand to AddFile. Note is a message key when the file name had to be changed.
type Stored struct {
	Upload Upload
	SHA256 string
	Size   int64
	// MediaType is what the first bytes say, as FileVersion keeps it: empty for a PDF.
	MediaType string
	Note      string
}

// CheckUpload answers whether the viewer may add to the paper, before a byte is read.
func (s *Service) CheckUpload(ctx context.Context, v policy.Viewer, paper council.ID) error {
	_, err := s.paper(ctx, v, paper, 0)
	return err
}

// Receive streams the bytes into the blob store. Refused at once, with the text that says what to do: empty, neither a
// PDF nor something that can become one by its first bytes, larger than the limit. A broken connection leaves nothing behind.
func (s *Service) Receive(ctx context.Context, up Upload) (Stored, error) {
	out := Stored{Upload: up}
	out.Upload.FileName, out.Note = CleanFileName(up.FileName)
	r := bufio.NewReaderSize(up.Content, 64<<10)
	head, err := r.Peek(convert.HeadBytes)
	kind := convert.Sniff(head, up.FileName)
	switch {
	case len(head) == 0 && (err == nil || errors.Is(err, io.EOF)):
		return out, council.E(council.Invalid, documents.RefusedEmpty)
	case err != nil && !errors.Is(err, io.EOF):
		return out, interrupted(err)
	case s.Converter == nil && kind != convert.PDF:
		return out, council.E(council.Invalid, documents.RefusedNotPDF)
	case !kind.Accepted():
		return out, council.E(council.Invalid, kind.Refusal())
	}
	out.MediaType = storedType(kind)
	out.SHA256, out.Size, err = s.Blobs.Put(ctx, blob.Originals, r, s.MaxBytes())
	if err != nil && council.KindOf(err) == council.TooLarge {
		return out, s.TooLarge()
	}
	var known *council.Error
	if err != nil && !errors.As(err, &known) {
		return out, interrupted(err)
	}
	return out, err
}

// TooLarge is the answer to an upload over the limit, whoever notices it first.
func (s *Service) TooLarge() error {
	return council.E(council.TooLarge, documents.RefusedTooLarge, "limit", strconv.FormatInt(s.MaxBytes()>>20, 10)+" MB")
}

func interrupted(cause error) error {
	return council.E(council.Invalid, "file.error.interrupted").Because(cause)
}

// AddFile makes the stored upload known: a new file, or a new version of one, always as a draft; one transaction {version, audit,
// job}. The same bytes twice on one paper are a Conflict that names the file which has them, and no second file.
func (s *Service) AddFile(ctx context.Context, v policy.Viewer, in Stored) (council.File, error) {
	var f council.File
	err := s.Store.InTx(ctx, func(ctx context.Context) error {
		// A second upload of the same bytes waits here and then finds the first.
		if err := s.Store.HoldPaper(ctx, in.Upload.Paper); err != nil {
			return err
		}
		p, err := s.paper(ctx, v, in.Upload.Paper, 0)
		if err != nil {
			return err
		}
		files, err := s.Store.Files(ctx, system, council.FileFilter{Paper: p.ID})
		if err != nil {
			return err
		}
		number, err := s.checkDouble(ctx, files, in)
		if err != nil {
			return err
		}
		act := audit.FileAdd
		if in.Upload.Replaces != "" {
			act = audit.FileReplace
			if f, err = s.replaced(ctx, p, files, in); err != nil {
				return err
			}
		} else if f, err = s.newFile(ctx, p, files, in); err != nil {
			return err
		}
		fv := council.FileVersion{Body: p.Body, File: f.ID, Paper: p.ID, Number: number + 1, SHA256: in.SHA256, Size: in.Size, MediaType: in.MediaType,
			UploadedBy: v.Person(), Reason: strings.TrimSpace(in.Upload.Reason), State: council.Draft, Processing: council.Received}
		fv.Audience = policy.ForFileVersion(fv, f, f.Audience)
		if err := s.Store.SaveFileVersion(ctx, &fv); err != nil {
			return err
		}
		if err := s.Store.Audit(ctx, audit.Entry(v, s.Clock(), act, "file", p.Body, f.ID,
			"paper", string(p.ID), "version", string(fv.ID), "reason", fv.Reason)); err != nil {
			return err
		}
		return s.Store.Enqueue(ctx, jobs.ProcessFile{Version: fv.ID})
	})
	return f, err
}

// checkDouble refuses bytes that the paper already has, and answers the number of the newest version of the file to be replaced.
func (s *Service) checkDouble(ctx context.Context, files []council.File, in Stored) (number int, err error) {
	for _, f := range files {
		versions, err := s.Store.FileVersions(ctx, system, f.ID)
		if err != nil {
			return 0, err
		}
		n, _ := newest(versions)
		if f.ID == in.Upload.Replaces {
			number = n.Number
			if n.SHA256 == in.SHA256 {
				return 0, council.E(council.Conflict, "file.error.same_version", "name", f.Name)
			}
			continue
		}
		if f.State != council.Withdrawn && n.SHA256 == in.SHA256 {
			return 0, council.E(council.Conflict, "file.error.double", "name", f.Name)
		}
	}
	return number, nil
}

// replaced is the file that gets a new version; its cleaned file name follows the new upload unless it is published: what the
// readers have keeps its name, that of an unpublished upload may tell what is in it.
func (s *Service) replaced(ctx context.Context, p council.Paper, files []council.File, in Stored) (council.File, error) {
	if utf8.RuneCountInString(in.Upload.Reason) > 500 {
		return council.File{}, council.E(council.Invalid, "clerk.error.name_long", "limit", "500")
	}
	for _, f := range files {
		if f.ID == in.Upload.Replaces {
			if f.State != council.Published {
				f.FileName = in.Upload.FileName
			}
			if name := strings.TrimSpace(in.Upload.Name); name != "" {
				f.Name = cut(name)
			}
			err := s.Store.SaveFile(ctx, &f) // also tells the second of two clerks that somebody was faster
			return f, err
		}
	}
	return council.File{}, council.E(council.Invalid, "file.error.replaces")
}

func (s *Service) newFile(ctx context.Context, p council.Paper, files []council.File, in Stored) (council.File, error) {
	f := council.File{Body: p.Body, Paper: p.ID, Role: council.MainFile, FileName: in.Upload.FileName, State: council.Draft,
		Name: cut(strings.TrimSpace(in.Upload.Name))}
	if f.Name == "" {
		f.Name = strings.TrimSuffix(f.FileName, ".pdf")
	}
	for _, other := range files {
		f.Order = max(f.Order, other.Order+1)
		if other.Role == council.MainFile && other.State != council.Withdrawn {
			f.Role = council.AuxiliaryFile // OParl 1.1, Paper: one mainFile
		}
	}
	if in.Upload.Role == council.AuxiliaryFile {
		f.Role = council.AuxiliaryFile
	}
	f.Audience = policy.ForFile(f, p.Audience)
	err := s.Store.SaveFile(ctx, &f)
	return f, err
}

func cut(name string) string {
	if r := []rune(name); len(r) > 200 {
		return strings.TrimSpace(string(r[:200]))
	}
	return name
}
