// Package doctor looks at an installation and says in plain lines what is in force, what is missing and what to do: `ris doctor`.
// It changes nothing that stays, and a running server does not mind it.
//
// What does not belong here: what a check looks at (each room knows its own). Start reading at doctor.go.
package doctor
