package main

import (
	"context"
	"embed"
	"io/fs"
	"log/slog"
	"maps"
	"net/http"
	"strings"
	"time"

	gosundheit "github.com/AppsFlyer/go-sundheit"
	"github.com/dexidp/dex/server"
	"github.com/dexidp/dex/server/authflow"
	"github.com/dexidp/dex/server/connectors"
	"github.com/dexidp/dex/server/oauth2"
	"github.com/dexidp/dex/server/session"
	"github.com/dexidp/dex/server/signer"
	"github.com/dexidp/dex/server/tokens"
	"github.com/dexidp/dex/storage"
	"github.com/dexidp/dex/storage/memory"
)

// issuerPath is the path part of every issuer: the product passes this prefix on.
const issuerPath = "/idp"

const (
	idTokenLife  = 10 * time.Minute // the product uses it once, at the callback
	signInLife   = 10 * time.Minute // from opening the sign-in page to the code
	keyRotation  = "720h"
	refreshGrace = "0s"
)

//go:embed web
var webFiles embed.FS

// newProvider builds the provider. It is served under issuerPath; ctx ends its housekeeping.
func newProvider(ctx context.Context, c Config, log *slog.Logger) (http.Handler, error) {
	users, err := c.passwords()
	if err != nil {
		return nil, err
	}
	kept, err := openKeyFile(ctx, memory.New(log), c.Keys)
	if err != nil {
		return nil, err
	}
	store := storage.WithStaticClients(kept, c.clients())
	connector := storage.Connector{ID: connectors.LocalConnector, Name: "E-Mail", Type: connectors.LocalConnector}
	if c.LDAP != nil {
		if connector, err = c.LDAP.connector(c.folder); err != nil {
			return nil, err
		}
	} else {
		store = storage.WithStaticPasswords(store, users, log)
	}
	store = storage.WithStaticConnectors(store, []storage.Connector{connector})

	sign, err := (&signer.LocalConfig{KeysRotationPeriod: keyRotation}).Open(ctx, store, idTokenLife, time.Now, log)
	if err != nil {
		return nil, err
	}
	refresh, err := tokens.NewRefreshTokenPolicy(log, false, "", "", refreshGrace)
	if err != nil {
		return nil, err
	}
	pages, err := fs.Sub(webFiles, "web")
	if err != nil {
		return nil, err
	}
	start := c.Start
	if start == "" {
		start = "/"
	}
	dex, err := server.NewServer(ctx, server.Config{
		Issuer:                 c.Issuer,
		Storage:                store,
		AllowedGrantTypes:      []string{oauth2.GrantTypeAuthorizationCode},
		SupportedResponseTypes: []string{oauth2.ResponseTypeCode},
		SkipApprovalScreen:     true,
		PKCE: authflow.PKCEConfig{
			Enforce:                       true,
			CodeChallengeMethodsSupported: []string{oauth2.PKCEMethodS256},
		},
		IDTokensValidFor:     idTokenLife,
		AuthRequestsValidFor: signInLife,
		RefreshTokenPolicy:   refresh,
		Signer:               sign,
		Logger:               log,
		HealthChecker:        gosundheit.New(),
		SessionConfig:        c.sessions(),
		Web:                  server.WebConfig{WebFS: pages, Issuer: c.title(), Extra: c.words(start)},
	})
	if err != nil {
		return nil, err
	}
	return onlyNeeded(c, dex), nil
}

// sessions: nil when each sign-in asks for the password.
func (c Config) sessions() *session.Config {
	if c.Sessions == nil {
		return nil
	}
	return &session.Config{CookieName: "ris_idp", AbsoluteLifetime: time.Duration(c.Sessions.Hours) * time.Hour,
		ValidIfNotUsedFor: time.Duration(c.Sessions.IdleMinutes) * time.Minute, SSOSharedWithDefault: "all"}
}

// demoTitle is the name of a sign-in page that nobody has named.
const demoTitle = "Vorführ-Anmeldung"

func (c Config) title() string {
	if c.Title != "" {
		return c.Title
	}
	return demoTitle
}

// words are what the pages say beyond their templates.
func (c Config) words(start string) map[string]string {
	out := map[string]string{"start": start, "hint": c.Hint, "title": c.title(), "demo": "", "login": "E-Mail-Adresse", "logintype": "email"}
	if c.Title == "" {
		out["demo"] = "yes"
	}
	if c.LDAP != nil {
		out["login"], out["logintype"] = "Benutzername oder E-Mail-Adresse", "text"
	}
	return out
}

// pageHeaders go on every answer (Dex itself would leave out its style sheets). The pages have no script at all.
func pageHeaders(c Config) http.Header {
	return http.Header{
		"Content-Security-Policy": {"default-src 'none'; style-src 'self'; img-src 'self'; form-action " + c.formTargets() +
			"; base-uri 'none'; frame-ancestors 'none'"},
		"X-Content-Type-Options": {"nosniff"},
		"Referrer-Policy":        {"no-referrer"}, // the sign-in's address holds its state
		"Cache-Control":          {"no-store"},
	}
}

// onlyNeeded lets through what the code flow needs, and nothing else that Dex could do (devices, second factors, home).
func onlyNeeded(c Config, next http.Handler) http.Handler {
	headers := pageHeaders(c)
	exact := map[string]bool{
		"/.well-known/openid-configuration": true, "/keys": true, "/token": true, "/userinfo": true, "/healthz": true,
		"/auth": true, "/approval": true, "/robots.txt": true,
	}
	connector := connectors.LocalConnector
	if c.LDAP != nil {
		connector = ldapConnector
	}
	exact["/auth/"+connector], exact["/auth/"+connector+"/login"] = true, true
	exact["/logout"] = c.Sessions != nil
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		maps.Copy(w.Header(), headers)
		path, inside := strings.CutPrefix(r.URL.Path, issuerPath)
		if !inside || !exact[path] && !strings.HasPrefix(path, "/theme/") {
			http.NotFound(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}
