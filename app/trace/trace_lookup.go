package trace

import (
	"context"
	"slices"

	"ris/app/council"
	"ris/auth/policy"
	"ris/documents/trace"
)

// lookUp compares the evidence with all copies of the Body that were given out.
func (s *Service) lookUp(ctx context.Context, body council.ID, e trace.Evidence) (Result, error) {
	out := Result{Found: []Found{}}
	key, err := s.Store.InstallationKey(ctx, trace.KeyName, trace.KeyBytes)
	if err != nil {
		return out, err
	}
	l := &lookup{Service: s, work: policy.System("trace of a copy"), versions: map[council.ID]council.FileVersion{}, digests: map[council.ID]map[int]string{}}
	m := trace.NewMatcher(e, key)
	err = s.Store.Ledger(ctx, body, func(some []council.Receipt) error {
		for _, r := range some {
			c, err := l.copy(ctx, r)
			if err != nil {
				return err
			}
			out.Copies++
			m.Take(c)
		}
		return nil
	})
	if err != nil {
		return out, err
	}
	for _, f := range m.Findings() {
		named, err := l.name(ctx, f)
		if err != nil {
			return out, err
		}
		out.Found = append(out.Found, named)
	}
	return out, l.failed
}

// lookup keeps what many copies of one version have in common.
type lookup struct {
	*Service
	work     policy.Viewer
	versions map[council.ID]council.FileVersion
	digests  map[council.ID]map[int]string
	failed   error
}

func (l *lookup) copy(ctx context.Context, r council.Receipt) (trace.Copy, error) {
	c := trace.Copy{Receipt: r}
	if r.Version == "" {
		return c, nil // packets have no shifts of their own
	}
	v, known := l.versions[r.Version]
	if !known {
		var err error
		if v, err = l.Store.FileVersion(ctx, l.work, r.Version); err != nil {
			return c, err
		}
		l.versions[r.Version] = v
	}
	if c.Pages = len(v.Prepared.Parts.Shifts); c.Pages > 0 {
		c.Digests = func() map[int]string { return l.pages(ctx, r.Version) }
	}
	return c, nil
}

// pages are the digests of a version's pages.
func (l *lookup) pages(ctx context.Context, version council.ID) map[int]string {
	if d, ok := l.digests[version]; ok {
		return d
	}
	d := map[int]string{}
	text, err := l.Store.Text(ctx, l.work, version, 0)
	if err != nil {
		l.failed = err
	}
	for _, p := range text {
		d[p.Page] = trace.Digest(p.Text)
	}
	l.digests[version] = d
	return d
}

// name says what a finding is in the words of the town.
func (l *lookup) name(ctx context.Context, f trace.Finding) (Found, error) {
	p, err := l.Store.Person(ctx, f.Receipt.Person)
	if err != nil {
		return Found{}, err
	}
	out := Found{Person: p.ID, Name: p.Name, Account: p.Account, FirstGiven: f.Receipt.FirstGiven, Code: f.Receipt.Code, CodeRead: f.Code,
		Ways: slices.Clone(f.Ways), Pages: f.Pages, Chance: f.Chance}
	if f.Receipt.Packet != "" {
		if m, err := l.Store.Meeting(ctx, l.work, f.Receipt.Meeting); err == nil {
			out.Meeting, out.MeetingID = m.Name, m.ID
		} else if council.KindOf(err) != council.NotFound { // the packet's meeting may be gone
			return out, err
		}
		return out, nil
	}
	v := l.versions[f.Receipt.Version]
	file, err := l.Store.File(ctx, l.work, v.File)
	if err != nil {
		return out, err
	}
	paper, err := l.Store.Paper(ctx, l.work, v.Paper)
	if err != nil {
		return out, err
	}
	out.Paper, out.Reference, out.PaperName, out.FileName, out.Version = paper.ID, paper.Reference, paper.Name, file.Name, v.Number
	return out, nil
}
