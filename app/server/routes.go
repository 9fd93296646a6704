package server

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"ris/app/server/httpkit"
	"ris/app/server/oparl"
	"ris/app/server/portal"
	"ris/app/server/signin"
)

// Route is one line of the list: what can be asked, how far one gets without rights, and what decides beyond that.
// Path is written as the router has it: ":id" is one part, "*" the rest. HEAD comes with each GET.
type Route struct {
	Method string
	Path   string
	Access httpkit.Access
	Rule   string // what the use-case behind asks auth/policy; empty where there is nothing more to ask
}

const (
	reads      = "what the viewer may read (policy.CanRead); else as if it did not exist"
	manages    = "clerk of the body (policy.MayManage)"
	own        = "the viewer's own alone"
	provisions = "clerk of the body (policy.MayProvision)"
	connects   = "clerk or IT of the body (policy.MayConnect)"

	devicesOf = "the viewer's own, and those of people of a body whose clerk or IT the viewer is (policy.MayManageDevicesOf)"

	secondPerson = "clerks and mayor of the body (policy.SeesReleases)"
)

// Routes is EVERY route of the product. A test holds it against the router: a route that is not here fails the build.
func Routes() []Route {
	out := []Route{
		{"GET", "/healthz", httpkit.System, ""},
		{"GET", "/readyz", httpkit.System, ""},

		{"GET", "/auth/login", httpkit.Public, ""},
		{"GET", "/auth/callback", httpkit.Public, "the provider's answer (auth/sso)"},
		{"GET", "/auth/callback/:provider", httpkit.Public, "the provider's answer (auth/sso)"},
		{"POST", "/auth/logout", httpkit.Public, "ends the session of the cookie, if any"},
		{"GET", "/auth/signed-out", httpkit.Public, ""},
		{"POST", signin.NoticePath, httpkit.Public, "a provider's signed sign-out message (auth/sso)"},
		{"GET", "/auth/passkeys", httpkit.Person, own},
		{"POST", "/auth/passkeys/begin", httpkit.Person, own + "; a fresh proof of identity (policy.Confirmed)"},
		{"POST", "/auth/passkeys", httpkit.Person, own + "; a fresh proof of identity (policy.Confirmed)"},
		{"DELETE", "/auth/passkeys/:id", httpkit.Person, own},
		{"POST", "/auth/confirm/begin", httpkit.Person, own},
		{"POST", "/auth/confirm", httpkit.Person, own},
		{"GET", httpkit.StylePath, httpkit.Public, ""},
		{"GET", httpkit.WipePath, httpkit.Public, ""},
		{"GET", httpkit.WipeScriptPath, httpkit.Public, ""},
		{"POST", "/auth/device/wiped", httpkit.Public, "the receipt of the order to delete, which only the device was answered"},
		{"GET", "/auth/lease-key", httpkit.Public, ""},
		{"GET", "/idp/*", httpkit.Public, "demo only: passed on to ris-idp"},
		{"POST", "/idp/*", httpkit.Public, "demo only: passed on to ris-idp"},

		{"GET", "/assets/*", httpkit.Public, ""},
		{"GET", "/app", httpkit.Person, ""},
		{"GET", "/app/*", httpkit.Person, ""},
		{"GET", "/console", httpkit.Person, ""},
		{"GET", "/console/*", httpkit.Person, ""},

		{"GET", "/api/openapi.json", httpkit.Public, ""},
		{"GET", "/api/v1/me", httpkit.Person, own},
		{"GET", "/api/v1/devices", httpkit.Person, own},
		{"POST", "/api/v1/devices/sign-out", httpkit.Person, own},
		{"PUT", "/api/v1/devices/this", httpkit.Person, own},
		{"PATCH", "/api/v1/devices/:id", httpkit.Person, own},
		{"POST", "/api/v1/devices/:id/sign-out", httpkit.Person, devicesOf},
		{"POST", "/api/v1/devices/:id/wipe", httpkit.Person, devicesOf},
		{"POST", "/api/v1/devices/:id/keep", httpkit.Person, devicesOf},
		{"GET", "/api/v1/bodies/:id/devices", httpkit.Person, "clerk and IT of the body (policy.MaySeeDevicesOf)"},
		{"GET", "/api/v1/lease", httpkit.Person, "the viewer's own device, who may read more than what is public (policy.MayTakeAlong)"},
		{"GET", "/api/v1/organizations", httpkit.Person, ""},
		{"GET", "/api/v1/locations", httpkit.Person, "clerk (policy.IsClerk); empty for everybody else"},
		{"GET", "/api/v1/bodies/:id/preparation", httpkit.Person, manages},
		{"PUT", "/api/v1/bodies/:id/preparation", httpkit.Person, manages},
		{"GET", "/api/v1/bodies/:id/preparation/preview", httpkit.Person, manages},
		{"GET", "/api/v1/bodies/:id/access", httpkit.Person, manages},
		{"PUT", "/api/v1/bodies/:id/access", httpkit.Person, manages},
		{"POST", "/api/v1/bodies/:id/deputies", httpkit.Person, manages},
		{"DELETE", "/api/v1/bodies/:id/deputies/:deputy", httpkit.Person, manages},
		{"GET", "/api/v1/meetings/:id/access", httpkit.Person, manages},
		{"GET", "/api/v1/agenda-items/:id/access", httpkit.Person, manages},
		{"GET", "/api/v1/papers/:id/access", httpkit.Person, manages},
		{"GET", "/api/v1/files/:id/access", httpkit.Person, manages},
		{"GET", "/api/v1/unseen", httpkit.Person, "looks at no object; the same for everything"},
		{"GET", "/api/v1/meetings", httpkit.Person, reads},
		{"POST", "/api/v1/meetings", httpkit.Person, manages},
		{"GET", "/api/v1/meetings/:id", httpkit.Person, reads},
		{"PATCH", "/api/v1/meetings/:id", httpkit.Person, manages},
		{"DELETE", "/api/v1/meetings/:id", httpkit.Person, manages},
		{"POST", "/api/v1/meetings/:id/agenda-items", httpkit.Person, manages},
		{"PUT", "/api/v1/meetings/:id/agenda-order", httpkit.Person, manages},
		{"POST", "/api/v1/meetings/:id/publish", httpkit.Person, manages},
		{"GET", "/api/v1/meetings/:id/publish-preview", httpkit.Person, manages},
		{"GET", "/api/v1/meetings/:id/papers.zip", httpkit.Person, reads + "; the viewer's own copies"},
		{"GET", "/api/v1/meetings/:id/packet", httpkit.Person, reads + "; the viewer's own copy"},
		{"GET", "/api/v1/meetings/:id/packet/info", httpkit.Person, reads},
		{"POST", "/api/v1/meetings/:id/withdraw", httpkit.Person, manages},
		{"POST", "/api/v1/meetings/:id/restore", httpkit.Person, manages},
		{"GET", "/api/v1/meetings/:id/participation", httpkit.Person, manages},
		{"POST", "/api/v1/meetings/:id/substitutions", httpkit.Person, manages},
		{"DELETE", "/api/v1/meetings/:id/substitutions/:substitution", httpkit.Person, manages},
		{"POST", "/api/v1/agenda-items/:id/conflicts", httpkit.Person, manages},
		{"DELETE", "/api/v1/agenda-items/:id/conflicts/:conflict", httpkit.Person, manages},
		{"POST", "/api/v1/agenda-items/:id/conflicts/:conflict/declare", httpkit.Person, manages},
		{"POST", "/api/v1/agenda-items/:id/guests", httpkit.Person, manages},
		{"DELETE", "/api/v1/agenda-items/:id/guests/:guest", httpkit.Person, manages},
		{"PATCH", "/api/v1/agenda-items/:id", httpkit.Person, manages},
		{"DELETE", "/api/v1/agenda-items/:id", httpkit.Person, manages},
		{"POST", "/api/v1/agenda-items/:id/papers", httpkit.Person, manages},
		{"DELETE", "/api/v1/agenda-items/:id/papers/:paper", httpkit.Person, manages},
		{"POST", "/api/v1/papers", httpkit.Person, manages},
		{"GET", "/api/v1/papers/:id", httpkit.Person, reads},
		{"PATCH", "/api/v1/papers/:id", httpkit.Person, manages},
		{"POST", "/api/v1/papers/:id/files", httpkit.Person, manages},
		{"POST", "/api/v1/papers/:id/withdraw", httpkit.Person, manages},
		{"POST", "/api/v1/papers/:id/restore", httpkit.Person, manages},
		{"GET", "/api/v1/files/:id", httpkit.Person, reads + "; the viewer's own copy"},
		{"PATCH", "/api/v1/files/:id", httpkit.Person, manages},
		{"GET", "/api/v1/files/:id/info", httpkit.Person, reads},
		{"GET", "/api/v1/files/:id/pages", httpkit.Person, reads},
		{"GET", "/api/v1/files/:id/thumbnail", httpkit.Person, reads + "; marked for the viewer"},
		{"GET", "/api/v1/files/:id/accessibility", httpkit.Person, manages},
		{"GET", "/api/v1/files/:id/marks", httpkit.Person, reads},
		{"GET", "/api/v1/files/:id/outline", httpkit.Person, reads},
		{"GET", "/api/v1/files/:id/difference", httpkit.Person, reads + "; both versions"},
		{"POST", "/api/v1/files/:id/withdraw", httpkit.Person, manages},
		{"POST", "/api/v1/files/:id/restore", httpkit.Person, manages},
		{"POST", "/api/v1/files/:id/again", httpkit.Person, manages},
		{"OPTIONS", "/api/v1/uploads", httpkit.Person, ""},
		{"POST", "/api/v1/uploads", httpkit.Person, manages},
		{"GET", "/api/v1/uploads", httpkit.Person, own},
		{"OPTIONS", "/api/v1/uploads/:id", httpkit.Person, ""},
		{"GET", "/api/v1/uploads/:id", httpkit.Person, own},
		{"PATCH", "/api/v1/uploads/:id", httpkit.Person, own + "; " + manages},
		{"POST", "/api/v1/uploads/:id", httpkit.Person, own + "; " + manages},
		{"DELETE", "/api/v1/uploads/:id", httpkit.Person, own},
		{"GET", "/api/v1/files/:id/steps", httpkit.Person, manages},
		{"POST", "/api/v1/files/:id/original", httpkit.Person, manages + "; audited"},
		{"GET", "/api/v1/sign-in/providers", httpkit.Person, "who runs the system (policy.IsIT)"},
		{"POST", "/api/v1/sign-in/trial", httpkit.Person, "who runs the system (policy.IsIT)"},
		{"GET", "/api/v1/work", httpkit.Person, manages},
		{"GET", "/api/v1/search", httpkit.Person, reads},
		{"POST", "/api/v1/annotations/sync", httpkit.Person, own},
		{"GET", "/api/v1/me/log", httpkit.Person, "what the viewer did, and what was done to the viewer's account (policy.SeesLinesAbout)"},
		{"GET", "/api/v1/bodies/:id/log", httpkit.Person, "clerk of the body (policy.SeesLinesOf); objects by policy.CanRead"},
		{"POST", "/api/v1/log/head", httpkit.Person, "clerk or IT (policy.SeesLogHead); audited"},
		{"GET", "/api/v1/persons", httpkit.Person, provisions},
		{"POST", "/api/v1/persons", httpkit.Person, provisions},
		{"GET", "/api/v1/persons/endings", httpkit.Person, provisions},
		{"GET", "/api/v1/persons/export", httpkit.Person, provisions + "; audited"},
		{"PATCH", "/api/v1/persons/:id", httpkit.Person, provisions},
		{"POST", "/api/v1/persons/:id/end", httpkit.Person, provisions},
		{"POST", "/api/v1/persons/:id/account", httpkit.Person, provisions},
		{"POST", "/api/v1/persons/:id/relink", httpkit.Person, provisions},
		{"POST", "/api/v1/imports/preview", httpkit.Person, provisions},
		{"POST", "/api/v1/imports", httpkit.Person, provisions},
		{"GET", "/api/v1/imports", httpkit.Person, provisions},
		{"GET", "/api/v1/imports/template", httpkit.Person, ""},
		{"POST", "/api/v1/imports/:id/undo", httpkit.Person, provisions},
		{"GET", "/api/v1/scim-clients", httpkit.Person, connects},
		{"POST", "/api/v1/scim-clients", httpkit.Person, connects},
		{"POST", "/api/v1/scim-clients/:id/revoke", httpkit.Person, connects},
		{"GET", "/api/v1/scim-groups", httpkit.Person, connects},
		{"POST", "/api/v1/scim-groups/:id/kind", httpkit.Person, provisions},
		{"GET", "/api/v1/bodies/:id/mdm-profile", httpkit.Person, connects},
		{"POST", "/api/v1/me/export", httpkit.Person, own + "; audited"},
		{"GET", "/api/v1/privacy/requests", httpkit.Person, secondPerson},
		{"POST", "/api/v1/privacy/requests", httpkit.Person, "clerk of the person's body (policy.MayRequestRelease)"},
		{"GET", "/api/v1/privacy/requests/:id", httpkit.Person, secondPerson},
		{"POST", "/api/v1/privacy/requests/:id/release", httpkit.Person, "another clerk or the mayor of the body (policy.MayDecideRelease)"},
		{"POST", "/api/v1/privacy/requests/:id/export", httpkit.Person, "who asked, once it is released; audited"},
		{"POST", "/api/v1/privacy/requests/:id/erase", httpkit.Person, "who asked, once it is released (and policy.InOffice); audited"},
		{"GET", "/api/v1/persons/:id/erasure", httpkit.Person, secondPerson},
		{"GET", "/api/v1/privacy/record", httpkit.Person, "clerk or IT (policy.SeesLogHead)"},
		{"GET", "/api/v1/traces", httpkit.Person, secondPerson},
		{"POST", "/api/v1/traces", httpkit.Person, "clerk of the body (policy.MayRequestRelease)"},
		{"GET", "/api/v1/traces/:id", httpkit.Person, secondPerson + "; the result for the two alone (policy.SeesReleased)"},
		{"POST", "/api/v1/traces/:id/release", httpkit.Person, "another clerk or the mayor of the body (policy.MayDecideRelease)"},
	}
	out = append(out, scimRoutes()...)
	// The public's pages and OParl read the publication read model, in which nothing else stands. Each list is one file.
	for _, r := range portal.Routes() {
		out = append(out, Route{r.Method, r.Path, httpkit.Public, "read model of publication"})
	}
	for _, r := range oparl.Routes() {
		out = append(out, Route{r.Method, r.Path, httpkit.Public, "read model of publication"})
	}
	return out
}

// mount registers everything in the order in which a request passes it.
func (s *surface) mount(app *fiber.App) error {
	if s.Store == nil {
		return s.mountPublic(app)
	}
	app.Use(nothingLeft, s.number, s.log, guard, s.headers, sameOrigin, s.boundBody)

	app.Get("/healthz", alive)
	app.Get("/readyz", s.ready)

	signIn := httpkit.NewLimiter(s.Limits.SignIn, s.Clock).Limit
	app.Get("/auth/login", signIn, s.kit.Contact, s.signIn.Login)
	app.Get("/auth/callback", signIn, s.kit.Contact, s.signIn.Callback)
	app.Get("/auth/callback/:provider", signIn, s.kit.Contact, s.signIn.Callback)
	app.Post("/auth/logout", s.signIn.Logout)
	app.Get("/auth/signed-out", s.signIn.SignedOut)
	app.Post(signin.NoticePath, signIn, s.signIn.Notice)
	s.mountPasskeys(app, signIn)
	app.Get(httpkit.StylePath, httpkit.Style)
	app.Get(httpkit.WipePath, s.kit.Contact, httpkit.WipePage)
	app.Get(httpkit.WipeScriptPath, httpkit.WipeScript)
	app.Post("/auth/device/wiped", signIn, s.deviceWiped)
	app.Get("/auth/lease-key", s.leaseKey)
	if s.proxy != nil {
		app.Get("/idp/*", signIn, s.proxy.pass)
		app.Post("/idp/*", signIn, s.proxy.pass)
	}

	app.Get("/assets/*", s.assets.file)
	person := s.kit.Require(httpkit.Person)
	for _, shell := range []struct{ prefix, page string }{{"/app", "reader.html"}, {"/console", "clerk.html"}} {
		app.Get(shell.prefix, person, s.assets.shell(shell.page))
		app.Get(shell.prefix+"/*", person, s.assets.shell(shell.page))
	}

	if s.SCIM != nil {
		s.SCIM(app, httpkit.NewLimiter(scimLimit, s.Clock).Limit)
	}
	search := httpkit.NewLimiter(s.Limits.Search, s.Clock).Limit
	download := httpkit.NewLimiter(s.Limits.Download, s.Clock).Limit
	if err := s.mountAPI(app, search, download); err != nil {
		return err
	}
	app.Use("/suche", search)
	app.Use("/dateien", download)
	return s.mountForEverybody(app)
}

// unknown answers every address that nothing else has answered.
func (s *surface) unknown(c *fiber.Ctx) error {
	if s.NotFound != nil && !strings.HasPrefix(c.Path(), "/api/") && !strings.HasPrefix(c.Path(), "/assets/") {
		return s.NotFound(c)
	}
	return fiber.ErrNotFound
}

// mountAPI puts one door in front of the whole prefix: without a session 401 for every address alike, known or not.
func (s *surface) mountAPI(app *fiber.App, search, download fiber.Handler) error {
	door := func(c *fiber.Ctx) error {
		if err := s.kit.Admit(c); err != nil {
			return err
		}
		if strings.TrimRight(c.Path(), "/") == "/api/v1/search" { // the router takes it with a slash at its end, too
			return search(c) // behind the door, so that the limit is the person's and not the town hall's
		}
		if isDownload(c.Path()) {
			return download(c)
		}
		return c.Next()
	}
	if s.API == nil {
		app.Use("/api/v1", door)
		return nil
	}
	return s.API(app, door)
}

// isUpload names the routes whose bodies may be large.
func isUpload(method, uri string) bool {
	path, _, _ := strings.Cut(uri, "?")
	if path == "/api/v1/uploads" || strings.HasPrefix(path, "/api/v1/uploads/") {
		return method == fiber.MethodPost || method == fiber.MethodPatch
	}
	return method == fiber.MethodPost && (path == "/api/v1/traces" || strings.HasPrefix(path, "/api/v1/papers/") && strings.HasSuffix(path, "/files"))
}

// isDownload names the routes that send papers.
func isDownload(path string) bool {
	path = strings.TrimRight(path, "/")
	return strings.HasPrefix(path, "/api/v1/files/") ||
		strings.HasPrefix(path, "/api/v1/meetings/") && (strings.HasSuffix(path, "/papers.zip") || strings.HasSuffix(path, "/packet"))
}

// isShell names the pages that lead to the sign-in when nobody is signed in.
func isShell(path string) bool {
	return path == "/app" || path == "/console" || strings.HasPrefix(path, "/app/") || strings.HasPrefix(path, "/console/")
}
