package versions

import (
	"context"

	"ris/app/council"
	"ris/app/jobs"
	"ris/documents"
	"ris/documents/compare"
)

// CompareJob is the function of compare_versions. Repeat-safe; versions that are gone or not readable are left alone. The words are kept
// as soon as they are compared, the pictures follow.
func (s *Service) CompareJob(ctx context.Context, j jobs.CompareVersions) error {
	new, err := s.Store.FileVersion(ctx, system, j.New)
	if gone(err) || err == nil && !new.Processing.Ready() {
		return nil
	}
	if err != nil {
		return err
	}
	pairs, err := s.pairs(ctx, j, new)
	if err != nil {
		return err
	}
	if len(pairs) == 0 && s.Skip != nil {
		s.Skip(ctx, "")
	}
	for _, p := range pairs {
		if err := s.make(ctx, p[0], p[1]); err != nil && !gone(err) && council.KindOf(err) != council.Conflict { // conflict: deleted meanwhile
			return err
		}
	}
	return nil
}

// CompareFailed is called when the job was tried for the last time: who looks is told, and a later look asks again.
func (s *Service) CompareFailed(ctx context.Context, j jobs.CompareVersions, _ error) error {
	if j.Old == "" {
		return nil // nobody has asked yet: the first look will
	}
	d, err := s.Store.Difference(ctx, system, j.Old, j.New)
	if gone(err) || err == nil && d.State.Shown() {
		return nil
	}
	if err != nil {
		return err
	}
	return s.Store.SaveDifference(ctx, council.Difference{Old: j.Old, New: j.New, State: council.DifferenceFailed, Made: s.Clock()})
}

// StepVersion is the version of which the job is a step, for people: none when somebody asked for a pair.
func StepVersion(_ context.Context, j jobs.CompareVersions) council.ID {
	if j.Old != "" {
		return ""
	}
	return j.New
}

// pairs are the versions to be compared: those of the job; else the new one with the version before it and with the one that readers
// have, and those after it that were compared with it already (its text may have come anew).
func (s *Service) pairs(ctx context.Context, j jobs.CompareVersions, new council.FileVersion) (out [][2]council.FileVersion, err error) {
	if j.Old != "" {
		old, err := s.Store.FileVersion(ctx, system, j.Old)
		if gone(err) || err == nil && (old.File != new.File || !old.Processing.Ready()) {
			return nil, nil
		}
		return [][2]council.FileVersion{{old, new}}, err
	}
	f, err := s.Store.File(ctx, system, new.File)
	if gone(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	all, err := s.Store.FileVersions(ctx, system, new.File)
	if err != nil {
		return nil, err
	}
	before, found := older(all, new, "")
	if found {
		out = append(out, [2]council.FileVersion{before, new})
	}
	for _, v := range all {
		if v.ID == f.Current && v.Number < new.Number && v.ID != before.ID && v.Processing.Ready() {
			out = append(out, [2]council.FileVersion{v, new})
		}
		if v.Number > new.Number && v.Processing.Ready() {
			_, err := s.Store.Difference(ctx, system, new.ID, v.ID)
			if err == nil {
				out = append(out, [2]council.FileVersion{new, v})
			} else if !gone(err) {
				return nil, err
			}
		}
	}
	return out, nil
}

// make compares two versions page by page: the text of one page is in memory with its boxes, not that of the document.
func (s *Service) make(ctx context.Context, old, new council.FileVersion) error {
	a, err := s.read(ctx, old)
	if err != nil {
		return err
	}
	b, err := s.read(ctx, new)
	if err != nil {
		return err
	}
	d := compare.Compare(a, b)
	err = d.Locate(func(isOld bool, page int) (council.PageText, error) {
		if isOld {
			return s.page(ctx, old.ID, page)
		}
		return s.page(ctx, new.ID, page)
	})
	if err != nil {
		return err
	}
	if err := s.keep(ctx, old, new, d, council.DifferenceText); err != nil {
		return err
	}
	found, all, err := s.Pictures.Difference(ctx, input(old), input(new), d.Pairs)
	if err != nil {
		return err
	}
	d.Pictures = compare.Unexplained(d, found)
	state := council.DifferenceReady
	if !all {
		state = council.DifferenceNoImages
	}
	return s.keep(ctx, old, new, d, state)
}

func (s *Service) keep(ctx context.Context, old, new council.FileVersion, d *compare.Difference, state council.DifferenceState) error {
	data, err := compare.Encode(d)
	if err != nil {
		return council.E(council.Internal, "error.internal").Because(err)
	}
	return s.Store.SaveDifference(ctx, council.Difference{Old: old.ID, New: new.ID, State: state, Data: data, Made: s.Clock()})
}

func (s *Service) read(ctx context.Context, v council.FileVersion) (*compare.Document, error) {
	d := &compare.Document{}
	for n := range max(1, len(v.PageSizes)) {
		p, err := s.page(ctx, v.ID, n+1)
		if err != nil {
			return nil, err
		}
		d.Add(p)
	}
	return d, nil
}

// page is a page's text; one that was never read has none.
func (s *Service) page(ctx context.Context, version council.ID, number int) (council.PageText, error) {
	list, err := s.Store.Text(ctx, system, version, number)
	if err != nil || len(list) == 0 {
		return council.PageText{Page: number}, err
	}
	return list[0], nil
}

func input(v council.FileVersion) documents.Input {
	return documents.Input{SHA256: v.SHA256, Converted: v.Converted, Mode: v.Prepared.Parts.Mode}
}

func gone(err error) bool { return err != nil && council.KindOf(err) == council.NotFound }
