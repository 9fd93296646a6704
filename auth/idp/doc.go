// Command ris-idp is a small OpenID provider: Dex's server package with a German sign-in page and the persons of one
// configuration file. `ris demo` starts it beside the product; it listens on loopback only, and the product passes the
// browser's requests for /idp/* on to it, so that the browser sees one origin.
//
// It is a Go module and a binary of its own, so that the product neither links Dex's many modules nor contains a provider.
// The issuer is a fixed name from the configuration, not an address: (issuer, sub) stay the same wherever it listens.
// Signing keys live in a file beside the configuration and survive restarts; sign-ins that are under way do not.
// There is no single-sign-on session: each sign-in asks for the password, so signing out of the product is signing out.
//
// What does not belong here: rights and roles of the council (auth/policy), sessions of the product (auth/session).
// Start reading at config.go, then provider.go.
package main
