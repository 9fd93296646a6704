package app

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"ris/documents/pipeline"
	"ris/search/embedded"
	"ris/search/meili"
)

// openSearch opens the engine of everything and the engine of what is public: two indexes, so that a forgotten filter in the
// portal finds nothing to leak.
func (a *App) openSearch(ctx context.Context) (err error) {
	open := func(name string) error {
		e, err := embedded.Open(filepath.Join(a.Config.Data, "search", name))
		if err != nil {
			return fmt.Errorf("search: %w", err)
		}
		a.close = append(a.close, e.Close)
		if name == "public" {
			a.PublicIndex = e
		} else {
			a.Index = e
		}
		return nil
	}
	if a.Config.SearchURL != "" {
		open = func(name string) error {
			e, err := meili.Open(ctx, meili.Config{URL: a.Config.SearchURL, Key: a.Config.SearchKey, Name: name})
			if err != nil {
				return fmt.Errorf("RIS_SEARCH_URL: %w", err)
			}
			a.close = append(a.close, e.Close)
			if name == "public" {
				a.PublicIndex = e
			} else {
				a.Index = e
			}
			return nil
		}
	}
	if err := open("internal"); err != nil {
		return err
	}
	return open("public")
}

// openPipeline prepares the limited child processes; the compile cache lies in the data folder and is filled once.
func (a *App) openPipeline() (err error) {
	a.Pipeline, err = pipeline.New(pipeline.Config{Blobs: a.Blobs, Log: a.Log, CacheDir: filepath.Join(a.Config.Data, "cache"), Workers: a.Config.Workers,
		Limits: pipeline.Limits{Bytes: a.Config.UploadLimitMB << 20, Pages: a.Config.PageLimit}})
	if err != nil {
		return fmt.Errorf("documents: %w", err)
	}
	return nil
}

// contentFiles is the folder of the municipality's own texts (imprint, privacy, accessibility), or nil.
func contentFiles(data string) fs.FS {
	dir := filepath.Join(data, "content")
	if _, err := os.Stat(dir); err != nil {
		return nil
	}
	return os.DirFS(dir)
}
