package sso

import (
	"context"
	"crypto/subtle"
	"encoding/base64"
	"encoding/json"
	"fmt"
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
	ACR             string                     `json:"acr"`
	AMR             list                       `json:"amr"`
	SID             string                     `json:"sid"`
	Events          map[string]json.RawMessage `json:"events"`

	groups    []string
	hasGroups bool
}

// list takes a single text for a list of one, as some providers send "amr"; anything else is none.
type list []string

func (l *list) UnmarshalJSON(b []byte) error {
	var many []string
	var one string
	switch {
	case json.Unmarshal(b, &many) == nil && len(many) <= 20:
		*l = many
	case json.Unmarshal(b, &one) == nil:
		*l = list{one}
	}
	return nil
}

// yes is true for JSON true and for "true", which some providers send; anything else is no.
type yes bool

func (y *yes) UnmarshalJSON(b []byte) error {
	*y = string(b) == "true" || string(b) == `"true"`
	return nil
}

// verify checks signature, issuer, audience and times by go-oidc, and then what go-oidc leaves to its users.
func (p *discovered) verify(ctx context.Context, config Config, raw string, login Login, accessToken string) (claims, error) {
	var c claims
	if len(raw) > MaxToken {
		return c, &Refused{Why: OddClaims, Reason: "ID token is longer than 64 KiB"}
	}
	if strings.EqualFold(typeOf(raw), "logout+jwt") {
		return c, refused("a logout token in place of an ID token")
	}
	ctx, keys := withKeyTrouble(ctx)
	token, err := p.verifier.Verify(ctx, raw)
	if err != nil {
		return c, keys.explain("ID token", err)
	}
	if err := token.Claims(&c); err != nil {
		return c, refused("claims: " + err.Error())
	}
	var whole json.RawMessage
	if err := token.Claims(&whole); err != nil {
		return c, refused("claims: " + err.Error())
	}
	now := config.Clock()
	switch {
	case c.Events != nil: // Back-Channel Logout 1.0, section 2.4: only logout tokens have it
		return c, refused("a logout token in place of an ID token")
	case token.Nonce == "" || !same(token.Nonce, login.Nonce): // Core 3.1.3.7 (11)
		return c, refused("nonce is missing or not ours")
	case c.Subject == "" || len(c.Subject) > 255: // Core 2
		return c, refused("sub is missing or too long")
	case len(c.SID) > 255 || len(c.ACR) > 255 || len(c.Email) > 320 || len(c.Name) > 1000:
		return c, &Refused{Why: OddClaims, Reason: "sid, acr, email or name is too long"}
	case len(token.Audience) > 1 && c.AuthorizedParty == "": // Core 3.1.3.7 (4)
		return c, refused("several audiences and no azp")
	case c.AuthorizedParty != "" && c.AuthorizedParty != config.ClientID: // Core 3.1.3.7 (5)
		return c, refused("issued to another client")
	case token.IssuedAt.Unix() <= 0:
		return c, refused("iat is missing")
	case token.IssuedAt.After(now.Add(clockSkew)) || token.IssuedAt.Before(now.Add(-oldest)): // Core 3.1.3.7 (10)
		return c, &Refused{Why: Clock, Reason: "iat is in the future or too long ago"}
	case c.AuthTime < 0:
		return c, refused("auth_time is negative")
	case time.Unix(c.AuthTime, 0).After(now.Add(clockSkew)):
		return c, &Refused{Why: Clock, Reason: "auth_time is in the future"}
	case token.AccessTokenHash != "" && token.VerifyAccessToken(accessToken) != nil: // Core 3.1.3.8
		return c, refused("at_hash does not fit the access token")
	}
	c.groups, c.hasGroups, err = Groups(whole, config.GroupsClaim)
	return c, err
}

// fillFromUserInfo is for providers that leave the e-mail address or the groups out of the ID token. Core 5.3.2: sub must be the same.
func (p *discovered) fillFromUserInfo(ctx context.Context, config Config, token *oauth2.Token, c *claims) error {
	if p.provider.UserInfoEndpoint() == "" {
		return nil
	}
	info, err := p.provider.UserInfo(ctx, oauth2.StaticTokenSource(token))
	if err != nil {
		if config.GroupsClaim != "" { // without them an office would be taken away because a line was down
			return fmt.Errorf("%w: userinfo: %v", ErrUnavailable, err)
		}
		return nil // the address is missing, then; sub alone still tells who it is
	}
	if info.Subject != c.Subject {
		return refused("userinfo speaks of somebody else")
	}
	var whole json.RawMessage
	if err := info.Claims(&whole); err != nil {
		return refused("userinfo: " + err.Error())
	}
	if config.GroupsClaim != "" && !c.hasGroups {
		if c.groups, c.hasGroups, err = Groups(whole, config.GroupsClaim); err != nil {
			return err
		}
	}
	var more claims
	if json.Unmarshal(whole, &more) != nil || len(more.Email) > 320 || len(more.Name) > 1000 {
		return &Refused{Why: OddClaims, Reason: "userinfo is not what it should be"}
	}
	if c.Email == "" {
		c.Email, c.EmailVerified = more.Email, more.EmailVerified
	}
	if c.Name == "" {
		c.Name = more.Name
	}
	return nil
}

// typeOf is the "typ" of a token's header, empty when it cannot be read. The signature is checked elsewhere.
func typeOf(raw string) string {
	var h struct {
		Type string `json:"typ"`
	}
	decodePart(raw, 0, &h)
	return h.Type
}

// decodePart reads the n-th part of a compact JWS; into stays as it was when that cannot be read.
func decodePart(raw string, n int, into any) {
	parts := strings.SplitN(raw, ".", n+2)
	if len(parts) <= n {
		return
	}
	if b, err := base64.RawURLEncoding.DecodeString(parts[n]); err == nil {
		_ = json.Unmarshal(b, into)
	}
}

func same(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }
