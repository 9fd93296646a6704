// Package sso asks the municipality's OpenID provider who somebody is: authorization code flow with PKCE (S256), state and
// nonce, by go-oidc, which only this package may import.
//
// Begin gives the address to send the browser to and what must be remembered until it comes back; Finish turns the
// provider's answer into an Identity or refuses. The tokens are thrown away at once: a session of the product
// (auth/session) is all that is left. Rules: OpenID Connect Core 1.0 sections 3.1.2 and 3.1.3.7, RFC 7636, RFC 9207,
// RFC 9700; checks.go holds those that go-oidc leaves to its users.
//
// What does not belong here: cookies and pages (app/server/signin), who the Identity is in the council (the same), rights.
// Start reading at client.go.
package sso
