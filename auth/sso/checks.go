package sso

import (
	"context"
	"crypto/subtle"
	"encoding/base64"
	"encoding/json"
	"strings"
	"time"

	"golang.org/x/oauth2"
)

// clockSkew is how far the provider's clock may be ahead of ours.
const clockSkew = time.Minute

// oldest is how long ago a token that answers a fresh code may have been made.
const oldest = 15 * time.Minute

// claims are the parts of an ID token that we read (OpenID Connect Core 1.0, sections 2 and 5.1).
type claims struct {
	Subject         string                     `json:"sub"`
	AuthorizedParty string                     `json:"azp"`
	Email           string                     `json:"email"`
	EmailVerified   yes                        `json:"email_verified"`
	Name            string                     `json:"name"`
	AuthTime        int64                      `json:"auth_time"`
	SID             string                     `json:"sid"`
	Events          map[string]json.RawMessage `json:"events"`
}

// yes is true for JSON true and for "true", which some providers send; anything else is no.
type yes bool

func (y *yes) UnmarshalJSON(b []byte) error {
	*y = string(b) == "true" || string(b) == `"true"`
	return nil
}

// verify checks signature, issuer, audience and times by go-oidc, and then what go-oidc leaves to its users.
func (p *discovered) verify(ctx context.Context, config Config, raw, nonce, accessToken string) (claims, error) {
	var c claims
	if strings.EqualFold(typeOf(raw), "logout+jwt") {
		return c, &Refused{"a logout token in place of an ID token"}
	}
	token, err := p.verifier.Verify(ctx, raw)
	if err != nil {
		return c, &Refused{"ID token: " + err.Error()}
	}
	if err := token.Claims(&c); err != nil {
		return c, &Refused{"claims: " + err.Error()}
	}
	now := config.Clock()
	switch {
	case c.Events != nil: // Back-Channel Logout 1.0, section 2.4: only logout tokens have it
		err = &Refused{"a logout token in place of an ID token"}
	case token.Nonce == "" || !same(token.Nonce, nonce): // Core 3.1.3.7 (11)
		err = &Refused{"nonce is missing or not ours"}
	case c.Subject == "" || len(c.Subject) > 255: // Core 2
		err = &Refused{"sub is missing or too long"}
	case len(token.Audience) > 1 && c.AuthorizedParty == "": // Core 3.1.3.7 (4)
		err = &Refused{"several audiences and no azp"}
	case c.AuthorizedParty != "" && c.AuthorizedParty != config.ClientID: // Core 3.1.3.7 (5)
		err = &Refused{"issued to another client"}
	case token.IssuedAt.Unix() <= 0 || token.IssuedAt.After(now.Add(clockSkew)) || token.IssuedAt.Before(now.Add(-oldest)): // Core 3.1.3.7 (10)
		err = &Refused{"iat is missing, in the future or too long ago"}
	case c.AuthTime < 0 || time.Unix(c.AuthTime, 0).After(now.Add(clockSkew)):
		err = &Refused{"auth_time is in the future"}
	case token.AccessTokenHash != "" && token.VerifyAccessToken(accessToken) != nil: // Core 3.1.3.8
		err = &Refused{"at_hash does not fit the access token"}
	}
	return c, err
}

// fillFromUserInfo is for providers that leave the e-mail address out of the ID token. Core 5.3.2: sub must be the same.
func (p *discovered) fillFromUserInfo(ctx context.Context, token *oauth2.Token, c *claims) error {
	if p.provider.UserInfoEndpoint() == "" {
		return nil
	}
	info, err := p.provider.UserInfo(ctx, oauth2.StaticTokenSource(token))
	if err != nil {
		return nil // the address is missing, then; sub alone still tells who it is
	}
	if info.Subject != c.Subject {
		return &Refused{"userinfo speaks of somebody else"}
	}
	var more claims
	if err := info.Claims(&more); err != nil {
		return nil
	}
	c.Email, c.EmailVerified = more.Email, more.EmailVerified
	if c.Name == "" {
		c.Name = more.Name
	}
	return nil
}

// typeOf is the "typ" of a token's header, empty when it cannot be read. The signature is checked elsewhere.
func typeOf(raw string) string {
	head, _, _ := strings.Cut(raw, ".")
	b, err := base64.RawURLEncoding.DecodeString(head)
	if err != nil {
		return ""
	}
	var h struct {
		Type string `json:"typ"`
	}
	_ = json.Unmarshal(b, &h)
	return h.Type
}

func same(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }
