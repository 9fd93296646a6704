package sso

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

// discovered is the provider as its discovery document describes it (OpenID Connect Discovery 1.0, section 4).
type discovered struct {
	provider    *oidc.Provider
	oauth       oauth2.Config
	verifier    *oidc.IDTokenVerifier
	endSession  string // RP-Initiated Logout 1.0, section 2.1; empty when there is none
	namesItself bool   // its answers always carry "iss" (RFC 9207, section 3)
}

// document is the part of the discovery document that we read.
type document struct {
	oidc.ProviderConfig
	EndSession  string `json:"end_session_endpoint"`
	NamesItself bool   `json:"authorization_response_iss_parameter_supported"`
}

// retryPause keeps sign-ins from asking a broken provider all the time.
const retryPause = time.Second

// algorithms that we take: public-key signatures only, so that nobody can sign with a public value or with nothing.
var algorithms = []string{"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"}

// Ready asks the provider when that has not succeeded yet; nil when sign-ins can start.
func (c *Client) Ready(ctx context.Context) error {
	_, err := c.discover(ctx)
	return err
}

// discover asks once and remembers a success for ever (keys are fetched anew by themselves), a failure for a moment.
func (c *Client) discover(ctx context.Context) (*discovered, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.provider != nil {
		return c.provider, nil
	}
	now := c.config.Clock()
	if c.failed != nil && now.Before(c.retryAt) {
		return nil, c.failed
	}
	p, err := c.ask(ctx)
	if err != nil {
		c.failed, c.retryAt = fmt.Errorf("%w: %v", ErrUnavailable, err), now.Add(retryPause)
		return nil, c.failed
	}
	c.provider, c.failed = p, nil
	return p, nil
}

func (c *Client) ask(ctx context.Context) (*discovered, error) {
	base := c.config.Issuer
	if c.config.DiscoveryURL != "" {
		base = c.config.DiscoveryURL
	}
	var doc document
	if err := c.get(ctx, strings.TrimSuffix(base, "/")+"/.well-known/openid-configuration", &doc); err != nil {
		return nil, err
	}
	if doc.IssuerURL != c.config.Issuer {
		return nil, fmt.Errorf("the provider calls itself %s, configured is %s", short(doc.IssuerURL), short(c.config.Issuer))
	}
	for _, endpoint := range []*string{&doc.TokenURL, &doc.UserInfoURL, &doc.JWKSURL} {
		*endpoint = c.inner(*endpoint)
	}
	if c.config.AuthorizeURL != "" {
		doc.AuthURL = c.config.AuthorizeURL
	}
	if doc.AuthURL == "" || doc.TokenURL == "" || doc.JWKSURL == "" {
		return nil, fmt.Errorf("the discovery document names no authorization, token or key endpoint")
	}
	usable := slices.DeleteFunc(slices.Clone(algorithms), func(a string) bool { return !slices.Contains(doc.Algorithms, a) })
	if len(usable) == 0 {
		usable = []string{"RS256"} // Discovery section 3: every provider must support it
	}
	doc.Algorithms = usable
	// The context outlives the request: the key set keeps it for fetching rotated keys.
	lasting := oidc.ClientContext(context.Background(), c.config.HTTP)
	provider := doc.NewProvider(lasting)
	keys := keySet{oidc.NewRemoteKeySet(lasting, doc.JWKSURL)}
	return &discovered{
		provider: provider,
		oauth: oauth2.Config{ClientID: c.config.ClientID, ClientSecret: c.config.ClientSecret,
			Endpoint: provider.Endpoint(), Scopes: c.config.Scopes},
		verifier:    oidc.NewVerifier(c.config.Issuer, keys, &oidc.Config{ClientID: c.config.ClientID, SupportedSigningAlgs: usable, Now: c.config.Clock}),
		endSession:  webAddress(doc.EndSession),
		namesItself: doc.NamesItself,
	}, nil
}

// at is our side of the flow for one address of the callback.
func (d *discovered) at(redirect string) oauth2.Config {
	o := d.oauth
	o.RedirectURL = redirect
	return o
}

// inner moves an endpoint below the issuer to the address at which the server reaches the provider.
func (c *Client) inner(endpoint string) string {
	rest, below := strings.CutPrefix(endpoint, strings.TrimSuffix(c.config.Issuer, "/")+"/")
	if c.config.DiscoveryURL == "" || !below {
		return endpoint
	}
	return strings.TrimSuffix(c.config.DiscoveryURL, "/") + "/" + rest
}

func (c *Client) get(ctx context.Context, address string, into any) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return err
	}
	req.Header.Set("Accept", "application/json")
	res, err := c.config.HTTP.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("%s answers %s", address, res.Status)
	}
	return json.NewDecoder(io.LimitReader(res.Body, 1<<20)).Decode(into)
}
