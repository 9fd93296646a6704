// Package passkeys keeps a person's passkeys: the list, adding, removing, and confirming by one of them. Each act stands in the log.
//
// A key can be added only while the proof of identity is fresh: else a session left open could give itself the second way.
// What does not belong here: the protocol (auth/passkey), what confirming does to the session (app/server/signin, auth/session).
// Start reading at passkeys.go.
package passkeys
