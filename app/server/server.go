package server

import (
	"context"
	"io/fs"
	"log/slog"
	"time"

	"github.com/gofiber/fiber/v2"

	"ris/app/council"
	"ris/app/passkeys"
	"ris/app/server/httpkit"
	"ris/app/server/signin"
	"ris/auth/session"
)

// Store is what the surface itself needs of the database; handlers reach theirs through their use-cases.
type Store interface {
	session.Store
	httpkit.FactsStore
	signin.Store
}

// Deps are the parts of the surface. Only Origins, Store and Clock are needed; a nil mount leaves its prefix "not found".
type Deps struct {
	Origins []string // addresses for browsers, scheme://host[:port]; the first is the one that we name ourselves
	Store   Store    // nil: only what is for everybody is mounted (RIS_ROLE=portal)
	Clock   council.Clock
	Zone    *time.Location // of the town, in which a seat's last day ends; default UTC
	Log     *slog.Logger   // default: slog.Default

	Provider    signin.Provider // an only one; nil: see Providers
	Providers   []signin.Choice // several; with none at all the sign-in page says that none is set up
	Directory   signin.Directory
	Passkeys    *passkeys.Service // nil: the way of passkeys answers "not found"
	Devices     signin.Devices    // nil: sessions are held to no device
	Sessions    session.Table     // time-outs by kind of account; zero fields take the defaults
	StepUp      time.Duration     // how old the proof of who is there may be for non-public papers; 0 = does not matter
	Secret      string            // shared by all nodes; seals sign-ins under way (the OpenID client secret will do)
	ProviderURL string            // demo only: where ris-idp listens (http://127.0.0.1:PORT/idp); /idp/* is passed on to it

	Dist  fs.FS                       // the built web app (web.Dist()); without reader.html a page says how to build it
	Ready func(context.Context) error // /readyz; nil = always ready

	TrustedProxies []string // addresses or networks whose X-Forwarded-For counts
	Limits         Limits
	ReadTimeout    time.Duration // how long a request may take to arrive, uploads of clerks excepted; default 30 s

	// API registers /api/openapi.json and all of /api/v1, everything below behind person, which lets signed-in people through
	// and answers 401 for every other request alike.
	API      func(app *fiber.App, person fiber.Handler) error
	Portal   func(fiber.Router) error
	OParl    func(fiber.Router) error
	SCIM     func(app fiber.Router, limit fiber.Handler) // directories; nil = none
	NotFound fiber.Handler                               // the page for unknown addresses; default: a plain one
}

// Limits are requests a minute and asker; 0 takes the default. A whole town hall may sit behind one address.
type Limits struct {
	SignIn int // default 600: 150 members sign in within a minute at the start of a meeting, each with some requests
	Search int // default 120
	// Download: files, packets and archives; a reader asks for pieces of a paper as its pages are turned. Default 3000.
	Download int
}

// bodyLimit is for everything but uploads: JSON and forms, bytes.
const bodyLimit = 8 << 20

// New builds the surface. The caller listens and, at the end, shuts it down and waits.
func New(d Deps) (*fiber.App, error) {
	if d.Log == nil {
		d.Log = slog.Default()
	}
	if d.Limits.SignIn == 0 {
		d.Limits.SignIn = 600
	}
	if d.Limits.Search == 0 {
		d.Limits.Search = 120
	}
	if d.Limits.Download == 0 {
		d.Limits.Download = 3000
	}
	if d.ReadTimeout == 0 {
		d.ReadTimeout = 30 * time.Second
	}
	origins, err := httpkit.NewOrigins(d.Origins...)
	if err != nil {
		return nil, err
	}
	sealer, err := session.NewSealer(d.Secret, d.Clock)
	if err != nil {
		return nil, err
	}
	kit := &httpkit.Kit{Sessions: session.NewManager(d.Store, d.Clock), Facts: d.Store, Origins: origins, Clock: d.Clock, Zone: d.Zone, StepUp: d.StepUp}
	if d.Provider != nil {
		d.Providers = append([]signin.Choice{{Provider: d.Provider}}, d.Providers...)
	}
	kit.Sessions.Times = d.Sessions.Normal()
	if d.Devices != nil {
		kit.Devices = d.Devices
	}
	s := &surface{Deps: d, kit: kit, signIn: &signin.Handlers{
		Providers: d.Providers, Directory: d.Directory, Devices: d.Devices, StepUp: d.StepUp, Store: d.Store, Sessions: kit.Sessions, Sealer: sealer, Origins: origins, Kit: kit, Clock: d.Clock, Log: d.Log,
	}}
	s.passkeys = &signin.PasskeyHandlers{Keys: d.Passkeys, Handlers: s.signIn}
	if s.assets, err = newAssets(d.Dist); err != nil {
		return nil, err
	}
	if d.ProviderURL != "" {
		if s.proxy, err = newProviderProxy(d.ProviderURL); err != nil {
			return nil, err
		}
	}
	app := fiber.New(fiber.Config{
		AppName:                      "ris",
		ServerHeader:                 "",
		DisableStartupMessage:        true,
		Immutable:                    true, // strings of a request are otherwise reused buffers: a kept one would change
		CaseSensitive:                true,
		StreamRequestBody:            true,
		DisablePreParseMultipartForm: true, // the upload handler reads the stream itself; nothing is buffered
		BodyLimit:                    bodyLimit,
		ReadBufferSize:               32 << 10,      // header: several sign-ins under way are several cookies
		ReadTimeout:                  d.ReadTimeout, // an upload's handler gives its clerk longer, strangers get no more
		WriteTimeout:                 time.Hour,     // a large paper over a slow line; nobody holds an answer for ever
		IdleTimeout:                  2 * time.Minute,
		EnableTrustedProxyCheck:      true, // with no trusted proxy a forged X-Forwarded-For counts for nothing
		TrustedProxies:               d.TrustedProxies,
		ProxyHeader:                  proxyHeader(d.TrustedProxies),
		EnableIPValidation:           true,
		ErrorHandler:                 s.fail,
	})
	return app, s.mount(app)
}

// proxyHeader is asked only where a proxy is trusted.
func proxyHeader(trusted []string) string {
	if len(trusted) == 0 {
		return ""
	}
	return fiber.HeaderXForwardedFor
}

// surface is the app while it is put together.
type surface struct {
	Deps
	kit      *httpkit.Kit
	signIn   *signin.Handlers
	passkeys *signin.PasskeyHandlers
	assets   *assets
	proxy    *providerProxy
}

func (s *surface) fail(c *fiber.Ctx, err error) error {
	secure(c, s.kit.Origins) // errors of the connection come here past all middleware
	if p := httpkit.Describe(err, "en", ""); p.Status >= 500 && p.Status != fiber.StatusServiceUnavailable {
		s.Log.Error("request failed", "request", httpkit.RequestID(c), "method", c.Method(), "path", c.Path(), "error", err)
	}
	// A page behind the sign-in asks for the sign-in and comes back.
	if council.KindOf(err) == council.Unauthenticated && httpkit.ReceiptOf(err) == "" && isShell(c.Path()) && c.Method() == fiber.MethodGet {
		return signin.Redirect(c)
	}
	return httpkit.Fail(c, err)
}
