package app

import (
	"context"
	"time"

	"ris/app/jobs"
	"ris/app/packets"
	"ris/app/papers"
	"ris/documents"
)

// openWorker ties every kind of job to the use-case that does it.
func (a *App) openWorker() (err error) {
	h := &jobs.Handlers{}
	jobs.Handle(h, a.Papers.ProcessJob, a.Papers.ProcessFailed)
	a.handleIndex(h)
	jobs.Handle(h, a.Meetings.PublishJob, a.Meetings.PublishFailed)
	jobs.Handle(h, a.Papers.DepublishJob, nil)
	a.handleComparisons(h)
	jobs.Handle(h, a.Packets.MakePacketJob, a.Packets.MakePacketFailed)
	jobs.Handle(h, papers.Tracked(a.Papers, documents.StepRendition, packets.RenditionVersion, a.Packets.MakeRenditionsJob),
		papers.TrackedFailed(a.Papers, documents.StepRendition, packets.RenditionVersion, nil))
	jobs.Handle(h, a.Papers.RecogniseJob, a.Papers.RecogniseFailed)
	node := ""
	if a.Config.Role != "web" {
		release := func() error { return nil }
		if node, release, err = nodeName(a.Config.Data); err != nil {
			return err
		}
		a.close = append(a.close, release)
	}
	// Two more than documents at a time: an index or publish job never waits behind a long scan.
	a.worker, err = jobs.NewWorker(jobs.Config{Dialect: a.Store.Dialect(), DB: a.Store.DB(), Handlers: h, Workers: a.Config.Workers + 2, Timeout: jobTime, Log: a.Log, Node: node})
	return err
}

// keepHouse turns past meetings to "durchgeführt" in the read model and deletes what has expired, once an hour until ctx ends.
func (a *App) keepHouse(ctx context.Context) {
	t := time.NewTicker(time.Hour)
	defer t.Stop()
	for {
		if _, err := a.Publication.ProjectDue(ctx); err != nil && ctx.Err() == nil {
			a.Log.Error("past meetings could not be projected", "error", err)
		}
		if _, err := a.Packets.CollectPackets(ctx); err != nil && ctx.Err() == nil {
			a.Log.Error("stale packets could not be deleted", "error", err)
		}
		a.emptyQuarantine(ctx)
		if _, err := a.Store.Purge(ctx, a.Clock()); err != nil && ctx.Err() == nil {
			a.Log.Error("what has expired could not be deleted", "error", err)
		}
		a.expireReleases(ctx)
		a.forgetImports(ctx)
		a.endMandates(ctx)
		a.forgetDevices(ctx)
		select {
		case <-ctx.Done():
			return
		case <-t.C:
		}
	}
}
