package server_test

import (
	"log/slog"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"

	"ris/app/council"
	"ris/app/provisioning"
	"ris/app/server"
	"ris/app/server/api"
	"ris/app/server/httpkit"
	"ris/app/server/oparl"
	"ris/app/server/portal"
	"ris/app/server/scim"
	"ris/app/store"
)

// closers are registered for all methods; what is not in the list below them ends in 404, 405 or, below /api/v1, first of all 401.
var closers = []string{"/oparl", "/oparl/*", "/api/v1", "/api/v1/*"}

func TestEveryRouteStandsInTheList(t *testing.T) {
	s, err := store.Open(t.Context(), store.Config{DSN: "sqlite:" + filepath.Join(t.TempDir(), "ris.db")})
	must(t, err)
	defer s.Close()
	app, err := server.New(server.Deps{Origins: []string{"http://127.0.0.1:1"}, Store: s, Clock: council.SystemClock, Log: slog.New(slog.DiscardHandler),
		ProviderURL: "http://127.0.0.1:1/idp", Dist: built,
		// As the assembly mounts them: what stands in mounts.go before the sign-in is seen, too.
		API:    server.API(api.Deps{}),
		Portal: server.Portal(portal.Deps{Model: s}),
		OParl:  server.OParl(oparl.Deps{Model: s}),
		SCIM:   server.SCIM(scim.Deps{Accounts: &provisioning.Service{Store: s}}),
	})
	must(t, err)

	listed := map[string]httpkit.Access{}
	for _, r := range server.Routes() {
		key := r.Method + " " + r.Path
		if _, double := listed[key]; double {
			t.Errorf("%s stands there twice", key)
		}
		if r.Access != httpkit.Public && r.Access != httpkit.Person && r.Access != httpkit.System && r.Access != httpkit.Client {
			t.Errorf("%s has no access class", key)
		}
		if strings.HasPrefix(r.Path, "/api/v1") != (r.Access == httpkit.Person) && !strings.HasPrefix(r.Path, "/app") && !strings.HasPrefix(r.Path, "/console") &&
			!strings.HasPrefix(r.Path, "/auth/passkeys") && !strings.HasPrefix(r.Path, "/auth/confirm") { // they write the session's cookie, as the sign-in does
			t.Errorf("%s: %s is not the class of its prefix", key, r.Access)
		}
		listed[key] = r.Access
	}
	registered := map[string]bool{}
	for _, r := range app.GetRoutes(true) {
		if slices.Contains(closers, r.Path) {
			continue
		}
		key := r.Method + " " + r.Path
		registered[key] = true
		if _, ok := listed[key]; !ok && r.Method != fiber.MethodHead {
			t.Errorf("%s is registered and not in the list of routes.go", key)
		}
		if _, ok := listed["GET "+r.Path]; r.Method == fiber.MethodHead && !ok {
			t.Errorf("%s is registered and GET is not in the list of routes.go", key)
		}
	}
	for key := range listed {
		if !registered[key] && !strings.Contains(key, " /oparl") {
			t.Errorf("%s is in the list of routes.go and not registered", key)
		}
	}

	// The class is what the router does: without a session only public and system routes answer anything but 401 or the sign-in.
	for key, access := range listed {
		method, path, _ := strings.Cut(key, " ")
		path = strings.NewReplacer(":id", "0198d4a0-0000-7000-8000-000000000001", ":paper", "x", "*", "x").Replace(path)
		if access != httpkit.Person && access != httpkit.Client {
			continue
		}
		res, err := app.Test(httptest.NewRequest(method, path, nil), -1)
		must(t, err)
		shell := strings.HasPrefix(path, "/app") || strings.HasPrefix(path, "/console")
		if shell && res.StatusCode != 302 || !shell && res.StatusCode != 401 {
			t.Errorf("%s without a session: %d", key, res.StatusCode)
		}
	}
}
