package demo

import (
	"context"
	"fmt"
	"time"

	"ris/app/council"
	"ris/auth/policy"
)

var seedViewer = policy.System("demo seed")

// publish asks for the publication of every meeting that is no draft and waits for the jobs.
func (s *Seeder) publish(ctx context.Context, ids map[string]council.ID) error {
	for _, tm := range s.town.Meetings {
		if tm.Draft {
			continue
		}
		if _, err := s.Meetings.RequestPublish(ctx, s.clerk, ids[tm.Key], 0); err != nil {
			return fmt.Errorf("demo: publish %s: %w", tm.Key, err)
		}
	}
	for i, tm := range s.town.Meetings {
		for !tm.Draft {
			m, err := s.Store.Meeting(ctx, seedViewer, ids[tm.Key])
			if err != nil {
				return fmt.Errorf("demo: publish %s: %w", tm.Key, err)
			}
			if m.State == council.Published {
				break
			}
			if m.PublishRequested.IsZero() {
				return fmt.Errorf("demo: publish %s: it was called off", tm.Key)
			}
			s.progress(i, len(s.town.Meetings), m.Name)
			if err := pause(ctx); err != nil {
				return err
			}
		}
	}
	return s.searchable(ctx)
}

// searchable waits until every file is in the index.
func (s *Seeder) searchable(ctx context.Context) error {
	for key, p := range s.papers {
		for {
			waiting, err := s.waiting(ctx, p.id)
			if err != nil {
				return fmt.Errorf("demo: index %s: %w", key, err)
			}
			if !waiting {
				break
			}
			if err := pause(ctx); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *Seeder) waiting(ctx context.Context, paper council.ID) (bool, error) {
	files, err := s.Store.Files(ctx, seedViewer, council.FileFilter{Paper: paper})
	if err != nil {
		return false, err
	}
	for _, f := range files {
		versions, err := s.Store.FileVersions(ctx, seedViewer, f.ID)
		if err != nil {
			return false, err
		}
		for _, v := range versions {
			if v.Processing == council.Refused {
				return false, fmt.Errorf("%s was refused: %s", f.FileName, v.Problem)
			}
			if !v.Indexed {
				return true, nil
			}
		}
	}
	return false, nil
}

func pause(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(100 * time.Millisecond):
		return nil
	}
}

// settle gives what was published long ago its day, the results of past meetings, and everybody a visit some days ago, so
// that "new since your last visit" shows what it would show in daily work.
func (s *Seeder) settle(ctx context.Context, now time.Time, ids map[string]council.ID) error {
	return s.Store.InTx(ctx, func(ctx context.Context) error {
		for key, p := range s.papers {
			published := p.day.AddDate(0, 0, 2)
			if published.After(now.AddDate(0, 0, -1)) {
				continue
			}
			if err := s.backdate(ctx, p.id, published); err != nil {
				return fmt.Errorf("demo: seed %s: %w", key, err)
			}
		}
		for _, p := range s.town.Accounts() {
			seen := now.AddDate(0, 0, -3)
			if err := s.Store.SaveVisit(ctx, council.Visit{Person: s.people.persons[p.Key], Previous: seen.Add(-time.Hour), LastSeen: seen}); err != nil {
				return fmt.Errorf("demo: seed: %w", err)
			}
		}
		return nil
	})
}

func (s *Seeder) backdate(ctx context.Context, paper council.ID, published time.Time) error {
	files, err := s.Store.Files(ctx, seedViewer, council.FileFilter{Paper: paper})
	if err != nil {
		return err
	}
	for _, f := range files {
		versions, err := s.Store.FileVersions(ctx, seedViewer, f.ID)
		if err != nil {
			return err
		}
		for _, v := range versions {
			if v.State == council.Published {
				v.PublishedAt = published.UTC()
				if err := s.Store.SaveFileVersion(ctx, &v); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
