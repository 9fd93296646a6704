package app

import (
	"context"
	"fmt"
	"time"

	"ris/app/council"
	"ris/app/jobs"
	"ris/app/papers"
	"ris/app/work"
	"ris/auth/policy"
	"ris/documents"
	"ris/documents/convert"
	"ris/documents/scan"
)

// openIntake gives the papers what looks at uploads before the pipeline does: the virus scanner when one is configured, and the
// converter of what is no PDF.
func (a *App) openIntake() error {
	a.Papers.Log = a.Log
	a.Papers.Converter = a.converter()
	if a.Config.Clamd == "" {
		return nil
	}
	c, err := scan.New(a.Config.Clamd)
	if err != nil {
		return fmt.Errorf("RIS_CLAMD=%w", err)
	}
	a.Papers.Scanner = c
	return nil
}

func (a *App) converter() *convert.Converter {
	return &convert.Converter{Pool: a.Pipeline.Pool(), Soffice: convert.FindSoffice(a.Config.Soffice), Bytes: a.Config.UploadLimitMB << 20, Log: a.Log}
}

// blockers hands what stands against a publication to the list of what needs a hand. Refused files stand there by themselves.
func (a *App) blockers(ctx context.Context, v policy.Viewer, meeting council.ID) (out []work.Blocker, err error) {
	p, err := a.Meetings.PreviewPublish(ctx, v, meeting)
	if err != nil {
		return nil, err
	}
	for _, b := range p.Blockers {
		if b.Kind != "file" {
			out = append(out, work.Blocker{Kind: b.Kind, Object: b.ID, Key: b.Key, Args: b.Args})
		}
	}
	return out, nil
}

// handleIndex: putting a version into the index is a step of it.
func (a *App) handleIndex(h *jobs.Handlers) {
	jobs.Handle(h, papers.Tracked(a.Papers, documents.StepIndex, a.Papers.IndexedVersion, a.Papers.IndexJob),
		papers.TrackedFailed(a.Papers, documents.StepIndex, a.Papers.IndexedVersion, a.Papers.IndexFailed))
}

// jobTime bounds one job: a virus scan, a conversion and a large document; longer, and a killed worker's jobs would lie too long.
const jobTime = 12 * time.Minute

// emptyQuarantine deletes infected uploads that were kept long enough.
func (a *App) emptyQuarantine(ctx context.Context) {
	if _, err := a.Papers.EmptyQuarantine(ctx, time.Duration(a.Config.Quarantine)*24*time.Hour); err != nil && ctx.Err() == nil {
		a.Log.Error("infected uploads could not be deleted", "error", err)
	}
}
