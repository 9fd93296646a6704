package app

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"os"
	"time"

	"ris/app/access"
	"ris/app/server"
	"ris/app/server/api"
	"ris/app/server/portal"
	"ris/app/server/scim"
	"ris/app/work"
	"ris/web"
)

// stopWait is how long a stop lets answers that are under way go on.
const stopWait = 15 * time.Second

// Serve listens on the configured address until ctx ends; see ServeOn.
func (a *App) Serve(ctx context.Context) error {
	l, err := net.Listen("tcp", a.Config.Listen)
	if err != nil {
		return fmt.Errorf("RIS_LISTEN: %w", err)
	}
	if a.Config.TLSCert != "" {
		cert, err := tls.LoadX509KeyPair(a.Config.TLSCert, a.Config.TLSKey)
		if err != nil {
			return errors.Join(fmt.Errorf("RIS_TLS_CERT: %w", err), l.Close())
		}
		l = tls.NewListener(l, &tls.Config{Certificates: []tls.Certificate{cert}, MinVersion: tls.VersionTLS12})
	}
	a.Log.Info("ready to be asked", "address", a.Config.PublicURL, "role", a.Config.Role)
	return a.ServeOn(ctx, []string{a.Config.PublicURL}, l)
}

// ServeOn answers on the listeners and runs jobs (as the role says) until ctx ends; then it stops: no new requests and jobs, what
// is under way ends, at most stopWait. origins are the addresses that browsers use, the first is the one named in links.
func (a *App) ServeOn(ctx context.Context, origins []string, listeners ...net.Listener) error {
	if a.Config.Role == "portal" {
		return a.servePortal(ctx, origins, listeners...)
	}
	d, err := a.surface(origins)
	if err != nil {
		return err
	}
	surface, err := server.New(d)
	if err != nil {
		return err
	}
	if err := a.ProjectBodies(ctx); err != nil {
		return err
	}
	if a.Config.Role != "web" {
		// Before the first job: a child that also compiles takes seconds and more memory than one that reads a paper.
		if err := a.Pipeline.Warm(ctx); err != nil {
			return err
		}
		if err := a.refill(ctx); err != nil {
			return err
		}
		if err := a.worker.Start(ctx); err != nil {
			return fmt.Errorf("jobs: %w", err)
		}
		go a.keepHouse(ctx)
		go a.Upkeep.Run(ctx)
		go a.Journal.Run(ctx)
	}
	failed := make(chan error, len(listeners))
	for _, l := range listeners {
		go func() { failed <- surface.Listener(l) }()
	}
	select {
	case err = <-failed:
	case <-ctx.Done():
	}
	// Fiber's Listener returns at once after Shutdown; Shutdown itself waits for what is under way.
	err = errors.Join(err, surface.ShutdownWithTimeout(stopWait))
	if a.Config.Role != "web" {
		stop, cancel := context.WithTimeout(context.Background(), stopWait)
		defer cancel()
		err = errors.Join(err, a.worker.Stop(stop))
	}
	return err
}

// surface puts the HTTP side's parts together.
func (a *App) surface(origins []string) (server.Deps, error) {
	c := a.Config
	pages := a.pages(origins[0])
	notFound, err := portal.NotFound(pages)
	if err != nil {
		return server.Deps{}, err
	}
	d := server.Deps{
		Origins: origins, Store: a.Store, Clock: a.Clock, Zone: a.Zone, Log: a.Log, Dist: web.Dist(), Ready: a.Ready, NotFound: notFound,
		TrustedProxies: c.TrustedProxies,
		API: server.API(api.Deps{Store: a.Store, Access: &access.Service{Store: a.Store, Clock: a.Clock, Zone: a.Zone}, Clock: a.Clock, People: a.People, Bodies: a.Bodies, Meetings: a.Meetings, Papers: a.Papers,
			Packets: a.Packets, Annotations: a.Annotations, Directory: a.Directory, Finding: a.Finding, Versions: a.Versions, Work: &work.Service{Store: a.Store, Blockers: a.blockers, Clock: a.Clock}, Tracing: a.Tracing, Provisioning: a.Provisioning, PublicURL: origins[0], Review: a.Review, Privacy: a.Privacy, Devices: a.Devices, Parts: a.Parts}),
		Portal: server.Portal(pages),
		SCIM:   server.SCIM(scim.Deps{Accounts: a.Provisioning, PublicURL: origins[0], Clock: a.Clock}),
		OParl:  server.OParl(a.openData(origins[0])),
	}
	d.Devices, d.Sessions = a.Devices, sessionTimes(c)
	err = a.signInParts(context.Background(), &d)
	return d, err
}

// Ready answers /readyz: nil when every part answers.
func (a *App) Ready(ctx context.Context) error {
	if err := a.Store.Ping(ctx); err != nil {
		return err
	}
	if _, _, err := a.Index.Stats(ctx); err != nil {
		return fmt.Errorf("search: %w", err)
	}
	if _, err := os.Stat(a.Config.Data); err != nil {
		return fmt.Errorf("data folder: %w", err)
	}
	if a.ReadyToo != nil {
		return a.ReadyToo(ctx)
	}
	return nil
}
