package store

import (
	"context"
	"time"

	"gorm.io/gorm/clause"

	"ris/app/council"
	"ris/auth/policy"
)

// SaveStep writes the state of one step in the place of what was there. council.NotFound or Conflict: the version is gone.
func (s *Store) SaveStep(ctx context.Context, p council.ProcessingStep) error {
	row := fromStep(p)
	conflict := clause.OnConflict{Columns: []clause.Column{{Name: "version"}, {Name: "step"}}, UpdateAll: true}
	return failed(s.write(ctx).Clauses(conflict).Create(&row).Error)
}

// Steps lists the steps of the versions that the viewer may read, as they were begun.
func (s *Store) Steps(ctx context.Context, v policy.Viewer, versions []council.ID) ([]council.ProcessingStep, error) {
	may := among(visible(s.read(ctx).Model(&fileVersionRow{}), v), "id", versions).Select("id")
	return list(among(s.readFor(ctx, v), "version", versions).Where("version IN (?)", may).Order("version, started, step"), toStep)
}

// FailedSteps lists the steps that failed or wait for something, of the body's versions that the viewer may read.
func (s *Store) FailedSteps(ctx context.Context, v policy.Viewer, body council.ID) ([]council.ProcessingStep, error) {
	may := of(visible(s.read(ctx).Model(&fileVersionRow{}), v), "body", body).Select("id")
	query := s.readFor(ctx, v).Where("state = ? OR (state = ? AND problem <> '')", council.StepFailed, council.StepWaiting)
	return list(query.Where("version IN (?)", may).Order("version, started, step"), toStep)
}

// TroubledVersions lists the versions of the body that the viewer may read and that are not ready or have a problem, the oldest
// upload first; withdrawn ones are left out.
func (s *Store) TroubledVersions(ctx context.Context, v policy.Viewer, body council.ID) ([]council.FileVersion, error) {
	query := of(visible(s.read(ctx), v), "body", body).Where("state <> ?", council.Withdrawn)
	query = query.Where("(processing NOT IN ? OR problem <> '')", []council.ProcessingState{council.Readable, council.Searchable})
	return readList(ctx, s, query.Order("created, id"), toFileVersion)
}

// VersionsWithFindings lists the drafts of the body that the viewer may read and in which something was found that a clerk should
// look at before publishing, the oldest upload first.
func (s *Store) VersionsWithFindings(ctx context.Context, v policy.Viewer, body council.ID) ([]council.FileVersion, error) {
	query := of(visible(s.read(ctx), v), "body", body).Where("state = ? AND findings <> ''", council.Draft)
	return readList(ctx, s, query.Order("created, id"), toFileVersion)
}

// RefusedFor lists the versions that were refused for this problem and not changed since the moment.
func (s *Store) RefusedFor(ctx context.Context, problem string, before time.Time) ([]council.FileVersion, error) {
	query := s.unfiltered(ctx, "uploads to try again").Where("processing = ? AND problem = ? AND modified < ?", council.Refused, problem, instant(before))
	return readList(ctx, s, query.Order("id"), toFileVersion)
}

type stepRow struct {
	Version council.ID
	Step    string
	State   council.StepState
	Done    int
	Total   int
	Problem string
	Started openTime
	Ended   openTime
	Tries   int
}

func (stepRow) TableName() string { return "processing_steps" }

func fromStep(p council.ProcessingStep) stepRow {
	return stepRow{Version: p.Version, Step: p.Name, State: p.State, Done: p.Done, Total: p.Total, Problem: p.Problem,
		Started: openTime(p.Started), Ended: openTime(p.Ended), Tries: p.Tries}
}

func toStep(r stepRow) council.ProcessingStep {
	return council.ProcessingStep{Version: r.Version, Name: r.Step, State: r.State, Done: r.Done, Total: r.Total, Problem: r.Problem,
		Started: r.Started.time(), Ended: r.Ended.time(), Tries: r.Tries}
}
