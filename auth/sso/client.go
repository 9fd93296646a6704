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
	"strconv"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"ris/app/council"
)

// Config describes the provider and us as its client.
type Config struct {
	// Name tells this provider from others of the installation, in addresses and cookies: lower-case letters, digits, "-". Empty
	// for an only one.
	Name         string
	Issuer       string // exactly as in its tokens
	ClientID     string
	ClientSecret string

	// DiscoveryURL is where the server reaches the provider when that is not the issuer's own address (the demo's provider
	// on loopback; a provider behind an inner network). Endpoints below the issuer are then reached below this URL.
	DiscoveryURL string
	// AuthorizeURL replaces the discovered authorization endpoint for the browser; a path ("/idp/auth") stays on our origin.
	AuthorizeURL string
	Scopes       []string // default: openid email profile

	// GroupsClaim is the claim that lists the person's groups, with dots for what lies deeper ("realm_access.roles"). Empty: groups
	// are not asked for, and what a token says of them counts for nothing.
	GroupsClaim string
	// AsksEachTime says that the provider asks for password or key at every sign-in, so that a missing auth_time is the present.
	AsksEachTime bool

	HTTP  *http.Client  // default: 10 s time-out; answers are cut off at MaxAnswer in any case
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
	ACR           string    // how strongly, in the provider's words, or empty (Core section 2)
	AMR           []string  // by which methods (RFC 8176), or none
	SID           string    // the provider's session, or empty
	Groups        []string  // from Config.GroupsClaim
	IDToken       string    // as it came: the hint for the provider's sign-out, never shown to script
}

// Login is what must be remembered between Begin and Finish, for this browser alone. State, nonce and verifier have
// 256 random bits each.
type Login struct {
	State    string
	Nonce    string
	Verifier string        // PKCE, RFC 7636
	Redirect string        // absolute address of the callback, as registered with the provider
	MaxAge   time.Duration // how old the proof may be at the end; 0 = does not matter
}

// Ask is what a sign-in asks of the provider beyond who it is.
type Ask struct {
	// MaxAge sends max_age (Core 3.1.2.1): the provider asks anew for what is older, and says when it was.
	MaxAge time.Duration
	// Must refuses an answer that does not prove MaxAge. Without it an old or missing time is merely told.
	Must bool
}

// ErrUnavailable says that the provider cannot be reached: another try later can succeed.
var ErrUnavailable = errors.New("identity provider unavailable")

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
	if u, err := url.Parse(c.Issuer); err != nil || u.Host == "" || (u.Scheme != "https" && u.Scheme != "http") || u.RawQuery != "" || u.Fragment != "" {
		return nil, fmt.Errorf("sso: issuer %q is not an absolute URL without query (Discovery 1.0, section 3)", c.Issuer)
	}
	if c.ClientID == "" {
		return nil, errors.New("sso: client id is missing")
	}
	if !goodName(c.Name) {
		return nil, fmt.Errorf("sso: provider name %q: want at most 30 lower-case letters, digits and -", c.Name)
	}
	if c.HTTP == nil {
		c.HTTP = &http.Client{Timeout: 10 * time.Second}
	}
	c.HTTP = bounded(c.HTTP)
	if c.Clock == nil {
		c.Clock = council.SystemClock
	}
	if len(c.Scopes) == 0 {
		c.Scopes = []string{oidc.ScopeOpenID, "email", "profile"}
	}
	return &Client{config: c}, nil
}

// Name is the provider's name in the configuration; empty for an only one.
func (c *Client) Name() string { return c.config.Name }

// Issuer is the provider's name in its tokens.
func (c *Client) Issuer() string { return c.config.Issuer }

// Begin starts a sign-in: the browser goes to the returned address and comes back to redirect, the absolute address of our
// callback on the origin that the browser uses. Error: ErrUnavailable.
func (c *Client) Begin(ctx context.Context, redirect string, ask Ask) (address string, login Login, err error) {
	p, err := c.discover(ctx)
	if err != nil {
		return "", Login{}, err
	}
	login = Login{State: random(), Nonce: random(), Verifier: oauth2.GenerateVerifier(), Redirect: redirect}
	options := []oauth2.AuthCodeOption{oidc.Nonce(login.Nonce), oauth2.S256ChallengeOption(login.Verifier)}
	if ask.MaxAge > 0 {
		options = append(options, oauth2.SetAuthURLParam("max_age", strconv.FormatInt(int64(ask.MaxAge/time.Second), 10)))
		if ask.Must {
			login.MaxAge = ask.MaxAge
		}
	}
	oauth := p.at(redirect)
	return oauth.AuthCodeURL(login.State, options...), login, nil
}

// Finish takes the query of the callback. Errors: ErrUnavailable, or *Refused.
func (c *Client) Finish(ctx context.Context, login Login, answer url.Values) (Identity, error) {
	p, err := c.discover(ctx)
	if err != nil {
		return Identity{}, err
	}
	if err := p.checkAnswer(c.config.Issuer, login, answer); err != nil {
		return Identity{}, err
	}
	ctx = oidc.ClientContext(ctx, c.config.HTTP)
	oauth := p.at(login.Redirect)
	token, err := oauth.Exchange(ctx, answer.Get("code"), oauth2.VerifierOption(login.Verifier))
	if err != nil {
		var told *oauth2.RetrieveError
		if errors.As(err, &told) && told.Response != nil && told.Response.StatusCode < 500 {
			return Identity{}, refused("code not accepted: " + short(cmp.Or(told.ErrorCode, told.Response.Status)))
		}
		return Identity{}, fmt.Errorf("%w: token endpoint: %v", ErrUnavailable, err)
	}
	raw, _ := token.Extra("id_token").(string)
	if raw == "" {
		return Identity{}, refused("answer without ID token")
	}
	claims, err := p.verify(ctx, c.config, raw, login, token.AccessToken)
	if err != nil {
		return Identity{}, err
	}
	if claims.Email == "" || c.config.GroupsClaim != "" && !claims.hasGroups {
		if err := p.fillFromUserInfo(ctx, c.config, token, &claims); err != nil {
			return Identity{}, err
		}
	}
	id := Identity{Issuer: c.config.Issuer, Subject: claims.Subject, Email: claims.Email, EmailVerified: bool(claims.EmailVerified),
		Name: claims.Name, SID: claims.SID, ACR: claims.ACR, AMR: claims.AMR, Groups: claims.groups, IDToken: raw}
	switch {
	case claims.AuthTime > 0:
		id.AuthTime = time.Unix(claims.AuthTime, 0).UTC()
	case c.config.AsksEachTime:
		id.AuthTime = c.config.Clock()
	}
	if login.MaxAge > 0 && (id.AuthTime.IsZero() || c.config.Clock().Sub(id.AuthTime) > login.MaxAge+clockSkew) {
		return Identity{}, &Refused{Why: NotFresh, Reason: "auth_time is missing or older than asked for"} // Core 3.1.3.7 (13)
	}
	return id, nil
}

// checkAnswer holds what came through the browser to what was begun.
func (p *discovered) checkAnswer(issuer string, login Login, answer url.Values) error {
	for _, name := range []string{"state", "code", "iss", "error"} {
		if len(answer[name]) > 1 { // RFC 6749, section 3.1
			return refused("parameter " + name + " comes twice")
		}
	}
	iss := answer.Get("iss")
	switch {
	case login.State == "" || !same(answer.Get("state"), login.State):
		return refused("state does not belong to this browser's sign-in")
	case iss != "" && iss != issuer: // RFC 9207: mix-up of two providers
		return refused("answer of another issuer")
	case iss == "" && p.namesItself: // RFC 9207, section 2.4
		return refused("answer without iss, which this provider always sends")
	case answer.Get("error") == "access_denied":
		return &Refused{Why: Aborted, Reason: "provider says access_denied"}
	case answer.Get("error") == "temporarily_unavailable" || answer.Get("error") == "server_error": // RFC 6749, section 4.1.2.1
		return fmt.Errorf("%w: it says %s", ErrUnavailable, short(answer.Get("error")))
	case answer.Get("error") != "":
		return refused("provider says " + short(answer.Get("error")))
	case answer.Get("code") == "":
		return refused("answer without code")
	case len(answer.Get("code")) > 8<<10:
		return refused("code is too long")
	}
	return nil
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
