package versions

import (
	"context"
	"time"

	"ris/app/council"
	"ris/app/jobs"
	"ris/auth/policy"
	"ris/documents/compare"
)

// Comparison is what changed between two versions of a file. Difference is nil unless State.Shown.
type Comparison struct {
	File       council.File
	Old, New   council.FileVersion
	State      council.DifferenceState
	Difference *compare.Difference
	NonPublic  bool // at least one side is not public
}

// askAgain is the time after which a difference that could not be made is tried once more when somebody looks.
const askAgain = 10 * time.Minute

// Compare shows what changed from one version to another. Empty to = the version that readers have (for its clerk the newest); empty
// from = the newest version before it that the viewer may read. What has not been compared yet is asked for: State says so, and the same
// question a second later may have its answer.
// Not found: one of the two may not be read, is of another file, or there is none before. Conflict: one of them cannot be read yet.
func (s *Service) Compare(ctx context.Context, v policy.Viewer, file, from, to council.ID) (Comparison, error) {
	var out Comparison
	if !v.SignedIn() {
		return out, council.E(council.Unauthenticated, "error.unauthenticated")
	}
	f, err := s.Store.File(ctx, v, file)
	if err != nil {
		return out, err
	}
	readable, err := s.Store.FileVersions(ctx, v, file)
	if err != nil {
		return out, err
	}
	out.File = f
	var ok bool
	if out.New, ok = newer(readable, f, to, policy.IsClerk(v, f.Body)); !ok {
		return out, council.ErrNotFound()
	}
	if out.Old, ok = older(readable, out.New, from); !ok || out.Old.ID == out.New.ID {
		return out, council.ErrNotFound()
	}
	if !out.Old.Processing.Ready() || !out.New.Processing.Ready() {
		return out, council.E(council.Conflict, "versions.error.not_ready")
	}
	out.NonPublic = secret(f, out.Old) || secret(f, out.New)
	if err := policy.Confirmed(v, out.NonPublic); err != nil {
		return out, err
	}
	d, err := s.Store.Difference(ctx, v, out.Old.ID, out.New.ID)
	if err != nil && council.KindOf(err) != council.NotFound {
		return out, err
	}
	out.State = d.State
	if d.State.Shown() {
		if out.Difference, err = compare.Decode(d.Data); err != nil {
			out.State, out.Difference = "", nil // of another program version: made anew
		}
	}
	now := s.Clock()
	if out.State == "" || out.State == council.DifferenceFailed && now.Sub(d.Made) > askAgain {
		if err := s.ask(ctx, out.Old.ID, out.New.ID, d.State != "", now); err != nil {
			return out, err
		}
		out.State = council.DifferenceAsked
	}
	if out.Difference != nil && out.NonPublic {
		if err := s.logLook(ctx, v, out, now); err != nil {
			return Comparison{}, err
		}
	}
	return out, nil
}

func newer(readable []council.FileVersion, f council.File, to council.ID, clerk bool) (council.FileVersion, bool) {
	var newest council.FileVersion
	for _, v := range readable {
		if to != "" && v.ID == to {
			return v, true
		}
		if v.Number > newest.Number {
			newest = v
		}
	}
	if to != "" || len(readable) == 0 {
		return council.FileVersion{}, false
	}
	if !clerk {
		for _, v := range readable {
			if v.ID == f.Current {
				return v, true
			}
		}
	}
	return newest, true
}

func older(readable []council.FileVersion, than council.FileVersion, from council.ID) (best council.FileVersion, ok bool) {
	for _, v := range readable {
		if from != "" && v.ID == from {
			return v, true
		}
		if from == "" && v.Number < than.Number && v.Number > best.Number && v.Processing.Ready() {
			best, ok = v, true
		}
	}
	return best, ok
}

// ask leaves a job behind, once however many look.
func (s *Service) ask(ctx context.Context, old, new council.ID, anew bool, now time.Time) error {
	return s.Store.InTx(ctx, func(ctx context.Context) error {
		first, err := s.Store.AskDifference(ctx, old, new, now)
		if err != nil {
			return err
		}
		if !first && !anew {
			return nil
		}
		if anew {
			if err := s.Store.SaveDifference(ctx, council.Difference{Old: old, New: new, State: council.DifferenceAsked, Made: now}); err != nil {
				return err
			}
		}
		return s.Store.Enqueue(ctx, jobs.CompareVersions{Old: old, New: new})
	})
}
