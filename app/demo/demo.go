package demo

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"sync/atomic"
	"text/tabwriter"
	"time"

	"ris/app"
	"ris/app/config"
	"ris/app/council"
)

// Options are what the command line says. Out takes the addresses and accounts.
type Options struct {
	Listen string
	Data   string
	TLS    string        // second address with TLS, or empty
	StepUp time.Duration // how old a sign-in may be for non-public papers; 0 = as in a town
	Out    io.Writer
}

// Run starts the provider and the product, seeds the town at the first start, and returns when ctx ends and both have stopped.
func Run(ctx context.Context, o Options) error {
	settings, err := config.Config{Listen: o.Listen, Data: o.Data, Role: "all", UploadLimitMB: 500, PageLimit: 5000,
		TimeZone: "Europe/Berlin", LogLevel: "warn", ClientID: clientID, StepUpHours: 12, StepUpAfter: o.StepUp, Name: "Ratsinformationssystem (Vorführung)",
		ContactName: "Sitzungsdienst der Stadt Auenrode", ContactEmail: "sitzungsdienst@auenrode.example", License: licence}.Normal()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(settings.Data, 0o700); err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	st, err := openState(settings.Data, council.SystemClock())
	if err != nil {
		return err
	}
	town, err := LoadTown()
	if err != nil {
		return err
	}
	if !st.Seeded { // an earlier start was stopped in the middle of seeding: begin anew
		for _, name := range []string{"ris.db", "ris.db-wal", "ris.db-shm", "blobs", "search"} {
			if err := os.RemoveAll(filepath.Join(settings.Data, name)); err != nil {
				return fmt.Errorf("demo: %w", err)
			}
		}
	}
	l, err := net.Listen("tcp", settings.Listen)
	if err != nil {
		return fmt.Errorf("demo: %w (another address: --listen 127.0.0.1:8081)", err)
	}
	d := &demo{Options: o, state: st, town: town, origins: []string{settings.PublicURL}, listeners: []net.Listener{l}}
	host, port, _ := net.SplitHostPort(l.Addr().String())
	// localhost stays a name: passkeys are bound to names, never to numbers.
	if port != "" && settings.PublicURL != "http://"+net.JoinHostPort(host, port) && settings.PublicURL != "http://"+net.JoinHostPort("localhost", port) {
		d.origins = []string{"http://" + net.JoinHostPort(host, port)} // port 0 takes a free one
	}
	settings.PublicURL = d.origins[0]
	if o.TLS != "" {
		if err := d.listenTLS(settings.Data); err != nil {
			return errors.Join(err, l.Close())
		}
	}
	return d.run(ctx, settings)
}

type demo struct {
	Options
	state     *state
	town      Town
	origins   []string
	listeners []net.Listener
	trust     *http.Server
	ready     atomic.Bool
}

// listenTLS adds the second address: the product by https, the page on how to trust the certificate by http on the same port.
func (d *demo) listenTLS(data string) error {
	host, port, err := net.SplitHostPort(d.TLS)
	if err != nil {
		return fmt.Errorf("demo: --tls %q: want address:port, e.g. 192.168.1.20:8443", d.TLS)
	}
	ca, err := openAuthority(data, council.SystemClock())
	if err != nil {
		return err
	}
	cert, err := ca.server(host, council.SystemClock())
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", d.TLS)
	if err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	if host == "" || net.ParseIP(host) != nil && net.ParseIP(host).IsUnspecified() {
		for _, ip := range localAddresses() {
			d.origins = append(d.origins, "https://"+net.JoinHostPort(ip.String(), port))
		}
	} else {
		d.origins = append(d.origins, "https://"+net.JoinHostPort(host, port))
	}
	split := newSplitListener(l, cert)
	handler, err := trustHandler(ca, d.origins[len(d.origins)-1])
	if err != nil {
		return errors.Join(err, split.Close())
	}
	d.trust = &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = d.trust.Serve(plainListener{split}) }()
	d.listeners = append(d.listeners, split)
	return nil
}

func (d *demo) run(ctx context.Context, settings config.Config) error {
	idp, err := startProvider(settings.Data, d.state, d.town, d.origins)
	if err != nil {
		return err
	}
	defer idp.stop()
	settings.Issuer, settings.ClientSecret, settings.IssuerReachedAt = d.state.Issuer, d.state.ClientSecret, idp.URL
	a, err := app.Open(ctx, settings)
	if err != nil {
		return err
	}
	defer func() { _ = a.Close() }()
	a.ReadyToo = func(context.Context) error {
		if d.ready.Load() {
			return nil
		}
		return council.E(council.Unavailable, "error.unavailable").Because(errors.New("the town is being seeded"))
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	seeded := make(chan error, 1)
	go func() {
		err := d.seed(ctx, a)
		if err != nil {
			cancel()
		}
		seeded <- err
	}()
	err = a.ServeOn(ctx, d.origins, d.listeners...)
	cancel()
	if seedErr := <-seeded; seedErr != nil && !errors.Is(seedErr, context.Canceled) {
		err = errors.Join(err, seedErr)
	}
	if d.trust != nil {
		_ = d.trust.Close()
	}
	return err
}

// seed fills the store at the first start, says how far it is, and prints the accounts when everything is there.
func (d *demo) seed(ctx context.Context, a *app.App) error {
	if !d.state.Seeded {
		last := time.Time{}
		s := &Seeder{Store: a.Store, Meetings: a.Meetings, Papers: a.Papers, Zone: a.Zone, Project: a.Publication.ProjectBody,
			Progress: func(done, all int, what string) {
				if time.Since(last) > time.Second {
					last = time.Now()
					fmt.Fprintf(d.Out, "  %d/%d  %s\n", done+1, all, what)
				}
			}}
		fmt.Fprintln(d.Out, "Seeding the invented town (about a minute, once) ...")
		if _, err := s.Seed(ctx, d.state.FirstStart); err != nil {
			return err
		}
		if err := a.Index.Flush(ctx); err != nil {
			return err
		}
		if err := a.PublicIndex.Flush(ctx); err != nil {
			return err
		}
		d.state.Seeded = true
		if err := d.state.save(); err != nil {
			return err
		}
	}
	d.ready.Store(true)
	return d.print()
}

func (d *demo) print() error {
	fmt.Fprintf(d.Out, "\nris is ready: %s\n", d.origins[0])
	for _, o := range d.origins[1:] {
		fmt.Fprintf(d.Out, "  for an iPad in this network: %s (first open http://%s and follow the page)\n", o, o[len("https://"):])
	}
	w := tabwriter.NewWriter(d.Out, 0, 4, 2, ' ', 0)
	fmt.Fprintf(w, "  public\t%s/\n  reader\t%s/app/\n  console\t%s/console/\n\n", d.origins[0], d.origins[0], d.origins[0])
	for _, p := range d.town.Accounts() {
		fmt.Fprintf(w, "  %s\tdemo\t%s\n", p.Account, p.display())
	}
	if err := w.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintln(d.Out, "\nCtrl-C stops it; the data folder stays.")
	return err
}
