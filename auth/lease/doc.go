// Package lease is the permission to read offline that a device carries: who, on which device, until when, signed by the server
// (Ed25519, RFC 8032). The device checks it without a network; a session has nothing to do with it, and the server never asks for it.
//
// # Format
//
// A lease is text: base64url(payload) "." base64url(signature), without padding. The payload is a JSON object:
//
//	{"v":1,"key":"<id of the key>","device":"<uuid>","person":"<uuid>","issued":"<RFC 3339>","nonPublicUntil":"<RFC 3339>","publicUntil":"<RFC 3339>"}
//
// publicUntil is left out when there is no limit. What is signed is the prefix "ris offline lease 1\n" and then the payload's bytes, so that
// no other signature of the same key is ever a lease. A reader refuses what it does not know: another v, another key, a missing field.
//
// # Time
//
// issued is the server's clock. The device notes its own clock when the lease arrives (Received) and from then on counts the time that
// has passed on its own clock: how wrong that clock is makes no difference. A mark notes the latest moment that was ever reached; a
// clock that is set back behind it locks, see check.go. What this cannot see: a device that was switched off in between, whose clock
// is set back to exactly the moment at which it was last used. This stops a finder, not a laboratory.
//
// The same check stands in web/src/core/lease.ts, both read test/lease_cases.json of this package.
//
// What does not belong here: who gets a lease (app/devices, auth/policy), the key's place (app/store). Start reading at lease.go.
package lease
