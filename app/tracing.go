package app

import (
	"context"
	"fmt"

	"ris/app/config"
	"ris/app/council"
	"ris/app/release"
	"ris/app/store"
	"ris/app/trace"
	"ris/documents/pipeline"
	"ris/documents/recognise"
)

// openTracing puts together what answers whose copy a file is. Without the program that reads pictures, codes are read from files
// only; each answer says so.
func (a *App) openTracing() {
	reader, _ := recognise.New(recognise.Config{}) // nil when it is missing; openRecognition says what is
	a.Releases = &release.Service{Store: a.Store, Clock: a.Clock, Days: a.Config.ReleaseDays}
	a.Tracing = &trace.Service{Store: a.Store, Releases: a.Releases, Reader: &pipeline.Tracing{Pipeline: a.Pipeline, Reader: reader}, Clock: a.Clock,
		Limit: a.Config.UploadLimitMB << 20, Days: a.Config.ReleaseDays}
}

// expireReleases takes away what two persons have seen long enough, and permissions that nobody used.
func (a *App) expireReleases(ctx context.Context) {
	if err := a.Tracing.Expire(ctx); err != nil && ctx.Err() == nil {
		a.Log.Error("expired results could not be taken away", "error", err)
	}
}

// OpenTracing opens only what a search on the server's command line needs; close it with done. A running server is not disturbed.
func OpenTracing(ctx context.Context, c config.Config) (_ *trace.Service, done func(), err error) {
	a := &App{Config: c, Log: newLog(c.LogLevel), Clock: council.SystemClock}
	if a.Store, err = store.Open(ctx, store.Config{DSN: c.DSN(), Clock: a.Clock}); err != nil {
		return nil, nil, fmt.Errorf("database: %w", err)
	}
	if err = a.openPipeline(); err != nil {
		_ = a.Store.Close()
		return nil, nil, err
	}
	a.openTracing()
	return a.Tracing, func() { _ = a.Store.Close() }, nil
}
