// Package session keeps people signed in: a random token in one cookie of the browser, a row with its hash on the server.
//
// No token of the identity provider and no right is kept in it: what a person may do is computed anew for each request
// (auth/policy), so that a change of seat or role holds in the next one. Rules: OWASP ASVS 5.0 V7, security design page.
// Cookies: "__Host-ris" (Secure, HttpOnly, SameSite=Lax, Path=/) where the product is reached by https; plain "ris" on http
// loopback. A sign-in that is under way lives in a sealed cookie of its own (login.go), ten minutes at most.
//
// What does not belong here: how somebody proves who they are (auth/sso), HTTP handlers (app/server/signin), storage
// (app/store keeps Session as a row). Start reading at session.go, then manager.go.
package session
