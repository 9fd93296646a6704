package sso

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"ris/app/council"
)

// Config describes the provider and us as its client.
type Config struct {
	Issuer       string // exactly as in its tokens
	ClientID     string
	ClientSecret string

	// DiscoveryURL is where the server reaches the provider when that is not the issuer's own address (the demo's provider
	// on loopback; a provider behind an inner network). Endpoints below the issuer are then reached below this URL.
	DiscoveryURL string
	// AuthorizeURL replaces the discovered authorization endpoint for the browser; a path ("/idp/auth") stays on our origin.
	AuthorizeURL string
	Scopes       []string // default: openid email profile

	HTTP  *http.Client  // default: 10 s time-out
	Clock council.Clock // default: the system's
}

// Identity is what the provider vouches for. (Issuer, Subject) names the person for ever; the e-mail address may change.
type Identity struct {
	Issuer        string
	Subject       string
	Email         string
	EmailVerified bool
	Name          string
	AuthTime      time.Time // when the provider saw the password or key; zero when it does not say
	SID           string    // the provider's session, or empty
}

// Login is what must be remembered between Begin and Finish, for this browser alone. State, nonce and verifier have
// 256 random bits each.
type Login struct {
	State    string
	Nonce    string
	Verifier string // PKCE, RFC 7636
	Redirect string // absolute address of the callback, as registered with the provider
}

// ErrUnavailable says that the provider cannot be reached: another try later can succeed.
var ErrUnavailable = errors.New("identity provider unavailable")

// Refused says that the provider's answer was not acceptable, or that the provider itself refused. Reason is for the log.
type Refused struct{ Reason string }

func (r *Refused) Error() string { return "sign-in refused: " + r.Reason }

// Client speaks to one provider. It is safe for concurrent use.
type Client struct {
	config Config

	mu       sync.Mutex
	provider *discovered
	failed   error
	retryAt  time.Time
}

// New checks the configuration. It does not ask the provider: the product starts while the provider is down.
func New(c Config) (*Client, error) {
	if u, err := url.Parse(c.Issuer); err != nil || u.Host == "" {
		return nil, fmt.Errorf("sso: issuer %q is not an absolute URL", c.Issuer)
	}
	if c.ClientID == "" {
		return nil, errors.New("sso: client id is missing")
	}
	if c.HTTP == nil {
		c.HTTP = &http.Client{Timeout: 10 * time.Second}
	}
	if c.Clock == nil {
		c.Clock = council.SystemClock
	}
	if len(c.Scopes) == 0 {
		c.Scopes = []string{oidc.ScopeOpenID, "email", "profile"}
	}
	return &Client{config: c}, nil
}

// Begin starts a sign-in: the browser goes to the returned address and comes back to redirect, the absolute address of our
// callback on the origin that the browser uses. Error: ErrUnavailable.
func (c *Client) Begin(ctx context.Context, redirect string) (address string, login Login, err error) {
	p, err := c.discover(ctx)
	if err != nil {
		return "", Login{}, err
	}
	login = Login{State: random(), Nonce: random(), Verifier: oauth2.GenerateVerifier(), Redirect: redirect}
	oauth := p.at(redirect)
	return oauth.AuthCodeURL(login.State, oidc.Nonce(login.Nonce), oauth2.S256ChallengeOption(login.Verifier)), login, nil
}

// Finish takes the query of the callback. Errors: ErrUnavailable, or *Refused.
func (c *Client) Finish(ctx context.Context, login Login, answer url.Values) (Identity, error) {
	p, err := c.discover(ctx)
	if err != nil {
		return Identity{}, err
	}
	if login.State == "" || !same(answer.Get("state"), login.State) {
		return Identity{}, &Refused{"state does not belong to this browser's sign-in"}
	}
	if iss := answer.Get("iss"); iss != "" && iss != c.config.Issuer { // RFC 9207: mix-up of two providers
		return Identity{}, &Refused{"answer of another issuer"}
	}
	if e := answer.Get("error"); e != "" {
		return Identity{}, &Refused{"provider says " + short(e)}
	}
	if answer.Get("code") == "" {
		return Identity{}, &Refused{"answer without code"}
	}
	ctx = oidc.ClientContext(ctx, c.config.HTTP)
	oauth := p.at(login.Redirect)
	token, err := oauth.Exchange(ctx, answer.Get("code"), oauth2.VerifierOption(login.Verifier))
	if err != nil {
		var told *oauth2.RetrieveError
		if errors.As(err, &told) && told.Response != nil && told.Response.StatusCode < 500 {
			return Identity{}, &Refused{"code not accepted: " + short(cmp.Or(told.ErrorCode, told.Response.Status))}
		}
		return Identity{}, fmt.Errorf("%w: token endpoint: %v", ErrUnavailable, err)
	}
	raw, _ := token.Extra("id_token").(string)
	if raw == "" {
		return Identity{}, &Refused{"answer without ID token"}
	}
	claims, err := p.verify(ctx, c.config, raw, login.Nonce, token.AccessToken)
	if err != nil {
		return Identity{}, err
	}
	if claims.Email == "" {
		if err := p.fillFromUserInfo(ctx, token, &claims); err != nil {
			return Identity{}, err
		}
	}
	id := Identity{Issuer: c.config.Issuer, Subject: claims.Subject, Email: claims.Email, EmailVerified: bool(claims.EmailVerified),
		Name: claims.Name, SID: claims.SID}
	if claims.AuthTime > 0 {
		id.AuthTime = time.Unix(claims.AuthTime, 0).UTC()
	}
	return id, nil
}

func random() string {
	var b [32]byte
	_, _ = rand.Read(b[:]) // never fails since Go 1.24
	return base64.RawURLEncoding.EncodeToString(b[:])
}

// short keeps a stranger's text from filling the log.
func short(s string) string {
	if len(s) > 100 {
		s = s[:100]
	}
	return fmt.Sprintf("%q", s)
}
