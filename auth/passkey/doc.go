// Package passkey registers keys of a person's device and checks their answers (WebAuthn Level 3, sections 7.1 and 7.2), by go-webauthn,
// which only this package may import.
//
// A passkey confirms that the signed-in person is still there; it works while the identity provider is down. It signs nobody in who
// is not signed in. User verification (finger, face, code) is always demanded, attestation is not: which maker's device somebody
// has is none of the council's business. Keys are bound to a host name; an address of numbers cannot have any (section 5.1.3).
//
// What does not belong here: storage and lines in the log (app/passkeys), cookies and pages (app/server/signin).
// Start reading at passkey.go.
package passkey
