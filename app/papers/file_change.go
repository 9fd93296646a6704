package papers

import (
	"context"
	"strings"
	"unicode/utf8"

	"ris/app/audience"
	"ris/app/audit"
	"ris/app/council"
	"ris/app/jobs"
	"ris/auth/policy"
)

// ChangeFile changes what is not nil.
type ChangeFile struct {
	Name *string           // shown to people, at most 200 characters
	Role *council.FileRole // main or auxiliary
	// Mode is how its copies are made; "" = by the paper's type. The newest version is then worked anew.
	Mode *council.PreparationMode
}

// ChangeFile changes the name and the role of a file; readers of a published one see it at once, as with the texts of a paper. It
// never changes who they are. A paper has one main file at most (OParl 1.1, Paper: mainFile): the former one becomes an annex.
// Gone: a withdrawn file must be restored first.
func (s *Service) ChangeFile(ctx context.Context, v policy.Viewer, id council.ID, expected int64, in ChangeFile) (council.File, error) {
	var f council.File
	err := s.Store.InTx(ctx, func(ctx context.Context) (err error) {
		if f, err = s.file(ctx, v, id, expected); err != nil {
			return err
		}
		var fields []string
		if in.Name != nil && strings.TrimSpace(*in.Name) != f.Name {
			f.Name = strings.TrimSpace(*in.Name)
			fields = append(fields, "name")
		}
		if in.Role != nil && *in.Role != f.Role {
			f.Role = *in.Role
			fields = append(fields, "role")
		}
		again := in.Mode != nil && *in.Mode != f.Mode
		if again {
			if !in.Mode.Known() {
				return council.E(council.Invalid, "error.invalid")
			}
			f.Mode = *in.Mode
			fields = append(fields, "mode")
		}
		if len(fields) == 0 {
			return nil
		}
		if f.State == council.Withdrawn {
			return council.E(council.Gone, "error.gone")
		}
		if err := checkFile(f); err != nil {
			return err
		}
		if f.Role == council.MainFile {
			if err := s.onlyMain(ctx, v, f); err != nil {
				return err
			}
		}
		if err := s.Store.SaveFile(ctx, &f); err != nil {
			return err
		}
		if again {
			if err := s.workAnew(ctx, f); err != nil {
				return err
			}
		}
		if err := s.Store.Audit(ctx, audit.Entry(v, s.Clock(), audit.FileChange, "file", f.Body, id,
			"paper", string(f.Paper), "fields", strings.Join(fields, " "), "role", string(f.Role), "mode", string(f.Mode))); err != nil {
			return err
		}
		if err := s.Settler.Paper(ctx, f.Paper, audience.Closed); err != nil {
			return err
		}
		return s.Store.Enqueue(ctx, jobs.IndexFile{File: id}) // its name is found with it
	})
	return f, err
}

// workAnew has the newest version prepared in the file's new mode. A version that readers may have keeps its bytes for good:
// another mode takes another version. Conflict then, and while a worker is at it.
func (s *Service) workAnew(ctx context.Context, f council.File) error {
	versions, err := s.Store.FileVersions(ctx, system, f.ID)
	if err != nil {
		return err
	}
	n, ok := newest(versions)
	switch {
	case !ok:
		return council.ErrNotFound()
	case n.ID == f.Current, !n.PublishedAt.IsZero():
		return council.E(council.Conflict, "file.error.mode_published")
	case n.Processing == council.Received:
		return nil // it is in line, and will see the new mode
	case n.Processing == council.Checking:
		return council.E(council.Conflict, "file.error.in_work")
	}
	n.Processing, n.Problem = council.Received, ""
	if err := s.Store.SaveFileVersion(ctx, &n); err != nil {
		return err
	}
	return s.Store.Enqueue(ctx, jobs.ProcessFile{Version: n.ID})
}

func checkFile(f council.File) error {
	switch {
	case f.Name == "":
		return council.E(council.Invalid, "file.error.name")
	case utf8.RuneCountInString(f.Name) > 200:
		return council.E(council.Invalid, "clerk.error.name_long", "limit", "200")
	case f.Role != council.MainFile && f.Role != council.AuxiliaryFile:
		return council.E(council.Invalid, "error.invalid")
	}
	return nil
}

// onlyMain makes annexes of all other main files of the paper, the withdrawn ones too.
func (s *Service) onlyMain(ctx context.Context, v policy.Viewer, f council.File) error {
	others, err := s.Store.Files(ctx, system, council.FileFilter{Paper: f.Paper})
	if err != nil {
		return err
	}
	for _, o := range others {
		if o.ID == f.ID || o.Role != council.MainFile {
			continue
		}
		o.Role = council.AuxiliaryFile
		if err := s.Store.SaveFile(ctx, &o); err != nil {
			return err
		}
		if err := s.Store.Audit(ctx, audit.Entry(v, s.Clock(), audit.FileChange, "file", o.Body, o.ID,
			"paper", string(o.Paper), "fields", "role", "role", string(o.Role))); err != nil {
			return err
		}
	}
	return nil
}
