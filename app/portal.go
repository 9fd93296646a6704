package app

import (
	"context"
	"errors"
	"fmt"
	"net"
	"path/filepath"

	"ris/app/config"
	"ris/app/publication/readmodel"
	"ris/app/server"
	"ris/app/server/oparl"
	"ris/app/server/portal"
	"ris/app/store"
	"ris/auth/policy"
	"ris/documents/blob"
	"ris/search"
	"ris/search/german"
	"ris/search/meili"
)

// publicModel is what the portal and OParl read: the publication read model, under a database role of its own where there is one.
type publicModel interface {
	readmodel.Reader
	Ping(ctx context.Context) error
}

// openPublicModel takes the portal's own role when RIS_PORTAL_DATABASE_URL names one; else the service's.
func (a *App) openPublicModel(ctx context.Context) error {
	a.publicModel = a.Store
	if a.Config.PortalDatabase == "" {
		return nil
	}
	s, err := store.Open(ctx, store.Config{DSN: a.Config.PortalDatabase, Clock: a.Clock})
	if err != nil {
		return fmt.Errorf("RIS_PORTAL_DATABASE_URL: %w", err)
	}
	a.close = append(a.close, s.Close)
	a.publicModel = s
	return nil
}

// openPortal opens what a process needs that serves the public alone, and nothing else: the read model under the portal's role, the
// public index with a key that can search it and no more, the public files. It holds no secret of anybody. Without a search server its
// search page says that search is out of order: the embedded index belongs to the service's process.
func (a *App) openPortal(ctx context.Context) error {
	c := a.Config
	if c.PortalDatabase == "" {
		return errors.New("RIS_ROLE=portal: set RIS_PORTAL_DATABASE_URL (a role that may read the publication read model alone)")
	}
	if err := a.openPublicModel(ctx); err != nil {
		return err
	}
	if c.SearchURL == "" {
		a.Log.Warn("no RIS_SEARCH_URL: the portal has no search")
	} else {
		a.publicSearch = meili.OpenReader(meili.Config{URL: c.SearchURL, Key: c.SearchKey, Name: "public"})
		if _, err := a.publicSearch.Search(ctx, policy.Anonymous(), search.Query{Text: "Stadt", Limit: 1}); err != nil {
			a.Log.Warn("RIS_SEARCH_URL does not answer yet: until it does, the portal has no search", "error", err)
		}
	}
	blobs, err := openPortalBlobs(ctx, a, c)
	a.Blobs = blob.Only{From: blobs, Area: blob.Public}
	return err
}

// openPortalBlobs: a damage that it meets is for its log; the service's own check finds and mends it.
func openPortalBlobs(ctx context.Context, a *App, c config.Config) (blob.Store, error) {
	report := func(area blob.Area, sum string, err error) {
		a.Log.Error("file damaged", "area", area, "blob", sum, "error", err)
	}
	if c.BlobURL == "" {
		files, err := blob.NewFile(filepath.Join(c.Data, "blobs"), blob.Reporting(report))
		if err != nil {
			return nil, fmt.Errorf("files: %w", err)
		}
		return files, nil
	}
	bucket, err := blob.NewS3(ctx, blob.S3Config{URL: c.BlobURL, Key: c.BlobKey, Secret: c.BlobSecret, Report: report})
	if err != nil {
		return nil, fmt.Errorf("RIS_BLOB_URL: %w", err)
	}
	a.close = append(a.close, bucket.Close)
	return bucket, nil
}

// pages are the portal's parts, the same in every role.
func (a *App) pages(origin string) portal.Deps {
	reader := a.publicSearch
	if a.PublicIndex != nil {
		reader = a.PublicIndex
	}
	return portal.Deps{Model: a.publicModel, Blobs: blob.Only{From: a.Blobs, Area: blob.Public}, Search: reader, Snippet: german.Snippet,
		PublicURL: origin, Content: contentFiles(a.Config.Data), Zone: a.Zone, Clock: a.Clock}
}

// openData are OParl's parts, the same in every role.
func (a *App) openData(origin string) oparl.Deps {
	c := a.Config
	return oparl.Deps{Model: a.publicModel, PublicURL: origin, Name: c.Name, ContactName: c.ContactName, ContactEmail: c.ContactEmail, License: c.License}
}

// servePortal answers on the listeners until ctx ends, to the public alone.
func (a *App) servePortal(ctx context.Context, origins []string, listeners ...net.Listener) error {
	pages := a.pages(origins[0])
	notFound, err := portal.NotFound(pages)
	if err != nil {
		return err
	}
	surface, err := server.New(server.Deps{Origins: origins, Clock: a.Clock, Zone: a.Zone, Log: a.Log, NotFound: notFound, TrustedProxies: a.Config.TrustedProxies,
		Ready:  func(ctx context.Context) error { return a.publicModel.Ping(ctx) },
		Portal: server.Portal(pages), OParl: server.OParl(a.openData(origins[0]))})
	if err != nil {
		return err
	}
	failed := make(chan error, len(listeners))
	for _, l := range listeners {
		go func() { failed <- surface.Listener(l) }()
	}
	select {
	case err = <-failed:
	case <-ctx.Done():
	}
	return errors.Join(err, surface.ShutdownWithTimeout(stopWait))
}
