package sso

import (
	"context"
	"net/url"
	"strings"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
)

// Notice is a provider's word that somebody has signed out there (OpenID Connect Back-Channel Logout 1.0).
type Notice struct {
	Issuer  string
	Subject string    // empty when only a session is named
	SID     string    // the provider's session; empty = all of Subject
	TokenID string    // "jti": must not be taken twice until Until
	Until   time.Time // when the token has run out, whatever it says of itself
}

// noticeLife is how long a logout token counts after it was made: section 2.4 advises two minutes, a slow queue may add some.
const noticeLife = 5 * time.Minute

// Notice checks a logout token as section 2.6 says. Errors: ErrUnavailable (keys cannot be had: try again), or *Refused.
// The caller sees to it that TokenID counts once.
func (c *Client) Notice(ctx context.Context, raw string) (Notice, error) {
	if len(raw) > MaxToken {
		return Notice{}, &Refused{Why: OddClaims, Reason: "logout token is longer than 64 KiB"}
	}
	p, err := c.discover(ctx)
	if err != nil {
		return Notice{}, err
	}
	// Explicit typing is recommended, not required (section 2.4); a type that says something else is no logout token.
	if t := strings.ToLower(typeOf(raw)); t != "" && t != "logout+jwt" && t != "jwt" {
		return Notice{}, refused("token of the type " + short(t) + " in place of a logout token")
	}
	ctx, keys := withKeyTrouble(oidc.ClientContext(ctx, c.config.HTTP))
	token, err := p.verifier.VerifyLogout(ctx, raw)
	if err != nil {
		return Notice{}, keys.explain("logout token", err)
	}
	var more struct {
		AuthorizedParty string            `json:"azp"`
		Nonce           *string           `json:"nonce"`
		NotBefore       int64             `json:"nbf"`
		Events          map[string]anyObj `json:"events"`
	}
	if err := token.Claims(&more); err != nil {
		return Notice{}, refused("logout token: " + err.Error())
	}
	now := c.config.Clock()
	switch {
	case more.Nonce != nil: // section 2.4: prohibited, even empty
		return Notice{}, refused("logout token with a nonce")
	case !bool(more.Events["http://schemas.openid.net/event/backchannel-logout"]):
		return Notice{}, refused("logout token without its event")
	case len(token.Audience) > 1 && more.AuthorizedParty != c.config.ClientID:
		return Notice{}, refused("logout token for several audiences")
	case more.AuthorizedParty != "" && more.AuthorizedParty != c.config.ClientID:
		return Notice{}, refused("logout token for another client")
	case token.IssuedAt.Unix() <= 0:
		return Notice{}, refused("logout token without iat")
	case token.IssuedAt.After(now.Add(clockSkew)) || time.Unix(more.NotBefore, 0).After(now.Add(clockSkew)):
		return Notice{}, &Refused{Why: Clock, Reason: "logout token of the future"}
	case token.IssuedAt.Before(now.Add(-noticeLife)):
		return Notice{}, refused("logout token was made too long ago")
	case len(token.TokenID) > 255 || len(token.Subject) > 255 || len(token.SessionID) > 255:
		return Notice{}, refused("logout token with an endless name")
	}
	return Notice{Issuer: token.Issuer, Subject: token.Subject, SID: token.SessionID, TokenID: token.TokenID,
		Until: token.IssuedAt.Add(noticeLife + clockSkew)}, nil
}

// anyObj is true for a JSON object, whatever is in it.
type anyObj bool

// UnmarshalJSON takes everything and notes whether it is an object.
func (a *anyObj) UnmarshalJSON(b []byte) error {
	*a = anyObj(strings.HasPrefix(string(b), "{"))
	return nil
}

// EndSession is where a browser goes to sign out at the provider, too, and from there back to us (RP-Initiated Logout 1.0, section
// 2); false when the provider has no such place or cannot be asked. hint is the ID token of the sign-in, or empty: then the
// provider may ask whether it is meant. back must be registered with the provider.
func (c *Client) EndSession(ctx context.Context, hint, back string) (address string, ok bool) {
	p, err := c.discover(ctx)
	if err != nil || p.endSession == "" {
		return "", false
	}
	u, err := url.Parse(p.endSession)
	if err != nil {
		return "", false
	}
	q := u.Query()
	q.Set("client_id", c.config.ClientID)
	q.Set("post_logout_redirect_uri", back)
	if hint != "" {
		q.Set("id_token_hint", hint)
	}
	u.RawQuery = q.Encode()
	return u.String(), true
}

// IssuerOf reads who a token says it is from, unchecked: only to pick the provider that then checks it.
func IssuerOf(raw string) string {
	if len(raw) > MaxToken {
		return ""
	}
	var c struct {
		Issuer string `json:"iss"`
	}
	decodePart(raw, 1, &c)
	return c.Issuer
}

// webAddress is s when a browser may be sent there.
func webAddress(s string) string {
	if u, err := url.Parse(s); err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return ""
	}
	return s
}
