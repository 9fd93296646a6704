package papers

import (
	"context"
	"strings"

	"ris/app/council"
	"ris/app/jobs"
	"ris/documents/pagetext"
	"ris/search"
)

// IndexJob is the function of index_file: the internal index gets the version that readers get (for a draft the newest one,
// seen by clerks), the public index what the read model has. Repeat-safe; what is gone is taken out.
func (s *Service) IndexJob(ctx context.Context, j jobs.IndexFile) error {
	// The moment before anything is read: an index entry made later from older facts has a lower sequence and is dropped.
	sequence := s.Clock().UnixMicro()
	if err := s.indexInternal(ctx, j.File, sequence); err != nil {
		return err
	}
	d, public, err := s.Public.PublicDocument(ctx, j.File)
	if err != nil {
		return err
	}
	d.Sequence = sequence
	if !public {
		return s.PubIndex.Delete(ctx, j.File, sequence)
	}
	return s.PubIndex.Replace(ctx, d)
}

func (s *Service) indexInternal(ctx context.Context, file council.ID, sequence int64) error {
	f, err := s.Store.File(ctx, system, file)
	if gone(err) {
		return s.Index.Delete(ctx, file, sequence)
	}
	if err != nil {
		return err
	}
	versions, err := s.Store.FileVersions(ctx, system, file)
	if err != nil {
		return err
	}
	v, ok := indexed(f, versions)
	if !ok {
		return s.Index.Delete(ctx, file, sequence)
	}
	d, err := s.document(ctx, f, v, sequence)
	if err != nil {
		return err
	}
	if err := s.Index.Replace(ctx, d); err != nil {
		return err
	}
	if v.Indexed && v.Processing == council.Searchable && v.Problem == "" {
		return nil
	}
	return s.change(ctx, v.ID, func(v *council.FileVersion) {
		v.Indexed, v.Problem = true, ""
		if v.Processing == council.Readable {
			v.Processing = council.Searchable
		}
	})
}

// indexed is the version that the index holds: the one that readers get, else the newest that is ready.
func indexed(f council.File, versions []council.FileVersion) (council.FileVersion, bool) {
	var best council.FileVersion
	for _, v := range versions {
		if !v.Processing.Ready() {
			continue
		}
		if v.ID == f.Current {
			return v, true
		}
		if v.Number > best.Number {
			best = v
		}
	}
	return best, best.Number > 0
}

func (s *Service) document(ctx context.Context, f council.File, v council.FileVersion, sequence int64) (search.Document, error) {
	p, err := s.Store.Paper(ctx, system, f.Paper)
	if err != nil {
		return search.Document{}, err
	}
	text, err := s.Store.Text(ctx, system, v.ID, 0)
	if err != nil && !gone(err) {
		return search.Document{}, err
	}
	d := search.Document{File: f.ID, Paper: p.ID, Version: v.ID, Body: f.Body, Sequence: sequence,
		Title:     strings.Join(strings.Fields(p.Name+" "+p.Reference+" "+f.Name), " "),
		Reference: p.Reference, PaperType: p.PaperType, Date: p.Date, Audience: v.Audience}
	for _, page := range text {
		joined, _ := pagetext.Shown(page)
		d.Pages = append(d.Pages, search.Page{Number: page.Page, Text: joined})
	}
	return d, nil
}

// IndexFailed is called when the job was tried for the last time: the file stays readable, the clerk sees the problem and can
// start it again.
func (s *Service) IndexFailed(ctx context.Context, j jobs.IndexFile, _ error) error {
	versions, err := s.Store.FileVersions(ctx, system, j.File)
	if err != nil || len(versions) == 0 {
		return err
	}
	if n, _ := newest(versions); n.Processing.Ready() {
		return s.change(ctx, n.ID, func(v *council.FileVersion) { v.Problem = "file.problem.index" })
	}
	return nil
}
