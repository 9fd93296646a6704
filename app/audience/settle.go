package audience

import (
	"context"

	"ris/app/council"
	"ris/app/jobs"
)

// Projector is the gate to the public (app/publication). It is called inside the transaction of the act and reads what the
// same transaction has written.
type Projector interface {
	ProjectMeeting(ctx context.Context, meeting council.ID) error
	ProjectPaper(ctx context.Context, paper council.ID) error
}

// Outbox takes the jobs that an act leaves behind, in the same transaction; app/store has it.
type Outbox interface {
	Enqueue(ctx context.Context, job jobs.Job) error
}

// Settler brings everything that stands on an object in line with it: audiences, read model, index, public renditions.
type Settler struct {
	*Keeper
	Public Projector
	Outbox Outbox
}

// Meeting settles a meeting with its agenda, its papers and their files.
func (s *Settler) Meeting(ctx context.Context, id council.ID, o Opening) error {
	changed, err := s.Keeper.Meeting(ctx, id, o)
	if err != nil {
		return err
	}
	if err := s.files(ctx, changed.Files); err != nil {
		return err
	}
	return s.Public.ProjectMeeting(ctx, id)
}

// Paper settles a paper with its files.
func (s *Settler) Paper(ctx context.Context, id council.ID, o Opening) error {
	files, err := s.Keeper.Paper(ctx, id, o)
	if err != nil {
		return err
	}
	if err := s.files(ctx, files); err != nil {
		return err
	}
	return s.Public.ProjectPaper(ctx, id)
}

// files writes the index anew and gives up the public renditions of what is not public any more.
func (s *Settler) files(ctx context.Context, ids []council.ID) error {
	for _, id := range ids {
		if err := s.Outbox.Enqueue(ctx, jobs.IndexFile{File: id}); err != nil {
			return err
		}
		versions, err := s.store.FileVersions(ctx, system, id)
		if err != nil {
			return err
		}
		for _, v := range versions {
			if v.Prepared.Public != "" && !v.Audience.Public() {
				if err := s.Outbox.Enqueue(ctx, jobs.Depublish{File: id}); err != nil {
					return err
				}
				break
			}
		}
	}
	return nil
}
