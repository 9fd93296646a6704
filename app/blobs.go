package app

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"ris/app/config"
	"ris/app/council"
	"ris/app/store"
	"ris/app/upkeep"
	"ris/documents/blob"
	"ris/documents/upload"
)

// openBlobs opens the blobs where the settings say, what looks after them, and the bytes of unfinished uploads. The store must be open.
func (a *App) openBlobs(ctx context.Context) (err error) {
	c := a.Config
	a.Upkeep = &upkeep.Service{Store: a.Store, Clock: a.Clock, Log: a.Log, Keep: time.Duration(c.KeepDeletedDays) * 24 * time.Hour, Rate: c.CheckMBPerSecond << 20}
	if a.Parts, err = upload.NewParts(filepath.Join(c.Data, "uploads")); err != nil {
		return fmt.Errorf("uploads: %w", err)
	}
	a.Upkeep.Parts = a.Parts
	if c.BlobURL == "" {
		a.Upkeep.Blobs, err = blob.NewFile(filepath.Join(c.Data, "blobs"), blob.Reporting(a.Upkeep.Found))
		if err != nil {
			return fmt.Errorf("files: %w", err)
		}
	} else {
		bucket, err := blob.NewS3(ctx, blob.S3Config{URL: c.BlobURL, Key: c.BlobKey, Secret: c.BlobSecret, Report: a.Upkeep.Found})
		if err != nil {
			return fmt.Errorf("RIS_BLOB_URL: %w", err)
		}
		a.close = append(a.close, bucket.Close)
		a.Upkeep.Blobs = bucket
	}
	a.Blobs = &upkeep.Guard{Keeper: a.Upkeep.Blobs, Store: a.Store}
	return nil
}

// OpenUpkeep opens what the commands for blobs need, beside a server that may be running; close it at the end.
func OpenUpkeep(ctx context.Context, c config.Config) (*upkeep.Service, func() error, error) {
	a := &App{Config: c, Log: newLog(c.LogLevel), Clock: council.SystemClock}
	var err error
	if a.Store, err = store.Open(ctx, store.Config{DSN: c.DSN(), Clock: a.Clock}); err != nil {
		return nil, nil, fmt.Errorf("database: %w", err)
	}
	a.close = append(a.close, a.Store.Close)
	if err := a.openBlobs(ctx); err != nil {
		return nil, nil, errors.Join(err, a.Close())
	}
	return a.Upkeep, a.Close, nil
}
