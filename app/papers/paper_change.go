package papers

import (
	"context"
	"strings"

	"ris/app/audience"
	"ris/app/audit"
	"ris/app/council"
	"ris/app/jobs"
	"ris/auth/policy"
)

// ChangePaper changes what is not nil.
type ChangePaper struct {
	Name      *string
	Reference *string
	PaperType *string
}

// Change changes the texts of a paper; readers of a published one see them at once. It never changes who they are.
func (s *Service) Change(ctx context.Context, v policy.Viewer, id council.ID, expected int64, in ChangePaper) (council.Paper, error) {
	var p council.Paper
	err := s.Store.InTx(ctx, func(ctx context.Context) (err error) {
		if p, err = s.paper(ctx, v, id, expected); err != nil {
			return err
		}
		var fields []string
		set := func(name string, to *string, field *string) {
			if to != nil && *field != strings.TrimSpace(*to) {
				*field = strings.TrimSpace(*to)
				fields = append(fields, name)
			}
		}
		set("name", in.Name, &p.Name)
		set("reference", in.Reference, &p.Reference)
		set("paperType", in.PaperType, &p.PaperType)
		if len(fields) == 0 {
			return nil
		}
		if err := checkPaper(p); err != nil {
			return err
		}
		if err := s.Store.SavePaper(ctx, &p); err != nil {
			return err
		}
		if err := s.Store.Audit(ctx, audit.Entry(v, s.Clock(), audit.PaperChange, "paper", p.Body, id, "fields", strings.Join(fields, " "))); err != nil {
			return err
		}
		if err := s.Settler.Paper(ctx, id, audience.Closed); err != nil {
			return err
		}
		return s.reindex(ctx, id)
	})
	return p, err
}

// reindex asks for new index entries of all files of a paper: its name and reference are found with them.
func (s *Service) reindex(ctx context.Context, paper council.ID) error {
	files, err := s.Store.Files(ctx, system, council.FileFilter{Paper: paper})
	if err != nil {
		return err
	}
	for _, f := range files {
		if err := s.Store.Enqueue(ctx, jobs.IndexFile{File: f.ID}); err != nil {
			return err
		}
	}
	return nil
}
